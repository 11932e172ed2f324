"""When what is asked: FSRS itself decides; here is checked that it is asked, and heard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import fsrs
import pytest
from fake_bank import fake_bank

from quizgen.bank import Bank
from quizgen.errors import UsageError
from quizgen.practice.schedule import AGAIN, GOOD, HARD, Schedule, rating
from quizgen.practice.store import Review, Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUESTIONS = list(cast(Bank, fake_bank({"perceptron": 2, "cnn": 2})).questions.values())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "p")) as opened:
        yield opened


def answer(store: Store, question: str, rated: int, at: datetime) -> datetime:
    card, due = Schedule(store).rated(question, rated, at)
    store.record(Review(at, question, store.next_variant(question), rated, 1.0), card, due)
    return due


def test_what_is_new_comes_in_the_order_of_the_lecture(store: Store) -> None:
    assert [q.id for q in Schedule(store).order(QUESTIONS, NOW)] == [
        "perceptron/q00",
        "perceptron/q01",
        "cnn/q00",
        "cnn/q01",
    ]


def test_what_is_due_comes_first_and_what_is_not_does_not_come(store: Store) -> None:
    due = answer(store, "cnn/q01", GOOD, NOW)
    assert "cnn/q01" not in [q.id for q in Schedule(store).order(QUESTIONS, NOW + timedelta(hours=1))]
    assert Schedule(store).order(QUESTIONS, due)[0].id == "cnn/q01"


@pytest.mark.parametrize("card", ["{}", "", "[]", "no card"])
def test_a_card_that_cannot_be_read_is_told_with_its_question(store: Store, card: str) -> None:
    store.record(Review(NOW, "cnn/q00", 0, GOOD, 1.0), card, NOW)
    with pytest.raises(UsageError, match="the schedule of 'cnn/q00' cannot be read; take another file"):
        Schedule(store).rated("cnn/q00", GOOD, NOW)


def test_a_good_answer_comes_back_later_than_a_bad_one_and_none_on_the_same_day(store: Store) -> None:
    dates = [answer(store, f"cnn/q0{k}", rated, NOW) for k, rated in enumerate((AGAIN, HARD, GOOD))]
    assert NOW + timedelta(hours=20) <= dates[0] <= dates[1] < dates[2]


def test_intervals_grow_with_each_good_answer_as_fsrs_has_them(store: Store) -> None:
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = fsrs.Card()
    at, gap = NOW, timedelta(0)
    for _ in range(4):
        due = answer(store, "cnn/q00", GOOD, at)
        card, _ = scheduler.review_card(card, fsrs.Rating.Good, review_datetime=at)
        assert due == card.due
        assert due - at > gap
        gap, at = due - at, due


@pytest.mark.parametrize(("shares", "helped", "expected"), [
    ([1.0], False, GOOD), ([1.0], True, HARD), ([0.5, 1.0], False, HARD),
    ([0.0, 0.0], False, AGAIN), ([0.5], True, AGAIN), ([], False, AGAIN),
])  # fmt: skip
def test_ratings(shares: list[float], helped: bool, expected: int) -> None:
    assert rating(shares, helped=helped) == expected
