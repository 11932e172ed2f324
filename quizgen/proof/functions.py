"""The functions that the reader knows, in one table. Elementwise ones take a number or every element of a matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from math import acos, asin, atan, cos, sin

from quizgen.proof import exact
from quizgen.proof.errors import NotUnderstood
from quizgen.proof.exact import Number
from quizgen.proof.values import Array, Value, array, determinant, each, number, pairwise

_LEAK = Fraction(1, 100)  # the slope of the leaky ReLU for negative numbers, unless the text defines it


def sigmoid(z: Number) -> Number:
    """1 / (1 + e^-z)."""
    return exact.divide(1, exact.add(1, exact.exp(exact.negate(z))))


def sigmoid_slope(z: Number) -> Number:
    s = sigmoid(z)
    return exact.multiply(s, exact.subtract(1, s))


def tanh(z: Number) -> Number:
    """1 - 2 / (e^2z + 1)."""
    if z == 0:
        return 0
    return exact.subtract(1, exact.divide(2, exact.add(exact.exp(exact.multiply(2, z)), 1)))


def tanh_slope(z: Number) -> Number:
    return exact.subtract(1, exact.power(tanh(z), 2))


def relu(z: Number) -> Number:
    return exact.maximum(0, z)


def relu_slope(z: Number) -> Number:
    """1 for positive z, else 0 (at 0 by convention)."""
    return int(exact.sign(z) > 0)


def leaky_relu(z: Number) -> Number:
    return z if exact.sign(z) >= 0 else exact.multiply(_LEAK, z)


def leaky_relu_slope(z: Number) -> Number:
    return 1 if exact.sign(z) > 0 else _LEAK


def softplus(z: Number) -> Number:
    return exact.ln(exact.add(1, exact.exp(z)))


def swish(z: Number) -> Number:
    return exact.multiply(z, sigmoid(z))


def swish_slope(z: Number) -> Number:
    s = sigmoid(z)
    return exact.add(s, exact.multiply(z, exact.multiply(s, exact.subtract(1, s))))


def sgn(z: Number) -> Number:
    """The sign, -1 or +1; at 0 it is +1, as the perceptron has it."""
    return 1 if exact.sign(z) >= 0 else -1


def absolute(z: Number) -> Number:
    return exact.maximum(z, exact.negate(z))


def softmax(z: Value) -> Value:
    """p_i = 1 / sum_j e^(z_j - z_i)."""
    if not isinstance(z, Array) or not z.is_vector:
        raise NotUnderstood("the softmax of something else than a vector")

    def share(own: Number) -> Number:
        return exact.divide(1, reduce(exact.add, [exact.exp(exact.subtract(other, own)) for other in z.cells]))

    return each(share, z)


def squared_norm(value: Value) -> Number:
    cells = value.cells if isinstance(value, Array) else (value,)
    return reduce(exact.add, [exact.power(cell, 2) for cell in cells])


def _norm(value: Value) -> Value:
    return exact.sqrt(squared_norm(value))


def _norm_1(value: Value) -> Value:
    return reduce(exact.add, [absolute(cell) for cell in _cells([value])])


def _norm_inf(value: Value) -> Value:
    return reduce(exact.maximum, [absolute(cell) for cell in _cells([value])])


def _extreme(choose: Callable[[Number, Number], Number]) -> Callable[[Sequence[Value]], Value]:
    def extreme(arguments: Sequence[Value]) -> Value:
        """Of the elements of one matrix; of numbers; of a number and each element of a matrix."""
        if len(arguments) == 1:
            return reduce(choose, _cells(arguments))
        arrays = [a for a in arguments if isinstance(a, Array)]
        if not arrays:
            return reduce(choose, _cells(arguments))
        spread = [a if isinstance(a, Array) else each(lambda _, a=a: a, arrays[0]) for a in arguments]  # type: ignore[misc]
        return reduce(lambda a, b: pairwise(choose, a, b, "maximum or minimum"), spread)

    return extreme


def _argmax(value: Value) -> Value:
    cells = _cells([value])
    for i, cell in enumerate(cells):
        if all(i == j or exact.certainly_less(other, cell) for j, other in enumerate(cells)):
            return i + 1
    raise NotUnderstood("the place of a maximum that is not unique")


def _diag(value: Value) -> Value:
    cells = _cells([value])
    return array([[cell if i == j else 0 for j in range(len(cells))] for i, cell in enumerate(cells)])


def _trace(value: Value) -> Value:
    if isinstance(value, Array) and value.rows == value.columns:
        return reduce(exact.add, value.cells[:: value.columns + 1])
    raise NotUnderstood("the trace of something else than a square matrix")


def _clip(arguments: Sequence[Value]) -> Value:
    if len(arguments) != 3:
        raise NotUnderstood("clip takes three arguments: what is clipped, the least and the greatest value")
    value, low, high = arguments
    low, high = number(low, "the lower bound"), number(high, "the upper bound")
    return each(lambda x: exact.maximum(low, exact.minimum(high, x)), value)


def _cells(values: Sequence[Value]) -> list[Number]:
    return [cell for value in values for cell in (value.cells if isinstance(value, Array) else (value,))]


def _elementwise(function: Callable[[Number], Number]) -> Callable[[Sequence[Value]], Value]:
    return _single(lambda value: each(function, value))


def _single(function: Callable[[Value], Value]) -> Callable[[Sequence[Value]], Value]:
    def call(arguments: Sequence[Value]) -> Value:
        if len(arguments) != 1:
            raise NotUnderstood(f"{len(arguments)} arguments where a function takes one")
        return function(arguments[0])

    return call


#: Every known function by the name that the parser gives it; a derivative has a prime.
FUNCTIONS: dict[str, Callable[[Sequence[Value]], Value]] = {
    "sigmoid": _elementwise(sigmoid),
    "sigmoid'": _elementwise(sigmoid_slope),
    "tanh": _elementwise(tanh),
    "tanh'": _elementwise(tanh_slope),
    "relu": _elementwise(relu),
    "relu'": _elementwise(relu_slope),
    "leaky_relu": _elementwise(leaky_relu),
    "leaky_relu'": _elementwise(leaky_relu_slope),
    "softplus": _elementwise(softplus),
    "softplus'": _elementwise(sigmoid),
    "swish": _elementwise(swish),
    "swish'": _elementwise(swish_slope),
    "sgn": _elementwise(sgn),
    "exp": _elementwise(exact.exp),
    "ln": _elementwise(exact.ln),
    "sqrt": _elementwise(exact.sqrt),
    "arccos": _elementwise(lambda z: exact.inverse(acos, z)),
    "arcsin": _elementwise(lambda z: exact.inverse(asin, z)),
    "arctan": _elementwise(lambda z: exact.through_float(atan, z)),
    "sin": _elementwise(lambda z: exact.through_float(sin, z)),
    "cos": _elementwise(lambda z: exact.through_float(cos, z)),
    "abs": _elementwise(absolute),
    "floor": _elementwise(exact.floor),
    "ceil": _elementwise(exact.ceiling),
    "percent": _elementwise(lambda z: exact.divide(z, 100)),
    "norm": _single(_norm),
    "norm_1": _single(_norm_1),
    "norm_inf": _single(_norm_inf),
    "total": lambda arguments: reduce(exact.add, _cells(arguments)),
    "softmax": lambda arguments: softmax(arguments[0] if len(arguments) == 1 else array([[z] for z in arguments])),
    "det": _single(determinant),
    "tr": _single(_trace),
    "diag": _single(_diag),
    "argmax": _single(_argmax),
    "clip": _clip,
    "max": _extreme(exact.maximum),
    "min": _extreme(exact.minimum),
}

#: How functions are printed: as commands, and as words in `\operatorname{…}`, `\text{…}` or `\mathrm{…}`.
COMMANDS = {r"\exp": "exp", r"\ln": "ln", r"\tanh": "tanh", r"\max": "max", r"\min": "min", r"\det": "det",
            r"\sin": "sin", r"\cos": "cos", r"\sgn": "sgn", r"\tr": "tr",
            r"\arccos": "arccos", r"\arcsin": "arcsin", r"\arctan": "arctan"}  # fmt: skip
WORDS = {
    "sigmoid": "sigmoid", "sig": "sigmoid", "tanh": "tanh", "ReLU": "relu", "relu": "relu", "LeakyReLU": "leaky_relu",
    "Leaky ReLU": "leaky_relu", "leaky ReLU": "leaky_relu", "softmax": "softmax", "softplus": "softplus",
    "swish": "swish", "SiLU": "swish", "sgn": "sgn", "sign": "sgn", "exp": "exp", "ln": "ln", "max": "max",
    "min": "min", "diag": "diag", "det": "det", "tr": "tr", "argmax": "argmax", "arg max": "argmax", "clip": "clip",
    "arccos": "arccos", "arcsin": "arcsin", "arctan": "arctan", "abs": "abs", "floor": "floor", "ceil": "ceil",
}  # fmt: skip
