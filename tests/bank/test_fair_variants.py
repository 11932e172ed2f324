"""Variants that would be unfair are drawn again; what is kept, every honest way of computing agrees on."""

from __future__ import annotations

import math

import pytest
from questions import drawn, question

from quizgen.bank.program import DECISION, NOT_FINITE, REASONS, ROUNDING
from quizgen.bank.question import Question
from quizgen.errors import DrawError


def reasons(made: Question, variants: int = 60) -> set[str]:
    return {reason for reason, count in made.rejections(seed=1, variants=variants).items() if count}


def _clash(line: int) -> str:
    return f"the mistake in line {line} comes to the truth, or to what an earlier mistake comes to"


def test_a_step_that_depends_on_the_rounding_is_drawn_again() -> None:
    """a / 3 to 4 decimals, carried on and multiplied by 1000: the printed path is wrong from the first decimal on."""
    made = question(
        given="a = integer(1, 9)", work="z = a / 3\ny = 1000 * z", truth="y = 1000 * a / 3", ask="y: 1 decimal"
    )
    assert REASONS[ROUNDING] in reasons(made)
    for variant in range(20):
        assert drawn(made, 1, variant).given["a"] % 3 == 0  # type: ignore[operator]


def test_an_answer_on_the_edge_of_two_roundings_is_drawn_again() -> None:
    """Ties such as 0.125 to two decimals: half a unit of float noise decides."""
    made = question(given="a = number(0, 1, step=0.125)", work="y = a + 0", truth="y = a + 0", ask="y: 2 decimals")
    assert {drawn(made, 1, k).given["a"] for k in range(60)} <= {0.0, 0.25, 0.5, 0.75, 1.0}


def test_a_decision_that_depends_on_the_rounding_is_drawn_again() -> None:
    """z = a / 3 is printed as 0.3333, and 3 z > 0.9999 only in full."""
    made = question(
        given="a = integer(1, 4)",
        work='z = a / 3\ncase = "above" if 3 * z > a - 0.00001 else "below"\ny = 2 * a',
        ask="y: exact",
        solution="<< case >>",
    )
    assert REASONS[DECISION] in reasons(made)
    assert {drawn(made, 1, k).given["a"] for k in range(20)} == {2, 3}  # 3 · 0.6667 is above 2


def test_a_mistake_that_comes_to_the_truth_is_drawn_again() -> None:
    made = question(
        given="a = integer(0, 3)",
        work="y = 2 * a",
        truth="y = 2 * a",
        more="mistakes:\n  - wrong: y = a ** 2\n    says: square",
    )
    assert _clash(13) in reasons(made)
    assert {drawn(made, 1, k).given["a"] for k in range(20)} == {1, 3}  # at 0 and 2 doubling is squaring


def test_two_mistakes_that_come_to_one_value_are_drawn_again() -> None:
    made = question(
        given="a = integer(1, 4)",
        work="y = 10 * a",
        truth="y = 10 * a",
        more="mistakes:\n  - wrong: y = 2 * a\n    says: x\n  - wrong: y = a ** 2\n    says: y",
    )
    assert _clash(15) in reasons(made)
    assert {drawn(made, 1, k).given["a"] for k in range(20)} == {1, 3, 4}


def test_what_is_not_finite_is_drawn_again() -> None:
    made = question(given="a = integer(-1, 1)", work="y = 1 / a", truth="y = 1 / a", ask="y: 2 decimals")
    assert REASONS[NOT_FINITE] in reasons(made)
    assert {drawn(made, 1, k).given["a"] for k in range(20)} == {-1, 1}


def test_a_condition_of_the_file_is_told_by_its_line() -> None:
    made = question(given="a = integer(1, 4)", more="reject: |\n  a == 1\n  a > 3")
    assert {drawn(made, 1, k).given["a"] for k in range(20)} == {2, 3}
    assert reasons(made) == {"kept", "the condition in line 12", "the condition in line 13"}


def test_no_fair_draw_is_an_error_that_tells_the_reasons() -> None:
    made = question(
        given="a = integer(1, 3)",
        work="y = 2 * a",
        more="reject: |\n  a < 3\nmistakes:\n  - wrong: y = a + 3\n    says: x",
    )
    with pytest.raises(DrawError) as caught:
        drawn(made, 4, 2)
    message = str(caught.value)
    assert message.startswith("test/question: seed 4, variant 2: none of 500 draws is fair: the condition in line 12 (")
    assert f"; {_clash(15)} (" in message
    assert "mend what is named, or take other ranges" in message


def test_every_honest_way_comes_to_the_asked_answer() -> None:
    """Full precision, the printed numbers, and rounding after every key: for what was kept, all the same."""
    made = question(
        given="a = number(-2, 2, step=0.1)\nb = number(0.1, 2, step=0.1)",
        work="z = a / b\ne = exp(z)\ny = e / (1 + e)",
        truth="y = exp(a / b) / (1 + exp(a / b))",
        ask="y: 3 decimals",
        more="reject: |\n  abs(z) > 5",
        solution="<< y.steps >>",
    )
    for variant in range(100):
        exercise = drawn(made, 1, variant)
        a, b = exercise.given["a"], exercise.given["b"]
        full = 1 / (1 + math.exp(-a / b))  # type: ignore[operator]
        z = round(a / b, 5)  # type: ignore[operator]
        e = round(math.exp(z), 5)
        printed, keys = e / (1 + e), e / round(1 + e, 5)
        assert {f"{value:.3f}" for value in (full, printed, keys)} == {f"{exercise.answers[0].value:.3f}"}
