"""Layers that read images and feature maps of shape (w, h, c).

Sides come in the order of the shape: a pair given as kernel, window, padding, stride or dilation is (width, height).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Literal

from quizgen.core.conv_arithmetic import conv_output_size, same_padding
from quizgen.core.layers import Layer, Shape, read_shape
from quizgen.core.shapes import as_count
from quizgen.core.windows import Counts, per_side
from quizgen.errors import ShapeError


@dataclass(frozen=True, slots=True)
class Conv2D(Layer):
    """`filters` kernels slid over the image: (w, h, c) → (w', h', filters).

    Attributes:
        padding: whole numbers, or "same": (f − 1) / 2 zeros at both ends, which keeps the size at stride 1.
        groups: blocks of channels that do not see each other.
        connections: for each filter the input channels it sees, counted from 0, where not every filter sees all of
            its group's; the partial connections of LeNet-5.
    """

    filters: int
    kernel: Counts
    padding: Counts | Literal["same"] = 0
    stride: Counts = 1
    dilation: Counts = 1
    groups: int = 1
    bias: bool = True
    connections: tuple[tuple[int, ...], ...] | None = None

    def output_shape(self, shape: Shape) -> Shape:
        w, h, c = read_shape(shape, "w, h, c")
        f, s, d = per_side(self.kernel, "kernel", 2), per_side(self.stride, "stride", 2), self._dilation()
        if self.padding == "same":
            p: Shape = tuple(same_padding(*side) for side in zip(f, d, strict=True))
        else:
            p = per_side(self.padding, "padding", 2, minimum=0)
        self._kernels(c)
        sides = (conv_output_size(*side) for side in zip((w, h), f, p, s, d, strict=True))
        return (*sides, as_count(self.filters, "filters"))

    def weights(self, shape: Shape) -> int:
        return self._kernels(shape[-1]) * prod(per_side(self.kernel, "kernel", 2))

    def biases(self, shape: Shape) -> int:
        del shape
        return as_count(self.filters, "filters") if self.bias else 0

    def multiply_accumulates(self, shape: Shape) -> int:
        w, h, _ = self.output_shape(shape)
        return w * h * self.weights(shape)

    def _dilation(self) -> Shape:
        return per_side(self.dilation, "dilation", 2)

    def _kernels(self, c: int) -> int:
        """How many pairs of an input and an output channel are connected, each by a kernel of its own."""
        filters, groups = as_count(self.filters, "filters"), as_count(self.groups, "groups")
        if self.connections is not None:
            return self._partial(c, filters)
        if c % groups or filters % groups:
            raise ShapeError(f"groups must divide {c} input channels and {filters} filters, got {groups}")
        return c // groups * filters

    def _partial(self, c: int, filters: int) -> int:
        connections = self.connections or ()
        seen = {channel for row in connections for channel in row}
        if len(connections) != filters or self.groups != 1 or not seen <= set(range(c)):
            raise ShapeError(
                f"connections must list, for each of the {filters} filters, channels from 0 to {c - 1}, and needs "
                f"groups = 1; got {len(connections)} lists of channels among {sorted(seen)} and groups = {self.groups}"
            )
        return sum(len(set(row)) for row in connections)


@dataclass(frozen=True, slots=True)
class MaxPool2D(Layer):
    """The largest number of each window, channel by channel; the stride is the window unless given, sides floor."""

    window: Counts = 2
    stride: Counts | None = None

    def output_shape(self, shape: Shape) -> Shape:
        return _pooled(shape, self.window, self.stride)


@dataclass(frozen=True, slots=True)
class AveragePool2D(Layer):
    """The mean of each window, channel by channel; the stride is the window unless given, sides floor."""

    window: Counts = 2
    stride: Counts | None = None

    def output_shape(self, shape: Shape) -> Shape:
        return _pooled(shape, self.window, self.stride)


@dataclass(frozen=True, slots=True)
class Subsampling2D(Layer):
    """LeNet-5's pooling: the sum of each window, times one trainable weight per channel, plus one bias per channel."""

    window: Counts = 2
    stride: Counts | None = None

    def output_shape(self, shape: Shape) -> Shape:
        return _pooled(shape, self.window, self.stride)

    def weights(self, shape: Shape) -> int:
        return shape[-1]

    def biases(self, shape: Shape) -> int:
        return shape[-1]

    def multiply_accumulates(self, shape: Shape) -> int:
        return prod(self.output_shape(shape))


@dataclass(frozen=True, slots=True)
class GlobalPool(Layer):
    """The maximum or mean of each whole feature map: (w, h, c) → (1, 1, c)."""

    def output_shape(self, shape: Shape) -> Shape:
        _, _, c = read_shape(shape, "w, h, c")
        return 1, 1, c


def _pooled(shape: Shape, window: Counts, stride: Counts | None) -> Shape:
    w, h, c = read_shape(shape, "w, h, c")
    f = per_side(window, "window", 2)
    s = f if stride is None else per_side(stride, "stride", 2)
    return (*(conv_output_size(*side) for side in zip((w, h), f, (0, 0), s, strict=True)), c)
