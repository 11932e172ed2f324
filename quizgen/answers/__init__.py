"""What is asked for, and which answers count as right: read, judge, explain, and make samples.

    graded = grade_answer("1/3", answer)
    graded.verdict, graded.says, graded.points_share

The names are imported when they are first used: drawing exercises needs `quizgen.answers.asked` only.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quizgen.answers.clean import Unreadable
    from quizgen.answers.follow import Recomputation
    from quizgen.answers.kind import AnswerKind, Reading, Samples
    from quizgen.answers.kinds import KINDS, grade_answer, samples
    from quizgen.answers.verdict import Graded, Verdict

__all__ = [
    "KINDS",
    "AnswerKind",
    "Graded",
    "Reading",
    "Recomputation",
    "Samples",
    "Unreadable",
    "Verdict",
    "grade_answer",
    "samples",
]

_HOMES = {
    "KINDS": "kinds",
    "AnswerKind": "kind",
    "Graded": "verdict",
    "Reading": "kind",
    "Recomputation": "follow",
    "Samples": "kind",
    "Unreadable": "clean",
    "Verdict": "verdict",
    "grade_answer": "kinds",
    "samples": "kinds",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'quizgen.answers' has no attribute '{name}'")
    return getattr(import_module(f"quizgen.answers.{_HOMES[name]}"), name)
