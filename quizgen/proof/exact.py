"""Numbers of which the reader knows either everything or two bounds, and their arithmetic.

An exact number is an `int` or a `Fraction`. What is not rational (a sigmoid's value), or was rounded by whoever
printed it, is an `Interval` of decimals with 50 digits, rounded outwards: the true number always lies within.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from decimal import ROUND_CEILING as UPWARDS
from decimal import ROUND_FLOOR as DOWNWARDS
from fractions import Fraction
from math import isqrt

from quizgen.proof.errors import NotUnderstood

#: Exact numbers with more bits than this are refused, before they are computed.
MOST_BITS = 20_000

_TRAPS = [InvalidOperation, DivisionByZero, Overflow]
DOWN = Context(prec=50, rounding=DOWNWARDS, Emin=-(10**9), Emax=10**9, traps=_TRAPS)
UP = Context(prec=50, rounding=UPWARDS, Emin=-(10**9), Emax=10**9, traps=_TRAPS)
_EXACT = Context(prec=10_000, Emin=MIN_EMIN, Emax=MAX_EMAX)


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `lo` to `hi`, both included."""

    lo: Decimal
    hi: Decimal


Exact = int | Fraction
Number = int | Fraction | Interval


def enclose(a: Number) -> Interval:
    """The smallest interval with 50 digits around a number."""
    if isinstance(a, Interval):
        return a
    numerator, denominator = Decimal(a.numerator), Decimal(a.denominator)
    return Interval(DOWN.divide(numerator, denominator), UP.divide(numerator, denominator))


def around(a: Exact, half_width: Fraction) -> Interval:
    """The numbers within `half_width` of `a`."""
    return Interval(enclose(a - half_width).lo, enclose(a + half_width).hi)


def about(a: Number, error: Fraction) -> Interval:
    """A number known up to a relative error, and an absolute one of the same size."""
    low, high = ends(a)
    width = error * (1 + max(abs(Fraction(low)), abs(Fraction(high))))
    return Interval(enclose(low - width).lo, enclose(high + width).hi)


def ends(a: Number) -> tuple[Exact, Exact]:
    """The least and the greatest number that `a` can be."""
    return (Fraction(a.lo), Fraction(a.hi)) if isinstance(a, Interval) else (a, a)


def negate(a: Number) -> Number:
    return Interval(a.hi.copy_negate(), a.lo.copy_negate()) if isinstance(a, Interval) else -a


def add(a: Number, b: Number) -> Number:
    if isinstance(a, Interval) or isinstance(b, Interval):
        x, y = enclose(a), enclose(b)
        return Interval(DOWN.add(x.lo, y.lo), UP.add(x.hi, y.hi))
    return _bounded(a + b)


def subtract(a: Number, b: Number) -> Number:
    return add(a, negate(b))


def multiply(a: Number, b: Number) -> Number:
    if isinstance(a, Interval) or isinstance(b, Interval):
        if a == 0 or b == 0:
            return 0
        x, y = enclose(a), enclose(b)
        pairs = ((x.lo, y.lo), (x.lo, y.hi), (x.hi, y.lo), (x.hi, y.hi))
        return Interval(min(DOWN.multiply(p, q) for p, q in pairs), max(UP.multiply(p, q) for p, q in pairs))
    return _bounded(a * b)


def divide(a: Number, b: Number) -> Number:
    """The quotient a / b.

    Raises:
        NotUnderstood: if b is, or may be, zero.
    """
    if isinstance(b, Interval):
        if b.lo <= 0 <= b.hi:
            raise NotUnderstood("a division by a number that may be zero")
        return multiply(a, Interval(DOWN.divide(Decimal(1), b.hi), UP.divide(Decimal(1), b.lo)))
    if b == 0:
        raise NotUnderstood("a division by zero")
    if isinstance(a, Interval):
        return multiply(a, Fraction(1) / b)
    return _bounded(Fraction(a) / b)


def power(a: Number, n: Number) -> Number:
    """The n-th power of a: exact for whole n, else exp(n ln a) for positive a; the square root of a square is exact."""
    if isinstance(n, Interval) or Fraction(n).denominator != 1:
        return sqrt(a) if n == Fraction(1, 2) else exp(multiply(n, ln(a)))
    exponent = int(n)
    if exponent < 0:
        return divide(1, power(a, -exponent))
    if exponent > MOST_BITS:
        raise NotUnderstood(f"a power with the exponent {exponent:.3e} is too large to be computed")
    if isinstance(a, Interval):
        return _power_of_interval(a, exponent)
    a = Fraction(a)
    bits = max(abs(a.numerator), a.denominator).bit_length()
    if (bits - 1) * exponent > MOST_BITS:
        raise NotUnderstood(f"a power has more than {MOST_BITS} bits, which is too large to be computed")
    return a**exponent


def sqrt(a: Number) -> Number:
    if not isinstance(a, Interval):
        a = Fraction(a)
        p, q = isqrt(abs(a.numerator)), isqrt(a.denominator)
        if a >= 0 and p * p == a.numerator and q * q == a.denominator:
            return Fraction(p, q)
        a = enclose(a)
    if a.hi < 0:
        raise NotUnderstood("a square root of a negative number")
    low = DOWN.next_minus(DOWN.sqrt(a.lo)) if a.lo > 0 else Decimal(0)
    return Interval(max(low, Decimal(0)), UP.next_plus(UP.sqrt(a.hi)))


def exp(a: Number) -> Number:
    if a == 0:
        return 1
    a = enclose(a)
    if max(abs(a.lo), abs(a.hi)) > 100_000:
        raise NotUnderstood("an exponential of a number beyond 100000 is too large to be computed")
    return Interval(DOWN.next_minus(DOWN.exp(a.lo)), UP.next_plus(UP.exp(a.hi)))


def ln(a: Number) -> Number:
    if a == 1:
        return 0
    a = enclose(a)
    if a.lo <= 0:
        raise NotUnderstood("a logarithm of a number that is not positive")
    return Interval(DOWN.next_minus(DOWN.ln(a.lo)), UP.next_plus(UP.ln(a.hi)))


def through_float(function: Callable[[float], float], a: Number) -> Number:
    """A function with slope between -1 and 1 (sine, cosine), to about 15 digits."""
    low, high = ends(a)
    if not -1000 <= low <= high <= 1000:
        raise NotUnderstood("an angle beyond 1000 is not computed")
    middle = (low + high) / 2
    return around(Fraction(function(float(middle))), Fraction(high - low) / 2 + Fraction(1, 10**12))


def inverse(function: Callable[[float], float], a: Number) -> Number:
    """A monotonous function on [-1, 1] (arcsine, arccosine), to about 15 digits."""
    low, high = ends(a)
    if not -1 <= low <= high <= 1:
        raise NotUnderstood("an arcsine or arccosine of a number beyond 1")
    first, last = sorted((function(float(low)), function(float(high))))
    near_one = low != high and max(abs(Fraction(low)), abs(Fraction(high))) > 1 - Fraction(1, 10**9)
    error = Fraction(1, 10**7 if near_one else 10**12)
    return Interval(enclose(Fraction(first) - error).lo, enclose(Fraction(last) + error).hi)


def maximum(a: Number, b: Number) -> Number:
    if isinstance(a, Interval) or isinstance(b, Interval):
        if certainly_less(b, a):
            return a
        if certainly_less(a, b):
            return b
        x, y = enclose(a), enclose(b)
        return Interval(max(x.lo, y.lo), max(x.hi, y.hi))
    return a if a >= b else b


def minimum(a: Number, b: Number) -> Number:
    return negate(maximum(negate(a), negate(b)))


def floor(a: Number) -> int:
    low, high = (end.__floor__() for end in ends(a))
    if low != high:
        raise NotUnderstood("rounding down a number that may lie on either side of a whole number")
    return low


def ceiling(a: Number) -> int:
    return -floor(negate(a))


def sign(a: Number) -> int:
    """-1, 0 or 1."""
    low, high = ends(a)
    if low > 0:
        return 1
    if high < 0:
        return -1
    if low == high == 0:
        return 0
    raise NotUnderstood("a case distinction on a number that may have either sign")


def certainly_less(a: Number, b: Number) -> bool:
    """Whether every number that `a` can be is less than every number that `b` can be."""
    if isinstance(a, Interval) or isinstance(b, Interval):
        return enclose(a).hi < enclose(b).lo
    return a < b


def may_be_equal(a: Number, b: Number) -> bool:
    """Whether `a` and `b` can be the same number."""
    return not (certainly_less(a, b) or certainly_less(b, a))


def show(a: Number) -> str:
    """A number for a reason: exactly if it is short, else with ten digits."""
    low, high = ends(a)
    if low == high:
        number = Fraction(low)
        decimal = _EXACT.divide(Decimal(number.numerator), Decimal(number.denominator))
        text = f"{decimal:f}" if -30 < decimal.adjusted() < 30 else f"{decimal:.10g}"
        if len(text) <= 16:
            return text
        return f"about {decimal:.10g}"
    left, right = f"{Decimal(enclose(a).lo):.10g}", f"{Decimal(enclose(a).hi):.10g}"
    return f"about {left}" if left == right else f"between {left} and {right}"


def _bounded(a: Exact) -> Exact:
    if a.numerator.bit_length() > MOST_BITS or a.denominator.bit_length() > MOST_BITS:
        raise NotUnderstood(f"a number has more than {MOST_BITS} bits, which is too large to be computed")
    return a


def _power_of_interval(a: Interval, n: int) -> Number:
    if n == 0:
        return 1
    if a.lo < 0 < a.hi and n % 2 == 0:
        return Interval(Decimal(0), _raise(max(-a.lo, a.hi), n, UP))
    if a.lo >= 0:
        return Interval(_raise(a.lo, n, DOWN), _raise(a.hi, n, UP))
    if a.hi <= 0:
        positive = _power_of_interval(Interval(-a.hi, -a.lo), n)
        return positive if n % 2 == 0 else negate(positive)
    return Interval(-_raise(-a.lo, n, UP), _raise(a.hi, n, UP))


def _raise(end: Decimal, n: int, direction: Context) -> Decimal:
    """end**n for end >= 0, every product rounded in one direction."""
    result = Decimal(1)
    while n:
        if n & 1:
            result = direction.multiply(result, end)
        end = direction.multiply(end, end)
        n >>= 1
    return result
