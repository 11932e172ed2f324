"""The exercises of a paper in the bank, to be run again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizgen.errors import BankError, DrawError
from quizgen.exercise import Paper

if TYPE_CHECKING:
    from quizgen.bank import Bank
    from quizgen.bank.replay import Replay


def replays(paper: Paper, bank: Bank) -> dict[int, Replay]:
    """By place in the paper, the exercises that the bank still draws with the same question and answers."""
    found = {}
    for place, exercise in enumerate(paper.exercises):
        question = bank.questions.get(exercise.id)
        if question is None:
            continue
        try:
            again = question.draw(seed=exercise.seed, variant=exercise.variant, confirmed=False)
        except (DrawError, BankError):  # the file of the question has changed since the paper was made
            continue
        same_answers = [(a.name, a.value) for a in again.answers] == [(a.name, a.value) for a in exercise.answers]
        if str(again.question) == str(exercise.question) and same_answers:
            found[place] = question.replay(seed=exercise.seed, variant=exercise.variant)
    return found
