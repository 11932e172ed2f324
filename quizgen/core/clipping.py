"""Clipping gradients: element by element, or by their norm, and whether the direction survives."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from quizgen.core.shapes import Array, Value, as_array, as_number, as_result
from quizgen.errors import UsageError


def clip_by_value(g: ArrayLike, v: float) -> Value:
    """Every element limited to [−v, v]. In general the direction changes.

    Args:
        g: any shape.
        v: the limit, > 0.

    Returns:
        The shape of g; a Python float for a number.

    Raises:
        UsageError: if v is not positive.
    """
    limit = as_number(v, "clip_by_value: v", above=0)
    return as_result(np.clip(as_array(g, "clip_by_value: g"), -limit, limit))


def clip_by_norm(g: ArrayLike, v: float) -> Value:
    """The gradient g, or v g / ‖g‖ if its Euclidean norm ‖g‖ exceeds v. The direction stays.

    Args:
        g: any shape; the norm is that of all its elements together.
        v: the largest norm allowed, > 0.

    Returns:
        The shape of g; a Python float for a number.

    Raises:
        UsageError: if v is not positive.
    """
    limit = as_number(v, "clip_by_norm: v", above=0)
    gradient = as_array(g, "clip_by_norm: g")
    norm = _norm(gradient)
    return as_result(limit * (gradient / norm) if norm > limit else gradient.copy())


def angle_between(g: ArrayLike, h: ArrayLike) -> float:
    """The angle between two vectors in radians, arccos(g·h / (‖g‖ ‖h‖)), from 0 to π.

    Computed as 2 atan2(‖ĝ − ĥ‖, ‖ĝ + ĥ‖) of the unit vectors, which is accurate for tiny angles too.
    Source: Kahan, "How futile are mindless assessments of roundoff in floating-point computation?", 2006.

    Args:
        g: (D,), not zero.
        h: (D,), not zero.

    Raises:
        ShapeError: if the lengths differ; UsageError: if one of them is zero.
    """
    first = as_array(g, "angle_between: g", ("D",))
    second = as_array(h, "angle_between: h", first.shape, fits=f"g of shape {first.shape}")
    norms = _norm(first), _norm(second)
    if 0.0 in norms:
        raise UsageError("angle_between: the zero vector has no direction; both vectors must be different from zero")
    a, b = first / norms[0], second / norms[1]
    return 2.0 * math.atan2(_norm(a - b), _norm(a + b))


def _norm(g: Array) -> float:
    return math.hypot(*g.flat)  # scales first: no overflow for 1e200, no underflow for 1e-200
