"""Pooling: each window of a feature map becomes one number, its largest or its mean.

X is a single map (H, W) or a stack of maps (C, H, W), pooled one by one; float64. The stride is the window unless
given, there is no padding, and rows or columns that do not fill a window are left out (floor).
`window` and `stride` are whole numbers, or one per side: (height, width).

Every function raises ShapeError where shapes do not fit, and UsageError for a window or stride that is no whole number.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from quizgen.core.shapes import Array, as_array, as_result
from quizgen.core.windows import Counts, fold, per_side, unfold


def max_pool2d(X: ArrayLike, window: Counts = 2, stride: Counts | None = None) -> Array:
    """The largest number of each window, shape (..., H', W') with the sides that `pool_output_size` gives."""
    Y: Array = _windows(X, window, stride).max(axis=(-2, -1))
    return Y


def average_pool2d(X: ArrayLike, window: Counts = 2, stride: Counts | None = None) -> Array:
    """The mean of each window, shape (..., H', W') with the sides that `pool_output_size` gives."""
    Y: Array = _windows(X, window, stride).mean(axis=(-2, -1))
    return Y


def global_max_pool(X: ArrayLike) -> Any:
    """The largest number of each map: shape (C,) for X (C, H, W), a number for X (H, W)."""
    return as_result(_maps(X).max(axis=(-2, -1)))


def global_average_pool(X: ArrayLike) -> Any:
    """The mean of each map: shape (C,) for X (C, H, W), a number for X (H, W)."""
    return as_result(_maps(X).mean(axis=(-2, -1)))


def max_pool2d_backward(X: ArrayLike, dY: ArrayLike, window: Counts = 2, stride: Counts | None = None) -> Array:
    """∂L/∂X of shape X, given dY = ∂L/∂Y: a window's gradient goes to where its largest number stood.

    Where several numbers tie for the largest, the first in reading order (row by row) takes it all. A pixel that won in
    several overlapping windows adds their gradients up.
    """
    windows = _windows(X, window, stride)
    *outputs, kH, kW = windows.shape
    first = windows.reshape(*outputs, kH * kW).argmax(axis=-1)
    winners = (np.arange(kH * kW) == first[..., None]).reshape(windows.shape)
    return _spread(X, dY, winners.astype(np.float64), stride)


def average_pool2d_backward(X: ArrayLike, dY: ArrayLike, window: Counts = 2, stride: Counts | None = None) -> Array:
    """∂L/∂X of shape X, given dY = ∂L/∂Y: a window's gradient is shared equally. Of X only the shape matters."""
    windows = _windows(X, window, stride)
    share = 1 / (windows.shape[-2] * windows.shape[-1])
    return _spread(X, dY, np.full(windows.shape, share), stride)


def global_max_pool_backward(X: ArrayLike, dY: ArrayLike) -> Array:
    """∂L/∂X of shape X, given dY of shape (C,), or a number for X (H, W); the first of several maxima takes it all."""
    maps = _maps(X)
    return max_pool2d_backward(maps, _one_pixel(dY, maps), maps.shape[-2:])


def global_average_pool_backward(X: ArrayLike, dY: ArrayLike) -> Array:
    """∂L/∂X of shape X, given dY of shape (C,), or a number for X (H, W): dY / (H W) everywhere."""
    maps = _maps(X)
    return average_pool2d_backward(maps, _one_pixel(dY, maps), maps.shape[-2:])


def _maps(X: ArrayLike) -> Array:
    return as_array(X, "pooling: X", ("H", "W"), ("C", "H", "W"))


def _windows(X: ArrayLike, window: Counts, stride: Counts | None) -> Array:
    size = per_side(window, "pooling: window", 2)
    return unfold(_maps(X), size, _stride(size, stride), (1, 1))


def _spread(X: ArrayLike, dY: ArrayLike, derivatives: Array, stride: Counts | None) -> Array:
    """Each window's gradient times the derivative of its value by each of its pixels, added up in the pixels."""
    G = as_array(dY, "pooling: dY", derivatives.shape[:-2])
    sides = _maps(X).shape[-2:]
    return fold(derivatives * G[..., None, None], sides, _stride(derivatives.shape[-2:], stride), (1, 1))


def _stride(size: tuple[int, ...], stride: Counts | None) -> tuple[int, ...]:
    return size if stride is None else per_side(stride, "pooling: stride", 2)


def _one_pixel(dY: ArrayLike, maps: Array) -> Array:
    return as_array(dY, "pooling: dY", maps.shape[:-2])[..., None, None]
