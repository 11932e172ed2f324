"""Windows that slide over an image: what convolution and pooling have in common.

`unfold` lays every window out, `fold` adds windows back where they came from. Both are linear, and each is the
other's adjoint, ⟨unfold(X), V⟩ = ⟨X, fold(V)⟩; so a layer that reads windows passes its gradients back by `fold`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias, cast

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from quizgen.core.conv_arithmetic import conv_output_size
from quizgen.core.shapes import Array, as_count
from quizgen.errors import ShapeError

#: A whole number for every side, or one for each.
Counts: TypeAlias = int | Sequence[int]


def per_side(value: Counts, name: str, sides: int, minimum: int = 1) -> tuple[int, ...]:
    """One whole number per side: a single number stands for all of them.

    Raises:
        ShapeError: where a list has another length than `sides`.
    """
    counts = (cast(int, value),) * sides if np.ndim(value) == 0 else tuple(cast(Sequence[int], value))
    if len(counts) != sides:
        raise ShapeError(f"{name} must be one whole number or {sides} of them, got {value}")
    return tuple(as_count(count, name, minimum) for count in counts)


def unfold(X: Array, size: tuple[int, ...], stride: tuple[int, ...], dilation: tuple[int, ...]) -> Array:
    """Every window of X, without copying anything.

    Args:
        X: shape (..., *sides); the last `len(size)` axes are the sides that the window slides along.
        size: of the window, one number per side.
        stride: how far it moves, one number per side.
        dilation: the distance between its pixels, one number per side.

    Returns:
        Shape (..., *outputs, *size), read-only; `outputs` as `conv_output_size` says.

    Raises:
        ShapeError: where the window does not fit into X.
    """
    sides = X.shape[X.ndim - len(size) :]
    for x, f, s, d in zip(sides, size, stride, dilation, strict=True):
        conv_output_size(x, f, 0, s, d)
    extent = tuple(d * (f - 1) + 1 for f, d in zip(size, dilation, strict=True))
    every = sliding_window_view(X, extent, axis=tuple(range(-len(size), 0)))
    steps: tuple[Any, ...] = (..., *(slice(None, None, step) for step in stride + dilation))
    windows: Array = every[steps]
    return windows


def fold(V: Array, sides: tuple[int, ...], stride: tuple[int, ...], dilation: tuple[int, ...]) -> Array:
    """The adjoint of `unfold`: each window's numbers added up in the places they were read from.

    Args:
        V: shape (..., *outputs, *size), as `unfold` gives it.
        sides: of the image that was unfolded.
        stride: as for `unfold`.
        dilation: as for `unfold`.

    Returns:
        Shape (..., *sides).
    """
    rank = len(sides)
    outputs, size = V.shape[-2 * rank : -rank], V.shape[-rank:]
    X = np.zeros(V.shape[: -2 * rank] + sides)
    for offset in np.ndindex(*size):
        starts = [o * d for o, d in zip(offset, dilation, strict=True)]
        places = (slice(a, a + s * (n - 1) + 1, s) for a, s, n in zip(starts, stride, outputs, strict=True))
        target: tuple[Any, ...] = (..., *places)
        X[target] += V[(..., *offset)]
    return X
