"""`accept`: everything that fulfils the conditions is right, and the solution shows one such answer."""

from __future__ import annotations

import pytest
from questions import drawn, question

from quizgen.bank.question import Question
from quizgen.errors import BankError, DrawError


def padding(**parts: str) -> Question:
    """Which padding makes a window of side f keep an output of at least m?"""
    return question(**{
        "given": "x = integer(10, 30)\nm = integer(4, 8)",
        "work": "p = 2\nn = x - 5 + 2*p",
        "truth": "n = 1 * conv_output_size(x, 5, padding=p) - 1",
        "ask": "p: integer",
        "more": "accept: |\n  n >= m\nmistakes:\n  - wrong: p = -8\n    says: Padding is never negative.",
        "text": "<< x >>, << m >>: find << p.symbol >>.",
        "solution": "<< p.steps >>\n<< n.steps >>",
        **parts,
    })  # fmt: skip


def test_the_condition_takes_the_place_of_the_interval() -> None:
    answer = drawn(padding()).answers[0]
    assert answer.value == 2
    assert answer.accept is None
    assert answer.condition == "n = x - 5 + 2 * p\n(n >= m)"
    assert [mistake.value for mistake in answer.mistakes] == [-8]


def test_other_answers_that_fulfil_it_are_accepted() -> None:
    made = padding()
    exercise = drawn(made)
    replay = made.replay(seed=1, variant=0)
    assert isinstance(exercise.given["x"], int | float)
    assert isinstance(exercise.given["m"], int | float)
    for p in range(-9, 9):
        assert replay.satisfies("p", {"p": p}) is (exercise.given["x"] - 5 + 2 * p >= exercise.given["m"])


def test_a_solution_that_does_not_fulfil_it_is_never_handed_out() -> None:
    with pytest.raises(DrawError, match="the solution itself does not fulfil 'accept'"):
        drawn(padding(work="p = -9\nn = x - 5 + 2*p"))


def test_a_mistake_must_break_it() -> None:
    with pytest.raises(DrawError, match="the mistake in line"):
        drawn(padding(more="accept: |\n  n >= m\nmistakes:\n  - wrong: p = 3\n    says: That is right as well."))


def test_the_core_must_be_asked_for_something() -> None:
    with pytest.raises(BankError, match="the core is to confirm what 'accept' looks at"):
        drawn(padding(truth="q = 3"))


def test_the_core_refuses_a_wrong_step_behind_the_answer() -> None:
    with pytest.raises(DrawError, match="the core computes n"):
        drawn(padding(truth="n = conv_output_size(x, 5, padding=p)"))


def test_a_condition_on_something_else_is_a_fault() -> None:
    with pytest.raises(BankError, match="no condition under 'accept' depends on what is asked for"):
        drawn(padding(more="accept: |\n  x > m"))


def test_what_the_conditions_do_not_speak_of_has_its_interval() -> None:
    made = padding(ask="p: integer\nq: integer", work="p = 2\nn = x - 5 + 2*p\nq = x + m",
                   truth="n = x - 5 + 2*p\nq = m + x", solution="<< p.steps >>\n<< q.steps >>")  # fmt: skip
    first, second = drawn(made).answers
    assert first.condition
    assert first.accept is None
    assert second.condition is None
    assert second.accept == [second.value, second.value]
