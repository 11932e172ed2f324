"""Exams and flashcards on neural networks whose numbers are computed and proven, not typed in.

    bank = quizgen.load_bank()
    exercise = bank["lstm/forget-gate"].draw(seed=7, variant=0)
    exam = quizgen.make_exam(bank, topics=["cnn"], count=3, seed=7)
    quizgen.export(exam, "markdown", "midterm")
    quizgen.grade(exercise, {"g": "0.51"}).points

`quizgen.core` is the numeric core. The names are imported when they are first used: `quizgen --help` needs none.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quizgen import core
    from quizgen.bank import Bank, Question, load_bank
    from quizgen.exam import Exam, exam_from_code, make_exam
    from quizgen.exercise import Answer, Card, Exercise, Paper
    from quizgen.export import write as export
    from quizgen.grade import grade

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Bank",
    "Card",
    "Exam",
    "Exercise",
    "Paper",
    "Question",
    "core",
    "exam_from_code",
    "export",
    "grade",
    "load_bank",
    "make_exam",
]

_HOMES = {
    "Answer": "quizgen.exercise",
    "Bank": "quizgen.bank",
    "Card": "quizgen.exercise",
    "Exam": "quizgen.exam",
    "Exercise": "quizgen.exercise",
    "Paper": "quizgen.exercise",
    "Question": "quizgen.bank",
    "exam_from_code": "quizgen.exam",
    "load_bank": "quizgen.bank",
    "make_exam": "quizgen.exam",
}


def __getattr__(name: str) -> Any:
    if name in ("core", "export", "grade"):
        return import_module(f"quizgen.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'quizgen' has no attribute '{name}'")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
