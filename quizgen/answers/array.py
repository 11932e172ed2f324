"""Numbers, or anything else, in the shape of a scalar, a vector or a matrix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import prod
from typing import Generic, TypeVar

from quizgen.exercise import Value

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Array(Generic[T]):
    """Cells row by row; `shape` is (), (n,) or (m, n)."""

    shape: tuple[int, ...]
    cells: tuple[T, ...]

    def map(self, function: Callable[[T], U]) -> Array[U]:
        return Array(self.shape, tuple(map(function, self.cells)))

    def reshaped(self, shape: tuple[int, ...]) -> Array[T]:
        """The same cells in another shape of as many cells."""
        if prod(shape) != len(self.cells):
            raise ValueError(f"{len(self.cells)} cells cannot have the shape {shape}")
        return Array(shape, self.cells)

    def transposed(self) -> Array[T]:
        """Rows as columns; a vector or scalar is its own transpose."""
        if len(self.shape) < 2:
            return self
        rows, columns = self.shape
        return Array((columns, rows), tuple(self.cells[i * columns + j] for j in range(columns) for i in range(rows)))

    def place(self, index: int) -> str:
        """Where a cell stands, in words, counted from 1."""
        if len(self.shape) < 2:
            return f"number {index + 1}"
        return f"row {index // self.shape[1] + 1}, column {index % self.shape[1] + 1}"


def array_of(value: Value) -> Array[int | float]:
    """A number or nested lists of numbers as an array.

    Raises:
        TypeError: if there is text in it.
    """
    if isinstance(value, str):
        raise TypeError(f"expected numbers, found the text {value!r}")
    if not isinstance(value, list):
        return Array((), (value,))
    parts = [array_of(entry) for entry in value]
    inner = parts[0].shape if parts else ()
    return Array((len(parts), *inner), tuple(cell for part in parts for cell in part.cells))


def nested(array: Array[int | float]) -> Value:
    """The opposite of `array_of`."""
    if not array.shape:
        return array.cells[0]
    if len(array.shape) == 1:
        return list(array.cells)
    columns = array.shape[1]
    return [list(array.cells[start : start + columns]) for start in range(0, len(array.cells), columns)]


@lru_cache(maxsize=4_096)
def exactly(number: int | float) -> Fraction:
    """The decimal that a float is printed as, exactly: 1/10 for 0.1."""
    return Fraction(repr(number))


def decimals(number: int | float) -> int:
    """How many decimals a number has as it is printed: 1 for 0.5 and for 0.50, 0 for 20.0."""
    exponent = Decimal(repr(number)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
