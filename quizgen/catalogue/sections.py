"""Which sections of the lecture are asked, by which questions and cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizgen.bank import Bank


@dataclass(frozen=True, slots=True)
class Coverage:
    """One section of the lecture, and what asks it.

    Attributes:
        questions, cards: ids.
    """

    section: str
    questions: tuple[str, ...]
    cards: tuple[str, ...]


def coverage(bank: Bank) -> list[Coverage]:
    """Every section of the bank's outline, in the order of the lecture; none if the bank has no outline."""
    return [
        Coverage(
            section,
            tuple(question.id for question in bank.questions.values() if section in question.covers),
            tuple(card.id for card in bank.cards if section in card.covers),
        )
        for section in bank.outline
    ]
