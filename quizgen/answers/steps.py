"""Steps of a solution as answers: what a student's own steps are compared with."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from quizgen.answers.array import array_of, decimals, exactly, nested
from quizgen.exercise import Answer, Kind, Value

#: Steps carry this many decimals more than a student has to write.
_SPARE = 2


def step_answers(work: Mapping[str, Value]) -> dict[str, Answer]:
    """The steps as quantities that are asked for, by name; those whose values are text, or true or false, are left out.

    Whole numbers are exact. Others are asked to two decimals fewer than the work carries, as answers are; written with
    more, they may be off by one in the last but one decimal of the work, for a student rounds at every operation.
    """
    numeric = {name: value for name, value in work.items() if _is_numeric(value)}
    carried = max((decimals(cell) for value in numeric.values() for cell in array_of(value).cells), default=0)
    return {name: _step(name, value, carried) for name, value in numeric.items()}


def _step(name: str, value: Value, carried: int) -> Answer:
    values = array_of(value)
    whole = all(isinstance(cell, int) for cell in values.cells)
    spread = Fraction(0) if whole or carried <= _SPARE else Fraction(1, 10 ** (carried - 1))
    kinds: tuple[Kind, Kind, Kind] = ("integer" if whole else "number", "vector", "matrix")
    asked = None if not spread else carried - _SPARE
    accept: Value = [float(exactly(cell) + side * spread) for cell in values.cells for side in (-1, 1)]
    return Answer(
        name=name,
        symbol=name,
        kind=kinds[len(values.shape)],
        value=nested(values),
        decimals=asked,
        digits=None,
        accept=accept,
        format="exactly" if asked is None else f"to {asked} decimals or more",
    )


def _is_numeric(value: Value) -> bool:
    """Whether there are numbers only, as many dimensions of them as an answer can have; true and false are none."""
    try:
        values = array_of(value)
    except TypeError:
        return False
    return len(values.shape) <= 2 and not any(isinstance(cell, bool) for cell in values.cells)
