"""What every function of the core checks first: are these numbers, and do their shapes fit?

An argument is named `function: argument` in messages, for instance `dense: W`.
"""

from __future__ import annotations

import reprlib
from decimal import Decimal
from functools import lru_cache
from numbers import Rational, Real
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quizgen.errors import ShapeError, UsageError

Array: TypeAlias = NDArray[np.float64]

#: What functions hand out that take single numbers as well as arrays.
Value: TypeAlias = float | Array

#: One entry per axis: a length, or a letter for a free length. Equal letters within a shape mean equal lengths.
Shape: TypeAlias = tuple[int | str, ...]

_FLOAT64 = np.dtype(np.float64)


def as_array(value: ArrayLike, name: str, *shapes: Shape, fits: str = "") -> Array:
    """`value` as an array of float64.

    Args:
        value: a number, nested sequences of numbers, or an array. NaN and infinities pass.
        name: what the message calls it, `function: argument`.
        shapes: the shapes that are allowed, such as `("N", 3)` or `()` for one number; none given: any shape.
        fits: why it must be so, such as `x of shape (2,)`; the message ends in `to fit x of shape (2,)`.

    Returns:
        An array that may share memory with `value`: read it, do not write into it.

    Raises:
        ShapeError: if `value` is ragged, is not made of real numbers, or has none of the shapes.
    """
    array = value if isinstance(value, np.ndarray) and value.dtype is _FLOAT64 else _numbers(value, name)
    for shape in shapes:
        if _matches(array.shape, shape):
            return array
    if shapes:
        expected = " or ".join(_written(shape) for shape in shapes)
        reason = f" to fit {fits}" if fits else ""
        raise ShapeError(f"{name} must have shape {expected}{reason}, got {_written(array.shape)}")
    return array


def as_count(value: object, name: str, minimum: int = 1) -> int:
    """`value` as a Python int, if it is a whole number of at least `minimum`; 3.0 counts as 3.

    Raises:
        UsageError: otherwise.
    """
    whole = _whole(value)
    if whole is None or whole < minimum:
        raise UsageError(f"{name} must be a whole number of at least {minimum}, got {reprlib.repr(value)}")
    return whole


def as_number(
    value: ArrayLike,
    name: str,
    *,
    above: float = -np.inf,
    at_least: float = -np.inf,
    below: float = np.inf,
    at_most: float = np.inf,
) -> float:
    """`value` as a finite Python float within the bounds; `above` and `below` exclude their ends.

    Raises:
        ShapeError: if it is not one number.
        UsageError: if it is outside the bounds or not finite.
    """
    number = float(as_array(value, name, ()))
    if not (np.isfinite(number) and above < number < below and at_least <= number <= at_most):
        limits = [("greater than", above), ("at least", at_least), ("less than", below), ("at most", at_most)]
        bounds = " and ".join(f"{words} {limit:g}" for words, limit in limits if np.isfinite(limit))
        raise UsageError(f"{name} must be a finite number{' ' + bounds if bounds else ''}, got {number:g}")
    return number


def as_result(value: Array | np.float64 | float) -> Value:
    """What a function hands out: a Python float for a single number (no axes), the array otherwise."""
    return value if isinstance(value, np.ndarray) and value.ndim else float(value)


def _numbers(value: ArrayLike, name: str) -> Array:
    try:
        array = np.asarray(value)
    except ValueError as ragged:
        raise ShapeError(f"{name} must have rows of equal length, got {reprlib.repr(value)}") from ragged
    kind = array.dtype.kind
    if kind not in "biuf" and not (kind == "O" and all(isinstance(entry, Real | Decimal) for entry in array.flat)):
        raise ShapeError(f"{name} must be made of real numbers, got {reprlib.repr(value)}")
    try:
        return array.astype(np.float64, copy=False)
    except OverflowError as huge:
        raise UsageError(f"{name} has a number too large for floating point (beyond 1.8e308)") from huge


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    if isinstance(value, Rational):
        return int(value.numerator) if value.denominator == 1 else None
    return None


@lru_cache(maxsize=4096)  # every call of the core comes through here several times, with few shapes
def _matches(actual: tuple[int, ...], shape: Shape) -> bool:
    if len(actual) != len(shape):
        return False
    lengths: dict[str, int] = {}
    for found, expected in zip(actual, shape, strict=True):
        if found != (lengths.setdefault(expected, found) if isinstance(expected, str) else expected):
            return False
    return True


def _written(shape: Shape) -> str:
    """A shape as Python writes a tuple, its letters without quotes; `()` is explained."""
    if not shape:
        return "() (one number)"
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"
