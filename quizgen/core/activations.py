"""Activation functions, safe for large arguments of either sign, and the ranges of their values.

Except for softmax all of them act elementwise: a number gives a Python float, an array an array of its shape.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quizgen.core.elementwise import elementwise
from quizgen.core.shapes import Array, Value, as_array, as_result
from quizgen.errors import ShapeError, UsageError, did_you_mean

#: The slope of leaky ReLU for negative arguments.
LEAK = 0.01

#: Where swish is least, x = −1 − W(1/e), and its value there, −W(1/e); W is the Lambert function.
SWISH_ARGMIN = -1.2784645427610738
SWISH_MIN = -0.2784645427610738


@dataclass(frozen=True, slots=True)
class Range:
    """The values a function can take on finite real arguments, an interval; infinite ends are never included."""

    low: float
    high: float
    includes_low: bool = False
    includes_high: bool = False

    def __contains__(self, value: float) -> bool:
        above = value >= self.low if self.includes_low else value > self.low
        below = value <= self.high if self.includes_high else value < self.high
        return above and below


def activation(name: str, x: ArrayLike, alpha: float | None = None) -> Value:
    """The activation function called `name` at x; softmax along the last axis, the others elementwise.

    Args:
        name: a key of ACTIVATIONS.
        x: any shape; softmax needs at least one axis.
        alpha: the slope of `parametric_relu` (0.25 if not given); no other function has one.

    Returns:
        A Python float for a number, an array of x's shape otherwise.

    Raises:
        UsageError: for an unknown name, or an alpha that the function does not have.
    """
    function = activation_function(name)
    z = as_array(x, f"{name}: x")
    if alpha is None:
        return function(z)
    if name != "parametric_relu":
        raise UsageError(f"activation {name!r} has no parameter alpha; only 'parametric_relu' has one")
    return as_result(np.asarray(parametric_relu(z, alpha)))


def activation_function(name: str) -> Callable[[Array], Array]:
    """The function in ACTIVATIONS called `name`.

    Raises:
        UsageError: for an unknown name; the message lists the known ones.
    """
    if name not in ACTIVATIONS:
        known = ", ".join(ACTIVATIONS)
        raise UsageError(f"unknown activation {name!r}{did_you_mean(str(name), list(ACTIVATIONS))} (known: {known})")
    return ACTIVATIONS[name]


@elementwise
def linear(x: Array) -> Array:
    """g(x) = x."""
    return x.copy()


@elementwise
def sigmoid(x: Array) -> Array:
    """σ(x) = 1 / (1 + e⁻ˣ). In (0, 1); as a float it reaches 1 from about x = 37 on."""
    e = np.exp(-np.abs(x))  # at most 1, so nothing overflows
    return np.where(x >= 0, 1.0, e) / (1.0 + e)


@elementwise
def tanh(x: Array) -> Array:
    """(e²ˣ − 1) / (e²ˣ + 1) = 2σ(2x) − 1."""
    return np.tanh(x)


@elementwise
def relu(x: Array) -> Array:
    """max(0, x)."""
    return np.maximum(x, 0.0)


@elementwise
def softplus(x: Array) -> Array:
    """ln(1 + eˣ), computed as max(x, 0) + ln(1 + e^−|x|)."""
    return np.maximum(x, 0.0) + np.log1p(np.exp(-np.abs(x)))


def softmax(x: ArrayLike) -> Array:
    """eˣⁱ / Σₖ eˣᵏ along the last axis; the maximum is subtracted first, which changes nothing but the overflow.

    Args:
        x: (..., n), n ≥ 1.

    Returns:
        (..., n); positive, each row sums to 1.

    Raises:
        ShapeError: if x is a single number or empty.
    """
    z = as_array(x, "softmax: x")
    if z.size == 0 or z.ndim == 0:
        raise ShapeError(f"softmax: x must have shape (n,) or (N, n) with n of at least 1, got {z.shape}")
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))


@elementwise
def leaky_relu(x: Array) -> Array:
    """max(0.01 x, x)."""
    return np.maximum(LEAK * x, x)


@elementwise
def parametric_relu(x: Array, alpha: float = 0.25) -> Array:
    """g(x) = x for x > 0 and αx otherwise; this is max(αx, x) as long as α ≤ 1. The slope α is learned.

    Source: He, Zhang, Ren, Sun, "Delving deep into rectifiers", 2015.
    """
    return np.where(x > 0, x, alpha * x)


@elementwise
def swish(x: Array) -> Array:
    """g(x) = x σ(x). Its least value is SWISH_MIN ≈ −0.278, at SWISH_ARGMIN ≈ −1.278."""
    return x * sigmoid(x)


ACTIVATIONS: Mapping[str, Callable[[Array], Array]] = {
    "linear": linear,
    "sigmoid": sigmoid,
    "tanh": tanh,
    "relu": relu,
    "softplus": softplus,
    "softmax": softmax,
    "leaky_relu": leaky_relu,
    "parametric_relu": parametric_relu,
    "swish": swish,
}

#: The range of each; of softmax that of one component (n ≥ 2), of parametric ReLU that for α > 0.
RANGES: Mapping[str, Range] = {
    "linear": Range(-math.inf, math.inf),
    "sigmoid": Range(0.0, 1.0),
    "tanh": Range(-1.0, 1.0),
    "relu": Range(0.0, math.inf, includes_low=True),
    "softplus": Range(0.0, math.inf),
    "softmax": Range(0.0, 1.0),
    "leaky_relu": Range(-math.inf, math.inf),
    "parametric_relu": Range(-math.inf, math.inf),
    "swish": Range(SWISH_MIN, math.inf, includes_low=True),
}
