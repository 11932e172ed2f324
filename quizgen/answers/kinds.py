"""The kinds of answers, and what is done with an answer of any kind: read it, judge it, make samples of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizgen.answers import choice, formula, integer, matrix, number, ordering, shape, text, vector
from quizgen.answers.clean import Unreadable, as_text
from quizgen.answers.kind import AnswerKind, Reading, Samples
from quizgen.answers.verdict import Graded, Verdict, graded
from quizgen.exercise import Answer, Kind

KINDS: Mapping[Kind, AnswerKind[Any]] = {
    "integer": integer,
    "number": number,
    "vector": vector,
    "matrix": matrix,
    "shape": shape,
    "formula": formula,
    "choice": choice,
    "ordering": ordering,
    "text": text,
}

#: From the best verdict to the worst: of the ways to read an answer the one that is best for the student counts.
_BEST_FIRST = list(Verdict)


def read_best(raw: object, answer: Answer) -> tuple[Reading[Any] | None, Graded]:
    """Reads and judges one answer by itself.

    Args:
        raw: what was handed in: text, a number, nested lists of them, or None.

    Returns:
        The reading that counts, None where there is none, and its verdict.
    """
    kind = KINDS[answer.kind]
    try:
        handed_in = as_text(raw)
        if not handed_in.strip():
            return None, graded(Verdict.MISSING, "")
        readings = kind.read(handed_in, answer)
    except Unreadable as error:
        return None, graded(Verdict.UNREADABLE, str(error))
    judged = [(reading, kind.judge(reading.content, answer)) for reading in readings]
    reading, result = min(judged, key=lambda pair: _BEST_FIRST.index(pair[1].verdict))
    says = " ".join(filter(None, (result.says, reading.remark)))
    return reading, Graded(result.verdict, says, result.points_share, result.value)


def grade_answer(raw: object, answer: Answer) -> Graded:
    """The verdict on one answer by itself, as `read_best`."""
    return read_best(raw, answer)[1]


def samples(answer: Answer) -> Samples:
    """Right, wrong, malformed and mistaken answers, as texts, made by the answer's kind."""
    return KINDS[answer.kind].samples(answer)
