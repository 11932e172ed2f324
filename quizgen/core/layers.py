"""What a layer does to a shape and how many numbers it learns: the base of all layers, and those for any input.

Shapes are as a lecture writes them: (w, h, c) for images, width first and channels last; (T, D) for sequences of T
vectors; (D,) for vectors. None of them counts the batch. Layers that read images are in `image_layers`, those that
read sequences in `sequence_layers`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TypeAlias

from quizgen.core.shapes import as_count, as_number
from quizgen.errors import ShapeError

Shape: TypeAlias = tuple[int, ...]


class Layer:
    """A layer described by its hyper-parameters alone; every method is told the shape that comes in.

    A layer without anything to learn keeps the zeros of this class.
    """

    def output_shape(self, shape: Shape) -> Shape:
        """The shape that comes out.

        Raises:
            ShapeError: where the layer cannot read `shape`.
        """
        raise NotImplementedError

    def weights(self, shape: Shape) -> int:
        """How many trainable numbers multiply an input."""
        del shape
        return 0

    def biases(self, shape: Shape) -> int:
        """How many trainable numbers are added."""
        del shape
        return 0

    def multiply_accumulates(self, shape: Shape) -> int:
        """Multiplications with a weight for one example; biases, activations and pooling count as none."""
        del shape
        return 0


@dataclass(frozen=True, slots=True)
class Dense(Layer):
    """`units` weighted sums of the last axis: (D,) → (units,), and (T, D) → (T, units) with the same weights each."""

    units: int
    bias: bool = True

    def output_shape(self, shape: Shape) -> Shape:
        return (*shape[:-1], as_count(self.units, "units"))

    def weights(self, shape: Shape) -> int:
        return shape[-1] * as_count(self.units, "units")

    def biases(self, shape: Shape) -> int:
        del shape
        return as_count(self.units, "units") if self.bias else 0

    def multiply_accumulates(self, shape: Shape) -> int:
        return prod(shape[:-1]) * self.weights(shape)


@dataclass(frozen=True, slots=True)
class Flatten(Layer):
    """All numbers in one vector: (w, h, c) → (w · h · c,)."""

    def output_shape(self, shape: Shape) -> Shape:
        return (prod(shape),)


@dataclass(frozen=True, slots=True)
class Reshape(Layer):
    """The same numbers in another shape, for instance the columns of a feature map as a sequence."""

    shape: Shape

    def output_shape(self, shape: Shape) -> Shape:
        wanted = tuple(as_count(side, "shape") for side in self.shape)
        if prod(wanted) != prod(shape):
            raise ShapeError(f"{shape} holds {prod(shape)} numbers, and {wanted} would hold {prod(wanted)}")
        return wanted


@dataclass(frozen=True, slots=True)
class Dropout(Layer):
    """While training, each number is set to zero with probability `rate`; the shape stays."""

    rate: float = 0.5

    def __post_init__(self) -> None:
        as_number(self.rate, "Dropout: rate", at_least=0, below=1)

    def output_shape(self, shape: Shape) -> Shape:
        return shape


def read_shape(shape: Shape, axes: str) -> Shape:
    """`shape`, if it has as many axes as `axes` names, such as "w, h, c".

    Raises:
        ShapeError: otherwise.
    """
    if len(shape) != len(axes.split(", ")):
        raise ShapeError(f"expected an input of shape ({axes}), got {shape}")
    return shape
