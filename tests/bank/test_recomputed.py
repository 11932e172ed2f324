"""The answers of the bank, recomputed from `exam.json` alone by programs that know nothing of quizgen.

Each question has a function in `recompute/table.py`, written from the words of the question with NumPy, SciPy, autograd
or fractions; some have a second one with PyTorch in `recompute/pytorch.py`, which runs where PyTorch is installed.

What a picture shows is recomputed in `tests/figures/test_figure_questions.py`; a question without a line in the table
is confirmed by the core alone.

Each question is drawn in every form, and 25 times at least; QUIZGEN_RECOMPUTED_VARIANTS=1000 draws more.
"""

from __future__ import annotations

import os
from copy import deepcopy
from functools import cache
from importlib.util import find_spec
from typing import Any

import pytest
from recompute import pytorch
from recompute.marking import complaints
from recompute.reading import Exercise, Oracle, exercises_of
from recompute.table import ORACLES

from quizgen.bank import Bank, load_bank
from quizgen.exercise import Paper
from quizgen.export import export

VARIANTS = int(os.environ.get("QUIZGEN_RECOMPUTED_VARIANTS", "25"))
SEED = 20

BANK: Bank = load_bank()


@cache
def drawn(question_id: str) -> list[Exercise]:
    """The variants of a question, by way of an exam in JSON, as a third party gets them."""
    question = BANK[question_id]
    variants = [question.draw(seed=SEED, variant=k) for k in range(max(VARIANTS, question.forms))]
    return exercises_of(export(Paper(question_id, "", SEED, "", tuple(variants)), "json")["exam.json"])


def check(question_id: str, oracle: Oracle, *, all_of_them: bool) -> None:
    for exercise in drawn(question_id):
        found = complaints(exercise, oracle(exercise), all_of_them=all_of_them)
        where = f"{question_id}, seed {SEED}, variant {exercise['variant']}, {exercise['form']}"
        assert not found, "\n".join([where, *found, f"given {exercise['given']}"])


@pytest.mark.parametrize("question_id", ORACLES)
def test_answers_are_recomputed(question_id: str) -> None:
    check(question_id, ORACLES[question_id], all_of_them=True)


@pytest.mark.skipif(find_spec("torch") is None, reason="PyTorch is not installed")
@pytest.mark.parametrize("question_id", pytorch.ORACLES)
def test_answers_are_those_of_pytorch(question_id: str) -> None:
    check(question_id, pytorch.ORACLES[question_id], all_of_them=False)


@pytest.mark.parametrize("question_id", ORACLES)
def test_a_wrong_key_is_noticed(question_id: str) -> None:
    """The comparison itself: each answer in turn made wrong, by one unit of the last place or by another letter."""
    exercise = drawn(question_id)[0]
    expected = ORACLES[question_id](exercise)
    for place in range(len(exercise["answers"])):
        spoiled = deepcopy(exercise)
        spoil(spoiled["answers"][place])
        assert complaints(spoiled, expected), f"{question_id}: {spoiled['answers'][place]}"


def spoil(answer: Exercise) -> None:
    if answer["kind"] == "choice":
        answer["value"] = next(line["letter"] for line in answer["choices"] if not line["right"])
        for line in answer["choices"]:
            line["right"] = line["letter"] == answer["value"]
    elif answer["kind"] == "text":
        answer["value"], answer["synonyms"] = answer["mistakes"][0]["value"], []
    elif answer.get("condition"):  # far from everything that could fulfil it
        answer["value"] = [-1000 for _ in answer["value"]] if isinstance(answer["value"], list) else -1000
    elif answer["kind"] == "formula":
        answer["value"] = answer["mistakes"][0]["value"]
        answer["mistakes"] = []
    else:
        last = answer, answer  # the last number of an array, or the only one
        keys: tuple[Any, Any] = ("value", "accept")
        while isinstance(last[0][keys[0]], list):
            last, keys = (last[0][keys[0]], last[1][keys[1]]), (-1, -1)
        low, high = last[1][keys[1]]
        unit = (high - low) or 1
        last[0][keys[0]] += unit
        last[1][keys[1]] = [low + unit, high + unit]


def test_every_oracle_has_its_question() -> None:
    gone = (ORACLES.keys() | pytorch.ORACLES.keys()) - BANK.questions.keys()
    assert not gone, f"the bank has no question {sorted(gone)}: rename or remove these lines of tests/bank/recompute"
