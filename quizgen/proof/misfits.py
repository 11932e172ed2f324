"""Numbers that spoil a pattern.

The one cell in which a column that counts, or repeats x_1, x_2, x_3, does not; the one element in which an array that
is written down again differs from the known one; the constant that is another one in a single row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from quizgen.proof.exact import Interval, Number
from quizgen.proof.nodes import Matrix, Node, Num, walk
from quizgen.proof.rounding import Printed, half_away, printed
from quizgen.proof.strays import roles
from quizgen.proof.symbols import Symbols
from quizgen.proof.tables import Cell, Table
from quizgen.proof.values import Array

#: With fewer cells, being nearly like something is likely to be chance.
_FEWEST = 3

_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_INDEXED = re.compile(r"(?P<before>.*)_\{(?P<index>\d{1,4})\}(?P<after>[^{}]*)")

_Line = list[tuple[Fraction, Cell]]


def misfits(table: Table, symbols: Symbols) -> Iterator[Cell]:
    """The cells that stand alone against the pattern of their column or row."""
    rows = [row for row in table.rows if len(row) == len(table.header)]
    columns = [list(column) for column in zip(*rows, strict=True)]
    known = list(_sequences(symbols))
    for place, cells in enumerate([*columns, *(list(row[1:]) for row in rows)]):
        line = _numbers(cells)
        if len(line) >= _FEWEST:
            sequences = [*known, *_counts(line)] if place == 0 else known
            yield from _odd_one(line, sequences)


def _odd_one(line: _Line, sequences: Sequence[Sequence[Fraction]]) -> Iterator[Cell]:
    """The one cell in which a line differs from a stretch of a sequence, if it is equal to none."""
    nearest: Cell | None = None
    for sequence in sequences:
        for start in range(len(sequence) - len(line) + 1):
            wrong = [cell for k, (number, cell) in enumerate(line) if number != sequence[start + k]]
            if not wrong:
                return
            if len(wrong) == 1 and nearest is None:
                nearest = wrong[0]
    if nearest is not None:
        yield nearest


def _numbers(cells: Sequence[Cell]) -> _Line:
    """The cells if all of them are numbers, a heading word aside; else nothing."""
    numbers = [(Fraction(cell.text), cell) for cell in cells if _PLAIN.fullmatch(cell.text)]
    return numbers if len(numbers) == len(cells) else []


def _counts(line: _Line) -> Iterator[list[Fraction]]:
    """Counting from what the first or the second cell says."""
    for start in (line[0][0], line[1][0] - 1):
        yield [start + k for k in range(len(line))]


def _sequences(symbols: Symbols) -> Iterator[list[Fraction]]:
    """The elements of each known vector, and the values of x_1, x_2, … in the order of their indices."""
    families: dict[tuple[str, str], dict[int, Fraction]] = {}
    for key, value in symbols:
        if isinstance(value, Array):
            if value.is_vector and all(isinstance(cell, int | Fraction) for cell in value.cells):
                yield [Fraction(cell) for cell in value.cells if isinstance(cell, int | Fraction)]
        elif isinstance(value, int | Fraction) and (match := _INDEXED.fullmatch(key)):
            families.setdefault((match["before"], match["after"]), {})[int(match["index"])] = Fraction(value)
    for members in families.values():
        yield [members[index] for index in sorted(members)]


def miscopied_cells(node: Matrix, symbols: Symbols, own: Collection[str]) -> Iterator[Num]:
    """The one number in which a printed array differs from a known one, or from a known one with zeros around it.

    Args:
        own: the names to which the printed array itself gives its value.
    """
    cells = [cell for row in node.rows for cell in row]
    numbers = [printed(cell) for cell in cells]
    width = len(node.rows[0])
    if len(cells) < 2 or any(len(row) != width for row in node.rows):
        return
    nearest: Node | None = None
    for key, value in symbols:
        if key in own or not isinstance(value, Array):
            continue
        for wrong in _differences(numbers, width, value):
            if not wrong:
                return
            if len(wrong) == 1 and nearest is None:
                nearest = cells[wrong[0]]
    for part in walk(nearest) if nearest is not None else ():
        if isinstance(part, Num):
            yield part


def _differences(numbers: Sequence[Printed | None], width: int, array: Array) -> Iterator[list[int]]:
    """For each way to lay the array into the printed one, zeros around it: the places where they differ."""
    height = len(numbers) // width
    if array.is_vector and 1 in (width, height) and len(array.cells) == len(numbers):
        yield [k for k, number in enumerate(numbers) if not _shows(number, array.cells[k])]
        return
    for top in range(height - array.rows + 1):
        for left in range(width - array.columns + 1):
            laid: list[Number] = [0] * len(numbers)
            for i in range(array.rows):
                start = (top + i) * width + left
                laid[start : start + array.columns] = array.row(i)
            yield [k for k, number in enumerate(numbers) if not _shows(number, laid[k])]


def odd_siblings(node: Matrix) -> Iterator[Num]:
    """Where the elements of an array are computed alike, the number that is another one in a single element only.

    In (max(-2, 1), max(-2, 5), max(-3, 4)) it is the 3; numbers that go from element to element are data.
    """
    cells = [[number for number, _ in roles(cell)] for row in node.rows for cell in row]
    if len(cells) < _FEWEST or len({len(numbers) for numbers in cells}) > 1:
        return
    for place in zip(*cells, strict=True):
        count = Counter(number.value for number in place)
        if len(count) == 2 and sorted(count.values())[0] == 1:
            yield from (number for number in place if count[number.value] == 1)


def _shows(number: Printed | None, value: Number) -> bool:
    """Whether a printed number is a value, or its rounding."""
    if number is None or isinstance(value, Interval):
        return False
    return number.value == value or half_away(value, max(number.decimals, 0)) == number.value
