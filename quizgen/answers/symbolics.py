"""Formulas by symbols: whether SymPy can prove that two are the same.

The tree is turned into a SymPy expression node by node; SymPy never sees text. Activation functions are written out in
exponentials, so that most differences are a quotient of polynomials in x, e^x and the like: the formulas are the same
if its numerator expands to zero. How large that can grow is estimated first, and what would grow too large is not
tried: a bound on the work, unlike one on the time, is the same on every machine.
"""

from __future__ import annotations

from math import comb
from typing import Any, NamedTuple

from quizgen.answers.definitions import DEFINITIONS, PARAMETER
from quizgen.answers.expression import Call, Name, Node, Num, Power, Product, Sum

#: The most terms, and the highest degree, that are expanded.
MOST_TERMS, HIGHEST_DEGREE = 500, 64

Expression = Any  # SymPy ships no types


def proved_equal(first: Node, second: Node, variable: str) -> bool:
    """Whether SymPy proves two formulas equal for real values of the variable. False: it cannot say."""
    difference = Sum(((1, first), (-1, second)))
    if _size(difference, {}) is None:
        return False
    import sympy

    expression = _Builder(sympy, {variable: sympy.Symbol("x", real=True)}).build(difference)
    numerator, _ = sympy.fraction(sympy.together(expression))
    return bool(sympy.expand(numerator) == 0)


class _Size(NamedTuple):
    """Terms of a numerator and a denominator written out, and the highest degree in them."""

    above: int
    below: int
    degree: int


def _size(node: Node, names: dict[str, _Size]) -> _Size | None:
    """What a formula would grow to; None where that is too much, or a power is not a small whole number."""
    match node:
        case Name(name=name):
            size: _Size | None = names.get(name, _Size(1, 1, 1))
        case Sum(terms=parts):
            size = _Size(0, 1, 0)
            for _, term in parts:
                size = _added(size, _size(term, names))
        case Product(factors=parts):
            size = _Size(1, 1, 0)
            for sign, factor in parts:
                size = _multiplied(size, _size(factor, names), sign)
        case Power(base=base, exponent=exponent):
            size = _raised(_size(base, names), exponent, names)
        case Call(function=function, arguments=arguments):
            sizes = [_size(argument, names) for argument in arguments]
            if any(inner is None for inner in sizes):
                return None
            known = DEFINITIONS.get(function)
            size = _size(known, {PARAMETER: sizes[0] or _Size(1, 1, 1)}) if known is not None else _Size(1, 1, 1)
        case _:
            size = _Size(1, 1, 1)
    if size is None or max(size.above, size.below) > MOST_TERMS or size.degree > HIGHEST_DEGREE:
        return None
    return size


def _added(a: _Size | None, b: _Size | None) -> _Size | None:
    if a is None or b is None:
        return None
    return _Size(a.above * b.below + b.above * a.below, a.below * b.below, a.degree + b.degree)


def _multiplied(a: _Size | None, b: _Size | None, sign: int) -> _Size | None:
    if a is None or b is None:
        return None
    above, below = (b.above, b.below) if sign > 0 else (b.below, b.above)
    return _Size(a.above * above, a.below * below, a.degree + b.degree)


def _raised(base: _Size | None, exponent: Node, names: dict[str, _Size]) -> _Size | None:
    if base is None or _size(exponent, names) is None:
        return None
    match exponent:
        case Num(value=value) | Sum(terms=((-1, Num(value=value)),)) if value.denominator == 1:
            n = int(value)
            if n > HIGHEST_DEGREE:
                return None
            return _Size(comb(base.above + n - 1, n), comb(base.below + n - 1, n), base.degree * n)
    return _Size(1, 1, 1)


class _Builder:
    """Builds SymPy expressions from trees, for given expressions of their names."""

    def __init__(self, sympy: Any, names: dict[str, Expression]) -> None:
        self._sympy = sympy
        self._names = names

    def build(self, node: Node) -> Expression:
        match node:
            case Num(value=value):
                return self._sympy.Rational(value.numerator, value.denominator)
            case Name(name=name):
                return self._names[name] if name in self._names else {"e": self._sympy.E, "pi": self._sympy.pi}[name]
            case Sum(terms=terms):
                return self._sympy.Add(*(sign * self.build(term) for sign, term in terms))
            case Product(factors=factors):
                return self._sympy.Mul(*(self.build(factor) ** sign for sign, factor in factors))
            case Power(base=base, exponent=exponent):
                return self.build(base) ** self.build(exponent)
            case Call(function=function, arguments=arguments):
                inner = [self.build(argument) for argument in arguments]
                if function in DEFINITIONS:
                    return _Builder(self._sympy, {PARAMETER: inner[0]}).build(DEFINITIONS[function])
                if function == "step":
                    return self._sympy.Heaviside(inner[0], 0)
                if function == "sgn":
                    return 2 * self._sympy.Heaviside(inner[0], 1) - 1
                return getattr(self._sympy, _SYMPY[function])(*inner)


_SYMPY = {
    "exp": "exp", "ln": "log", "sqrt": "sqrt", "abs": "Abs", "sin": "sin", "cos": "cos", "tan": "tan",
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "max": "Max", "min": "Min",
}  # fmt: skip
