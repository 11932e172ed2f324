"""Formulas as a keyboard writes them, `3*sigmoid(3*x + 1)`: the key of an answer that is a formula."""

from __future__ import annotations

from collections.abc import Mapping

from quizgen.formula import holes as ways
from quizgen.formula import terms
from quizgen.formula.holes import Holes
from quizgen.formula.terms import Cell, Term

_SUM, _PRODUCT, _POWER, _ATOM = 1, 2, 3, 4


class KeyboardWriter:
    """Writes scalar terms in one line of ASCII, with holes for the numbers that vary.

    Args:
        inside: the terms of cells that are steps with a free letter: they are written out, not named.
    """

    def __init__(self, holes: Holes, inside: Mapping[Cell, Term]) -> None:
        self._holes = holes
        self._inside = inside

    def text(self, term: Term, level: int = 0) -> str:
        """The term; bracketed if it binds less tightly than `level`."""
        if isinstance(term.data, Cell) and term.data in self._inside:
            return self.text(terms.scalar(self._inside[term.data]), level)
        own, text = self._written(term)
        return f"({text})" if own < level else text

    def _written(self, term: Term) -> tuple[int, str]:
        match term.op:
            case "number":
                return _ATOM, self._holes.number(term, ways.ascii_plain)
            case "cell":
                if isinstance(term.data, Cell) and term.data.free:
                    return _ATOM, str(term.data.symbol)
                return _ATOM, self._holes.number(term, ways.ascii_plain)
            case "sum":
                signs = term.data if isinstance(term.data, tuple) else ()
                text = self.text(term.args[0], _SUM)
                for sign, part in zip(signs[1:], term.args[1:], strict=True):
                    text += (" + " if sign > 0 else " - ") + self.text(part, _PRODUCT)
                return _SUM, text
            case "negative":
                return _SUM, "-" + self.text(term.args[0], _PRODUCT)
            case "product":
                return _PRODUCT, "*".join(self.text(part, _PRODUCT) for part in term.args)
            case "quotient":
                return _PRODUCT, f"{self.text(term.args[0], _PRODUCT)}/{self.text(term.args[1], _POWER)}"
            case "power":
                return _POWER, f"{self.text(term.args[0], _ATOM)}^{self.text(term.args[1], _ATOM)}"
            case "apply":
                return _ATOM, f"{term.data}({', '.join(self.text(arg) for arg in term.args)})"
            case "extreme":
                return _ATOM, f"{term.data}({', '.join(self.text(arg) for arg in term.args)})"
            case other:
                raise TypeError(f"a formula cannot contain {other}")
