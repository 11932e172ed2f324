"""Right answers and known wrong ones, written as LaTeX: numbers, vectors, matrices, letters."""

from __future__ import annotations

import math

from quizgen.errors import ExportError
from quizgen.exercise import Answer, Value
from quizgen.numerals import places_text


def latex_value(value: Value, answer: Answer) -> str:
    """A value of `answer` (the right one, or that of a mistake) as LaTeX mathematics.

    A list is a column vector, or a shape such as (28, 28, 8); a list of lists is a matrix, row by row. Numbers have the
    decimals that are asked for.

    Raises:
        ExportError: for a number that is not finite, and for text, which is for `plain_value` to write.
    """
    if isinstance(value, str):
        raise ExportError(f"the answer {answer.name!r} mixes numbers with the text {value!r}")
    if not isinstance(value, list):
        return _number(value, answer)
    if answer.kind == "shape":
        sides = ", ".join(latex_value(side, answer) for side in value)
        return f"({sides},)" if len(value) == 1 else f"({sides})"
    rows = [row if isinstance(row, list) else [row] for row in value]
    lines = " \\\\ ".join(" & ".join(latex_value(cell, answer) for cell in row) for row in rows)
    return f"\\begin{{pmatrix}} {lines} \\end{{pmatrix}}"


def is_number(value: Value) -> bool:
    """Whether the value is made of numbers, and so is written as mathematics."""
    if isinstance(value, list):
        return all(map(is_number, value))
    return not isinstance(value, str)


def plain_value(value: Value) -> str:
    """A value that is not a number as words: the text itself, or the letters `A, C`."""
    return ", ".join(map(plain_value, value)) if isinstance(value, list) else str(value)


def _number(value: int | float, answer: Answer) -> str:
    if not math.isfinite(value):
        raise ExportError(f"the answer {answer.name!r} holds {value}, which is not a number that can be printed")
    return places_text(value, decimals=answer.decimals, digits=answer.digits)
