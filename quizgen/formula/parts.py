"""Rows, entries and rectangles of arrays, with the symbols that they are printed with."""

from __future__ import annotations

from dataclasses import replace

from quizgen.formula import terms
from quizgen.formula.elements import elements
from quizgen.formula.scope import Index, Letter
from quizgen.formula.symbols import Symbol
from quizgen.formula.terms import Cell, Quantity, Shape, Term


def part(array: Term, ranges: list[int | range]) -> Term:
    """Rows, entries or a rectangle of an array; of a quantity it stays a quantity, with an index."""
    ranges = ranges + [range(size) for size in array.shape[len(ranges) :]]
    shape = tuple(len(r) for r in ranges if isinstance(r, range))
    runs = [list(r) if isinstance(r, range) else [r] for r in ranges]
    width = array.shape[1] if len(array.shape) == 2 else 1
    numbers = [i * width + j for i in runs[0] for j in (runs[1] if len(runs) == 2 else [0])]
    if not isinstance(array.data, Quantity) or array.op != "quantity":
        flat = elements(array)
        return _shaped([flat[k] for k in numbers], shape)
    whole = array.data
    cells = tuple(whole.cells[k] for k in numbers)
    symbol = _symbol_of_part(whole, ranges, cells)
    if not shape:
        cells = (replace(cells[0], symbol=symbol),)
    return terms.leaf(Quantity(whole.name, symbol, shape, cells))


def _symbol_of_part(whole: Quantity, ranges: list[int | range], cells: tuple[Cell, ...]) -> Symbol:
    letters = [r.entry if isinstance(r, Letter) else None for r in ranges]
    if any(letters):
        shown = [letter or _index_text(r) for letter, r in zip(letters, ranges, strict=True)]
        full = [s for s, r in zip(shown, ranges, strict=True) if not isinstance(r, range)]
        return whole.symbol.at(*full)
    if all(isinstance(r, int) for r in ranges):
        return cells[0].symbol
    if isinstance(ranges[0], int) and ranges[1] == range(whole.shape[1]):
        return whole.symbol.row(str(ranges[0] + 1))
    if all(isinstance(r, range) and len(r) == size for r, size in zip(ranges, whole.shape, strict=True)):
        return whole.symbol
    return replace(whole.symbol, indices=(*whole.symbol.indices, *map(_index_text, ranges)))


def _index_text(part: int | range) -> str:
    if isinstance(part, range):
        return f"{part.start + 1}:{part.stop}"
    return str(part + 1)


def _shaped(flat: list[Term], shape: Shape) -> Term:
    if not shape:
        return flat[0]
    if len(shape) == 1:
        return terms.stack(flat)
    width = shape[1]
    return terms.stack([terms.stack(flat[k : k + width]) for k in range(0, len(flat), width)])


def relabelled(member: Quantity, index: Index) -> Quantity:
    """The member of a family with a letter for an index, in the general term of a sum."""
    if not any(isinstance(k, Letter) for k in index):
        return member
    shown = tuple(k.text if isinstance(k, Letter) else str(k) for k in index)
    symbol = replace(member.symbol, indices=(*member.symbol.indices[: -len(shown)], *shown))
    cells = member.cells
    if not member.shape:
        cells = (replace(cells[0], symbol=symbol),)
    return Quantity(member.name, symbol, member.shape, cells)
