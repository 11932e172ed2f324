"""How exactly a student's printed numbers are known.

A printed decimal stands for all numbers that round to it; but taking 0.5 for anything from 0.45 to 0.55 would excuse
nearly every slip. So a number is exact where it cannot have been rounded by the student: it is given, or it is the
first thing written (there is nothing it could have been rounded from) and has one decimal at most, or it was copied
from the member before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from fractions import Fraction

from quizgen.proof.nodes import Node, Num, is_literal, walk
from quizgen.proof.rounding import spread_kindly

Spread = Callable[[Num], Fraction]


class Kindness:
    """The numbers that are exact wherever they are printed, and what follows for each member of a chain."""

    def __init__(self) -> None:
        #: Whether the exercise is known: then a value that is only stated may be rounded, as what is given is known.
        self.exercise = False
        self.exact: set[Fraction] = set()
        self.rounded: set[Fraction] = set()

    def give(self, values: Collection[Fraction]) -> None:
        """Adds given numbers, which are exact wherever they stand."""
        self.exact.update(abs(value) for value in values)

    def spread(self, node: Node, before: Node | None) -> Spread:
        """The half width of each number of a member; `before` is the one before it in the chain."""
        if is_literal(node) and (before is not None or self.exercise):
            return spread_kindly
        copied = _sharp(before) if before is not None else None

        def half_width(number: Num) -> Fraction:
            value = Fraction(number.value)
            if value in self.exact:
                return Fraction(0)
            if value in self.rounded:
                return spread_kindly(number)
            if copied is not None:
                return Fraction(0) if number.decimals < 2 and value in copied else spread_kindly(number)
            return Fraction(0) if number.decimals < 2 else spread_kindly(number)

        return half_width

    def result(self, node: Node) -> None:
        """Remembers a result that was rounded, or may have been: it is no exact number where it is used again."""
        self.rounded.update(Fraction(part.value) for part in walk(node) if isinstance(part, Num) and part.decimals)


def _sharp(node: Node) -> set[Fraction]:
    return {Fraction(part.value) for part in walk(node) if isinstance(part, Num)}
