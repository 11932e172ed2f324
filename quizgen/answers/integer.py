"""A whole number: `14`, `1,000`, `1 000`, `1e5`, `14.0`, `2^10`, `n = 14`."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.answers.array import Array
from quizgen.answers.clean import mathematical
from quizgen.answers.habits import number_samples
from quizgen.answers.judging import Numbers, judge_numbers, plain_numbers
from quizgen.answers.kind import Reading, Samples, expecting
from quizgen.answers.spelling import numbers
from quizgen.answers.verdict import Graded, Verdict, graded
from quizgen.exercise import Answer, Value


def read(text: str, answer: Answer) -> Sequence[Reading[Numbers]]:
    with expecting("a whole number, such as " + ("14" if answer.value != 14 else "15")):
        found = numbers(mathematical(text), whole=True)
        return [Reading(Array((), (reading.content,)), reading.remark) for reading in found]


def judge(content: Numbers, answer: Answer) -> Graded:
    result = judge_numbers(content, answer)
    if result.verdict is Verdict.WRONG and content.cells[0].value.denominator != 1:
        return graded(Verdict.WRONG, "A whole number is asked for.", result.value)
    return result


def plain(content: Numbers) -> Value:
    return plain_numbers(content)


def samples(answer: Answer) -> Samples:
    return number_samples(answer)
