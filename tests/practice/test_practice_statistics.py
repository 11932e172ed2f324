"""Days in a row, and topics by what the last answers came to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from quizgen.practice.statistics import statistics
from quizgen.practice.store import Review

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)


def answered(*days_ago: float, question: str = "cnn/a", share: float = 1.0) -> list[Review]:
    return [Review(NOW - timedelta(days=days), question, 0, 3, share) for days in days_ago]


def test_nothing_yet() -> None:
    found = statistics([], {}, NOW)
    assert (found.answered, found.today, found.streak, found.topics, found.due, found.tomorrow) == (0, 0, 0, (), 0, 0)


def test_days_in_a_row_up_to_today() -> None:
    assert statistics(answered(2, 1, 0, 0), {}, NOW).streak == 3


def test_today_may_still_come() -> None:
    assert statistics(answered(3, 2, 1), {}, NOW).streak == 3


def test_a_day_without_an_answer_ends_the_streak() -> None:
    assert statistics(answered(4, 3, 1, 0), {}, NOW).streak == 2
    assert statistics(answered(4, 3), {}, NOW).streak == 0


def test_days_are_those_of_the_learner() -> None:
    """Half past eleven in the evening and half past midnight are two days, though UTC has them on one."""
    tokyo = timezone(timedelta(hours=9))
    late = datetime(2026, 3, 9, 23, 30, tzinfo=tokyo)
    reviews = [Review(at.astimezone(UTC), "cnn/a", 0, 3, 1.0) for at in (late, late + timedelta(hours=1))]
    found = statistics(reviews, {}, datetime(2026, 3, 10, 9, tzinfo=tokyo))
    assert (found.streak, found.today) == (2, 1)


def test_the_weakest_topic_stands_first_and_old_answers_do_not_count() -> None:
    weak = answered(1, 1, question="lstm/a", share=0.25)
    learned = answered(*[9] * 20, question="cnn/a", share=0.0) + answered(*[1] * 20, question="cnn/b", share=1.0)
    topics = statistics(learned + weak, {}, NOW).topics
    assert [(t.topic, t.answered, t.share) for t in topics] == [("lstm", 2, 0.25), ("cnn", 40, 1.0)]


def test_what_is_due() -> None:
    due = {"a": NOW - timedelta(days=3), "b": NOW + timedelta(hours=30), "c": NOW + timedelta(days=3)}
    found = statistics(answered(5), due, NOW)
    assert (found.due, found.tomorrow) == (1, 2)
