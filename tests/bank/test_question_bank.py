"""Every question of the bank, found by itself: it verifies without a fault, whatever it asks.

A new question file needs no line here. `tests/bank/test_recomputed.py` recomputes the answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from math_core import LatexToMathML

from quizgen.bank import Bank, Question, load_bank
from quizgen.exercise import Exercise
from quizgen.verify import Verdict, verify

BANK: Bank = load_bank()
SEED = 4
VARIANTS = 40

each_question = pytest.mark.parametrize("question", BANK.questions.values(), ids=list(BANK.questions))


@cache
def verdict(question: Question) -> Verdict:
    return verify(question, seed=SEED, variants=VARIANTS)


def texts(exercise: Exercise) -> Iterator[str]:
    """Everything about an exercise that someone reads."""
    yield from map(str, (exercise.question, *exercise.hints, exercise.solution, *exercise.conventions))
    for answer in exercise.answers:
        yield from (str(mistake.says) for mistake in answer.mistakes)
        for choice in answer.choices:
            yield str(choice.text)
            yield str(choice.says or "")


def formulas(text: str) -> Iterator[tuple[str, bool]]:
    """The mathematics of a text, and whether it is set off."""
    for match in re.finditer(r"\$\$(.+?)\$\$|\$(.+?)\$", re.sub(r"`[^`]*`", "", text), re.DOTALL):
        yield match[1] or match[2], match[1] is not None


def test_the_bank_has_no_fault() -> None:
    assert not BANK.faults, "\n".join(map(str, BANK.faults))
    assert BANK.questions


@each_question
def test_it_verifies(question: Question) -> None:
    found = verdict(question)
    told = [f"{fault.check}: {fault.message}\n  {found.reproduce(fault)}" for fault in found.faults]
    assert not told, "\n".join(told)
    assert found.variants == VARIANTS


def test_the_proof_reader_decides_nearly_everything_and_notices_nearly_every_change() -> None:
    found = [verdict(question) for question in BANK.questions.values()]
    relations, decided = sum(v.relations for v in found), sum(v.decided for v in found)
    changed, caught = sum(v.changed for v in found), sum(v.caught for v in found)
    undecided = {v.id: v.relations - v.decided for v in found if v.decided < v.relations}
    assert relations > 1000
    assert decided / relations >= 0.99, undecided
    assert changed > 1000
    assert caught / changed >= 0.97, {v.id: f"{v.caught}/{v.changed}" for v in found if v.caught < 0.95 * v.changed}


@each_question
def test_the_mathematics_is_valid_latex(question: Question) -> None:
    strict = LatexToMathML()
    for variant in range(3 * question.forms):
        exercise = question.draw(seed=SEED, variant=variant, confirmed=False)
        symbols = [(answer.symbol, False) for answer in exercise.answers if answer.symbol]
        for source, display in [*symbols, *(pair for text in texts(exercise) for pair in formulas(text))]:
            strict.convert_with_local_state(source, displaystyle=display)
