"""The one rounding rule, and how a rounded number is written.

Every printed number is rounded half away from zero, as taught in school, after float noise has been snapped:
2.00000005e-9 away from a tie counts as the tie, since a float cannot hold most decimals exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import floor, log10

Number = int | float
Rounding = Callable[[Number], Number]

#: How far below a tie, in units of the last digit, a float may lie and still be meant as the tie.
SNAP = 1e-8

_TEXTS_KEPT = 200_000


@cache
def decimals_rounding(decimals: int) -> Rounding:
    """The function that rounds to `decimals` places, half away from zero. Its zero is never negative."""
    scale = int(10**decimals)
    half = 0.5 + SNAP

    def rounded(value: Number) -> Number:
        if value >= 0:
            return floor(value * scale + half) / scale
        return -floor(half - value * scale) / scale

    def whole(value: Number) -> Number:
        return floor(value + half) if value >= 0 else -floor(half - value)

    return rounded if decimals else whole


@cache
def digits_rounding(digits: int) -> Rounding:
    """The function that rounds to `digits` significant digits, half away from zero."""

    def rounded(value: Number) -> Number:
        if value == 0:
            return 0.0
        decimals = digits - 1 - floor(log10(abs(value)))
        scale = 10.0 ** abs(decimals)
        shifted = abs(value) * scale if decimals >= 0 else abs(value) / scale
        whole = floor(shifted + 0.5 + SNAP)
        result = whole / scale if decimals >= 0 else whole * scale
        return result if value > 0 else -result

    return rounded


def snapped(value: Number) -> Number:
    """The value without float noise, for jumps and comparisons, which must see the exact decimals."""
    return round(value, 9)


def number_text(value: Number) -> str:
    r"""A number as LaTeX: its shortest decimals, thousands as `{,}` in whole numbers, powers of ten when tiny or huge.

    >>> number_text(0.30), number_text(-2.0), number_text(61100840), number_text(0.000000123)
    ('0.3', '-2', '61{,}100{,}840', '1.23 \\cdot 10^{-7}')
    """
    size = abs(value)
    if size == int(size) and size < 1e15:
        return _grouped(int(value))
    if 1e-6 <= size < 1e15:
        text = f"{value:.12g}"
        return text if "e" not in text else f"{value:.12f}".rstrip("0").rstrip(".")
    mantissa, exponent = f"{value:.11e}".split("e")
    mantissa = mantissa.rstrip("0").rstrip(".")
    ten = f"10^{{{int(exponent)}}}"
    if mantissa in ("1", "-1"):
        return mantissa[:-1] + ten
    return rf"{mantissa} \cdot {ten}"


class NumberTexts(dict[Number, str]):
    """A table from numbers to their texts that fills itself; a look-up costs a fifth of formatting anew."""

    def __init__(self, write: Callable[[Number], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, value: Number) -> str:
        if len(self) >= _TEXTS_KEPT:
            self.clear()
        text = self[value] = self._write(value)
        return text


def _grouped(value: int) -> str:
    if abs(value) < 10_000:
        return str(value)
    return f"{value:,}".replace(",", "{,}")
