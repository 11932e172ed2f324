"""Numbers copied out of a known array, as a pooling window or the patch under a kernel.

In max(9, -2, 2, 1) = 9 recomputing sees only the 9. The numbers of such a list, and those of a matrix in an elementwise
product, are looked for in the known arrays: if no window holds them, but one holds all of them except a single one
whose change leaves the value as it is, that one is a misprint.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from quizgen.proof.errors import NotUnderstood
from quizgen.proof.evaluate import Evaluator
from quizgen.proof.exact import show
from quizgen.proof.nodes import Call, Matrix, Node, Product, is_literal, walk
from quizgen.proof.values import Array, Value

#: With fewer numbers, being nearly like some window is likely to be chance.
_FEWEST = 4

#: Windows compared for one side of a relation.
_MOST = 2_000

_Grid = list[list[Fraction]]


def miscopied(side: Node, evaluator: Evaluator) -> str:
    """What is wrong with the numbers that a side copies from a known array; "" if nothing is."""
    budget = _MOST
    for nodes, columns in _copies(side):
        try:
            numbers = [Fraction(_exact(evaluator.value(node))) for node in nodes]
        except NotUnderstood:
            continue
        nearest: tuple[int, Fraction] | None = None
        for window in _windows(evaluator, len(numbers), columns):
            budget -= 1
            if budget < 0:
                return ""
            wrong = [place for place, number in enumerate(numbers) if number != window[place]]
            if not wrong:
                nearest = None
                break
            if len(wrong) == 1 and nearest is None:
                nearest = (wrong[0], window[wrong[0]])
        if nearest is not None and _is_swallowed(side, nodes[nearest[0]], nearest[1], evaluator):
            return f"{show(numbers[nearest[0]])} is copied where the array has {show(nearest[1])}"
    return ""


def _copies(side: Node) -> Iterator[tuple[list[Node], int | None]]:
    """Lists of at least four printed numbers, with the number of columns if they stand in a matrix."""
    for part in walk(side):
        if isinstance(part, Call) and part.function in ("max", "min") and len(part.arguments) >= _FEWEST:
            if all(is_literal(argument) for argument in part.arguments):
                yield part.arguments, None
        elif isinstance(part, Call) and part.function in ("max", "min") and len(part.arguments) == 1:
            yield from _matrix(part.arguments[0])
        elif isinstance(part, Product) and part.sign == r"\odot":
            yield from _matrix(part.left)
            yield from _matrix(part.right)


def _matrix(node: Node) -> Iterator[tuple[list[Node], int | None]]:
    if isinstance(node, Matrix) and is_literal(node):
        cells = [cell for row in node.rows for cell in row]
        if len(cells) >= _FEWEST:
            yield cells, len(node.rows[0])


def _windows(evaluator: Evaluator, size: int, columns: int | None) -> Iterator[list[Fraction]]:
    """Every window of this size in a known array, row by row; zeros stand around an array."""
    for _, value in evaluator.symbols:
        if not isinstance(value, Array) or not all(isinstance(cell, int | Fraction) for cell in value.cells):
            continue
        widths = [columns] if columns else [width for width in range(1, size + 1) if size % width == 0]
        for width in widths:
            height = size // width
            if width <= value.columns and height <= value.rows:
                yield from _of_grid(_grid(value), height, width)


def _of_grid(grid: _Grid, height: int, width: int) -> Iterator[list[Fraction]]:
    rows, columns = len(grid), len(grid[0])
    zero = Fraction(0)
    for top in range(1 - height, rows):
        for left in range(1 - width, columns):
            yield [
                grid[i][j] if 0 <= i < rows and 0 <= j < columns else zero
                for i in range(top, top + height)
                for j in range(left, left + width)
            ]


def _grid(value: Array) -> _Grid:
    return [[Fraction(_exact(cell)) for cell in value.row(i)] for i in range(value.rows)]


def _exact(value: Value) -> int | Fraction:
    if isinstance(value, int | Fraction):
        return value
    raise NotUnderstood("a number that is not printed exactly")


def _is_swallowed(side: Node, place: Node, belongs: Fraction, evaluator: Evaluator) -> bool:
    """Whether the number that belongs there would leave the value of the side as it is."""
    value = evaluator.value(side)
    try:
        return evaluator.replacing(place, belongs).value(side) == value
    except NotUnderstood:
        return False
