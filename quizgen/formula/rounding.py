"""The one rounding rule: half away from zero, as taught in school, after float noise has been snapped.

A float cannot hold most decimals exactly; one that lies a hair below a tie is meant as the tie.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import floor, log10

from quizgen.numerals import Number

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


def ending(value: Number, decimals: int) -> Number:
    """The value in full if it ends within eight decimals, else rounded to `decimals` places."""
    full = decimals_rounding(8)(value)
    return full if abs(value - full) <= 1e-12 * max(1.0, abs(value)) else decimals_rounding(decimals)(value)


def snapped(value: Number) -> Number:
    """The value without float noise, for jumps and comparisons, which must see the exact decimals."""
    return round(value, 9)


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
