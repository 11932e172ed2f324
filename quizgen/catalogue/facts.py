"""What is to be known of a question before it is chosen, measured on its variants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizgen.bank import Question

#: Different variants are counted up to here.
MOST = 200
#: So many are drawn in search of them, at most.
_DRAWN = 600


@dataclass(frozen=True, slots=True)
class Facts:
    """A question in figures.

    Attributes:
        minutes: the least and the most that a form takes, by estimate.
        variants: how many different ones there are, counted up to `MOST`.
    """

    question: Question
    minutes: tuple[float, float]
    variants: int

    @property
    def minutes_text(self) -> str:
        """`6`, or `6 to 8`."""
        low, high = (f"{minutes:.0f}" for minutes in self.minutes)
        return low if low == high else f"{low} to {high}"

    @property
    def variants_text(self) -> str:
        """`36`, or `200+`."""
        return f"{MOST}+" if self.variants >= MOST else str(self.variants)


def facts_of(question: Question, *, seed: int = 0) -> Facts:
    """Draws until every form was seen and enough variants differ.

    Raises:
        DrawError, BankError: if the question cannot be drawn.
    """
    minutes = []
    found: set[str] = set()
    for variant in range(_DRAWN):
        if variant >= question.forms and len(found) >= MOST:
            break
        exercise = question.draw(seed=seed, variant=variant, confirmed=False)
        minutes.append(exercise.minutes)
        found.add(exercise.told)
    return Facts(question, (min(minutes), max(minutes)), min(len(found), MOST))
