"""From a blueprint to an exam: questions for each section, in about the minutes that are wanted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizgen.blueprint import Blueprint
from quizgen.choose import candidates, choose, select_topics
from quizgen.code import Selection, decode
from quizgen.errors import UsageError
from quizgen.exam import Exam, draw, usable_seed
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
        UsageError: if a topic or question is unknown, if there are too few questions for a section, or if no choice
            comes near the minutes wanted; and if the code does not fit.
        DrawError, BankError: if a question cannot be drawn.
    """
    if code is None:
        seed = usable_seed(seed)
        questions = _chosen(bank, blueprint, seed)
        ids = tuple(question.id for question in questions)
        selection = Selection(seed, versions or blueprint.versions, len(ids), ids=ids)
    else:
        selection = decode(code, bank)
        wanted = sum(section.count for section in blueprint.sections)
        if len(selection.ids) != wanted:
            raise UsageError(f"the code was not made with this blueprint, which has {wanted} exercises")
        questions = [bank[name] for name in selection.ids]
    sections = [Section(plan.title, plan.instructions, plan.count, plan.points) for plan in blueprint.sections]
    title = blueprint.title if title is None else title
    return draw(bank, selection, questions, title=title, instructions=blueprint.instructions, sections=sections)


def _chosen(bank: Bank, blueprint: Blueprint, seed: int) -> list[Question]:
    """The first choice whose estimated minutes are close to those wanted, or else the nearest of many."""
    nearest: list[Question] = []
    away = math.inf
    for attempt in range(_CHOICES):
        questions = _choice(bank, blueprint, f"{seed} {attempt}")
        if blueprint.minutes is None:
            return questions
        distance = abs(_minutes(questions, seed) / blueprint.minutes - 1)
        if distance < away:
            nearest, away = questions, distance
        if away <= CLOSE:
            return nearest
    if away > TOLERANCE:
        found = _minutes(nearest, seed)
        cure = "fewer exercises, or lower levels" if found > (blueprint.minutes or 0) else "more, or higher levels"
        raise UsageError(
            f"{blueprint.path}: an exam of {blueprint.minutes} minutes is wanted, but the nearest choice of questions "
            f"takes about {found:.0f}; ask for {cure}"
        )
    return nearest


def _minutes(questions: Sequence[Question], seed: int) -> float:
    """The estimate for version A."""
    return sum(question.draw(seed=seed, variant=0).minutes for question in questions)


def _choice(bank: Bank, blueprint: Blueprint, lots: str) -> list[Question]:
    """Questions for all sections, each question once."""
    used = {bank[name].id for plan in blueprint.sections for name in plan.questions}
    chosen: list[Question] = []
    for place, plan in enumerate(blueprint.sections):
        pool = [
            question
            for question in candidates(bank, select_topics(plan.topics, bank.topics), plan.levels)
            if question.id not in used
        ]
        missing = plan.count - len(plan.questions)
        if missing > len(pool):
            raise UsageError(
                f"{blueprint.path}:{plan.line}: section '{plan.title}': {plan.count} exercises are wanted, but the "
                f"bank has only {len(pool) + len(plan.questions)} that fit and are not in another section"
            )
        found = choose(pool, missing, f"{lots} {place}")
        used.update(question.id for question in found)
        chosen += [bank[name] for name in plan.questions] + found
    return chosen
