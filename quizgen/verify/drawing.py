"""Checks of drawing: every form compiles, the core agrees, draws repeat themselves, and enough of them differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from time import process_time

from quizgen.bank.question import Question
from quizgen.errors import BankError, DrawError
from quizgen.exercise import Exercise, Paper
from quizgen.export import export
from quizgen.verify.subject import Subject
from quizgen.verify.verdict import Fault, Verdict, told_once

#: How many different variants a question must have at least, unless its file says why there are fewer.
DISTINCT = 200

#: How many variants are drawn, at most, in search of that many.
SEARCHED = 3000

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")


def draw_all(question: Question, seed: int, variants: int, verdict: Verdict) -> tuple[Exercise, ...]:
    """Draws variants, each confirmed by the core; a fault that many variants show is told once."""
    faults = []
    exercises = []
    for variant in range(variants):
        try:
            exercises.append(question.draw(seed=seed, variant=variant))
        except BankError as error:
            faults.append((str(error), Fault("draw", str(error), variant)))
        except DrawError as error:  # its numbers are those of one variant
            faults.append((_NUMBER.sub("", str(error)), Fault("draw", str(error), variant)))
    verdict.faults += told_once(faults)
    verdict.variants = len(exercises)
    return tuple(exercises)


def forms(question: Question, verdict: Verdict) -> Iterator[Fault]:
    """Every form compiles."""
    try:
        verdict.forms = question.forms
    except BankError as error:
        yield Fault("forms", str(error))
        return
    told = set()
    for place in range(question.forms):
        try:
            question.form(place)
        except BankError as error:
            if str(error) not in told:
                told.add(str(error))
                yield Fault("forms", str(error))


def same_again(subject: Subject, verdict: Verdict) -> Iterator[Fault]:
    """A question read anew draws the same bytes, in another order; the time that takes is measured."""
    question = Question(subject.question.id, subject.question.source)
    for place in range(question.forms):  # compiled before the clock starts
        question.form(place)
    for exercise in reversed(subject.exercises[: 2 * question.forms]):
        question.draw(seed=subject.seed, variant=exercise.variant, confirmed=False)
    start = process_time()
    again = [
        question.draw(seed=subject.seed, variant=exercise.variant, confirmed=False)
        for exercise in reversed(subject.exercises)
    ]
    written = [(str(exercise.question), str(exercise.solution)) for exercise in again]
    verdict.microseconds = (process_time() - start) / max(len(written), 1) * 1e6
    for first, second in zip(subject.exercises, reversed(again), strict=True):
        if _bytes(first) != _bytes(second):
            yield Fault("deterministic", "drawn again it is another exercise", first.variant)
            return


def _bytes(exercise: Exercise) -> bytes:
    return export(Paper("", "", exercise.seed, "", (exercise,)), "json")["exam.json"]


def distinct(subject: Subject, verdict: Verdict) -> Iterator[Fault]:
    """Enough variants differ in what the question says."""
    found = {exercise.told for exercise in subject.exercises}
    verdict.distinct = len(found)
    question, variant = subject.question, len(subject.exercises)
    while len(found) < DISTINCT and variant < SEARCHED:
        found.add(question.draw(seed=subject.seed, variant=variant, confirmed=False).told)
        variant += 1
    verdict.distinct = len(found)
    if len(found) < DISTINCT and not question.source.fewer:
        yield Fault(
            "distinct",
            f"{question.source.path}: {len(found)} different variants; {DISTINCT} are expected, "
            "or the key 'fewer' with the reason",
        )


def kept(subject: Subject, verdict: Verdict) -> Iterator[Fault]:
    """At most half of the draws are rejected."""
    counts = subject.question.rejections(seed=subject.seed, variants=max(len(subject.exercises), 100))
    total = sum(counts.values())
    verdict.kept = counts["kept"] / total
    if verdict.kept <= 0.5:
        why = "; ".join(f"{reason}: {count}" for reason, count in Counter(counts).most_common() if reason != "kept")
        yield Fault("rejection", f"{subject.question.source.path}: {1 - verdict.kept:.0%} of draws rejected: {why}")
