"""When to ask what: FSRS says when a question is due, and what is new comes in the order of the lecture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

from quizgen.choose import in_order
from quizgen.errors import UsageError

if TYPE_CHECKING:
    from quizgen.bank import Question
    from quizgen.practice.store import Store

# The ratings of FSRS.
AGAIN, HARD, GOOD = 1, 2, 3


class Schedule:
    """The schedule in a learner's file.

    Raises:
        UsageError: if the library fsrs is not installed.
    """

    def __init__(self, store: Store) -> None:
        if find_spec("fsrs") is None:
            raise UsageError("practice needs the library 'fsrs'; install it with: pip install 'quizgen[practice]'")
        import fsrs

        self._fsrs = fsrs
        self._store = store
        # Steps of minutes are for a deck that is left open; here what went wrong comes again within the session.
        # Without fuzzing the same answers lead to the same dates.
        self._scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)

    def order(self, questions: Iterable[Question], now: datetime) -> list[Question]:
        """What to ask now: what is due, longest overdue first; then what is new, in the order of the lecture."""
        by_id = {question.id: question for question in questions}
        known = self._store.due()
        due = [by_id[name] for name, date in known.items() if name in by_id and date <= now]
        return due + in_order(question for name, question in by_id.items() if name not in known)

    def rated(self, question: str, rating: int, now: datetime) -> tuple[str, datetime]:
        """The question's card after an answer, and when it is due again.

        Raises:
            UsageError: if the card in the learner's file cannot be read.
        """
        before = self._store.card(question)
        try:
            card = self._fsrs.Card() if before is None else self._fsrs.Card.from_json(before)
        except (KeyError, TypeError, ValueError) as error:
            raise UsageError(
                f"{self._store.path}: the schedule of '{question}' cannot be read; take another file with --file"
            ) from error
        card, _ = self._scheduler.review_card(card, self._fsrs.Rating(rating), review_datetime=now)
        return card.to_json(), card.due


def rating(shares: Sequence[float], *, helped: bool) -> int:
    """How well a question was answered.

    Args:
        shares: of the points, at the first try and at those that followed.
        helped: whether a hint was asked for.
    """
    if not shares or shares[-1] < 1:
        return AGAIN
    return HARD if helped or len(shares) > 1 else GOOD
