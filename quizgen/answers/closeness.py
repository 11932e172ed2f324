"""How close a written number is to the one that is asked for.

The one rule of grading numbers. A number is right if it lies in the accepted interval, which holds every honest habit
of rounding. It is right too if it was written with as many places as asked for, or more, and rounding to its last place
puts the right one there. It is *coarse*, right but with too few digits, if it is written with fewer places and is a
rounding of the right one: 0.3 for 0.27. A zero is never a rounding of something else, and neither is a whole number
of something that is not whole: nothing of the result is left in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from quizgen.answers.arithmetic import Written
from quizgen.answers.array import Array, array_of, exactly
from quizgen.answers.asked import Asked
from quizgen.exercise import Answer, Value

#: Relative noise of floats, and of roots that were worked out: what differs less is the same number.
_NOISE = Fraction(1, 10**9)


class Closeness(IntEnum):
    FAR = 0
    COARSE = 1
    CLOSE = 2


@dataclass(frozen=True, slots=True)
class Target:
    """A number asked for.

    Attributes:
        low, high: what lies between them is right.
        unit: the worth of a one in the last place asked for; None where the number is asked for exactly.
    """

    value: Fraction
    low: Fraction
    high: Fraction
    unit: Fraction | None


def targets(answer: Answer) -> Array[Target]:
    """The numbers that are right, with the intervals that the answer accepts, or half a unit around where it has none.

    Raises:
        TypeError: for answers that are not numbers.
    """
    values = array_of(answer.value)
    if answer.accept is None:
        return targets_at(answer.value, answer)
    ends = array_of(answer.accept).cells
    if len(ends) != 2 * len(values.cells):
        raise TypeError(f"'{answer.name}': accept has {len(ends)} ends for {len(values.cells)} numbers")
    return Array(
        values.shape,
        tuple(
            _target(value, exactly(ends[2 * k]), exactly(ends[2 * k + 1]), answer)
            for k, value in enumerate(values.cells)
        ),
    )


def targets_at(value: Value, answer: Answer, tolerance: Fraction | None = None) -> Array[Target]:
    """Other numbers, such as a mistake's, asked for as `answer` asks.

    Args:
        tolerance: how far from them is still right; None: half a unit of the last place asked for.
    """
    asked = Asked(answer.decimals, answer.digits)

    def target(number: int | float) -> Target:
        spread = exactly(asked.tolerance(number)) if tolerance is None else tolerance
        return _target(number, exactly(number) - spread, exactly(number) + spread, answer)

    return array_of(value).map(target)


def closeness(number: Written, target: Target) -> Closeness:
    """How close one number is, by the rule above."""
    off = abs(number.value - target.value)
    noise = _NOISE * abs(target.value)
    if target.low - noise <= number.value <= target.high + noise:
        return Closeness.CLOSE
    if number.unit is None or off > number.unit / 2 or number.value == 0:
        return Closeness.FAR
    if target.unit is not None and number.unit <= target.unit:
        return Closeness.CLOSE
    return Closeness.COARSE if number.unit < 1 or _scientific(number) else Closeness.FAR


def all_closeness(numbers: Array[Written], aims: Array[Target]) -> Closeness:
    """The least closeness of all pairs; FAR where the shapes differ."""
    if numbers.shape != aims.shape:
        return Closeness.FAR
    return min(map(closeness, numbers.cells, aims.cells), default=Closeness.FAR)


def _scientific(number: Written) -> bool:
    return number.unit is not None and number.unit > 1


def _target(value: int | float, low: Fraction, high: Fraction, answer: Answer) -> Target:
    unit: Fraction | None = None
    if answer.decimals is not None:
        unit = Fraction(1, 10**answer.decimals)
    elif answer.digits is not None and value != 0:
        unit = 2 * exactly(Asked(digits=answer.digits).tolerance(value))
    return Target(exactly(value), low, high, unit)
