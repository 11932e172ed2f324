"""What a grader says about an answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from quizgen.exercise import Value


class Verdict(StrEnum):
    """The outcome for one answer; its value is what a reader sees."""

    RIGHT = "right"
    TOO_FEW_DIGITS = "right, but too few digits"
    FOLLOWS = "consistent with an earlier slip"
    MISTAKE = "a known mistake"
    TRANSPOSED = "transposed"
    SIGN = "wrong sign"
    ORDER = "wrong order"
    WRONG = "wrong"
    UNDECIDED = "not decided"
    UNREADABLE = "unreadable"
    MISSING = "missing"

    @property
    def is_slip(self) -> bool:
        """Whether something readable was handed in and is not right: what later answers may follow from."""
        return self in _SLIPS


_SLIPS = frozenset({Verdict.MISTAKE, Verdict.TRANSPOSED, Verdict.SIGN, Verdict.ORDER, Verdict.WRONG})

#: What share of its points an answer earns. A value with places missing shows the method and not the result: half. One
#: that follows from an earlier slip is right: the slip was paid for where it was made.
SHARES: dict[Verdict, float] = {Verdict.RIGHT: 1.0, Verdict.FOLLOWS: 1.0, Verdict.TOO_FEW_DIGITS: 0.5}


@dataclass(frozen=True, slots=True)
class Graded:
    """One answer, graded.

    Attributes:
        verdict: the outcome.
        says: for the student, in Markdown; empty where the verdict says it all. It never tells the right answer. Of an
            unreadable answer it quotes a piece as it was typed, and is plain text.
        points_share: between 0 and 1.
        value: what was read, as JSON has it; None where nothing could be read.
    """

    verdict: Verdict
    says: str
    points_share: float
    value: Value | None = None


def graded(verdict: Verdict, says: str, value: Value | None = None) -> Graded:
    """An answer with the share of points that belongs to its verdict."""
    return Graded(verdict, says, SHARES.get(verdict, 0.0), value)
