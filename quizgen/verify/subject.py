"""What the checks look at: a question and its drawn variants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quizgen.bank.question import Question
from quizgen.exercise import Answer, Exercise, Value


@dataclass(frozen=True)
class Subject:
    """A question and those of its variants that could be drawn."""

    question: Question
    seed: int
    exercises: tuple[Exercise, ...]


def numbers(value: Value | None) -> list[float]:
    """All numbers of a value, row by row; none of a text."""
    if isinstance(value, list):
        return [number for entry in value for number in numbers(entry)]
    return [] if value is None or isinstance(value, str) else [value]


def numeric(exercise: Exercise) -> Iterator[Answer]:
    """The answers that are numbers with an interval."""
    return (answer for answer in exercise.answers if answer.accept is not None)


def inside(value: Value, answer: Answer) -> bool:
    """Whether each number of a value lies in the interval that counts as right."""
    bounds, found = numbers(answer.accept), numbers(value)
    if 2 * len(found) != len(bounds):  # a shape with another number of axes
        return False
    return all(low <= x <= high for x, low, high in zip(found, bounds[::2], bounds[1::2], strict=True))
