"""What `=` and `≈` mean between printed numbers.

Strict, for our own text. `=` says that both sides are the same number. `≈` says that the right side is the left
side, correctly rounded (half away from zero) at the decimals printed. Trailing zeros may have been dropped: 0.57 can be
0.5700 rounded to four decimals. Being the rounding at more decimals than are printed implies being the rounding at
those printed, so only the coarsest rounding in use has to be tried: nothing is rounded more coarsely than the
answers, which have two decimals fewer than the work. A number with p printed decimals is therefore compared at
max(p, decimals - 2) decimals, in scientific notation at decimals - 2 significant digits or those printed.

Kind, for a student's text. Every printed decimal stands for all numbers that round to it, and a relation is false only
if it can hold for none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd

from quizgen.proof import exact
from quizgen.proof.exact import Exact, Number
from quizgen.proof.nodes import Call, Matrix, Negative, Node, Num, Power, Product
from quizgen.proof.values import Array, Value

#: Bounds this close together (relatively) are taken for one number.
_CLOSE = Fraction(1, 10**9)


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed number: its value, its last decimal place (negative left of the point), and how it is printed.

    Attributes:
        exponent: its exponent of ten, in scientific notation.
        percent: whether it is printed in percent; 12 % has the value 0.12 and two decimals.
    """

    value: Exact
    decimals: int
    exponent: int | None = None
    percent: bool = False


def half_away(value: Exact, decimals: int) -> Fraction:
    """The value rounded at a number of decimals (which may be negative), halves away from zero."""
    scale = Fraction(10) ** decimals
    rounded = (2 * abs(Fraction(value)) * scale + 1) // 2
    return Fraction(-rounded if value < 0 else rounded) / scale


def printed(node: Node) -> Printed | None:
    """The number that a side is, if it is nothing else than a printed number."""
    match node:
        case Num():
            return Printed(node.value, node.decimals)
        case Negative():
            inner = printed(node.operand)
            return inner and replace(inner, value=-inner.value)
        case Call(function="percent", arguments=[argument]):
            inner = printed(argument)
            return inner and Printed(inner.value * Fraction(1, 100), inner.decimals + 2, inner.exponent, percent=True)
        case Product(sign=r"\cdot" | r"\times", left=Num() as left, right=Power(base=Num(value=10), exponent=exponent)):
            mantissa, power = printed(left), printed(exponent)
            if mantissa is None or power is None or power.decimals or not -1000 <= power.value <= 1000:
                return None
            k = int(power.value)
            return Printed(mantissa.value * Fraction(10) ** k, mantissa.decimals - k, k)
    return None


def as_printed(value: Exact) -> Printed | None:
    """A finite decimal with as many decimals as it needs; None for other fractions."""
    rest, decimals = Fraction(value).denominator, 0
    while rest > 1 and decimals < 60:
        rest //= gcd(rest, 10)
        decimals += 1
        if gcd(rest, 10) == 1:
            break
    return Printed(value, decimals) if rest == 1 else None


def is_whole_of(value: Value, whole: Value) -> bool:
    """Whether a number was made a whole number: rounded down, up, or to the nearest one."""
    if isinstance(value, Array) or not isinstance(whole, int | Fraction) or Fraction(whole).denominator != 1:
        return False
    return any(exact.floor(end) <= whole <= exact.ceiling(end) for end in exact.ends(value))


def is_rounding(value: Number, shown: Printed, decimals: int) -> bool:
    """Whether a printed number is the correct rounding of a value; `decimals` is how many the work carries."""
    if shown.exponent is None:
        places = max(shown.decimals, decimals - 2)
    else:
        places = max(shown.decimals, decimals - 3 - _exponent(value))
    low, high = exact.ends(value)
    return half_away(low, places) == shown.value or half_away(high, places) == shown.value


def nearly(value: Number, answer: Number, slack: int) -> bool:
    """Whether a value is within half a unit of an answer's last place, and `slack` such units more."""
    low, high = exact.ends(answer)
    shown = as_printed(low) if low == high else None
    if shown is None:
        return exact.may_be_equal(value, answer)
    if not shown.decimals and low % 10 == 0 and low != 0 and _is_significant(value, low):
        return True
    unit = Fraction(1, 10**shown.decimals)
    return exact.may_be_equal(value, exact.around(low, unit / 2 + slack * unit))


def _is_significant(value: Number, answer: Exact) -> bool:
    """Whether a whole number is a value rounded to significant digits, as 250 is 247.065 to two."""
    zeros = len(str(abs(int(answer)))) - len(str(abs(int(answer))).rstrip("0"))
    low, high = exact.ends(value)
    return any(half_away(end, -zeros) == answer for end in (low, high))


def _exponent(value: Number) -> int:
    """The exponent of ten of a number's first digit; 0 for 0."""
    bounds = exact.enclose(value)
    return max(bounds.lo, bounds.hi, key=abs).adjusted()


def round_to(value: Value, node: Node, decimals: int) -> bool | None:
    """Whether a side of printed numbers only is the rounding of a value, element by element; None if it is not one."""
    cells = _printed_cells(node)
    if cells is None:
        return None
    values = value.cells if isinstance(value, Array) else (value,)
    return len(values) == len(cells) and all(
        is_rounding(x, shown, decimals) for x, shown in zip(values, cells, strict=True)
    )


def same_shape(a: Value, b: Value) -> bool:
    """Whether two values have one shape; a printed tuple stands for a row or a column."""
    if not isinstance(a, Array) or not isinstance(b, Array):
        return isinstance(a, Array) == isinstance(b, Array)
    if (a.open or b.open) and a.is_vector and b.is_vector:
        return len(a.cells) == len(b.cells)
    return (a.rows, a.columns) == (b.rows, b.columns)


def same_number(a: Number, b: Number) -> bool:
    """Whether two numbers are equal as far as both are known, and both are known well."""
    low_a, high_a = exact.ends(a)
    low_b, high_b = exact.ends(b)
    if low_a == high_a and low_b == high_b:
        return low_a == low_b
    allowed = _CLOSE * max(abs(Fraction(low_a)), abs(Fraction(high_b)))
    return low_a <= high_b and low_b <= high_a and high_a - low_a <= allowed and high_b - low_b <= allowed


def spread_kindly(number: Num) -> Fraction:
    """The half width of a student's printed decimal; whole numbers are exact."""
    return Fraction(1, 2 * 10**number.decimals) if number.decimals else Fraction(0)


def cells_of(a: Value, b: Value) -> Sequence[tuple[Number, Number]]:
    """The pairs of elements of two values of one shape."""
    if isinstance(a, Array) and isinstance(b, Array):
        return list(zip(a.cells, b.cells, strict=True))
    return [] if isinstance(a, Array) or isinstance(b, Array) else [(a, b)]


def _printed_cells(node: Node) -> list[Printed] | None:
    nodes = [cell for row in node.rows for cell in row] if isinstance(node, Matrix) else [node]
    found = [printed(cell) for cell in nodes]
    cells = [cell for cell in found if cell is not None]
    return cells if len(cells) == len(found) else None
