"""Derivatives of the activation functions with respect to their argument, at the pre-activation x.

Except for softmax, whose derivative is a Jacobian, all act elementwise: a number gives a Python float, an array an
array of its shape. At a kink the left derivative is taken: ReLU′(0) = 0, leaky ReLU′(0) = 0.01.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from quizgen.core.activations import LEAK, activation_function, sigmoid, softmax
from quizgen.core.elementwise import elementwise
from quizgen.core.shapes import Array, Value, as_array, as_result
from quizgen.errors import UsageError


def activation_derivative(name: str, x: ArrayLike, alpha: float | None = None) -> Value:
    """The derivative at x of the activation function called `name`.

    Args:
        name: a key of DERIVATIVES.
        x: any shape; softmax needs at least one axis.
        alpha: the slope of `parametric_relu` (0.25 if not given); no other function has one.

    Returns:
        A Python float for a number, an array of x's shape for an array; for softmax of (..., n) the Jacobians,
        (..., n, n).

    Raises:
        UsageError: for an unknown name, or an alpha that the function does not have.
    """
    activation_function(name)  # refuses unknown names
    z = as_array(x, f"{name}: x")
    if alpha is None:
        return DERIVATIVES[name](z)
    if name != "parametric_relu":
        raise UsageError(f"activation {name!r} has no parameter alpha; only 'parametric_relu' has one")
    return as_result(np.asarray(parametric_relu_derivative(z, alpha)))


def elementwise_derivative(name: str) -> Callable[[Array], Array]:
    """The derivative in DERIVATIVES called `name`, for code that needs one slope per unit.

    Raises:
        UsageError: for an unknown name, and for softmax, whose units depend on each other.
    """
    activation_function(name)
    if name == "softmax":
        raise UsageError("softmax has a Jacobian, not one slope per unit; use an elementwise activation here")
    return DERIVATIVES[name]


@elementwise
def linear_derivative(x: Array) -> Array:
    """1."""
    return np.ones_like(x)


@elementwise
def sigmoid_derivative(x: Array) -> Array:
    """σ′(x) = σ(x) σ(−x) = σ(x)(1 − σ(x)). At most ¼, at 0; the first form stays accurate far out."""
    return sigmoid(x) * sigmoid(-x)


@elementwise
def tanh_derivative(x: Array) -> Array:
    """tanh′(x) = 1 − tanh²(x) = 4 σ(2x) σ(−2x). At most 1, at 0; the last form stays accurate far out."""
    return 4.0 * sigmoid_derivative(2.0 * x)


@elementwise
def relu_derivative(x: Array) -> Array:
    """1 for x > 0 and 0 otherwise, at 0 too."""
    return np.where(x > 0, 1.0, 0.0)


@elementwise
def softplus_derivative(x: Array) -> Array:
    """σ(x)."""
    return sigmoid(x)


def softmax_jacobian(x: ArrayLike) -> Array:
    """∂pᵢ/∂xⱼ = pᵢ (δᵢⱼ − pⱼ) with p = softmax(x): diag(p) − p pᵀ.

    Args:
        x: (..., n).

    Returns:
        (..., n, n), symmetric; its rows sum to 0.
    """
    p = softmax(x)
    n = p.shape[-1]
    return p[..., :, None] * (np.eye(n) - p[..., None, :])


@elementwise
def leaky_relu_derivative(x: Array) -> Array:
    """1 for x > 0 and 0.01 otherwise."""
    return np.where(x > 0, 1.0, LEAK)


@elementwise
def parametric_relu_derivative(x: Array, alpha: float = 0.25) -> Array:
    """1 for x > 0 and α otherwise (with respect to x; with respect to α it is min(x, 0))."""
    return np.where(x > 0, 1.0, alpha)


@elementwise
def swish_derivative(x: Array) -> Array:
    """σ(x) + x σ′(x)."""
    return sigmoid(x) + x * sigmoid_derivative(x)


DERIVATIVES: Mapping[str, Callable[[Array], Array]] = {
    "linear": linear_derivative,
    "sigmoid": sigmoid_derivative,
    "tanh": tanh_derivative,
    "relu": relu_derivative,
    "softplus": softplus_derivative,
    "softmax": softmax_jacobian,
    "leaky_relu": leaky_relu_derivative,
    "parametric_relu": parametric_relu_derivative,
    "swish": swish_derivative,
}
