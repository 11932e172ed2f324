"""A number: `0.27`, `.5`, `5e-1`, `1/3`, `1.5·10^-3`, `2^-3`, `sqrt(2)/2`, `0,5`, `51 %`."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.answers.array import Array
from quizgen.answers.clean import mathematical
from quizgen.answers.habits import number_samples
from quizgen.answers.judging import Numbers, judge_numbers, plain_numbers
from quizgen.answers.kind import Reading, Samples, expecting
from quizgen.answers.spelling import numbers
from quizgen.answers.verdict import Graded
from quizgen.exercise import Answer, Value


def read(text: str, answer: Answer) -> Sequence[Reading[Numbers]]:
    with expecting(f"a number {answer.format}, such as {_example(answer)}"):
        found = numbers(mathematical(text))
        return [Reading(Array((), (reading.content,)), reading.remark) for reading in found]


def judge(content: Numbers, answer: Answer) -> Graded:
    return judge_numbers(content, answer)


def plain(content: Numbers) -> Value:
    return plain_numbers(content)


def samples(answer: Answer) -> Samples:
    return number_samples(answer)


def _example(answer: Answer) -> str:
    """A number with the places asked for that is not the answer."""
    places = 2 if answer.decimals is None else answer.decimals
    if answer.digits is not None:
        places = answer.digits - 1
    first, second = (f"{example:.{places}f}" for example in (1.23456789, 2.34567891))
    return second if float(first) == answer.value else first
