"""Numbers that stand alone: in "a value of $0.2789$ lets little through" the number repeats one printed before."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice

from quizgen.proof.errors import NotUnderstood
from quizgen.proof.nodes import Matrix, Node
from quizgen.proof.parse import parse
from quizgen.proof.rounding import Printed, half_away, printed
from quizgen.proof.tokens import Token


class PrintedNumbers:
    """Every number printed so far, without its sign."""

    def __init__(self) -> None:
        self._numbers: dict[Fraction, None] = {}
        self._rounded: dict[int, tuple[int, set[Fraction]]] = {}

    def add(self, tokens: Sequence[Token]) -> None:
        texts = {token.text for token in tokens if token.kind == "number" and len(token.text) <= 60}
        self._numbers.update(dict.fromkeys(Fraction(text.replace("{,}", "")) for text in texts))

    def add_values(self, values: Sequence[Fraction]) -> None:
        """Adds known values, which need not have been printed."""
        self._numbers.update(dict.fromkeys(abs(value) for value in values))

    def strays(self, tokens: Sequence[Token]) -> list[Printed]:
        """The numbers of a formula without relation that repeat or round no number printed before.

        A formula that is something else than a number or a matrix of numbers has none.
        """
        if not any(token.kind == "number" for token in tokens):
            return []
        try:
            node = parse(tokens)
        except NotUnderstood:
            return []
        shown = [printed(cell) for cell in _cells(node)]
        numbers = [number for number in shown if number is not None]
        if len(numbers) != len(shown):
            return []
        return [number for number in numbers if not self._repeats(number)]

    def _repeats(self, number: Printed) -> bool:
        """Whether it, its mantissa, or its percentage has been printed, with as many or more decimals."""
        shifts = (0, -number.exponent) if number.exponent is not None else (0, 2)
        value = abs(Fraction(number.value))
        return any(self._holds(value * Fraction(10) ** shift, number.decimals - shift) for shift in shifts)

    def _holds(self, value: Fraction, decimals: int) -> bool:
        if value in self._numbers:
            return True
        count, rounded = self._rounded.get(decimals, (0, set()))
        rounded.update(half_away(number, decimals) for number in islice(self._numbers, count, None))
        self._rounded[decimals] = (len(self._numbers), rounded)
        return value in rounded


def _cells(node: Node) -> list[Node]:
    return [cell for row in node.rows for cell in row] if isinstance(node, Matrix) else [node]
