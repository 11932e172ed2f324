"""What fills the holes of a form's texts, as Python expressions over a variant's values."""

from __future__ import annotations

from collections.abc import Sequence, Set

from quizgen.formula.compile import Emitter
from quizgen.formula.holes import WAYS, Filling
from quizgen.formula.terms import Cell
from quizgen.text import Skeleton


class FillingWriter:
    """Writes the expression for what fills a hole."""

    def __init__(self, fillings: Sequence[Filling], emitter: Emitter, unrounded_cells: Set[Cell]) -> None:
        self._fillings = fillings
        self._emitter = emitter
        self._unrounded = unrounded_cells

    def expression(self, filling: Filling) -> str:
        match filling.way:
            case "letters":
                return "letters"
            case "figure":
                return f"figures[{filling.name!r}]"
            case "relation":
                return self._relation(filling)
            case "tail":
                return f"tail_text({', '.join(map(self._joined, filling.parts))})"
            case "fraction" if filling.term is not None:
                above, below = (self._emitter.expression(arg) for arg in filling.term.args)
                return f"fraction_text(r{filling.decimals}({above}), {below})"
            case "answer":
                return f"places_text({self._value(filling)}, decimals={filling.decimals!r}, digits={filling.digits!r})"
            case way if way in WAYS:
                return f"w_{way}[{self._value(filling)}]"
        raise TypeError(f"unknown way to fill a hole: {filling.way}")

    def _relation(self, filling: Filling) -> str:
        cells = [cell.index for cell in filling.cells if cell in self._unrounded]
        equal = " and ".join(f"abs(t{k} - v{k}) <= 1e-12 * abs(v{k})" for k in cells)
        return f"('=' if {equal or 'True'} else '\\\\approx')"

    def _value(self, filling: Filling) -> str:
        term = filling.term
        if term is None:
            raise TypeError("a number's hole has a term")
        value = self._emitter.expression(term)
        if filling.digits is not None:
            return f"s{filling.digits}({value})"
        if filling.decimals is not None:
            return f"r{filling.decimals}({value})"
        return f"r{term.decimals}({value})" if term.op == "computed" and term.decimals else value

    def _joined(self, latex: str) -> str:
        """LaTeX with holes as an expression: literals and the expressions of the holes, joined."""
        parts, order = Skeleton(latex).pieces()
        written = [repr(part) for part in parts[::2]]
        for place, k in reversed(list(enumerate(order, 1))):
            written.insert(place, self.expression(self._fillings[k]))
        return " + ".join(written)
