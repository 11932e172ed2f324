"""What an expression consists of, and how it is written back: the tree that numbers and formulas are read into.

Sums and products are flat, so a tree is no deeper than its brackets.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

#: Functions by all their names, in lower case; the first name is the one that the tree holds.
_NAMES: tuple[tuple[str, ...], ...] = (
    ("exp",),
    ("ln", "log"),
    ("log10", "lg"),
    ("log2", "lb"),
    ("sqrt",),
    ("abs",),
    ("sin",),
    ("cos",),
    ("tan",),
    ("arcsin", "asin"),
    ("arccos", "acos"),
    ("arctan", "atan"),
    ("sinh",),
    ("cosh",),
    ("tanh",),
    ("sech",),
    ("sigmoid", "sigma", "sig", "logistic"),
    ("relu",),
    ("softplus",),
    ("swish", "silu"),
    ("leaky_relu", "leakyrelu"),
    ("sgn", "sign"),
    ("step", "heaviside"),
    ("max",),
    ("min",),
    ("sigmoid_prime",),
    ("tanh_prime",),
    ("relu_prime",),
    ("softplus_prime",),
    ("swish_prime",),
    ("leaky_relu_prime",),
)
FUNCTIONS: dict[str, str] = {name: names[0] for names in _NAMES for name in names}
#: Functions of two or more arguments; all others have one.
MANY = frozenset({"max", "min"})
#: Functions that have a derivative to be written with a prime, `σ'(x)`.
WITH_PRIME = frozenset(name.removesuffix("_prime") for name in FUNCTIONS if name.endswith("_prime"))
CONSTANTS = ("e", "pi")


@dataclass(frozen=True, slots=True)
class Num:
    """A number as it is written.

    Attributes:
        unit: the worth of a one in its last written place: 1/100 for `0.30`, 1/1000 for `1.5e-2`.
    """

    value: Fraction
    unit: Fraction
    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """The variable, or one of `CONSTANTS`."""

    name: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms, each with its sign, +1 or -1. A negative is a sum of one term."""

    terms: tuple[tuple[int, Node], ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Factors, each with +1, or with -1 where it divides."""

    factors: tuple[tuple[int, Node], ...]


@dataclass(frozen=True, slots=True)
class Power:
    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function, by its first name in `FUNCTIONS`, and its arguments."""

    function: str
    arguments: tuple[Node, ...]


Node = Num | Name | Sum | Product | Power | Call

_SUM, _PRODUCT, _POWER, _ATOM = range(4)


def written(node: Node, level: int = _SUM) -> str:
    """The expression in ASCII with every bracket that its meaning needs; bracketed where it binds less than `level`."""
    own, text = _written(node)
    return f"({text})" if own < level else text


def _written(node: Node) -> tuple[int, str]:
    match node:
        case Num(text=text):
            return _ATOM, text
        case Name(name=name):
            return _ATOM, name
        case Sum(terms=terms):
            levels = [_SUM if terms[0][0] > 0 else _PRODUCT, *[_PRODUCT] * len(terms)]
            parts = [
                f"{' + ' if s > 0 else ' - '}{written(term, k)}" for (s, term), k in zip(terms, levels, strict=False)
            ]
            return _SUM, "".join(parts).removeprefix(" + ").replace(" - ", "-", 1 if terms[0][0] < 0 else 0)
        case Product(factors=((_, Sum(terms=((-1, first),))), *others)):
            return _SUM, "-" + written(Product(((1, first), *others)), _PRODUCT)
        case Product(factors=factors):
            parts = [f"{'*' if sign > 0 else '/'}{written(factor, _POWER)}" for sign, factor in factors]
            return _PRODUCT, "".join(parts).removeprefix("*")
        case Power(base=base, exponent=exponent):
            return _POWER, f"{written(base, _ATOM)}^{written(exponent, _ATOM)}"
        case Call(function=function, arguments=arguments):
            return _ATOM, f"{function}({', '.join(map(written, arguments))})"
