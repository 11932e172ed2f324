"""How students did, for programs."""

from __future__ import annotations

from typing import Any

from quizgen.check.class_list import Student
from quizgen.check.sheet import SheetError
from quizgen.grade import GradedExercise, Result

SCHEMA = "quizgen.marks/1"


def as_data(student: Student) -> dict[str, Any]:
    """One student's marks as JSON has them; verdicts have the names of `quizgen.answers.Verdict`, in lower case.

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
            {"number": number, "title": paper.exercises[number - 1].title, **_exercise(graded)}
            for number, graded in enumerate(marks.exercises, 1)
        ],
    }


def _exercise(graded: GradedExercise) -> dict[str, Any]:
    results = graded.results.values()
    return {
        "id": graded.id,
        "points": graded.points,
        "max_points": graded.max_points,
        "answers": [_result(result) for result in results if not result.is_step],
        "steps": [_result(result) for result in results if result.is_step],
    }


def _result(result: Result) -> dict[str, Any]:
    graded = result.graded
    return {
        "name": result.name,
        "value": graded.value,
        "verdict": graded.verdict.name.lower(),
        "says": graded.says,
        "share": graded.points_share,
    }
