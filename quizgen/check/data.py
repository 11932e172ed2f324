"""How students did, for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizgen.answers.clean import LONGEST_ANSWER
from quizgen.check.class_list import Student
from quizgen.check.sheet import SheetError
from quizgen.check.written import written
from quizgen.grade import GradedExercise, Result

SCHEMA = "quizgen.marks/1"


def as_data(student: Student) -> dict[str, Any]:
    """One student's marks as JSON has them; verdicts have the names of `quizgen.answers.Verdict`, in lower case;
    `written` is what the student wrote, `value` what was read of it, None where nothing could be.

    Whose file could not be read has `errors`, a list of sentences, and nothing else but the name.
    """
    if isinstance(student.marks, SheetError):
        return {"name": student.name, "errors": list(student.marks.faults)}
    marks, paper = student.marks, student.marks.sheet.paper
    return {
        "name": student.name,
        "file": marks.sheet.path,
        "code": paper.code,
        "version": paper.version,
        "points": marks.points,
        "max_points": marks.max_points,
        "percent": marks.percent,
        "exercises": [
            {
                "number": number,
                "title": paper.exercises[number - 1].title,
                **_exercise(graded, marks.sheet.answers.get(number - 1, {})),
            }
            for number, graded in enumerate(marks.exercises, 1)
        ],
    }


def _exercise(graded: GradedExercise, handed_in: Mapping[str, object]) -> dict[str, Any]:
    results = graded.results.values()
    return {
        "id": graded.id,
        "points": graded.points,
        "max_points": graded.max_points,
        "answers": [_result(result, handed_in) for result in results if not result.is_step],
        "steps": [_result(result, handed_in) for result in results if result.is_step],
    }


def _result(result: Result, handed_in: Mapping[str, object]) -> dict[str, Any]:
    graded = result.graded
    return {
        "name": result.name,
        "written": written(handed_in.get(result.name), LONGEST_ANSWER),
        "value": graded.value,
        "verdict": graded.verdict.name.lower(),
        "says": graded.says,
        "share": graded.points_share,
    }
