"""A network as a list of layers: its shapes, its parameters and its work, layer by layer and in all.

Shapes are (w, h, c) for images, (T, D) for sequences and (D,) for vectors, see `layers`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quizgen.core.layers import Layer, Shape
from quizgen.core.shapes import as_count
from quizgen.errors import ShapeError, UsageError


class Row(NamedTuple):
    """One layer in the table of a network."""

    name: str
    output_shape: Shape
    weights: int
    biases: int
    parameters: int
    multiply_accumulates: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The table of a network, from the first layer to the last."""

    rows: tuple[Row, ...]

    @property
    def weights(self) -> int:
        """All weights; biases are not among them."""
        return sum(row.weights for row in self.rows)

    @property
    def biases(self) -> int:
        """All biases."""
        return sum(row.biases for row in self.rows)

    @property
    def parameters(self) -> int:
        """Everything that is learned: weights and biases."""
        return sum(row.parameters for row in self.rows)

    @property
    def multiply_accumulates(self) -> int:
        """Multiplications with a weight in one forward pass of one example."""
        return sum(row.multiply_accumulates for row in self.rows)


def summary(layers: Sequence[Layer], input_shape: Sequence[int]) -> Summary:
    """The table of a network: for each layer what comes out of it, what it learns and what it costs.

    Args:
        layers: in the order the data passes them.
        input_shape: of one example, without the batch.

    Raises:
        ShapeError: where a layer cannot read what the one before it gives; the message counts layers from 1.
        UsageError: where a hyper-parameter is not a whole number or too small.
    """
    shape = tuple(as_count(side, "input_shape") for side in input_shape)
    if not shape:
        raise ShapeError("input_shape must have at least one axis, such as (32, 32, 3), got ()")
    rows = []
    for position, layer in enumerate(layers, start=1):
        name = type(layer).__name__
        try:
            row = _row(name, layer, shape)
        except (ShapeError, UsageError) as error:
            raise type(error)(f"layer {position}, {name}: {error}") from error
        rows.append(row)
        shape = row.output_shape
    return Summary(tuple(rows))


def shapes(layers: Sequence[Layer], input_shape: Sequence[int]) -> tuple[Shape, ...]:
    """What comes out of each layer, in their order; errors as `summary`."""
    return tuple(row.output_shape for row in summary(layers, input_shape).rows)


def parameters(layers: Sequence[Layer], input_shape: Sequence[int]) -> int:
    """How many numbers the network learns, weights and biases; errors as `summary`."""
    return summary(layers, input_shape).parameters


def multiply_accumulates(layers: Sequence[Layer], input_shape: Sequence[int]) -> int:
    """Multiplications with a weight in one forward pass of one example; errors as `summary`."""
    return summary(layers, input_shape).multiply_accumulates


def _row(name: str, layer: Layer, shape: Shape) -> Row:
    output_shape = layer.output_shape(shape)
    weights, biases = layer.weights(shape), layer.biases(shape)
    return Row(name, output_shape, weights, biases, weights + biases, layer.multiply_accumulates(shape))
