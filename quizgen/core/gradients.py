"""Backpropagation through a multi-layer perceptron by hand: the recursion of the deltas.

With z_l = W_l h_{l−1} + b_l, h_l = g_l(z_l), h_0 = x and the loss L(h_L, y), the deltas δ_l = ∂L/∂z_l are

    δ_L = J_g(z_L)ᵀ ∂L/∂h_L                  (p − y for softmax or sigmoid with its cross-entropy)
    δ_l = (W_{l+1}ᵀ δ_{l+1}) ⊙ g_l′(z_l)

and from them ∂L/∂W_l = δ_l h_{l−1}ᵀ, ∂L/∂b_l = δ_l, ∂L/∂x = W_1ᵀ δ_1; over a batch these are summed.
Source: Rumelhart, Hinton, Williams, "Learning representations by back-propagating errors", 1986.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from quizgen.core.activation_derivatives import activation_derivative
from quizgen.core.dense import mlp_forward
from quizgen.core.losses import (
    Reduction,
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    categorical_cross_entropy,
    categorical_cross_entropy_gradient,
    mean_squared_error,
    mean_squared_error_gradient,
    sigmoid_cross_entropy,
    sigmoid_cross_entropy_gradient,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
)
from quizgen.core.shapes import Array, Value, as_array
from quizgen.errors import UsageError, did_you_mean


@dataclass(frozen=True, slots=True, eq=False)
class MlpGradients:
    """A forward and a backward pass, layer by layer; entry l − 1 of each tuple belongs to layer l.

    Attributes:
        loss: L.
        pre_activations: z_1 … z_L, each (M_l,), or (N, M_l) for a batch.
        activations: h_0 = x, h_1 … h_L; one more than there are layers.
        deltas: ∂L/∂z_1 … ∂L/∂z_L, shaped as the pre-activations.
        dW: ∂L/∂W_1 … ∂L/∂W_L, each (M_l, M_{l−1}).
        db: ∂L/∂b_1 … ∂L/∂b_L, each (M_l,).
        dx: ∂L/∂x, of the shape of x.
    """

    loss: float
    pre_activations: tuple[Array, ...]
    activations: tuple[Array, ...]
    deltas: tuple[Array, ...]
    dW: tuple[Array, ...]  # noqa: N815  the name it has on paper
    db: tuple[Array, ...]
    dx: Array


def mlp_gradients(
    x: ArrayLike,
    y: ArrayLike,
    weights: Sequence[ArrayLike],
    biases: Sequence[ArrayLike],
    activations: Sequence[str],
    loss: str = "mean_squared_error",
    reduction: Reduction = "mean",
) -> MlpGradients:
    """All gradients of the loss of a multi-layer perceptron, with everything that leads to them.

    Args:
        x: (D,), or a batch (N, D).
        y: target of the shape of the output, (M_L,) or (N, M_L); without its last axis where the network has a single
            output; for the categorical cross-entropy also the right classes, counted from 0.
        weights: W_1 … W_L, W_l of shape (M_l, M_{l−1}) with M_0 = D.
        biases: b_1 … b_L, b_l of shape (M_l,).
        activations: the name of each layer's activation, keys of ACTIVATIONS.
        loss: "mean_squared_error", "half_mean_squared_error" (½ of that), "binary_cross_entropy" or
            "categorical_cross_entropy".
        reduction: "mean" or "sum", as the functions in `losses` say; for the squared errors it runs over all entries
            of the output.

    Raises:
        ShapeError: if shapes do not fit; UsageError: for an unknown activation, loss or reduction, or lists of
            different lengths.
    """
    if len(weights) != len(biases) or not weights:
        raise UsageError(
            f"mlp_gradients: expected at least one layer and a bias for each, got {len(weights)} weights and "
            f"{len(biases)} biases"
        )
    W = [as_array(W_i, f"mlp_gradients: W_{i}", ("M", "D")) for i, W_i in enumerate(weights, start=1)]
    passed = mlp_forward(x, list(zip(W, biases, strict=True)), activations)
    z, h = passed.pre_activations, passed.activations
    value, delta = _top(z[-1], h[-1], y, activations[-1], loss, reduction)
    deltas = [delta]
    for i in reversed(range(1, len(W))):
        delta = _through(activations[i - 1], z[i - 1], delta @ W[i])  # W_{i+1} and layer i: Python counts from 0
        deltas.insert(0, delta)
    rows = [(_as_rows(d), _as_rows(h_below)) for d, h_below in zip(deltas, h, strict=False)]  # h_L is above all deltas
    dW = tuple(d.T @ h_below for d, h_below in rows)
    db = tuple(d.sum(axis=0) for d, _ in rows)
    return MlpGradients(value, z, h, tuple(deltas), dW, db, deltas[0] @ W[0])


def _top(z: Array, h: Array, y: ArrayLike, activation: str, loss: str, reduction: Reduction) -> tuple[float, Array]:
    """The loss and its delta at the last layer."""
    if loss not in _LOSSES:
        known = ", ".join(_LOSSES)
        raise UsageError(
            f"mlp_gradients: unknown loss {loss!r}{did_you_mean(str(loss), list(_LOSSES))} (known: {known})"
        )
    target = as_array(y, "mlp_gradients: y")
    if loss != "categorical_cross_entropy" and h.shape[-1] == 1 and target.shape == h.shape[:-1]:
        target = target[..., None]
    if (activation, loss) in _ON_LOGITS:
        value, gradient = _ON_LOGITS[activation, loss]
        return value(z, target, reduction), np.asarray(gradient(z, target, reduction))
    value, gradient = _LOSSES[loss]
    return value(h, target, reduction), _through(activation, z, np.asarray(gradient(h, target, reduction)))


def _through(activation: str, z: Array, dh: Array) -> Array:
    """∂L/∂z from ∂L/∂h for h = g(z): entry by entry, for softmax with its Jacobian."""
    slope = np.asarray(activation_derivative(activation, z))
    return np.asarray(np.einsum("...i,...ij->...j", dh, slope) if activation == "softmax" else dh * slope)


def _as_rows(h: Array) -> Array:
    """A sample as a batch of one."""
    return h.reshape(-1, h.shape[-1])


_Loss = tuple[Callable[..., float], Callable[..., Value]]

#: Each loss with its gradient by the prediction.
_LOSSES: Mapping[str, _Loss] = {
    "mean_squared_error": (mean_squared_error, mean_squared_error_gradient),
    "half_mean_squared_error": (
        partial(mean_squared_error, half=True),
        partial(mean_squared_error_gradient, half=True),
    ),
    "binary_cross_entropy": (binary_cross_entropy, binary_cross_entropy_gradient),
    "categorical_cross_entropy": (categorical_cross_entropy, categorical_cross_entropy_gradient),
}

#: Where activation and loss are made for each other: the loss with its gradient by the pre-activation, p − y.
_ON_LOGITS: Mapping[tuple[str, str], _Loss] = {
    ("sigmoid", "binary_cross_entropy"): (sigmoid_cross_entropy, sigmoid_cross_entropy_gradient),
    ("softmax", "categorical_cross_entropy"): (softmax_cross_entropy, softmax_cross_entropy_gradient),
}
