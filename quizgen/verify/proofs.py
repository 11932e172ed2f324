"""Checks by the proof reader: every printed relation, and whether a changed number would be noticed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgen.exercise import Exercise
from quizgen.proof import read
from quizgen.proof.mutate import mutate
from quizgen.verify.subject import Subject
from quizgen.verify.verdict import Fault, Verdict

_DIGIT = re.compile(r"\d")


def relations(subject: Subject, verdict: Verdict) -> Iterator[Fault]:
    """Nothing that is printed is false; how much could be decided is counted."""
    decimals = subject.question.source.carry.decimals or 4
    for exercise in subject.exercises:
        for text in (_solved(exercise), *map(str, exercise.hints)):
            report = read(text, decimals=decimals)
            sure = len(report.true) + len(report.false)
            verdict.relations += sure + len(report.undecided)
            verdict.decided += sure
            verdict.false += len(report.false)
            for relation in report.false:
                yield Fault("proof", f"{relation}", exercise.variant)
            for relation in report.relations:
                same = relation.operator == "=" and relation.left.strip() == relation.right.strip()
                if same and not _DIGIT.search(relation.left):  # two stages may print the same numbers
                    message = f"the same stands on both sides: {relation.left} = {relation.right}"
                    yield Fault("proof", message, exercise.variant)


def _solved(exercise: Exercise) -> str:
    return f"{exercise.question}\n\n{exercise.solution}"


def mutations(subject: Subject, verdict: Verdict) -> Iterator[Fault]:
    """One displayed number of each solution is changed; how often the reader notices is counted.

    A change that is not noticed is no fault: what then stands there may still be true.
    """
    for exercise in subject.exercises:
        changed = mutate(str(exercise.solution), exercise.variant)
        if changed is None:
            continue
        verdict.changed += 1
        before, after = (_complaints(subject, exercise, text) for text in (str(exercise.solution), changed.text))
        verdict.caught += after > before
    yield from ()


def _told(exercise: Exercise) -> str:
    """Everything that stands there before the solution."""
    choices = [str(choice.text) for answer in exercise.answers for choice in answer.choices]
    return "\n\n".join([str(exercise.question), *exercise.conventions, *choices])


def _complaints(subject: Subject, exercise: Exercise, solution: str) -> int:
    """How much is wrong with a solution: what is false, what cannot be decided, and numbers from nowhere."""
    values = {**exercise.form, **exercise.given, **exercise.work}
    answers = {answer.symbol: answer.value for answer in exercise.answers if answer.accept is not None}
    report = read(
        solution,
        context=_told(exercise),
        values={name: value for name, value in values.items() if not isinstance(value, str)},
        answers=answers,
        decimals=subject.question.source.carry.decimals or 4,
    )
    return len(report.false) + len(report.undecided) + len(report.strays)
