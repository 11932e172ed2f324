"""Formulas by numbers: their values at many points, to eighty digits.

mpmath costs a moment to import, so it is imported where it is first needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from quizgen.answers.definitions import DEFINITIONS, PARAMETER
from quizgen.answers.expression import Call, Name, Node, Num, Power, Product, Sum

#: Digits carried, and how well two values must agree to be one: cancellation may cost the rest.
DIGITS, AGREEMENT = 80, 20
#: No exponent is larger, and no argument of a sine.
_LARGEST_EXPONENT, _LARGEST_ANGLE = 100_000, 10**30
_GOLDEN = Fraction(6180339887498949, 10**16)

Real = Any  # mpmath ships no types


class Undefined(ArithmeticError):  # noqa: N818  a property of a formula at a point
    """A formula that has no real value at a point."""


class OutOfReach(ArithmeticError):  # noqa: N818
    """A value too large to be worked out."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two formulas at many points.

    Attributes:
        equal: whether they agree wherever the first is defined.
        near: whether they agree to one in a hundred: a factor was rounded.
        point: where they differ, and `value`, the second one's there; None where it has none.
    """

    equal: bool
    near: bool = False
    point: Fraction | None = None
    value: str | None = None


def compare(right: Node, other: Node, variable: str, count: int = 24) -> Comparison:
    """Compares two formulas at up to `count` points at which the right one is defined.

    Raises:
        OutOfReach: if no point decides: the values are too large everywhere, or the right one is never defined.
    """
    decided, first, near = 0, None, True
    for x in points(count):
        try:
            a = value_at(right, variable, x)
        except (Undefined, OutOfReach):
            continue
        try:
            b = value_at(other, variable, x)
        except OutOfReach:
            continue
        except Undefined:
            return Comparison(equal=False, point=x)
        decided += 1
        if not _agree(a, b, AGREEMENT):
            first = first or (x, _shown(b))
            near = near and _agree(a, b, 2)
            if not near:
                break
    if not decided:
        raise OutOfReach("the values are too large to be compared")
    if first is None:
        return Comparison(equal=True)
    return Comparison(equal=False, near=near, point=first[0], value=first[1])


def points(count: int) -> Iterator[Fraction]:
    """Points spread over [-3, 3] without a pattern, every fourth over [-20, 20]; the same ones every time."""
    for k in range(1, count + 1):
        spread = 2 * (k * _GOLDEN % 1) - 1
        yield round(spread * (20 if k % 4 == 0 else 3), 3)


def value_at(node: Node, variable: str, x: Fraction) -> Real:
    """The value of a formula at a point, to eighty digits.

    Raises:
        Undefined: if it has none.
        OutOfReach: if it, or a number on the way, is too large.
    """
    import mpmath

    with mpmath.workdps(DIGITS):
        return _Evaluator(mpmath, {variable: _real(mpmath, x)}).value(node)


def _agree(a: Real, b: Real, digits: int) -> bool:
    """Whether two values agree to so many digits; below 10^-40 what is left of a cancellation counts as zero."""
    largest = max(abs(a), abs(b))
    return bool(abs(a - b) * 10**digits <= largest or largest < 10.0**-40)


def _shown(value: Real) -> str:
    import mpmath

    return str(mpmath.nstr(value, 4))


def _real(mpmath: Any, value: Fraction) -> Real:
    return mpmath.mpf(value.numerator) / value.denominator


class _Evaluator:
    """Evaluates trees for given values of their names."""

    def __init__(self, mpmath: Any, names: dict[str, Real]) -> None:
        self._mp = mpmath
        self._names = names

    def value(self, node: Node) -> Real:
        match node:
            case Num(value=value):
                return _real(self._mp, value)
            case Name(name=name):
                return self._names[name] if name in self._names else +getattr(self._mp, name)
            case Sum(terms=terms):
                return self._mp.fsum(sign * self.value(term) for sign, term in terms)
            case Product(factors=factors):
                return self._product(factors)
            case Power(base=base, exponent=exponent):
                return self._power(self.value(base), self.value(exponent))
            case Call(function=function, arguments=arguments):
                return self._call(function, [self.value(argument) for argument in arguments])

    def _product(self, factors: Sequence[tuple[int, Node]]) -> Real:
        result = self._mp.mpf(1)
        for sign, factor in factors:
            number = self.value(factor)
            if sign < 0 and number == 0:
                raise Undefined("a division by zero")
            result = result * number if sign > 0 else result / number
        return result

    def _power(self, base: Real, exponent: Real) -> Real:
        if base == 0:
            if exponent > 0:
                return self._mp.mpf(0)
            raise Undefined("a power of zero")
        whole = self._mp.isint(exponent)
        if base < 0 and not whole:
            raise Undefined("a root of a negative number")
        size = self._exp(exponent * self._mp.log(abs(base)))
        return -size if base < 0 and int(exponent) % 2 else size

    def _exp(self, exponent: Real) -> Real:
        if abs(exponent) > _LARGEST_EXPONENT:
            raise OutOfReach("an exponential")
        return self._mp.exp(exponent)

    def _call(self, function: str, arguments: list[Real]) -> Real:
        if function in DEFINITIONS:
            return _Evaluator(self._mp, {PARAMETER: arguments[0]}).value(DEFINITIONS[function])
        if function in ("max", "min"):
            return max(arguments) if function == "max" else min(arguments)
        (u,) = arguments
        match function:
            case "exp":
                return self._exp(u)
            case "ln" | "sqrt" if u < 0 or (u == 0 and function == "ln"):
                raise Undefined(f"{function} of {u}")
            case "sin" | "cos" | "tan" if abs(u) > _LARGEST_ANGLE:
                raise OutOfReach("an angle")
            case "arcsin" | "arccos" if abs(u) > 1:
                raise Undefined(f"{function} of {u}")
            case "abs":
                return abs(u)
            case "sgn":
                return self._mp.mpf(1 if u >= 0 else -1)
            case "step":
                return self._mp.mpf(1 if u > 0 else 0)
        return getattr(self._mp, _MPMATH[function])(u)


_MPMATH = {
    "ln": "log", "sqrt": "sqrt", "sin": "sin", "cos": "cos", "tan": "tan",
    "arcsin": "asin", "arccos": "acos", "arctan": "atan",
}  # fmt: skip
