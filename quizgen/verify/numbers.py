"""Checks of the numbers: finite, right ones accepted, mistakes wrong and different, nothing degenerate."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from quizgen.exercise import Answer, Exercise
from quizgen.verify.subject import Subject, inside, numbers, numeric
from quizgen.verify.verdict import Fault, Verdict

#: In fewer variants an answer may be the same by chance.
_ENOUGH = 40
#: The share of variants in which an answer may have one and the same value.
_MOST = 0.9


def finite(subject: Subject, verdict: Verdict) -> Iterator[Fault]:  # noqa: ARG001 - all checks have one signature
    """Everything is a finite number, and none is minus zero."""
    for exercise in subject.exercises:
        values = {**exercise.given, **exercise.work, **{answer.name: answer.value for answer in exercise.answers}}
        for name, value in values.items():
            for number in numbers(value):
                if not math.isfinite(number):
                    yield Fault("finite", f"'{name}' is {number}", exercise.variant)
                elif number == 0 and math.copysign(1, number) < 0:
                    yield Fault("finite", f"'{name}' is minus zero", exercise.variant)


def accepted(subject: Subject, verdict: Verdict) -> Iterator[Fault]:  # noqa: ARG001
    """The right answer lies in the interval that counts as right, no mistake does."""
    for exercise in subject.exercises:
        for answer in numeric(exercise):
            if not inside(answer.value, answer):
                yield Fault(
                    "accept", f"'{answer.name}' = {answer.value} is not within {answer.accept}", exercise.variant
                )
            for mistake in answer.mistakes:
                if inside(mistake.value, answer):
                    message = f"'{answer.name}': the mistake's {mistake.value} counts as right"
                    yield Fault("mistakes", message, exercise.variant)


def mistakes_differ(subject: Subject, verdict: Verdict) -> Iterator[Fault]:  # noqa: ARG001
    """No answer lists a value twice, and there are two things at least to learn from."""
    path = subject.question.source.path
    for exercise in subject.exercises:
        for answer in exercise.answers:
            for one, other in combinations([answer.value, *(mistake.value for mistake in answer.mistakes)], 2):
                if one == other:
                    yield Fault("mistakes", f"'{answer.name}': {one} is listed twice", exercise.variant)
        if _lessons(exercise) < 2:
            yield Fault("mistakes", f"{path}: fewer than two mistakes or reasons apply", exercise.variant)
    yield from _never(subject)


def _never(subject: Subject) -> Iterator[Fault]:
    """Mistakes that no variant has: their `when` is never fulfilled."""
    source = subject.question.source
    if len(subject.exercises) < max(_ENOUGH, 3 * subject.question.forms):
        return
    forms = [subject.question.form(place).form for place in range(subject.question.forms)]
    possible = {mistake.says.line for form in forms for mistake in form.mistakes}
    for mistake in source.mistakes:
        if mistake.says.line not in possible:
            yield Fault("mistakes", f"{source.path}:{mistake.says.line}: this mistake applies to no form")


def _lessons(exercise: Exercise) -> int:
    told = {str(mistake.says) for answer in exercise.answers for mistake in answer.mistakes}
    told |= {str(c.says) for answer in exercise.answers for c in answer.choices if c.says and not c.right}
    ordered = any(answer.kind == "ordering" for answer in exercise.answers)  # its letters explain themselves
    return 2 if ordered else len(told)


def varied(subject: Subject, verdict: Verdict) -> Iterator[Fault]:  # noqa: ARG001
    """No answer is nearly always the same."""
    if len(subject.exercises) < _ENOUGH:
        return
    by_name: dict[str, list[Answer]] = {}
    for exercise in subject.exercises:
        for answer in exercise.answers:
            by_name.setdefault(answer.name, []).append(answer)
    for name, answers in by_name.items():
        if len(answers) < _ENOUGH or answers[0].kind in ("choice", "ordering", "text"):
            continue
        value, times = Counter(repr(answer.value) for answer in answers).most_common(1)[0]
        if times > _MOST * len(answers):
            path = subject.question.source.path
            yield Fault("degenerate", f"{path}: '{name}' is {value} in {times} of {len(answers)} variants")
