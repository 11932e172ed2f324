"""General formulas, such as tanh z = 2 sigma(2z) - 1: tried at several points."""

from __future__ import annotations

from fractions import Fraction

from quizgen.proof import rounding
from quizgen.proof.compare import Outcome
from quizgen.proof.errors import NotUnderstood
from quizgen.proof.evaluate import Evaluator
from quizgen.proof.nodes import Apply, Call, Name, Node, functions_in, names_in
from quizgen.proof.symbols import Symbols
from quizgen.proof.values import Array

_POINTS = tuple(Fraction(tenths, 10) for tenths in (7, -13, 21, 4, -6, 16, -22, 11))
_TRIALS = 6
_GENERAL: Outcome = ("general", "it speaks of symbols without values")


def try_identity(symbols: Symbols, left: Node, right: Node, *, derived: bool) -> Outcome:
    """The verdict on a general equation.

    "true" if both sides agree at every point tried. If they do not, it is "false" when they claim to be one function:
    when the left side is a known function of bare symbols, or when both are `derived`, members of a chain that starts
    with a name, as in y' = a e^(a x) = 2 e^(2 x). It is "general" otherwise: an equation need not hold for all values.
    """
    names = {**names_in(left), **names_in(right)}
    free = [key for key, name in names.items() if symbols.standing(name) is None and key != "e"]
    if not free or any(r"\mathbf" in key for key in free):
        return _GENERAL
    agreed = tried = 0
    for trial in range(_TRIALS):
        bound = {key: _POINTS[(3 * trial + 5 * place) % len(_POINTS)] for place, key in enumerate(free)}
        try:
            a, b = (Evaluator(symbols, bound=bound).value(side) for side in (left, right))
        except NotUnderstood:
            continue
        if isinstance(a, Array) or isinstance(b, Array):
            return _GENERAL
        tried += 1
        agreed += rounding.same_number(a, b)
    if tried < 3:
        return _GENERAL
    if agreed == tried:
        return "true", f"both sides agree at {tried} points"
    if derived or _defines_known(symbols, left, right):
        return "false", f"the two sides differ at {tried - agreed} of {tried} points"
    return "general", "an equation that holds for some values of its symbols only"


def _defines_known(symbols: Symbols, left: Node, right: Node) -> bool:
    """Whether the left side is a known function of bare symbols; σ may be any activation, so it must be on both."""
    if isinstance(left, Call):
        return all(isinstance(argument, Name) for argument in left.arguments)
    if isinstance(left, Apply):
        bare = all(isinstance(argument, Name) for argument in left.arguments)
        known = symbols.slope_of(left.name) is not None or any(key.startswith(r"\sigma") for key in functions_in(right))
        return bare and known
    return False
