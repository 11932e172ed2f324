"""Convolution as networks use it, its true form with the kernel flipped, and the gradients of both arguments.

The convention is *cross-correlation*, as in every framework: the kernel is laid on the image as it is. With C input
channels, M output channels and one group,

    Y[m, i, j] = b[m] + Σ_c Σ_u Σ_v K[m, c, u, v] · X[c, s·i + d·u − p, s·j + d·v − p],

where X is 0 outside of its sides, s is the stride, d the dilation and p the padding.

Shapes, channels first: X (C, H, W), K (M, C / groups, kH, kW), b (M,), Y (M, H', W') with H' and W' as
`conv_output_size` says; in one dimension X (C, L) and K (M, C / groups, k). A single image without channels goes with a
single kernel: X (H, W), K (kH, kW), b a number, Y (H', W'); in one dimension X (L,) and K (k,).
`padding`, `stride` and `dilation` are whole numbers, or one per side: (height, width).

With `groups` the channels are split into that many equal blocks, and block g of the outputs sees block g of the inputs.

All arrays are float64. Every function raises ShapeError where shapes do not fit, and UsageError for a setting that is
not a whole number or too small.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quizgen.core.shapes import Array, as_array, as_count
from quizgen.core.windows import Counts, fold, per_side, unfold
from quizgen.errors import ShapeError


@dataclass(frozen=True, slots=True)
class ConvGradients:
    """∂L/∂X, ∂L/∂K and ∂L/∂b, each shaped as its argument; db is a number where there are no channels."""

    dX: Array  # noqa: N815  the name it has on paper
    dK: Array  # noqa: N815  the name it has on paper
    db: Array | float


def conv2d(
    X: ArrayLike,
    K: ArrayLike,
    b: ArrayLike | None = None,
    padding: Counts = 0,
    stride: Counts = 1,
    dilation: Counts = 1,
    groups: int = 1,
) -> Array:
    """The 2-D convolution layer Y of X with K, before its activation; see the module for shapes and formula."""
    return _plan(2, X, K, padding, stride, dilation, groups).forward(b)


def conv1d(
    X: ArrayLike,
    K: ArrayLike,
    b: ArrayLike | None = None,
    padding: Counts = 0,
    stride: Counts = 1,
    dilation: Counts = 1,
    groups: int = 1,
) -> Array:
    """The 1-D convolution layer Y of X with K, before its activation; see the module for shapes and formula."""
    return _plan(1, X, K, padding, stride, dilation, groups).forward(b)


def true_conv2d(
    X: ArrayLike,
    K: ArrayLike,
    b: ArrayLike | None = None,
    padding: Counts = 0,
    stride: Counts = 1,
    dilation: Counts = 1,
    groups: int = 1,
) -> Array:
    """Convolution as mathematics defines it: `conv2d` with the kernel turned by 180 degrees."""
    return conv2d(X, flip_kernel(K, 2), b, padding, stride, dilation, groups)


def true_conv1d(
    X: ArrayLike,
    K: ArrayLike,
    b: ArrayLike | None = None,
    padding: Counts = 0,
    stride: Counts = 1,
    dilation: Counts = 1,
    groups: int = 1,
) -> Array:
    """Convolution as mathematics defines it: `conv1d` with the kernel read backwards."""
    return conv1d(X, flip_kernel(K, 1), b, padding, stride, dilation, groups)


def flip_kernel(K: ArrayLike, sides: int = 2) -> Array:
    """K with its last `sides` axes reversed: for a 2-D kernel, turned by 180 degrees."""
    return np.flip(as_array(K, "flip_kernel: K"), axis=tuple(range(-sides, 0)))


def conv2d_backward(
    X: ArrayLike,
    K: ArrayLike,
    dY: ArrayLike,
    padding: Counts = 0,
    stride: Counts = 1,
    dilation: Counts = 1,
    groups: int = 1,
) -> ConvGradients:
    """All gradients of a loss L through `conv2d`, given dY = ∂L/∂Y of the shape of Y.

    ∂L/∂K is X correlated with dY, ∂L/∂X is dY spread out by K (a transposed convolution), ∂L/∂b sums dY per channel.
    """
    return _plan(2, X, K, padding, stride, dilation, groups).backward(dY)


def conv1d_backward(
    X: ArrayLike,
    K: ArrayLike,
    dY: ArrayLike,
    padding: Counts = 0,
    stride: Counts = 1,
    dilation: Counts = 1,
    groups: int = 1,
) -> ConvGradients:
    """All gradients of a loss L through `conv1d`, given dY = ∂L/∂Y of the shape of Y."""
    return _plan(1, X, K, padding, stride, dilation, groups).backward(dY)


def conv2d_input_gradient(
    X: ArrayLike,
    K: ArrayLike,
    dY: ArrayLike,
    padding: Counts = 0,
    stride: Counts = 1,
    dilation: Counts = 1,
    groups: int = 1,
) -> Array:
    """∂L/∂X alone, see `conv2d_backward`; of X only the shape matters."""
    return conv2d_backward(X, K, dY, padding, stride, dilation, groups).dX


def conv2d_kernel_gradient(
    X: ArrayLike,
    K: ArrayLike,
    dY: ArrayLike,
    padding: Counts = 0,
    stride: Counts = 1,
    dilation: Counts = 1,
    groups: int = 1,
) -> Array:
    """∂L/∂K alone, see `conv2d_backward`; of K only the shape matters."""
    return conv2d_backward(X, K, dY, padding, stride, dilation, groups).dK


@dataclass(frozen=True, slots=True)
class _Plan:
    """A convolution as one matrix product per group: of the kernels, one a row, with the windows, one a column."""

    kernels: Array  # (groups, M / groups, C / groups, pixels of a kernel)
    patches: Array  # (groups, C / groups, pixels of an output channel, pixels of a kernel)
    size: tuple[int, ...]
    outputs: tuple[int, ...]
    sides: tuple[int, ...]
    padding: tuple[int, ...]
    stride: tuple[int, ...]
    dilation: tuple[int, ...]
    plain: bool  # neither images nor kernels have a channel axis

    @property
    def out_channels(self) -> int:
        return int(self.kernels.shape[0] * self.kernels.shape[1])

    def forward(self, b: ArrayLike | None) -> Array:
        Y: Array = np.einsum("gmck,gcok->gmo", self.kernels, self.patches, optimize=True)
        Y = Y.reshape(self.out_channels, *self.outputs)
        if b is not None:
            bias = as_array(b, "convolution: b", () if self.plain else (self.out_channels,))
            Y = Y + bias.reshape(-1, *(1 for _ in self.outputs))
        return Y[0] if self.plain else Y

    def backward(self, dY: ArrayLike) -> ConvGradients:
        channels = () if self.plain else (self.out_channels,)
        G = as_array(dY, "convolution: dY", channels + self.outputs)
        db = G.sum(axis=tuple(range(-len(self.outputs), 0)))
        groups, per_group, _, _ = self.kernels.shape
        G = G.reshape(groups, per_group, -1)
        dK = np.einsum("gmo,gcok->gmck", G, self.patches, optimize=True).reshape(self.out_channels, -1, *self.size)
        dP = np.einsum("gmck,gmo->gcok", self.kernels, G, optimize=True).reshape(-1, *self.outputs, *self.size)
        padded_sides = tuple(x + 2 * p for x, p in zip(self.sides, self.padding, strict=True))
        inside = tuple(slice(p, p + x) for x, p in zip(self.sides, self.padding, strict=True))
        dX = fold(dP, padded_sides, self.stride, self.dilation)[(slice(None), *inside)]
        return ConvGradients(dX[0], dK[0, 0], float(db)) if self.plain else ConvGradients(dX, dK, db)


def _plan(
    rank: int, X: ArrayLike, K: ArrayLike, padding: Counts, stride: Counts, dilation: Counts, groups: int
) -> _Plan:
    image, kernel, plain = _with_channels(as_array(X, "convolution: X"), as_array(K, "convolution: K"), rank)
    groups = as_count(groups, "convolution: groups")
    (C, *sides), (M, C_group, *size) = image.shape, kernel.shape
    if groups * C_group != C or M % groups:
        raise ShapeError(
            f"convolution: K must have shape (M, {C} / groups, ...) with groups = {groups} dividing {C} and M, "
            f"to fit X of shape {image.shape}, got {kernel.shape}"
        )
    p = per_side(padding, "convolution: padding", rank, minimum=0)
    s, d = per_side(stride, "convolution: stride", rank), per_side(dilation, "convolution: dilation", rank)
    padded = np.pad(image, ((0, 0), *((n, n) for n in p)))
    windows = unfold(padded, tuple(size), s, d)
    outputs, pixels = windows.shape[1 : 1 + rank], int(np.prod(size))
    return _Plan(
        kernels=kernel.reshape(groups, M // groups, C_group, pixels),
        patches=windows.reshape(groups, C_group, -1, pixels),
        size=tuple(size),
        outputs=outputs,
        sides=tuple(sides),
        padding=p,
        stride=s,
        dilation=d,
        plain=plain,
    )


def _with_channels(X: Array, K: Array, rank: int) -> tuple[Array, Array, bool]:
    if X.ndim == rank and K.ndim == rank:
        return X[None], K[None, None], True
    if X.ndim == rank + 1 and K.ndim == rank + 2:
        return X, K, False
    sides = ("H, W", "kH, kW") if rank == 2 else ("L", "k")
    raise ShapeError(
        f"convolution: X and K must have shapes ({sides[0]}) and ({sides[1]}), or, with channels first, "
        f"(C, {sides[0]}) and (M, C / groups, {sides[1]}); got {X.shape} and {K.shape}"
    )
