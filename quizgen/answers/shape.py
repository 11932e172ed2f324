"""A shape: `(28, 28, 8)`, `28x28x8`, `28 × 28 × 8`, `28 by 28 by 8`, `28, 28, 8`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizgen.answers.array import array_of
from quizgen.answers.clean import Unreadable, mathematical
from quizgen.answers.grid import grids
from quizgen.answers.habits import shape_samples
from quizgen.answers.judging import Numbers, judge_numbers, plain_numbers
from quizgen.answers.kind import Reading, Samples, expecting
from quizgen.answers.vector import example, flat_readings
from quizgen.answers.verdict import Graded, Verdict, graded
from quizgen.exercise import Answer, Value

_TIMES = re.compile(r"(?<=\d)\s*(?:[xX*]|by)\s*(?=\d)")


def read(text: str, answer: Answer) -> Sequence[Reading[Numbers]]:
    length = len(array_of(answer.value).cells)
    with expecting(f"a shape, such as {example(length)}"):
        found = flat_readings(grids(_TIMES.sub(", ", mathematical(text)), whole=True), length)
        for number in found[0].content.cells:
            if number.value.denominator != 1 or number.value < 0:
                raise Unreadable(f"found {float(number.value):g} in a shape, which has whole numbers only")
        return found


def judge(content: Numbers, answer: Answer) -> Graded:
    result = judge_numbers(content, answer)
    if result.verdict is Verdict.ORDER:
        return graded(
            Verdict.ORDER, "The right numbers, in another order. Look what the exercise lists first.", result.value
        )
    return result


def plain(content: Numbers) -> Value:
    return plain_numbers(content)


def samples(answer: Answer) -> Samples:
    return shape_samples(answer)
