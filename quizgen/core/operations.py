"""The functions that can be differentiated, each with its rule, and arithmetic for traced values.

They work alike on numbers, arrays, nodes of a tape and dual numbers. All are float64; softmax and the cross-entropy
take the logits along the last axis. Where a function has a kink, at 0, the derivatives of relu and of the absolute
value are 0; of equal maxima the first takes it all.
"""

# ruff: noqa: ARG005  # every rule is handed y and all arguments, and needs only some
from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any

import numpy as np

from quizgen.core.differentiable import (
    Elementwise,
    Multilinear,
    Reduction,
    Traced,
    Value,
    reshape,
    shape_of,
    untraced,
)
from quizgen.core.shapes import Array
from quizgen.errors import ShapeError

# Rules name operations of later lines; a type checker wants to hear of those first.
power: Elementwise
log: Elementwise
cos: Elementwise
transpose: Multilinear
put: Multilinear

# fmt: off
# Entry by entry: name, value, and ∂y/∂x for each argument.
add      = Elementwise("add",      np.add,      lambda y, a, b: 1.0,   lambda y, a, b: 1.0)
subtract = Elementwise("subtract", np.subtract, lambda y, a, b: 1.0,   lambda y, a, b: -1.0)
multiply = Elementwise("multiply", np.multiply, lambda y, a, b: b,     lambda y, a, b: a)
divide   = Elementwise("divide",   np.divide,   lambda y, a, b: 1 / b, lambda y, a, b: -y / b)
power    = Elementwise("power",    np.power,    lambda y, a, b: b * power(a, _lowered(b)),
                                                               lambda y, a, b: y * log(a + _is_zero(a)))
negative = Elementwise("negative", np.negative, lambda y, x: -1.0)
absolute = Elementwise("absolute", np.abs,      lambda y, x: np.sign(untraced(x)))
exp      = Elementwise("exp",      np.exp,      lambda y, x: y)
log      = Elementwise("log",      np.log,      lambda y, x: 1 / x)
sqrt     = Elementwise("sqrt",     np.sqrt,     lambda y, x: 0.5 / y)
sin      = Elementwise("sin",      np.sin,      lambda y, x: cos(x))
cos      = Elementwise("cos",      np.cos,      lambda y, x: -sin(x))
tanh     = Elementwise("tanh",     np.tanh,     lambda y, x: 1 - y * y)
sigmoid  = Elementwise("sigmoid",  lambda x: np.exp(-np.logaddexp(0.0, -x)), lambda y, x: y * (1 - y))
relu     = Elementwise("relu",     lambda x: np.maximum(x, 0.0),             lambda y, x: _is_positive(x))
softplus = Elementwise("softplus", lambda x: np.logaddexp(0.0, x),           lambda y, x: sigmoid(x))

# Many entries to one: name, value, and ∂y/∂x for each argument; y keeps the axes it was reduced along.
sum         = Reduction("sum",  np.sum,  lambda y, x, axis: 1.0)  # noqa: A001  NumPy's name
mean        = Reduction("mean", np.mean, lambda y, x, axis: untraced(y).size / untraced(x).size)
max         = Reduction("max",  np.max,  lambda y, x, axis: _first_maximum(untraced(x), axis))  # noqa: A001  NumPy's name
log_sum_exp = Reduction("log_sum_exp", lambda x, **along: _log_sum_exp(x, **along), lambda y, x, axis: exp(x - y))
softmax_cross_entropy = Reduction("softmax_cross_entropy", lambda z, t, **along: _softmax_cross_entropy(z, t, **along),
                                  lambda y, z, t, axis: softmax(z) * sum(t, axis=-1, keepdims=True) - t,
                                  lambda y, z, t, axis: log_sum_exp(z, axis=-1, keepdims=True) - z, axis=-1)

# Linear in each argument: name, value, and the adjoint for each argument.
dot       = Multilinear("dot",       lambda u, v: _dot(u, v),        lambda g, u, v: g * v, lambda g, u, v: g * u)
matmul    = Multilinear("matmul",    lambda A, B: _matmul(A, B),     lambda g, A, B: _left(g, A, B),
                                                                     lambda g, A, B: _right(g, A, B))
transpose = Multilinear("transpose", np.transpose,                   lambda g, x: transpose(g))
get       = Multilinear("get",       lambda x, index: x[index],
                                     lambda g, x, index: put(g, index=index, shape=shape_of(x)))
put       = Multilinear("put",       lambda x, index, shape: _put(x, index, shape),
                                     lambda g, x, index, shape: get(g, index=index))
# fmt: on


def softmax(z: Value) -> Value:
    """exp(z_i) / Σ_j exp(z_j) along the last axis."""
    return exp(z - log_sum_exp(z, axis=-1, keepdims=True))


def stack(values: Sequence[Value]) -> Value:
    """Values of one shape as the rows of one array, shape (len(values), *shape)."""
    if not any(isinstance(value, Traced) for value in values):
        return np.stack([untraced(value) for value in values])
    shape = (len(values), *shape_of(values[0]))
    return reduce(add, (put(value, index=k, shape=shape) for k, value in enumerate(values)))


class Arithmetic(Traced):
    """A traced value that is written with like a number or an array: + − * / ** @, indices, comparisons."""

    def __add__(self, other: Value) -> Value:
        return add(self, other)

    def __radd__(self, other: Value) -> Value:
        return add(other, self)

    def __sub__(self, other: Value) -> Value:
        return subtract(self, other)

    def __rsub__(self, other: Value) -> Value:
        return subtract(other, self)

    def __mul__(self, other: Value) -> Value:
        return multiply(self, other)

    def __rmul__(self, other: Value) -> Value:
        return multiply(other, self)

    def __truediv__(self, other: Value) -> Value:
        return divide(self, other)

    def __rtruediv__(self, other: Value) -> Value:
        return divide(other, self)

    def __pow__(self, other: Value) -> Value:
        return power(self, other)

    def __rpow__(self, other: Value) -> Value:
        return power(other, self)

    def __matmul__(self, other: Value) -> Value:
        return matmul(self, other)

    def __rmatmul__(self, other: Value) -> Value:
        return matmul(other, self)

    def __neg__(self) -> Value:
        return negative(self)

    def __abs__(self) -> Value:
        return absolute(self)

    def __getitem__(self, index: Any) -> Value:
        return get(self, index=index)

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError("a single number has no length")
        return self.shape[0]

    def __iter__(self) -> Iterator[Value]:
        return (self[k] for k in range(len(self)))

    def __lt__(self, other: Value) -> Any:
        return untraced(self) < untraced(other)

    def __le__(self, other: Value) -> Any:
        return untraced(self) <= untraced(other)

    def __gt__(self, other: Value) -> Any:
        return untraced(self) > untraced(other)

    def __ge__(self, other: Value) -> Any:
        return untraced(self) >= untraced(other)

    @property
    def T(self) -> Value:  # noqa: N802  NumPy's name
        """The transpose."""
        return transpose(self)


def _is_zero(x: Value) -> Array:
    return np.where(untraced(x) == 0, 1.0, 0.0)


def _is_positive(x: Value) -> Array:
    return np.where(untraced(x) > 0, 1.0, 0.0)


def _lowered(b: Value) -> Value:
    """The exponent b − 1 of b a^(b − 1), but 0 where b is 0: the slope of a⁰ is 0 at a = 0 too."""
    return b - 1 + _is_zero(b)


def _first_maximum(x: Array, axis: int | None) -> Array:
    """1 where the largest entry stands (the first of equal ones), 0 elsewhere."""
    along = x.reshape(1, -1) if axis is None else np.moveaxis(x, axis, -1)
    chosen = np.where(np.arange(along.shape[-1]) == along.argmax(axis=-1)[..., None], 1.0, 0.0)
    return chosen.reshape(x.shape) if axis is None else np.moveaxis(chosen, -1, axis)


def _log_sum_exp(x: Array, axis: int | None, keepdims: bool) -> Array:
    top = np.max(x, axis=axis, keepdims=True)
    y: Array = top + np.log(np.sum(np.exp(x - top), axis=axis, keepdims=True))
    return y if keepdims else y.reshape(np.max(x, axis=axis).shape)


def _softmax_cross_entropy(z: Array, t: Array, axis: int, keepdims: bool) -> Array:
    """−Σ_i t_i log softmax(z)_i along the last axis."""
    if z.shape != t.shape or axis != -1:
        raise ShapeError(f"softmax_cross_entropy: targets must have the shape {z.shape} of the logits, got {t.shape}")
    loss: Array = np.sum(t * (_log_sum_exp(z, -1, keepdims=True) - z), axis=-1, keepdims=keepdims)
    return loss


def _dot(u: Array, v: Array) -> Array:
    if u.ndim != 1 or u.shape != v.shape:
        raise ShapeError(f"dot: expected two vectors of equal length, got shapes {u.shape} and {v.shape}")
    return np.asarray(np.dot(u, v))


def _matmul(A: Array, B: Array) -> Array:
    if A.ndim not in (1, 2) or B.ndim not in (1, 2) or A.shape[-1] != B.shape[0]:
        raise ShapeError(
            f"matmul: expected matrices or vectors whose inner sides are equal, got shapes {A.shape} and {B.shape}"
        )
    return np.asarray(A @ B)


def _left(g: Value, A: Value, B: Value) -> Value:
    """∂L/∂A = G Bᵀ for Y = A B, vectors read as one row (left) or one column (right)."""
    columns = reshape(B, shape=(shape_of(B)[0], -1))
    rows = reshape(g, shape=(-1, shape_of(columns)[1]))
    return reshape(matmul(rows, transpose(columns)), shape=shape_of(A))


def _right(g: Value, A: Value, B: Value) -> Value:
    """∂L/∂B = Aᵀ G for Y = A B, vectors read as one row (left) or one column (right)."""
    rows = reshape(A, shape=(-1, shape_of(A)[-1]))
    columns = reshape(g, shape=(shape_of(rows)[0], -1))
    return reshape(matmul(transpose(rows), columns), shape=shape_of(B))


def _put(x: Array, index: Any, shape: tuple[int, ...]) -> Array:
    """Zeros of `shape` with x added at `index`; entries that are named twice get both."""
    array = np.zeros(shape)
    np.add.at(array, index, x)
    return array
