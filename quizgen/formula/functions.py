"""The functions of formulas that act on numbers, elementwise on arrays: one line each in the table.

Each is given as LaTeX, as a Python expression over the runtime names below, and with what it does to the number
of decimals. The values are computed with `math`, one number at a time: NumPy's own differ in the last bit between
machines.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from quizgen.formula.rounding import snapped
from quizgen.numerals import Number

#: Decimals of a result that has no last one, or whose last one is unknown.
ENDLESS = None

DecimalsRule = Callable[[int | None], int | None]


@dataclass(frozen=True, slots=True)
class ScalarFunction:
    """A function of numbers.

    Attributes:
        latex: a pattern with `#1` for the argument, as in TeX; the pattern brackets it itself.
        value: the function.
        decimals: from the arguments' decimals to the result's.
        steps: the same value as a person computes it key by key, given a rounding after each key; None: one key.
    """

    latex: str
    value: Callable[..., Number]
    decimals: DecimalsRule
    steps: Callable[..., Number] | None = None


def sigmoid(z: Number) -> float:
    """1 / (1 + e^-z), without overflow for z far below zero.

    Raises:
        OverflowError: where it is so near to 1 that it would be taken for 1.
    """
    if z >= 0:
        return _below_one(1.0 / (1.0 + math.exp(-z)))
    small = math.exp(z)
    return small / (1.0 + small)


def tanh(z: Number) -> float:
    """The hyperbolic tangent.

    Raises:
        OverflowError: where it is so near to ±1 that it would be taken for ±1.
    """
    return _below_one(math.tanh(z))


def _below_one(value: float) -> float:
    """A value that is never ±1; a saturated one would print as `= 1`, which is wrong, and teaches nothing."""
    if abs(value) > 1.0 - 1e-11:
        raise OverflowError("saturated")
    return value


def relu(z: Number) -> Number:
    """max(0, z)."""
    return z if z > 0 else 0


def softplus(z: Number) -> float:
    """ln(1 + e^z), without overflow."""
    return max(z, 0.0) + math.log1p(math.exp(-abs(z)))


def swish(z: Number) -> float:
    """Z · sigmoid(z)."""
    return z * sigmoid(z)


def leaky_relu(z: Number, alpha: Number = 0.01) -> Number:
    """Z where z > 0, alpha · z elsewhere."""
    return z if z > 0 else alpha * z


def sgn(z: Number) -> int:
    """+1 from 0 on, -1 below."""
    return 1 if snapped(z) >= 0 else -1


def step(z: Number) -> int:
    """1 above 0, else 0: the derivative of ReLU, with the value 0 at 0."""
    return 1 if snapped(z) > 0 else 0


def leaky_step(z: Number) -> Number:
    """1 above 0, else 0.01: the derivative of a leaky ReLU."""
    return 1 if snapped(z) > 0 else 0.01


def floor(x: Number) -> int:
    """The largest whole number that is not above x."""
    return math.floor(snapped(x))


def ceil(x: Number) -> int:
    """The smallest whole number that is not below x."""
    return math.ceil(snapped(x))


def sigmoid_prime(z: Number) -> float:
    """sigmoid(z) (1 - sigmoid(z))."""
    s = sigmoid(z)
    return s * (1.0 - s)


def tanh_prime(z: Number) -> float:
    """1 - tanh(z)^2."""
    return 1.0 - math.tanh(z) ** 2


def swish_prime(z: Number) -> float:
    """S + z s (1 - s) with s = sigmoid(z)."""
    s = sigmoid(z)
    return s + z * s * (1.0 - s)


def power(base: Number, exponent: Number) -> Number:
    """Base ** exponent, refused where the result would be unreasonably large or not real."""
    endless = isinstance(base, int) and base.bit_length() * abs(exponent) > _MOST_BITS
    if abs(exponent) > 1000 or (abs(base) > 1e6 and abs(exponent) > 10) or endless:
        raise OverflowError("a power is out of bounds: the exponent, or the result, is too large")
    result = base**exponent
    if isinstance(result, complex):
        raise ValueError(f"{base} to the power {exponent} is not real")  # noqa: TRY004 -- a value, not a type, is wrong
    return result


def _irrational(_: int | None) -> None:
    return ENDLESS


def _kept(decimals: int | None) -> int | None:
    return decimals


def _whole(_: int | None) -> int:
    return 0


def _hundredths(decimals: int | None) -> int | None:
    """A leaky slope of 0.01 adds two decimals."""
    return None if decimals is None else decimals + 2


#: Of a whole number; a float overflows by itself.
_MOST_BITS = 2_000

Key = Callable[[Number], Number]


def _sigmoid_keys(r: Key, z: Number) -> Number:
    return r(1 / r(1 + r(math.exp(-z))))


def _softplus_keys(r: Key, z: Number) -> Number:
    return r(math.log(r(1 + r(math.exp(z)))))


def _swish_keys(r: Key, z: Number) -> Number:
    return r(z * _sigmoid_keys(r, z))


def _sigmoid_prime_keys(r: Key, z: Number) -> Number:
    s = _sigmoid_keys(r, z)
    return r(s * r(1 - s))


def _tanh_prime_keys(r: Key, z: Number) -> Number:
    return r(1 - r(r(math.tanh(z)) ** 2))


def _swish_prime_keys(r: Key, z: Number) -> Number:
    s = _sigmoid_keys(r, z)
    return r(s + r(r(z * s) * r(1 - s)))


_LEAKY = r"\operatorname{LeakyReLU}(#1)"

SCALAR_FUNCTIONS: Mapping[str, ScalarFunction] = {
    "exp": ScalarFunction("e^{#1}", math.exp, _irrational),
    "ln": ScalarFunction(r"\ln(#1)", math.log, _irrational),
    "log10": ScalarFunction(r"\log_{10}(#1)", math.log10, _irrational),
    "sqrt": ScalarFunction(r"\sqrt{#1}", math.sqrt, _irrational),
    "sin": ScalarFunction(r"\sin(#1)", math.sin, _irrational),
    "cos": ScalarFunction(r"\cos(#1)", math.cos, _irrational),
    "arccos": ScalarFunction(r"\arccos(#1)", math.acos, _irrational),
    "tanh": ScalarFunction(r"\tanh(#1)", tanh, _irrational),
    "sigmoid": ScalarFunction(r"\sigma(#1)", sigmoid, _irrational, _sigmoid_keys),
    "relu": ScalarFunction(r"\operatorname{ReLU}(#1)", relu, _kept),
    "softplus": ScalarFunction(r"\operatorname{softplus}(#1)", softplus, _irrational, _softplus_keys),
    "swish": ScalarFunction(r"\operatorname{swish}(#1)", swish, _irrational, _swish_keys),
    "leaky_relu": ScalarFunction(_LEAKY, leaky_relu, _hundredths),
    "linear": ScalarFunction("#1", lambda z: z, _kept),
    "sgn": ScalarFunction(r"\operatorname{sgn}(#1)", sgn, _whole),
    "floor": ScalarFunction(r"\lfloor #1 \rfloor", floor, _whole),
    "ceil": ScalarFunction(r"\lceil #1 \rceil", ceil, _whole),
    "abs": ScalarFunction(r"\lvert #1 \rvert", abs, _kept),
    "sigmoid_prime": ScalarFunction(r"\sigma'(#1)", sigmoid_prime, _irrational, _sigmoid_prime_keys),
    "tanh_prime": ScalarFunction(r"\tanh'(#1)", tanh_prime, _irrational, _tanh_prime_keys),
    "relu_prime": ScalarFunction(r"\operatorname{ReLU}'(#1)", step, _whole),
    "softplus_prime": ScalarFunction(r"\operatorname{softplus}'(#1)", sigmoid, _irrational, _sigmoid_keys),
    "swish_prime": ScalarFunction(r"\operatorname{swish}'(#1)", swish_prime, _irrational, _swish_prime_keys),
    "leaky_relu_prime": ScalarFunction(r"\operatorname{LeakyReLU}'(#1)", leaky_step, lambda _: 2),
    "linear_prime": ScalarFunction("1", lambda _: 1, _whole),
}
