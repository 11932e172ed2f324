"""Formulas as a keyboard writes them, `3*sigmoid(3*x + 1)`: the key of an answer that is a formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quizgen.formula import holes as ways
from quizgen.formula.elements import scalar
from quizgen.formula.holes import Holes
from quizgen.formula.terms import Cell, Term
from quizgen.numerals import Number

Write = Callable[[Number], str]

_SUM, _PRODUCT, _POWER, _ATOM = 1, 2, 3, 4


class KeyboardWriter:
    """Writes scalar terms in one line of ASCII, with holes for the numbers that vary.

    Args:
        inside: the terms of cells that are steps with a free letter: they are written out, not named.
    """

    def __init__(self, holes: Holes, inside: Mapping[Cell, Term]) -> None:
        self._holes = holes
        self._inside = inside

    def text(self, term: Term, level: int = 0, write: Write = ways.ascii_plain) -> str:
        """The term; bracketed if it binds less tightly than `level`; a number at its beginning written by `write`."""
        if isinstance(term.data, Cell) and term.data in self._inside:
            return self.text(scalar(self._inside[term.data]), level, write)
        own, text = self._written(term, write)
        return f"({self._written(term, ways.ascii_plain)[1]})" if own < level else text

    def _written(self, term: Term, write: Write) -> tuple[int, str]:
        match term.op:
            case "number":
                return _ATOM, self._holes.number(term, write)
            case "cell":
                if isinstance(term.data, Cell) and term.data.free:
                    return _ATOM, str(term.data.symbol)
                return _ATOM, self._holes.number(term, write)
            case "sum":
                signs = term.data if isinstance(term.data, tuple) else ()
                text = self.text(term.args[0], _SUM, write)
                for sign, part in zip(signs[1:], term.args[1:], strict=True):
                    text += self._further(sign, part)
                return _SUM, text
            case "negative":
                return _SUM, "-" + self.text(term.args[0], _PRODUCT, ways.ascii_factor)
            case "product":
                first, *others = term.args
                rest = [self.text(part, _PRODUCT, ways.ascii_factor) for part in others]
                return _PRODUCT, "*".join((self.text(first, _PRODUCT, write), *rest))
            case "quotient":
                below = self.text(term.args[1], _POWER, ways.ascii_factor)
                return _PRODUCT, f"{self.text(term.args[0], _PRODUCT, write)}/{below}"
            case "power":
                base, exponent = (self.text(part, _ATOM, ways.ascii_factor) for part in term.args)
                return _POWER, f"{base}^{exponent}"
            case "apply":
                return _ATOM, f"{term.data}({', '.join(self.text(arg) for arg in term.args)})"
            case "extreme":
                return _ATOM, f"{term.data}({', '.join(self.text(arg) for arg in term.args)})"
            case other:
                raise TypeError(f"a formula cannot contain {other}")

    def _further(self, sign: int, part: Term) -> str:
        if part.op == "number" or (isinstance(part.data, Cell) and not part.data.free):
            return self._holes.number(part, ways.ascii_added if sign > 0 else ways.ascii_subtracted)
        return (" + " if sign > 0 else " - ") + self.text(part, _PRODUCT, ways.ascii_factor)
