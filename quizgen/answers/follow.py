"""Follow-through: whether a wrong answer is what comes out if an earlier slip is carried on without another.

The earlier value is put in and everything after it computed again. What a student wrote is rounded, and what was
carried on may not have been: the earlier value is therefore moved by half a unit of its last written place too, and the
answer may be as far off as that moves it, besides one unit of the last place asked for, or half a unit where the slip
changes the answer by no more than that: it must not excuse another one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Protocol

from quizgen.answers.arithmetic import Written
from quizgen.answers.array import Array, array_of, exactly, nested
from quizgen.answers.closeness import Closeness, Target, all_closeness, targets_at
from quizgen.answers.kind import Reading
from quizgen.answers.kinds import KINDS
from quizgen.answers.verdict import Verdict
from quizgen.errors import QuizgenError
from quizgen.exercise import Answer, Value

#: Earlier values with more numbers than this are not moved one by one.
_MOST_MOVED = 40


class Recomputation(Protocol):
    """The graph of one exercise, run again: what only the question bank can do."""

    def replay(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """What every asked quantity and step becomes if the named steps or quantities have the values given.

        Raises:
            QuizgenError: if nothing comes out with these values.
        """

    def satisfies(self, name: str, values: Mapping[str, Value]) -> bool:
        """Whether the condition of the asked quantity `name` holds for these values of asked quantities.

        Raises:
            QuizgenError: if that cannot be decided with these values.
        """


@dataclass(frozen=True, slots=True)
class Slip:
    """A step or quantity that is wrong, as it was read."""

    name: str
    kind: str
    reading: Reading[Any]
    value: Value


def follows(reading: Reading[Any], answer: Answer, slips: list[Slip], recomputation: Recomputation) -> Closeness:
    """How close an answer is to what follows from slips; FAR too where they do not change what follows."""
    values = {slip.name: slip.value for slip in slips}
    expected = _replayed(recomputation, values, answer.name)
    if expected is None:
        return Closeness.FAR
    if isinstance(expected, str) or isinstance(answer.value, str):
        right = replace(answer, value=expected, accept=None, mistakes=(), choices=_ticked(answer, expected))
        same = expected != answer.value and KINDS[answer.kind].judge(reading.content, right).verdict is Verdict.RIGHT
        return Closeness.CLOSE if same else Closeness.FAR
    aims = _aims(expected, answer, slips, values, recomputation)
    if aims is None:
        return Closeness.FAR
    return all_closeness(reading.content, aims)


def _replayed(recomputation: Recomputation, values: Mapping[str, Value], name: str) -> Value | None:
    """The quantity as it becomes, or None where nothing comes out: an impossible value has nothing that follows."""
    try:
        return recomputation.replay(values).get(name)
    except QuizgenError:
        return None


def _aims(
    expected: Value, answer: Answer, slips: list[Slip], values: Mapping[str, Value], recomputation: Recomputation
) -> Array[Target] | None:
    """The numbers that follow, with what rounding may do to them; None where they are the right ones."""
    base = targets_at(expected, answer, Fraction(0))
    truth = array_of(answer.value)
    if base.shape != truth.shape:
        return None
    units = [target.unit or Fraction(0) for target in base.cells]
    changes = [abs(target.value - exactly(value)) for target, value in zip(base.cells, truth.cells, strict=True)]
    if not any(changes):
        return None
    far = any(change > unit for change, unit in zip(changes, units, strict=True))
    spreads = [unit if far else unit / 2 for unit in units]
    for moved in _moved(slips, values):
        beside = _replayed(recomputation, moved, answer.name)
        if beside is None or isinstance(beside, str) or array_of(beside).shape != base.shape:
            continue  # moved across a jump: it says nothing of rounding
        for k, value in enumerate(array_of(beside).cells):
            spreads[k] += abs(exactly(value) - base.cells[k].value)
    return Array(
        base.shape,
        tuple(
            Target(target.value, target.value - spread, target.value + spread, target.unit)
            for target, spread in zip(base.cells, spreads, strict=True)
        ),
    )


def _moved(slips: list[Slip], values: Mapping[str, Value]) -> list[dict[str, Value]]:
    """The values with one written decimal after another moved by half a unit of its last place."""
    moved: list[dict[str, Value]] = []
    for slip in slips:
        if slip.kind not in ("number", "vector", "matrix"):
            continue
        written: Array[Written] = slip.reading.content
        plain = array_of(slip.value)
        for k, number in enumerate(written.cells):
            if number.unit is not None and number.unit < 1:
                cell = float(number.value + number.unit / 2)
                cells = (*plain.cells[:k], cell, *plain.cells[k + 1 :])
                moved.append({**values, slip.name: nested(Array(plain.shape, cells))})
    return moved if len(moved) <= _MOST_MOVED else []


def _ticked(answer: Answer, expected: Value) -> tuple[Any, ...]:
    """The lines, with those right that the letters expected name."""
    if answer.kind != "choice":
        return answer.choices
    return tuple(replace(choice, right=choice.letter in str(expected)) for choice in answer.choices)
