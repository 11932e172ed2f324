"""Numbers that stand alone: in "a value of $0.2789$ lets little through" the number repeats one printed before."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from quizgen.proof.errors import NotUnderstood
from quizgen.proof.nodes import Matrix, Node
from quizgen.proof.parse import parse
from quizgen.proof.rounding import Printed, half_away, printed
from quizgen.proof.tokens import Token


class PrintedNumbers:
    """Every number printed so far, without its sign."""

    def __init__(self) -> None:
        self._texts: set[str] = set()

    def add(self, tokens: Sequence[Token]) -> None:
        self._texts.update(token.text for token in tokens if token.kind == "number")

    def add_values(self, values: Sequence[Fraction]) -> None:
        """Adds known values, which need not have been printed."""
        self._texts.update(str(abs(value)) for value in values)

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
        unknown = [number for number in numbers if not self._holds(abs(Fraction(number.value)), number.decimals)]
        return unknown

    def _holds(self, value: Fraction, decimals: int) -> bool:
        earlier = {Fraction(text.replace("{,}", "")) for text in self._texts}
        return value in earlier or any(half_away(number, decimals) == value for number in earlier)


def _cells(node: Node) -> list[Node]:
    return [cell for row in node.rows for cell in row] if isinstance(node, Matrix) else [node]
