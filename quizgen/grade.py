"""A student's answers to one exercise, graded: each by itself, then with regard to each other.

Every answer has the same weight. A slip costs once: what follows from it is right. A slip in a step, which has no
points of its own, costs half of the first answer that follows from it.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any

from quizgen.answers.closeness import Closeness
from quizgen.answers.follow import Recomputation, Slip, follows
from quizgen.answers.kind import Reading
from quizgen.answers.kinds import read_best
from quizgen.answers.steps import step_answers
from quizgen.answers.verdict import SHARES, Graded, Verdict, graded
from quizgen.errors import QuizgenError, UsageError, did_you_mean
from quizgen.exercise import Answer, Exercise


@dataclass(frozen=True, slots=True)
class Result:
    """One asked quantity, or one step that was handed in.

    Attributes:
        symbol: LaTeX, without dollars; for a step its name.
        is_step: whether it is a step of the solution, which has no points of its own.
    """

    name: str
    symbol: str
    graded: Graded
    is_step: bool


@dataclass(frozen=True, slots=True)
class GradedExercise:
    """One exercise, graded.

    Attributes:
        id: of the exercise.
        results: by name: every asked quantity in the exercise's order, then the steps that were handed in.
        points: earned, in halves: all only if everything is right, none only if nothing is.
        max_points: what can be earned.
    """

    id: str
    results: Mapping[str, Result]
    points: float
    max_points: int

    @property
    def undecided(self) -> tuple[str, ...]:
        """The names of asked quantities that a person has to look at; they have earned nothing yet."""
        return tuple(r.name for r in self.results.values() if r.graded.verdict is Verdict.UNDECIDED and not r.is_step)


def grade(
    exercise: Exercise, answers: Mapping[str, object], *, recomputation: Recomputation | None = None
) -> GradedExercise:
    """Grades the answers to one exercise.

    Args:
        answers: by the names of asked quantities and, if the student shows them, of steps in `exercise.work`: text,
            numbers, or nested lists of them, as YAML and JSON have it. What is not there is missing.
        recomputation: the exercise's graph, from the question bank. Without it there are no marks for what follows
            from an earlier slip, and an answer with a condition is undecided unless it is the one that is printed.

    Raises:
        UsageError: for a name that the exercise does not have.
    """
    asked = {answer.name: answer for answer in exercise.answers}
    steps = {name: step for name, step in step_answers(exercise.work).items() if name not in asked}
    _refuse_unknown(exercise.id, answers, [*asked, *steps])
    entries = {name: _entry(answers.get(name), answer, is_step=False) for name, answer in asked.items()}
    entries |= {name: _entry(answers[name], step, is_step=True) for name, step in steps.items() if name in answers}
    _decide_conditions(entries, recomputation)
    _follow_slips(_in_order_of_work(entries, exercise), recomputation)
    shares = [entry.graded.points_share for entry in entries.values() if not entry.is_step]
    return GradedExercise(
        id=exercise.id,
        results={name: Result(name, e.answer.symbol, e.graded, e.is_step) for name, e in entries.items()},
        points=_points(shares, exercise.points),
        max_points=exercise.points,
    )


@dataclass(slots=True)
class _Entry:
    """An answer on its way to a verdict.

    Attributes:
        paid: for a slip, whether it has cost points already.
    """

    answer: Answer
    reading: Reading[Any] | None
    graded: Graded
    is_step: bool
    paid: bool = field(init=False)

    def __post_init__(self) -> None:
        self.paid = not self.is_step


def _refuse_unknown(exercise_id: str, answers: Mapping[str, object], known: list[str]) -> None:
    for name in answers:
        if name not in known:
            hint = did_you_mean(str(name)[:80], known) or f"; its quantities are {', '.join(known)}"
            raise UsageError(f"{exercise_id}: nothing is called '{str(name)[:80]}'{hint}")


def _entry(raw: object, answer: Answer, *, is_step: bool) -> _Entry:
    reading, result = read_best(raw, answer)
    return _Entry(answer, reading, result, is_step)


def _decide_conditions(entries: Mapping[str, _Entry], recomputation: Recomputation | None) -> None:
    """Grades answers for which whatever fulfils a condition is right; those with one condition belong together."""
    together: dict[str, dict[str, _Entry]] = {}
    for name, entry in entries.items():
        if entry.answer.condition is not None:
            together.setdefault(entry.answer.condition, {})[name] = entry
    for everything in together.values():
        group = {name: entry for name, entry in everything.items() if entry.reading is not None}
        as_shown = all(entry.graded.verdict is Verdict.RIGHT for entry in everything.values())
        if as_shown or not group:  # what the solution shows, or nothing at all
            continue
        found = _by_condition(group, recomputation)
        if found.verdict is not Verdict.RIGHT:
            found = _one_mistake(group) or found
        for entry in group.values():
            entry.graded = replace(found, value=entry.graded.value)


def _by_condition(group: Mapping[str, _Entry], recomputation: Recomputation | None) -> Graded:
    """The verdict on all answers of one condition, whatever each of them would be by itself."""
    if recomputation is None:
        says = "More than one answer is right here; this one was not decided without the question bank."
        return graded(Verdict.UNDECIDED, says)
    values = {name: entry.graded.value for name, entry in group.items() if entry.graded.value is not None}
    try:
        holds = recomputation.satisfies(next(iter(group)), values)
    except QuizgenError as error:
        return graded(Verdict.UNDECIDED, f"This could not be decided: {error}")
    return graded(Verdict.RIGHT, "") if holds else graded(Verdict.WRONG, "This does not do what is asked for.")


def _one_mistake(group: Mapping[str, _Entry]) -> Graded | None:
    """The known mistake that all answers together are; a value that is one mistake's beside others proves nothing."""
    slips = [entry for entry in group.values() if entry.graded.verdict is not Verdict.RIGHT]
    known = {_explanation(entry) for entry in slips}
    return slips[0].graded if slips and len(known) == 1 and None not in known else None


def _in_order_of_work(entries: Mapping[str, _Entry], exercise: Exercise) -> dict[str, _Entry]:
    """The entries as the solution computes them, so that a slip comes before what follows from it."""
    others = [name for name in entries if name not in exercise.work]
    places = {name: place for place, name in enumerate([*exercise.work, *others])}
    return dict(sorted(entries.items(), key=lambda item: places[item[0]]))


def _follow_slips(entries: Mapping[str, _Entry], recomputation: Recomputation | None) -> None:
    """Turns wrong answers that follow from an earlier slip, or from too coarse a rounding, into FOLLOWS."""
    earlier: dict[str, _Entry] = {}
    for name, entry in entries.items():
        if entry.graded.verdict is Verdict.TOO_FEW_DIGITS:
            earlier[name] = entry
        if not entry.graded.verdict.is_slip or entry.reading is None:
            continue
        causes, closeness = _causes(entry, entry.reading, earlier, recomputation)
        if causes:
            entry.graded = _following(entry, [earlier[cause] for cause in causes], closeness)
        else:
            earlier[name] = entry


def _causes(
    entry: _Entry, reading: Reading[Any], earlier: Mapping[str, _Entry], recomputation: Recomputation | None
) -> tuple[list[str], Closeness]:
    """The slips that an answer follows from, and how closely: one slip if one explains it, or else all."""
    if entry.answer.condition is not None:  # it was judged with all the others of its condition
        return [], Closeness.FAR
    if entry.graded.verdict is Verdict.MISTAKE:
        same = [name for name, cause in earlier.items() if _explanation(cause) == _explanation(entry)]
        if same:
            return same[:1], Closeness.CLOSE
    if recomputation is None:
        return [], Closeness.FAR
    found: tuple[list[str], Closeness] = ([], Closeness.FAR)
    slips = [slip for name, cause in earlier.items() if (slip := _slip(name, cause))]
    for together in [[slip] for slip in slips] + ([slips] if len(slips) > 1 else []):
        closeness = follows(reading, entry.answer, together, recomputation)
        if closeness > found[1]:
            found = ([slip.name for slip in together], closeness)
    return found


def _explanation(entry: _Entry) -> str | None:
    """What the known mistake is that was made; None if it was none."""
    if entry.graded.verdict is not Verdict.MISTAKE:
        return None
    return next(text for m in entry.answer.mistakes if entry.graded.says.startswith(text := str(m.says)))


def _slip(name: str, entry: _Entry) -> Slip | None:
    """The slip as numbers that can be put in; None for letters and formulas."""
    if entry.reading is None or entry.graded.value is None or isinstance(entry.graded.value, str):
        return None
    return Slip(name, entry.answer.kind, entry.reading, entry.graded.value)


def _following(entry: _Entry, causes: list[_Entry], closeness: Closeness) -> Graded:
    """The verdict, and what it costs: half where a slip is paid for now, or where there are too few digits."""
    unpaid = not any(cause.paid for cause in causes)
    share = SHARES[Verdict.FOLLOWS] if closeness is Closeness.CLOSE else SHARES[Verdict.TOO_FEW_DIGITS]
    names = " and ".join(
        f"${cause.answer.symbol}$" if not cause.is_step else f"`{cause.answer.name}`" for cause in causes
    )
    are = "is" if len(causes) == 1 else "are"
    says = f"This follows from your {names}, which {are} off; from there on the work is right."
    if unpaid and not entry.is_step:
        share /= 2
        for cause in causes:
            cause.paid = True
    return replace(entry.graded, verdict=Verdict.FOLLOWS, says=says, points_share=share)


def _points(shares: list[float], most: int) -> float:
    """The mean share of the points, to the nearest half, but all or none only where that is exact."""
    earned = most * math.fsum(shares) / len(shares) if shares else 0.0
    halves = math.floor(2 * earned + 0.5) / 2
    if 0 < earned < most and most >= 1:
        return min(max(halves, 0.5), most - 0.5)
    return halves


class _Callable(ModuleType):
    """A module that can be called: `quizgen.grade` names it, whoever imported it first."""

    def __call__(
        self, exercise: Exercise, answers: Mapping[str, object], *, recomputation: Recomputation | None = None
    ) -> GradedExercise:
        return grade(exercise, answers, recomputation=recomputation)


sys.modules[__name__].__class__ = _Callable
