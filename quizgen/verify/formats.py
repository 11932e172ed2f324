"""Checks of every format: each form can be exported, alone and with others, to all of them."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.errors import ExportError
from quizgen.exercise import Exercise, Paper
from quizgen.export import FORMATS, export
from quizgen.export.terminal import show
from quizgen.verify.subject import Subject
from quizgen.verify.verdict import Fault, Verdict

#: Drawing takes its time, and figures differ in numbers only.
_WITH_FIGURES = 3


def formats(subject: Subject, verdict: Verdict) -> Iterator[Fault]:  # noqa: ARG001 - all checks have one signature
    """Every variant can be written in every format that is installed; of those with figures, a few."""
    drawn = [exercise for exercise in subject.exercises if exercise.figures][:_WITH_FIGURES]
    exercises = [exercise for exercise in subject.exercises if not exercise.figures] + drawn
    for name, form in FORMATS.items():
        if not form.available:
            continue
        try:
            export(_paper(exercises, subject.seed), name)
        except ExportError:
            yield _first(exercises, name, subject.seed)
    for exercise in subject.exercises:
        try:
            show(exercise)
        except ExportError as error:
            yield Fault("formats", f"terminal: {error}", exercise.variant)


def _first(exercises: list[Exercise], name: str, seed: int) -> Fault:
    """The first variant that cannot be written."""
    for exercise in exercises:
        try:
            export(_paper([exercise], seed), name)
        except ExportError as error:
            return Fault("formats", f"{name}: {error}", exercise.variant)
    return Fault("formats", f"{name}: the variants can be written alone, but not together")


def _paper(exercises: list[Exercise], seed: int) -> Paper:
    return Paper("Every variant", "", seed, "", tuple(exercises))
