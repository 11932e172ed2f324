"""Naming a slip by what it does to a number: the sign, two digits exchanged, another function, a term left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from quizgen.proof import exact
from quizgen.proof.errors import NotUnderstood
from quizgen.proof.exact import Number
from quizgen.proof.functions import FUNCTIONS
from quizgen.proof.known import Slack, near
from quizgen.proof.values import Array, Value, each, transpose

#: Arguments beyond this are no pre-activations.
_LARGEST = 30

#: Without ReLU: where it is not 0 it is its own argument, which explains nothing.
_ACTIVATIONS = {"sigmoid": "the sigmoid", "tanh": "tanh", "exp": "exp", "softplus": "softplus"}
_FACTORS: dict[Fraction, str] = {
    Fraction(2): "twice",
    Fraction(1, 2): "half",
    Fraction(10): "ten times",
    Fraction(1, 10): "a tenth of",
    Fraction(100): "100 times",
}


def slip(wrong: Value, right: Sequence[Value], slack: Slack, terms: Mapping[str, Value], steps: Sequence[Value]) -> str:
    """What leads from the right value to the wrong one, as a sentence; "" if nothing known does.

    Args:
        right: the values that the symbol truly has.
        slack: see `known.near`.
        terms: the summands of the step's formula by symbol, one of which may have been left out or taken with the
            other sign.
        steps: values of other symbols, of which an activation function may have been taken.
    """
    for truth in right:
        for says in _slips(wrong, truth, slack, terms, steps):
            return says
    return ""


def _slips(
    wrong: Value, truth: Value, slack: Slack, terms: Mapping[str, Value], steps: Sequence[Value]
) -> Iterator[str]:
    if near(wrong, each(exact.negate, truth), slack):
        yield "The sign is the other one."
    if isinstance(truth, Array) and isinstance(wrong, Array):
        if near(wrong, transpose(truth), slack) and truth != transpose(truth):
            yield "Rows and columns are exchanged."
        return
    if isinstance(truth, Array) or isinstance(wrong, Array):
        return
    if exchanged(wrong, truth):
        yield "Two digits are exchanged."
    for symbol, term in terms.items():
        if isinstance(term, Array):
            continue
        for times, what in ((1, "is left out, or counted twice"), (2, "has the other sign")):
            for sign in (-times, times):
                if term != 0 and near(wrong, exact.add(truth, exact.multiply(sign, term)), slack):
                    yield f"The term {symbol} {what}."
    for argument in steps:
        if isinstance(argument, Array):
            continue
        for function, shown in _ACTIVATIONS.items():
            if _is_function(function, argument, wrong, slack):
                yield f"This is the value of {shown}; another function belongs here."
    for factor, shown in _FACTORS.items():
        if near(wrong, exact.multiply(factor, truth), slack):
            yield f"It is {shown} the right value."


def exchanged(wrong: Number, right: Number) -> bool:
    """Whether one number becomes the other when two neighbouring digits are exchanged."""
    a, b = _digits(wrong), _digits(right)
    if a is None or b is None or a == b:
        return False
    places = max(len(a[1]), len(b[1]))
    x, y = a[0] + a[1].ljust(places, "0"), b[0] + b[1].ljust(places, "0")
    if len(x) != len(y):
        return False
    different = [k for k in range(len(x)) if x[k] != y[k]]
    if different == [len(x) - places - 1, len(x) - places] and "0" in (x[different[0]], y[different[0]]):
        return False  # 0.4 and 4: the point has moved
    return (
        len(different) == 2
        and any(pair == tuple(different) for pair in pairwise(range(len(x))))
        and (x[different[0]] == y[different[1]] and x[different[1]] == y[different[0]])
    )


def _digits(number: Number) -> tuple[str, str] | None:
    """The digits before and behind the point; of an interval, those of its middle."""
    low, high = exact.ends(number)
    middle = (Fraction(low) + Fraction(high)) / 2
    text = f"{abs(float(middle)):.6f}".rstrip("0")
    whole, _, decimals = text.partition(".")
    return whole, decimals


def _is_function(function: str, argument: Number, wrong: Number, slack: Slack) -> bool:
    if not all(-_LARGEST <= end <= _LARGEST for end in exact.ends(argument)):
        return False
    try:
        value = FUNCTIONS[function]([argument])
    except NotUnderstood:
        return False
    if value == 0 or near(argument, value, slack):
        return False  # softplus(30) is 30: a function that changes nothing explains nothing
    return near(wrong, value, slack)
