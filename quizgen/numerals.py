"""How numbers are written as LaTeX, in texts and in answers alike."""

from __future__ import annotations

from math import floor, log10

Number = int | float

#: Smaller and larger numbers are written with a power of ten.
_TINY, _HUGE = -6, 15


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


def places_text(value: Number, *, decimals: int | None = None, digits: int | None = None) -> str:
    r"""A rounded number with all the places asked for, decimals or significant digits; with neither as `number_text`.

    >>> places_text(0.51, decimals=3), places_text(-0.01, digits=3), places_text(6e-8, digits=2)
    ('0.510', '-0.0100', '6.0 \\cdot 10^{-8}')
    """
    if decimals is not None:
        text = f"{value:.{decimals}f}"
        return text.removeprefix("-") if float(text) == 0 else text
    if digits is None or value == 0:
        return number_text(value)
    exponent = floor(log10(abs(value)))
    if _TINY <= exponent < _HUGE:
        return f"{value:.{max(0, digits - 1 - exponent)}f}"
    return rf"{value / 10.0**exponent:.{digits - 1}f} \cdot 10^{{{exponent}}}"


def _grouped(value: int) -> str:
    if abs(value) < 10_000:
        return str(value)
    return f"{value:,}".replace(",", "{,}")
