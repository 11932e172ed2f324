"""What it takes to be differentiated: one rule per operation, read backwards by a tape and forwards by dual numbers.

An `Operation` is called like the function it is. On plain numbers it computes; on traced values (`Traced`: nodes of a
tape, dual numbers) it lets the newest of them record what happens. It knows three things:

    value       y = f(x_1, …, x_n), on arrays
    pull back   an adjoint ∂L/∂y becomes one of an input, ∂L/∂x_k (reverse mode)
    push forward    a change ẋ_k of an input becomes one of the result, ẏ (forward mode)

Three kinds of operations state these in one line each. `Elementwise` and `Reduction` need only their partial
derivatives; a `Multilinear` one is its own push forward, and needs its adjoint.

Rules are written with operations themselves. So they work on traced values too, and derivatives can be differentiated.
A level tells the traces apart: each is newer than those that were there when it began, and treats their values as
constants of its own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeAlias

import numpy as np

from quizgen.core.shapes import Array, as_array
from quizgen.errors import ShapeError

#: A float, an array or anything that `as_array` reads, or a traced value; statically these are not told apart.
Value: TypeAlias = Any
Rule: TypeAlias = Callable[..., Value]

_levels = count(1)


class Traced(ABC):
    """A value that knows where it comes from, or how it changes."""

    __array_ufunc__ = None  # NumPy arrays leave `array * traced` to us
    value: Value
    level: int

    @abstractmethod
    def record(self, operation: Operation, arguments: tuple[Value, ...], options: Mapping[str, Any]) -> Traced:
        """The result of an operation whose newest traced argument is of this one's level."""

    @property
    def shape(self) -> tuple[int, ...]:
        return shape_of(self.value)

    @property
    def ndim(self) -> int:
        return len(self.shape)


def new_level() -> int:
    """The level of a trace that begins now."""
    return next(_levels)


def untraced(value: Value) -> Array:
    """The bare numbers beneath all traces; derivatives do not pass."""
    while isinstance(value, Traced):
        value = value.value
    return as_array(value, "value")


def shape_of(value: Value) -> tuple[int, ...]:
    """The shape of a plain or traced value; () for a single number."""
    return value.shape if isinstance(value, Traced) else np.shape(value)


@dataclass(frozen=True, slots=True)
class Operation(ABC):
    """A differentiable function of arrays.

    Attributes:
        name: of the operation, as graphs show it.
        compute: the value, from float64 arrays.
    """

    name: str
    compute: Rule

    def __call__(self, *arguments: Value, **options: Any) -> Value:
        """The value, or what the newest traced argument makes of it.

        Raises:
            ShapeError: where the arguments' shapes do not fit together, or one is not made of numbers.
        """
        traced = [argument for argument in arguments if isinstance(argument, Traced)]
        if traced:
            return max(traced, key=lambda argument: argument.level).record(self, arguments, options)
        arrays = [as_array(argument, self.name) for argument in arguments]
        try:
            return np.asarray(self.compute(*arrays, **options))[()]
        except ShapeError:
            raise
        except ValueError as error:
            found = " and ".join(str(array.shape) for array in arrays)
            settings = "".join(f", {name} = {value}" for name, value in options.items())
            raise ShapeError(f"{self.name}: cannot be computed for shape {found}{settings}") from error

    @abstractmethod
    def pull(self, k: int, g: Value, y: Value, xs: tuple[Value, ...], options: Mapping[str, Any]) -> Value:
        """∂L/∂x_k of the shape of x_k, given g = ∂L/∂y, the value y and the arguments xs."""

    @abstractmethod
    def push(self, k: int, t: Value, y: Value, xs: tuple[Value, ...], options: Mapping[str, Any]) -> Value:
        """The change of y, of its shape, for a change t of x_k alone."""

    @abstractmethod
    def derivative(self, k: int, y: Value, xs: tuple[Value, ...], options: Mapping[str, Any]) -> Value:
        """∂y/∂x_k as one would write it on paper."""


@dataclass(frozen=True, slots=True, init=False)
class Elementwise(Operation):
    """Entry by entry, with NumPy's broadcasting. `partials[k](y, *xs)` is ∂y_i/∂x_k,i in each entry i."""

    partials: tuple[Rule, ...]

    def __init__(self, name: str, compute: Rule, *partials: Rule) -> None:
        _set(self, name=name, compute=compute, partials=partials)

    def pull(self, k: int, g: Value, y: Value, xs: tuple[Value, ...], options: Mapping[str, Any]) -> Value:
        return sum_to(g * self.derivative(k, y, xs, options), shape=shape_of(xs[k]))

    def push(self, k: int, t: Value, y: Value, xs: tuple[Value, ...], options: Mapping[str, Any]) -> Value:
        return broadcast_to(t * self.derivative(k, y, xs, options), shape=shape_of(y))

    def derivative(self, k: int, y: Value, xs: tuple[Value, ...], options: Mapping[str, Any]) -> Value:
        return self.partials[k](y, *xs, **options)


@dataclass(frozen=True, slots=True, init=False)
class Reduction(Operation):
    """All entries, or those along an axis, become one number. Options: `axis`, and `keepdims` as in NumPy.

    `partials[k](y, *xs, axis=axis)` is ∂y/∂x_k, of the shape of x_k; y comes with its reduced axes kept as 1.
    """

    partials: tuple[Rule, ...]
    axis: int | None

    def __init__(self, name: str, compute: Rule, *partials: Rule, axis: int | None = None) -> None:
        _set(self, name=name, compute=compute, partials=partials, axis=axis)

    def __call__(self, *arguments: Value, **options: Any) -> Value:
        options = {"axis": self.axis, "keepdims": False} | options
        return Operation.__call__(self, *arguments, **options)

    def pull(self, k: int, g: Value, y: Value, xs: tuple[Value, ...], options: Mapping[str, Any]) -> Value:
        return reshape(g, shape=_kept(xs[k], options["axis"])) * self.derivative(k, y, xs, options)

    def push(self, k: int, t: Value, y: Value, xs: tuple[Value, ...], options: Mapping[str, Any]) -> Value:
        changes = t * self.derivative(k, y, xs, options)
        return reshape(sum_to(changes, shape=_kept(xs[k], options["axis"])), shape=shape_of(y))

    def derivative(self, k: int, y: Value, xs: tuple[Value, ...], options: Mapping[str, Any]) -> Value:
        kept = reshape(y, shape=_kept(xs[k], options["axis"]))
        return broadcast_to(self.partials[k](kept, *xs, axis=options["axis"]), shape=shape_of(xs[k]))


@dataclass(frozen=True, slots=True, init=False)
class Multilinear(Operation):
    """Linear in each argument while the others rest. `adjoints[k](g, *xs, **options)` pulls back to x_k."""

    adjoints: tuple[Rule, ...]

    def __init__(self, name: str, compute: Rule, *adjoints: Rule) -> None:
        _set(self, name=name, compute=compute, adjoints=adjoints)

    def pull(self, k: int, g: Value, y: Value, xs: tuple[Value, ...], options: Mapping[str, Any]) -> Value:
        del y
        return self.adjoints[k](g, *xs, **options)

    def push(self, k: int, t: Value, y: Value, xs: tuple[Value, ...], options: Mapping[str, Any]) -> Value:
        del y
        return self(*xs[:k], t, *xs[k + 1 :], **options)

    def derivative(self, k: int, y: Value, xs: tuple[Value, ...], options: Mapping[str, Any]) -> Value:
        """The other factor of a product; the Jacobian, of shape y.shape + x.shape, of a function of one argument."""
        if len(xs) == 2:
            return xs[1 - k]
        units = np.eye(untraced(xs[0]).size).reshape(-1, *shape_of(xs[0]))
        columns = [self.push(k, unit, y, xs, options) for unit in units]
        return np.stack(columns, axis=-1).reshape(shape_of(y) + shape_of(xs[0]))


def _set(operation: Operation, **attributes: Any) -> None:
    """Fill the fields of a frozen dataclass whose `__init__` takes its rules one by one."""
    for name, value in attributes.items():
        object.__setattr__(operation, name, value)


def _kept(x: Value, axis: int | None) -> tuple[int, ...]:
    """The shape of x with the reduced axes kept as 1."""
    shape = shape_of(x)
    return tuple(1 if axis is None or k == axis % len(shape) else n for k, n in enumerate(shape))


def _shaped(operation: Multilinear, g: Value, x: Value) -> Value:
    """One of the linear operations below brings g to the shape of x."""
    return operation(g, shape=shape_of(x))


def _sum_to(x: Array, shape: tuple[int, ...]) -> Array:
    """The adjoint of broadcasting: sums over the axes that it adds or stretches."""
    summed: Array = np.sum(x, axis=tuple(range(x.ndim - len(shape))))
    stretched = tuple(k for k, n in enumerate(shape) if n == 1 and summed.shape[k] != 1)
    return np.sum(summed, axis=stretched, keepdims=True) if stretched else summed


# The linear operations that the kinds above are written with. The last two are each other's adjoint.
reshape: Multilinear
sum_to: Multilinear
reshape = Multilinear("reshape", lambda x, shape: np.reshape(x, shape), lambda g, x, **_: _shaped(reshape, g, x))
broadcast_to = Multilinear("broadcast_to", np.broadcast_to, lambda g, x, **_: _shaped(sum_to, g, x))
sum_to = Multilinear("sum_to", _sum_to, lambda g, x, **_: _shaped(broadcast_to, g, x))
