"""How practising goes: days in a row, and what is weak."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from quizgen.practice.store import Review

#: A topic's share counts its last answers only: what was learned since should show.
_RECENT = 20


@dataclass(frozen=True, slots=True)
class TopicStatistics:
    """What a topic's last answers came to.

    Attributes:
        answered: exercises of the topic, all of them.
        share: of the points earned at the first try, in the last twenty.
    """

    topic: str
    answered: int
    share: float


@dataclass(frozen=True, slots=True)
class Statistics:
    """How practising goes.

    Attributes:
        streak: days in a row with an answer, up to today, or to yesterday if there is none yet today.
        topics: the weakest first.
        due, tomorrow: how many questions are due now, and will be by the end of tomorrow.
    """

    answered: int
    today: int
    streak: int
    topics: tuple[TopicStatistics, ...]
    due: int
    tomorrow: int


def statistics(reviews: Sequence[Review], due: Mapping[str, datetime], now: datetime) -> Statistics:
    """Counts reviews; days are those of the time zone of `now`."""
    zone = now.tzinfo
    days = [review.at.astimezone(zone).date() for review in reviews]
    end_of_tomorrow = datetime.combine(now.date() + timedelta(days=2), datetime.min.time(), zone)
    return Statistics(
        answered=len(reviews),
        today=days.count(now.date()),
        streak=_streak(set(days), now.date()),
        topics=tuple(sorted(_topics(reviews), key=lambda topic: (topic.share, topic.topic))),
        due=sum(date_ <= now for date_ in due.values()),
        tomorrow=sum(date_ < end_of_tomorrow for date_ in due.values()),
    )


def _streak(days: set[date], today: date) -> int:
    day = today if today in days else today - timedelta(days=1)
    streak = 0
    while day in days:
        streak += 1
        day -= timedelta(days=1)
    return streak


def _topics(reviews: Sequence[Review]) -> list[TopicStatistics]:
    shares: defaultdict[str, list[float]] = defaultdict(list)
    for review in reviews:
        shares[review.topic].append(review.share)
    return [
        TopicStatistics(topic, len(found), sum(found[-_RECENT:]) / len(found[-_RECENT:]))
        for topic, found in shares.items()
    ]
