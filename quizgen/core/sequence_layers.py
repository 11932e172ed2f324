"""Layers that read sequences of shape (T, D): T time steps, D numbers each.

No recurrent or convolutional layer has more parameters for a longer sequence: every step shares them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from quizgen.core.image_layers import Conv2D
from quizgen.core.layers import Layer, Shape, read_shape
from quizgen.core.shapes import as_count


@dataclass(frozen=True, slots=True)
class Recurrent(Layer):
    """What `RNN`, `LSTM` and `GRU` share: (T, D) → (units,), the last hidden state, or (T, units), all of them.

    With H units, each of the layer's `gates` weighs the D inputs and the H previous hidden numbers and has H biases,
    or 2 H where input and hidden state have a bias vector each, as in PyTorch: gates · (H (H + D) + H) in all.
    """

    units: int
    return_sequences: bool = False
    two_biases: bool = False

    gates: ClassVar[int]

    def output_shape(self, shape: Shape) -> Shape:
        T, _ = read_shape(shape, "T, D")
        H = as_count(self.units, "units")
        return (T, H) if self.return_sequences else (H,)

    def weights(self, shape: Shape) -> int:
        _, D = read_shape(shape, "T, D")
        H = as_count(self.units, "units")
        return self.gates * H * (H + D)

    def biases(self, shape: Shape) -> int:
        del shape
        return self.gates * as_count(self.units, "units") * (2 if self.two_biases else 1)

    def multiply_accumulates(self, shape: Shape) -> int:
        T, _ = read_shape(shape, "T, D")
        return T * self.weights(shape)


@dataclass(frozen=True, slots=True)
class RNN(Recurrent):
    """A simple recurrent layer, h_t = σ(W_hh h_{t−1} + W_xh x_t + b_h), without an output layer."""

    gates: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class LSTM(Recurrent):
    """Forget, input and output gate and the proposal: four weighted sums a step."""

    gates: ClassVar[int] = 4


@dataclass(frozen=True, slots=True)
class GRU(Recurrent):
    """Reset and update gate and the proposal: three weighted sums a step."""

    gates: ClassVar[int] = 3


@dataclass(frozen=True, slots=True)
class Conv1D(Layer):
    """`filters` kernels slid along the time: (T, D) → (T', filters)."""

    filters: int
    kernel: int
    padding: int | Literal["same"] = 0
    stride: int = 1
    dilation: int = 1
    groups: int = 1
    bias: bool = True

    def output_shape(self, shape: Shape) -> Shape:
        T, _, filters = self._as_image_layer().output_shape(_as_image(shape))
        return T, filters

    def weights(self, shape: Shape) -> int:
        return self._as_image_layer().weights(_as_image(shape))

    def biases(self, shape: Shape) -> int:
        return self._as_image_layer().biases(_as_image(shape))

    def multiply_accumulates(self, shape: Shape) -> int:
        return self._as_image_layer().multiply_accumulates(_as_image(shape))

    def _as_image_layer(self) -> Conv2D:
        padding: tuple[int, int] | Literal["same"] = "same" if self.padding == "same" else (self.padding, 0)
        pairs = (self.kernel, 1), padding, (self.stride, 1), (self.dilation, 1)
        return Conv2D(self.filters, *pairs, self.groups, self.bias)


@dataclass(frozen=True, slots=True)
class Embedding(Layer):
    """A row of a table for each token: (T,) → (T, dimension). Looking up multiplies nothing."""

    vocabulary: int
    dimension: int

    def output_shape(self, shape: Shape) -> Shape:
        (T,) = read_shape(shape, "T")
        return T, as_count(self.dimension, "dimension")

    def weights(self, shape: Shape) -> int:
        del shape
        return as_count(self.vocabulary, "vocabulary") * as_count(self.dimension, "dimension")


@dataclass(frozen=True, slots=True)
class TimeDistributed(Layer):
    """One layer applied to every time step with the same weights: (T, …) → (T, …)."""

    layer: Layer

    def output_shape(self, shape: Shape) -> Shape:
        T, *step = shape
        return T, *self.layer.output_shape(tuple(step))

    def weights(self, shape: Shape) -> int:
        return self.layer.weights(shape[1:])

    def biases(self, shape: Shape) -> int:
        return self.layer.biases(shape[1:])

    def multiply_accumulates(self, shape: Shape) -> int:
        return shape[0] * self.layer.multiply_accumulates(shape[1:])


def _as_image(shape: Shape) -> Shape:
    """A sequence as an image that is T wide and one pixel high."""
    T, D = read_shape(shape, "T, D")
    return T, 1, D
