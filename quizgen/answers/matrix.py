r"""A matrix: `[[1, 2], [3, 4]]`, `[1 2; 3 4]`, lines of numbers, `\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}`."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.answers.array import array_of
from quizgen.answers.clean import Unreadable, mathematical
from quizgen.answers.grid import grids
from quizgen.answers.habits import array_samples
from quizgen.answers.judging import Numbers, judge_numbers, plain_numbers
from quizgen.answers.kind import Reading, Samples, expecting
from quizgen.answers.verdict import Graded
from quizgen.errors import counted
from quizgen.exercise import Answer, Value


def read(text: str, answer: Answer) -> Sequence[Reading[Numbers]]:
    shape = array_of(answer.value).shape
    rows, columns = shape
    with expecting(f"{counted(rows, 'row')} of {counted(columns, 'number')}, such as {_example(rows, columns)}"):
        found = grids(mathematical(text))
        fitting = [Reading(grid.content, grid.remark) for grid in found if grid.content.shape == shape]
        if not fitting and 1 in shape:  # its brackets are easily left out
            flat = [grid for grid in found if 1 in grid.content.shape and len(grid.content.cells) == rows * columns]
            fitting = [Reading(grid.content.reshaped(shape), grid.remark) for grid in flat]
        turned = [grid for grid in found if grid.content.shape == (columns, rows)]
        if not fitting and not turned and found[0].content.shape[0] == 1 < rows:
            numbers = counted(found[0].content.shape[1], "number")
            raise Unreadable(f"found {numbers} in one row, and no sign of where a row ends")
        return fitting or turned or found[:1]


def judge(content: Numbers, answer: Answer) -> Graded:
    return judge_numbers(content, answer)


def plain(content: Numbers) -> Value:
    return plain_numbers(content)


def samples(answer: Answer) -> Samples:
    return array_samples(answer)


def _example(rows: int, columns: int) -> str:
    """A matrix as it may be written: `[1 2; 3 4]`; a large one is cut."""
    shown = [
        " ".join(str(i * columns + j + 1) for j in range(min(columns, 5))) + (" …" if columns > 5 else "")
        for i in range(min(rows, 3))
    ]
    return f"[{'; '.join(shown)}{'; …' if rows > 3 else ''}]"
