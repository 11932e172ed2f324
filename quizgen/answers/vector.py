r"""A vector: `(1, 2, 3)`, `[1 2 3]`, `1; 2; 3`, `(1,2,3)^T`, `\begin{pmatrix} 1 \\ 2 \end{pmatrix}`, `1,5; 2,5`."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.answers.arithmetic import Written
from quizgen.answers.array import Array, array_of
from quizgen.answers.clean import Unreadable, mathematical
from quizgen.answers.grid import grids
from quizgen.answers.habits import array_samples
from quizgen.answers.judging import Numbers, judge_numbers, plain_numbers
from quizgen.answers.kind import Reading, Samples, expecting
from quizgen.answers.verdict import Graded
from quizgen.errors import counted
from quizgen.exercise import Answer, Value


def read(text: str, answer: Answer) -> Sequence[Reading[Numbers]]:
    length = len(array_of(answer.value).cells)
    with expecting(f"{counted(length, 'number')}, such as {example(length)}"):
        return flat_readings(grids(mathematical(text)), length)


def judge(content: Numbers, answer: Answer) -> Graded:
    return judge_numbers(content, answer)


def plain(content: Numbers) -> Value:
    return plain_numbers(content)


def samples(answer: Answer) -> Samples:
    return array_samples(answer)


def example(length: int) -> str:
    """A vector as it may be written: `(1, 2, 3)`."""
    return f"({', '.join(map(str, range(1, min(length, 8) + 1)))}{', …' if length > 8 else ''})"


def flat_readings(found: Sequence[Reading[Array[Written]]], length: int) -> list[Reading[Numbers]]:
    """Rows and columns as vectors; those of the length expected, or else the first.

    Raises:
        Unreadable: if all are matrices of several rows and columns.
    """
    flat = [
        Reading(reading.content.reshaped((len(reading.content.cells),)), reading.remark)
        for reading in found
        if 1 in reading.content.shape
    ]
    if not flat:
        rows, columns = found[0].content.shape
        raise Unreadable(f"found a matrix of {rows} by {columns} numbers")
    return [reading for reading in flat if reading.content.shape == (length,)] or flat[:1]
