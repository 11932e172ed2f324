"""Forward-mode automatic differentiation: dual numbers a + ȧ ε with ε² = 0, computed along with the values.

    x = Dual(3.0, 1.0)          # x = 3, dx/dx = 1
    y = x * sin(x)
    y.value, y.derivative       # 3 sin 3, sin 3 + 3 cos 3

One pass gives the derivative in one direction, J v. A whole Jacobian takes a pass per input, where reverse mode
(`tape`) takes one per output. Functions come from `operations`, the same as for the tape.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from quizgen.core.differentiable import Operation, Traced, Value, new_level, reshape, shape_of
from quizgen.core.operations import Arithmetic, add, stack, transpose
from quizgen.core.shapes import as_array, as_result
from quizgen.errors import ShapeError


@dataclass(frozen=True, eq=False, slots=True)
class Dual(Arithmetic):
    """A value with its derivative in one direction.

    Attributes:
        value: a number or an array of float64.
        derivative: how fast it changes, of the same shape.
        level: which differentiation it belongs to; 0 unless several are nested.
    """

    value: Value
    derivative: Value
    level: int = 0

    def __post_init__(self) -> None:
        for name in ("value", "derivative"):
            given = getattr(self, name)
            if not isinstance(given, Traced):
                object.__setattr__(self, name, as_array(given, f"Dual: {name}")[()])
        if shape_of(self.value) != shape_of(self.derivative):
            raise ShapeError(
                f"Dual: the derivative must have the shape {shape_of(self.value)} of the value, "
                f"got {shape_of(self.derivative)}"
            )

    def record(self, operation: Operation, arguments: tuple[Value, ...], options: Mapping[str, Any]) -> Dual:
        """The operation on the values, and the sum of what the change of each argument does to the result."""
        changing = [isinstance(given, Dual) and given.level == self.level for given in arguments]
        xs = tuple(
            given.value if changes else given if isinstance(given, Traced) else as_array(given, operation.name)[()]
            for given, changes in zip(arguments, changing, strict=True)
        )
        y = operation(*xs, **options)
        changes = (
            operation.push(k, given.derivative, y, xs, options) for k, given in enumerate(arguments) if changing[k]
        )
        return Dual(y, reduce(add, changes), self.level)


def jvp(f: Callable[[Value], Value], x: ArrayLike, v: ArrayLike) -> tuple[Value, Value]:
    """f(x) and the derivative of f at x in the direction v, J(x) v, in one pass.

    Args:
        f: a function of one number or array; a list or tuple of values counts as the array of them.
        x: where.
        v: the direction, of the shape of x.

    Returns:
        Two values of the shape of f(x), floats for numbers.

    Raises:
        ShapeError: where v has not the shape of x.
    """
    level = new_level()
    y = f(Dual(x, v, level))
    if isinstance(y, list | tuple):
        y = stack(y)
    if not (isinstance(y, Dual) and y.level == level):  # f is constant
        return _plain(y), _plain(np.zeros(shape_of(y)))
    return _plain(y.value), _plain(y.derivative)


def derivative(f: Callable[[Value], Value], x: float) -> Value:
    """f′(x) for a function of one number, of the shape of f(x)."""
    return jvp(f, x, 1.0)[1]


def forward_jacobian(f: Callable[[Value], Value], x: ArrayLike) -> Value:
    """All ∂f_i/∂x_j at x, shape (*shape of f(x), *shape of x): one forward pass per input."""
    shape = shape_of(x)
    units = np.eye(int(np.prod(shape))).reshape(-1, *shape)
    columns = stack([reshape(jvp(f, x, unit[()])[1], shape=-1) for unit in units])
    outputs = shape_of(jvp(f, x, np.zeros(shape)[()])[0])
    return _plain(reshape(transpose(columns), shape=outputs + shape))


def _plain(value: Value) -> Value:
    return value if isinstance(value, Traced) else as_result(as_array(value, "value"))
