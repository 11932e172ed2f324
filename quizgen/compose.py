"""From a blueprint to an exam: questions for each section, in about the minutes that are wanted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizgen.blueprint import Blueprint, SectionPlan
from quizgen.choose import candidates, choose, select_topics
from quizgen.code import Selection, decode
from quizgen.errors import UsageError
from quizgen.exam import Exam, draw, usable_seed, usable_versions
from quizgen.exercise import Section

if TYPE_CHECKING:
    from quizgen.bank import Bank, Question

#: The estimated minutes may be this far from those wanted; a choice this close ends the search.
TOLERANCE, CLOSE = 0.1, 0.02
#: How many choices of questions are looked at, at most.
_CHOICES = 60


def exam_from_blueprint(
    bank: Bank,
    blueprint: Blueprint,
    *,
    seed: int | None = None,
    versions: int | None = None,
    title: str | None = None,
    code: str | None = None,
) -> Exam:
    """Choose questions as a blueprint wants them, and draw them.

    Where the blueprint says how long the exam should take, questions are chosen anew until the estimate is near.

    Args:
        seed: None: a fresh one.
        versions, title: in place of the blueprint's.
        code: of an exam that was made with this blueprint: the same questions and numbers again.

    Raises:
        UsageError: if a topic or question is unknown, if a question is named twice, if there are too few questions
            for a section, or if no choice comes near the minutes wanted; and if the code does not fit.
        DrawError, BankError: if a question cannot be drawn.
    """
    slots = _slots(bank, blueprint)
    if code is None:
        seed = usable_seed(seed)
        questions = _chosen(slots, blueprint, seed)
        ids = tuple(question.id for question in questions)
        versions = usable_versions(blueprint.versions if versions is None else versions)
        selection = Selection(seed, versions, len(ids), ids=ids)
    else:
        selection = decode(code, bank)
        questions = [bank[name] for name in selection.ids]
        if not _fit(questions, slots):
            raise UsageError("the code was not made with this blueprint, whose sections ask for other questions")
    sections = [Section(plan.title, plan.instructions, plan.count, plan.points) for plan in blueprint.sections]
    title = blueprint.title or None if title is None else title
    return draw(bank, selection, questions, title=title, instructions=blueprint.instructions, sections=sections)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A section that is to be filled.

    Attributes:
        missing: how many exercises come from the pool, besides the questions named.
        pool: what fits, without what any section names.
    """

    plan: SectionPlan
    named: Sequence[Question]
    missing: int
    pool: Sequence[Question]


def _slots(bank: Bank, blueprint: Blueprint) -> list[_Slot]:
    """The sections with what each can hold; faults are told with the section's line."""
    found = []
    named: set[str] = set()
    for plan in blueprint.sections:
        try:
            questions = [bank[name] for name in plan.questions]
            pool = candidates(bank, select_topics(plan.topics, bank.topics), plan.levels)
        except UsageError as error:
            raise UsageError(f"{blueprint.path}:{plan.line}: {error}") from None
        for question in questions:
            if question.id in named:
                where = f"{blueprint.path}:{plan.line}"
                raise UsageError(f"{where}: the question '{question.id}' is named twice; an exam asks a question once")
            named.add(question.id)
        found.append(_Slot(plan, questions, plan.count - len(questions), pool))
    return [replace(slot, pool=[question for question in slot.pool if question.id not in named]) for slot in found]


def _chosen(slots: Sequence[_Slot], blueprint: Blueprint, seed: int) -> list[Question]:
    """The first choice whose estimated minutes are close to those wanted, or else the nearest of many."""
    nearest: list[Question] = []
    away = math.inf
    known: dict[str, float] = {}
    for attempt in range(_CHOICES):
        questions = _choice(slots, blueprint.path, f"{seed} {attempt}")
        if blueprint.minutes is None:
            return questions
        distance = abs(_minutes(questions, seed, known) / blueprint.minutes - 1)
        if distance < away:
            nearest, away = questions, distance
        if away <= CLOSE:
            return nearest
    if away > TOLERANCE:
        found = _minutes(nearest, seed, known)
        cure = "fewer exercises, or lower levels" if found > (blueprint.minutes or 0) else "more, or higher levels"
        raise UsageError(
            f"{blueprint.path}: an exam of {blueprint.minutes} minutes is wanted, but the nearest choice of questions "
            f"takes about {found:.0f}; ask for {cure}"
        )
    return nearest


def _minutes(questions: Sequence[Question], seed: int, known: dict[str, float]) -> float:
    """The estimate for version A; `known` is that of questions which were looked at before."""
    for question in questions:
        if question.id not in known:
            known[question.id] = question.draw(seed=seed, variant=0, confirmed=False).minutes
    return sum(known[question.id] for question in questions)


def _choice(slots: Sequence[_Slot], path: str, lots: str) -> list[Question]:
    """Questions for all sections, each question once."""
    used: set[str] = set()
    chosen: list[Question] = []
    for place, slot in enumerate(slots):
        pool = [question for question in slot.pool if question.id not in used]
        if slot.missing > len(pool):
            plan, there = slot.plan, len(pool) + len(slot.named)
            raise UsageError(
                f"{path}:{plan.line}: section {repr(plan.title) if plan.title else place + 1}: {plan.count} exercises "
                f"are wanted, but the bank has only {there} that fit and are not in another section"
            )
        found = choose(pool, slot.missing, f"{lots} {place}")
        used.update(question.id for question in found)
        chosen += [*slot.named, *found]
    return chosen


def _fit(questions: Sequence[Question], slots: Sequence[_Slot]) -> bool:
    """Whether a choice of questions could have been made for these sections."""
    if len(questions) != sum(slot.plan.count for slot in slots):
        return False
    rest = list(questions)
    for slot in slots:
        named, found = rest[: len(slot.named)], rest[len(slot.named) : slot.plan.count]
        rest = rest[slot.plan.count :]
        if named != list(slot.named) or not all(question in slot.pool for question in found):
            return False
    return True
