"""Dense layers g(W x + b), stacked to a multi-layer perceptron. W has shape (outputs M, inputs D)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quizgen.core.activations import activation
from quizgen.core.affine import Term, affine, units
from quizgen.core.shapes import Array, Value, as_array
from quizgen.errors import UsageError

#: A layer's weights (M, D) and biases (M,).
Layer = tuple[ArrayLike, ArrayLike]


@dataclass(frozen=True, slots=True, eq=False)
class MlpForward:
    """A forward pass, layer by layer.

    Attributes:
        pre_activations: z_1 … z_L, with z_l = W_l h_{l−1} + b_l; each (M_l,), or (N, M_l) for a batch.
        activations: h_0 = x, h_1 … h_L, with h_l = g_l(z_l); one more than there are layers.
    """

    pre_activations: tuple[Array, ...]
    activations: tuple[Array, ...]

    @property
    def output(self) -> Array:
        """h_L."""
        return self.activations[-1]


def dense(x: ArrayLike, W: ArrayLike, b: ArrayLike, activation: str = "linear") -> Value:
    """The output g(W x + b) of a dense layer, or g(w·x + b) of a single neuron.

    Args:
        x: (D,), or a batch (N, D).
        W: (M, D); (D,) for a single neuron.
        b: (M,); a number for a single neuron.
        activation: a key of ACTIVATIONS; softmax acts along the units.

    Returns:
        (M,), for a batch (N, M), row by row g(x Wᵀ + b); for a single neuron a Python float, for a batch (N,).

    Raises:
        ShapeError: if the shapes do not fit; UsageError: for an unknown activation.
    """
    return units("dense", [Term("W", W, "x", x)], "b", b, activation)


def mlp_forward(x: ArrayLike, layers: Sequence[Layer], activations: Sequence[str]) -> MlpForward:
    """All pre-activations and activations of a multi-layer perceptron.

    Args:
        x: (D,), or a batch (N, D).
        layers: (W_l, b_l) from the first to the last, W_l of shape (M_l, M_{l−1}) with M_0 = D, b_l (M_l,).
        activations: the name of each layer's activation.

    Raises:
        ShapeError: if the shapes do not fit; the message says in which layer.
        UsageError: if there are not as many activations as layers, or one is unknown.
    """
    if len(layers) != len(activations):
        raise UsageError(f"mlp_forward: {len(layers)} layers need as many activations, got {len(activations)}")
    h = as_array(x, "mlp_forward: x", ("D",), ("N", "D")).copy()
    zs, hs = [], [h]
    for i, ((W, b), name) in enumerate(zip(layers, activations, strict=True), start=1):
        weights = as_array(W, f"mlp_forward: W_{i}", ("M", h.shape[-1]), fits=f"h_{i - 1} of shape {h.shape}")
        z = affine("mlp_forward", [Term(f"W_{i}", weights, f"h_{i - 1}", h)], f"b_{i}", b)
        h = np.asarray(activation(name, z))
        zs.append(z)
        hs.append(h)
    return MlpForward(tuple(zs), tuple(hs))


def collapse(layers: Sequence[Layer]) -> tuple[Array, Array]:
    """The one layer (W, b) that equals a stack of layers without activations.

    W = W_L ⋯ W_2 W_1 and b = W_L(⋯ W_2 b_1 + b_2 ⋯) + b_L.

    Args:
        layers: (W_l, b_l) from the first to the last, W_l of shape (M_l, M_{l−1}), b_l (M_l,).

    Returns:
        W of shape (M_L, M_0) and b of shape (M_L,).

    Raises:
        ShapeError: if the shapes do not fit; UsageError: if there is no layer.
    """
    if not layers:
        raise UsageError("collapse: expected at least one layer (W, b), got none")
    (W_1, b_1), *rest = layers
    W = as_array(W_1, "collapse: W_1", ("M", "D"))
    b = as_array(b_1, "collapse: b_1", W.shape[:1], fits=f"W_1 of shape {W.shape}")
    for i, (W_i, b_i) in enumerate(rest, start=2):
        outer = as_array(W_i, f"collapse: W_{i}", ("M", W.shape[0]), fits=f"the {W.shape[0]} outputs of layer {i - 1}")
        W = outer @ W
        b = outer @ b + as_array(b_i, f"collapse: b_{i}", outer.shape[:1], fits=f"W_{i} of shape {outer.shape}")
    return W.copy(), b.copy()
