"""Which numbers a true relation confirms: those that cannot be others.

In max(9, 2) = 9 the 2 could as well be a 3, in 0 · 7 = 0 the 7 an 8. A number is confirmed if the relation no longer
holds when its first or its last digit goes up or down by one or two (two, for (-1)^2 is (-1)^4).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from quizgen.proof.compare import Comparison, Side
from quizgen.proof.errors import NotUnderstood
from quizgen.proof.exact import Exact
from quizgen.proof.nodes import Num


def confirms(comparison: Comparison, operator: str, left: Side, right: Side, number: Num) -> bool:
    """Whether the true relation `left operator right` needs the `number`, which stands in one of its sides."""
    kept = number.value
    try:
        for other in _others(kept, number.decimals):
            number.value = other
            if _still_holds(comparison, operator, left, right):
                return False
    finally:
        number.value = kept
    return True


def _still_holds(comparison: Comparison, operator: str, left: Side, right: Side) -> bool:
    """Whether the relation holds for the numbers that now stand in its sides."""
    sides = []
    for side in (left, right):
        if side.node is None:
            return False
        try:
            value = comparison.evaluator().value(side.node) if operator not in (r"\in", r"\notin") else side.value
        except NotUnderstood:
            return False
        sides.append(Side(side.source, side.node, value, None, side.unit))
    return comparison.judge(operator, sides[0], sides[1])[0] == "true"


def _others(value: Exact, decimals: int) -> Iterator[Exact]:
    """The number with its last digit, and with its first digit, one up and one down."""
    last = Fraction(1, 10**decimals)
    first = last
    while first * 10 <= value:
        first *= 10
    for step in dict.fromkeys((last, first)):
        for times in (1, 2):
            yield value + times * step
            yield value - times * step
