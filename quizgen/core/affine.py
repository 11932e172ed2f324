"""What every unit computes: weighted sums of one or more inputs, plus a bias, and an activation of that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from quizgen.core.activations import activation
from quizgen.core.shapes import Array, Shape, Value, as_array
from quizgen.errors import ShapeError


class Term(NamedTuple):
    """Weights and the input that they weigh, each with the name that the caller's messages give it."""

    W_name: str
    W: ArrayLike
    x_name: str
    x: ArrayLike


def units(function: str, terms: Sequence[Term], b_name: str, b: ArrayLike, name: str) -> Value:
    """The activation called `name` of `affine(function, terms, b_name, b)`; a Python float where that has no axis.

    Raises:
        ShapeError: as `affine`; also for softmax of a single unit, which has no others to be compared with.
        UsageError: for an unknown activation.
    """
    z = affine(function, terms, b_name, b)
    if name == "softmax" and np.ndim(b) == 0:
        raise ShapeError(f"{function}: softmax needs a layer of units, got a single one; use sigmoid there")
    return activation(name, z)


def affine(function: str, terms: Sequence[Term], b_name: str, b: ArrayLike, layer: Shape | None = None) -> Array:
    """Σ W x + b over the terms, for a layer, for a single unit, for one sample or a batch.

    An input is a number, a vector (D,) or a batch (N, D). Its weights have one more axis in front, of length M, for
    a layer of M units, and none for a single unit, so weights are (M, D) or (D,), and (M,) or () if the input is a
    number. The first term's weights decide which it is; the bias is (M,) or () to match.

    Args:
        layer: the axes of the units, if they are known: (M,), (), or (G, M) for the G gates of a cell at once. The
            weights then have these in front, and the bias has just these.

    Returns:
        (M,) or (), or `layer`, with N in front for a batch: x Wᵀ + b, row by row.

    Raises:
        ShapeError: naming `function`, the argument and the shape that would have fitted.
    """
    batch: tuple[int, ...] | None = None
    total: Array = np.zeros(())
    for W_name, W_like, x_name, x_like in terms:
        x = as_array(x_like, f"{function}: {x_name}", *_input_shapes(batch))
        batch = x.shape[:-1]
        features = x.shape[-1:]
        shapes: list[Shape] = [("M", *features), features] if layer is None else [(*layer, *features)]
        W = as_array(W_like, f"{function}: {W_name}", *shapes, fits=f"{x_name} of shape {x.shape}")
        layer = W.shape[: W.ndim - len(features)]
        total = total + np.inner(x, W)  # over the last axis of both; of a number and its weights, the product
    first = terms[0].W_name
    return total + as_array(b, f"{function}: {b_name}", layer or (), fits=f"{first}, which has a row per unit")


def _input_shapes(batch: tuple[int, ...] | None) -> list[Shape]:
    if batch is None:
        return [(), ("D",), ("N", "D")]
    return [(*batch, "D")] if batch else [(), ("D",)]
