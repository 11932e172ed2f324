"""The exact value of an expression without a variable."""

from __future__ import annotations

import decimal
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from quizgen.answers.clean import Unreadable
from quizgen.answers.expression import Call, Name, Node, Num, Power, Product, Sum

#: No answer is larger than this, or has a numerator or denominator of more bits.
LARGEST, MOST_BITS = Fraction(10) ** 300, 4_000

_PRECISE = decimal.Context(prec=50, Emax=10_000, Emin=-10_000, traps=[decimal.InvalidOperation, decimal.Overflow])
_CONSTANTS = {
    "e": Fraction("2.71828182845904523536028747135266249775724709369996"),
    "pi": Fraction("3.14159265358979323846264338327950288419716939937511"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A number that was handed in.

    Attributes:
        value: exact, or good to 40 digits where there is a root in it.
        unit: the worth of a one in the last written place; None for fractions, roots and the like, which are exact.
    """

    value: Fraction
    unit: Fraction | None = None


def evaluate(node: Node) -> Written:
    """The value, by exact arithmetic; a decimal, its negative and its product with a power of ten keep their unit.

    Raises:
        Unreadable: for a division by zero, a root of a negative number, a very large number or power, and for
            functions other than the square root.
    """
    number = _evaluate(node)
    if abs(number.value) > LARGEST:
        raise Unreadable("the number is too large; no answer is beyond 10^300")
    return number


def _evaluate(node: Node) -> Written:
    match node:
        case Num(value=value, unit=unit):
            return Written(value, unit)
        case Name(name=name):
            return Written(_CONSTANTS[name])
        case Sum(terms=((-1, term),)):
            number = _evaluate(term)
            return Written(-number.value, number.unit)
        case Sum(terms=terms):
            total = Fraction(0)
            for sign, term in terms:
                total = _bounded(total + sign * _evaluate(term).value)
            return Written(total)
        case Product(factors=factors):
            return _product(factors)
        case Power(base=base, exponent=exponent):
            return Written(_power(_evaluate(base).value, _evaluate(exponent).value))
        case Call(function="sqrt", arguments=(argument,)):
            return Written(_power(_evaluate(argument).value, Fraction(1, 2)))
        case Call(function="abs", arguments=(argument,)):
            return Written(abs(_evaluate(argument).value))
        case Call(function=function):
            raise Unreadable(f"found the function {function}; expected its value, as a number")


def _product(factors: tuple[tuple[int, Node], ...]) -> Written:
    value, unit = Fraction(1), None
    for place, (sign, factor) in enumerate(factors):
        number = _evaluate(factor)
        if sign < 0 and number.value == 0:
            raise Unreadable("found a division by zero")
        value = _bounded(value * number.value if sign > 0 else value / number.value)
        if place == 0:
            unit = number.unit
        elif unit is not None:
            unit = _scaled(unit, sign, factor, number.value)
    return Written(value, unit)


def _scaled(unit: Fraction, sign: int, factor: Node, value: Fraction) -> Fraction | None:
    """The unit of a decimal times `10^k` or written in percent; None if the factor is anything else."""
    power_of_ten = isinstance(factor, Power) and isinstance(factor.base, Num) and factor.base.value == 10
    percent = isinstance(factor, Num) and factor.value == 100 and sign < 0
    return unit * value**sign if power_of_ten or percent else None


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if base == 0 and exponent <= 0:
        raise Unreadable("found a power of zero that has no value")
    if exponent.denominator == 1:
        bits = max(base.numerator.bit_length(), base.denominator.bit_length())
        if abs(exponent) * bits > MOST_BITS and abs(base) not in (0, 1):
            raise Unreadable("found a power that is too large to be an answer")
        return base ** (int(exponent) if abs(base) not in (0, 1) else int(exponent % 2) or 2)
    if base < 0:
        raise Unreadable("found a root of a negative number")
    if exponent == Fraction(1, 2):
        above, below = isqrt(base.numerator), isqrt(base.denominator)
        if above * above == base.numerator and below * below == base.denominator:
            return Fraction(above, below)
    try:
        return Fraction(_PRECISE.power(_decimal(base), _decimal(exponent)))
    except (decimal.InvalidOperation, decimal.Overflow) as error:
        raise Unreadable("found a power that is too large to be an answer") from error


def _decimal(value: Fraction) -> decimal.Decimal:
    return _PRECISE.divide(decimal.Decimal(value.numerator), decimal.Decimal(value.denominator))


def _bounded(value: Fraction) -> Fraction:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MOST_BITS:
        raise Unreadable("found a number that is too large, or too small, to be an answer")
    return value
