"""Checks of grading: answers made by each answer kind, right, wrong and malformed, are graded as such."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.answers import Verdict as Outcome
from quizgen.answers import grade_answer, samples
from quizgen.exercise import Answer, Exercise
from quizgen.grade import grade
from quizgen.verify.subject import Subject
from quizgen.verify.verdict import Fault, Verdict

#: In so many variants every sample is graded, in the others the right answer and the mistakes.
_THOROUGH = 10


def graded(subject: Subject, verdict: Verdict) -> Iterator[Fault]:
    """Every kind grades what it makes itself: right answers as right, mistakes with their explanation, and so on."""
    for place, exercise in enumerate(subject.exercises):
        for answer in exercise.answers:
            for text, expected in _expectations(answer, thorough=place < _THOROUGH):
                verdict.graded += 1
                found = grade_answer(text, answer)
                if found.verdict not in expected:
                    message = f"'{answer.name}': {text!r} counts as {found.verdict}, expected {' or '.join(expected)}"
                    yield Fault("grading", message, exercise.variant)
        yield from _whole(subject, exercise)


def _whole(subject: Subject, exercise: Exercise) -> Iterator[Fault]:
    """Whoever hands in the key has all points, with or without the question bank."""
    key = {answer.name: answer.value for answer in exercise.answers}
    replay = subject.question.replay(seed=exercise.seed, variant=exercise.variant)
    for recomputation in (replay, None):
        found = grade(exercise, key, recomputation=recomputation)
        if found.points != found.max_points:
            wrong = [result.name for result in found.results.values() if result.graded.points_share < 1]
            yield Fault(
                "grading", f"the key itself earns {found.points} of {found.max_points}: {wrong}", exercise.variant
            )
            return


def _expectations(answer: Answer, *, thorough: bool) -> Iterator[tuple[str, tuple[Outcome, ...]]]:
    made = samples(answer)
    if not thorough:
        yield made.right[0], (Outcome.RIGHT,)
    else:
        yield from ((text, (Outcome.RIGHT,)) for text in made.right)
        yield from ((text, _NOT_RIGHT) for text in made.wrong)
        yield from ((text, (Outcome.UNREADABLE,)) for text in made.malformed)
    if answer.condition is None:
        yield from ((text, (Outcome.MISTAKE,)) for text in made.mistaken)


_NOT_RIGHT = (Outcome.MISTAKE, Outcome.TRANSPOSED, Outcome.SIGN, Outcome.ORDER, Outcome.WRONG, Outcome.UNDECIDED)
