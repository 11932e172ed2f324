"""Derivatives by differences: the check of every other way to a gradient.

A function's argument is moved a little, one entry at a time. Central differences are wrong by the order of h², forward
differences by the order of h; both lose digits to cancellation where h is too small, so the step is a root of the
machine precision, ε^(1/3) and ε^(1/2), times the size of the entry where that is above 1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from quizgen.core.shapes import Array, as_array, as_number, as_result
from quizgen.errors import UsageError

Scheme: TypeAlias = Literal["central", "forward"]


def central_difference(f_plus: float, f_minus: float, h: float) -> float:
    """(f(x + h) − f(x − h)) / 2h from the two values of f."""
    return (f_plus - f_minus) / (2 * as_number(h, "central_difference: h", above=0))


def forward_difference(f_plus: float, f_here: float, h: float) -> float:
    """(f(x + h) − f(x)) / h from the two values of f."""
    return (f_plus - f_here) / as_number(h, "forward_difference: h", above=0)


def numerical_jacobian(
    f: Callable[[Any], ArrayLike], x: ArrayLike, h: float | None = None, scheme: Scheme = "central"
) -> Any:
    """All ∂f_i/∂x_j at x by differences.

    Args:
        f: takes a number or array like x, gives numbers of any shape.
        x: where, a number or an array.
        h: the step, the same for all entries; unless given it is chosen as the module says.
        scheme: "central", two calls of f per entry of x, or "forward", one and one at x itself.

    Returns:
        Float64 of shape (*shape of f(x), *shape of x), a float where both are numbers.

    Raises:
        UsageError: for a step that is not positive, or an unknown scheme.
        ShapeError: where x is not made of numbers.
    """
    if scheme not in ("central", "forward"):
        raise UsageError(f'scheme must be "central" or "forward", got {scheme!r}')
    x0 = as_array(x, "numerical_jacobian: x")
    steps = _steps(x0, h, scheme)
    columns = []
    for place in np.ndindex(*x0.shape):
        move = np.zeros(x0.shape)
        move[place] = steps[place]
        ahead, behind = x0 + move, x0 - move if scheme == "central" else x0
        # dividing by the distance that the floats really are apart takes the rounding of x + h out
        columns.append((_call(f, ahead) - _call(f, behind)) / (ahead[place] - behind[place]))
    return as_result(np.stack(columns, axis=-1).reshape(columns[0].shape + x0.shape))


def numerical_gradient(
    f: Callable[[Any], float], x: ArrayLike, h: float | None = None, scheme: Scheme = "central"
) -> Any:
    """∂f/∂x of the shape of x by differences, for a function whose value is a single number; see `numerical_jacobian`.

    Raises:
        ShapeError: where the value of f is no single number.
    """
    return numerical_jacobian(lambda moved: as_array(f(moved), "numerical_gradient: f(x)", ()), x, h, scheme)


def relative_error(found: ArrayLike, expected: ArrayLike) -> float:
    """‖found − expected‖ / max(‖found‖, ‖expected‖) in the Euclidean norm over all entries; 0 where both vanish.

    A gradient check of smooth functions in float64 passes below about 1e-7 with central differences.

    Raises:
        ShapeError: where the two shapes differ.
    """
    a = as_array(found, "relative_error: found")
    b = as_array(expected, "relative_error: expected", a.shape, fits=f"found of shape {a.shape}")
    scale = max(np.linalg.norm(a), np.linalg.norm(b))
    return float(np.linalg.norm(a - b) / scale) if scale else 0.0


def _steps(x: Array, h: float | None, scheme: Scheme) -> Array:
    if h is not None:
        return np.full(x.shape, as_number(h, "numerical_jacobian: h", above=0))
    root = 1 / 3 if scheme == "central" else 1 / 2
    return np.asarray(np.finfo(np.float64).eps ** root * np.maximum(1.0, np.abs(x)))


def _call(f: Callable[[Any], ArrayLike], x: Array) -> Array:
    return as_array(f(as_result(x)), "numerical_jacobian: f(x)")
