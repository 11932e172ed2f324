"""Steps of a solution as answers: the numeric ones, whatever else is in the work."""

from __future__ import annotations

import pytest

from quizgen.answers import Verdict, grade_answer
from quizgen.answers.steps import step_answers
from quizgen.exercise import Value


@pytest.mark.parametrize("other", [True, False, [True, False], [[1, True]], "relu", ["a", "b"], [[[1.0]]]])
def test_steps_that_are_no_numbers_are_left_out(other: Value) -> None:
    steps = step_answers({"stable": other, "z": 0.0412})
    assert list(steps) == ["z"]
    assert grade_answer("0.04", steps["z"]).verdict is Verdict.RIGHT


def test_steps_have_the_kind_of_their_shape() -> None:
    steps = step_answers({"n": 3, "z": 0.0412, "v": [1, 2], "W": [[1.5, 2.0]]})
    assert [step.kind for step in steps.values()] == ["integer", "number", "vector", "matrix"]
