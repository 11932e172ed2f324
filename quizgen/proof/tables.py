r"""Tables of values: in a table whose first column counts, row k of the column `$y$` prints the value of `y_k`.

    | $k$ | $x_1$ | $x_2$ | $y$ |          k counts the rows; the columns x_1, x_2 together are the vector \mathbf{x}_k;
    |---|---|---|---|                      a header may name the index itself, as `$y_k$`.
    | 1 | $2$ | $-1$ | $1$ |

A cell gives its name a value, or is compared with the value that the name has. Cells that hold something else than
numbers are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizgen.proof.compare import TRUE, Comparison, Outcome, Side
from quizgen.proof.errors import NotUnderstood
from quizgen.proof.names import read_name
from quizgen.proof.nodes import Name, is_literal
from quizgen.proof.parse import parse
from quizgen.proof.spelling import shortly
from quizgen.proof.symbols import Standing
from quizgen.proof.tokens import tokenize
from quizgen.proof.values import Value, array, number, show


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, without its dollars, and where it starts in the document."""

    text: str
    offset: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `offset` is where its rows of values start."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    offset: int


@dataclass(slots=True)
class Entry:
    """What one cell, or the cells of one vector, print: `name = value`, with the verdict on it."""

    outcome: Outcome
    name: str
    printed: str
    old: Value | None
    value: Value
    offset: int


def tables(text: str) -> Iterator[Table]:
    """The tables of a Markdown text."""
    for match in _TABLE.finditer(text):
        rows = [_cells(row.group(), match.start("rows") + row.start()) for row in _ROW.finditer(match["rows"])]
        yield Table(_cells(match["header"], match.start("header")), tuple(rows), match.start("rows"))


def entries(table: Table, comparison: Comparison) -> Iterator[Entry]:
    """What a table prints, with verdicts; nothing if its first column does not count."""
    names = [_name(cell.text) for cell in table.header]
    counter = names[0] if names else None
    if counter is None or counter.indices or len(counter.base) != 1:
        return
    for row in table.rows:
        if len(row) != len(names) or not row[0].text.isdigit():
            continue
        for name, cells in _named(names[1:], row[1:], counter.base, row[0].text):
            sides = [_literal(cell.text, comparison) for cell in cells]
            values = [side.value for side in sides if side is not None and side.value is not None]
            if len(values) == len(cells):
                yield _entry(name, cells, sides[0], values, comparison)


def _entry(name: Name, cells: list[Cell], side: Side | None, values: list[Value], comparison: Comparison) -> Entry:
    symbols = comparison.symbols
    value = values[0] if len(values) == 1 else array([[number(cell, "an element")] for cell in values])
    standing = symbols.standing(name)
    old = None if standing is None else symbols.value(name)
    if old is None or standing is Standing.FORMULA:
        symbols.define(name.key, value, Standing.GIVEN)
        outcome: Outcome = ("defined", f"it gives {shortly(name.key)} its value")
    elif comparison.agree(old, value) or (len(cells) == 1 and side is not None and comparison.restates(old, side)):
        outcome = TRUE
    else:
        outcome = ("false", f"{shortly(name.key)} is {show(old)} before this place, and {show(value)} here")
    return Entry(outcome, name.key, ", ".join(cell.text for cell in cells), old, value, cells[0].offset)


def _named(names: list[Name | None], row: tuple[Cell, ...], counter: str, k: str) -> Iterator[tuple[Name, list[Cell]]]:
    """The names of a row's cells; columns x_1, …, x_n are one vector."""
    vectors: dict[str, list[Cell]] = {}
    for name, cell in zip(names, row, strict=True):
        if name is None:
            continue
        if (counter,) in name.indices:
            indices = tuple((k,) if index == (counter,) else index for index in name.indices)
            yield Name(name.base, indices, name.label, name.before, name.after), [cell]
        elif not name.indices:
            yield Name(name.base, ((k,),), name.label, name.before, name.after), [cell]
        elif len(name.indices) == 1 and len(name.base) == 1 and not name.before and not name.label:
            elements = vectors.setdefault(name.base, [])
            if name.indices[0] == (str(len(elements) + 1),):
                elements.append(cell)
    for base, cells in vectors.items():
        if len(cells) > 1:
            yield Name(rf"\mathbf{{{base}}}", ((k,),)), cells


def _name(text: str) -> Name | None:
    try:
        return read_name(tokenize(text)) if text else None
    except NotUnderstood:
        return None


def _literal(text: str, comparison: Comparison) -> Side | None:
    """A cell that is a printed number or a matrix of numbers."""
    try:
        node = parse(tokenize(text))
        return Side(text, node, comparison.evaluator().value(node)) if is_literal(node) else None
    except NotUnderstood:
        return None


def _cells(row: str, offset: int) -> tuple[Cell, ...]:
    found = []
    for match in _CELL.finditer(row):
        text = match["cell"].strip()
        if len(text) > 2 and text[0] == text[-1] == "$" and "$" not in text[1:-1]:
            text = text[1:-1]
        found.append(Cell(text.strip(), offset + match.start("cell")))
    return tuple(found)


_CELL = re.compile(r"\|(?P<cell>(?:\\.|[^|\\\n])*)(?=\|)")
_ROW = re.compile(r"^[ \t]*\|[^\n]*\|[ \t]*$", re.MULTILINE)
_TABLE = re.compile(
    r"^[ \t]*(?P<header>\|[^\n]*\|)[ \t]*\n[ \t]*\|[ \t:|-]+\|[ \t]*\n(?P<rows>(?:[ \t]*\|[^\n]*\|[ \t]*(?:\n|\Z))+)",
    re.MULTILINE,
)
