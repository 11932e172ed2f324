"""Drawing: from (question, seed, variant) to an exercise that is complete, and the same for ever."""

from __future__ import annotations

import json
import math
from dataclasses import asdict

import numpy as np
import pytest
from questions import drawn, question

from quizgen.bank.question import Question
from quizgen.errors import BankError
from quizgen.exercise import Exercise

GATE = {
    "given": "x = vector(D, -2, 2, step=0.5)\nw = vector(D, -2, 2, step=0.5)\nb = number(-1, 1, step=0.1)",
    "work": "z = w @ x + b\ny = sigmoid(z)",
    "truth": "y = sigmoid(w @ x + b)",
    "ask": "y: 2 decimals",
    "more": "vary: {D: [2, 3, 4]}\nreject: |\n  abs(z) > 4\nmistakes:\n  - wrong: y = tanh(z)\n"
    "    says: Gates << y.symbol >>.\n"
            "  - wrong: z = w @ x\n    says: The bias $<< b.value >>$ is missing.",
    "text": "Given << x >>, << w >>, << b >>.",
    "solution": "<< z.steps >>\n<< y.steps >>",
}  # fmt: skip


def gate(question_id: str = "test/gate") -> Question:
    return question(question_id, **GATE)


def test_the_same_seed_and_variant_are_the_same_exercise() -> None:
    def document(exercise: Exercise) -> str:
        return json.dumps(asdict(exercise), default=str, sort_keys=True)

    assert document(drawn(gate(), 5, 3)) == document(drawn(gate(), 5, 3))
    assert document(drawn(gate(), 5, 3)) != document(drawn(gate(), 6, 3))
    assert document(drawn(gate(), 5, 3)) != document(drawn(gate("test/other"), 5, 3))


def test_the_order_in_which_variants_are_drawn_does_not_matter() -> None:
    forwards, backwards = gate(), gate()
    first = [str(drawn(forwards, 2, k).question) for k in range(8)]
    last = [str(drawn(backwards, 2, k).question) for k in reversed(range(8))]
    assert first == last[::-1]


def test_variants_of_one_seed_are_different() -> None:
    made = gate()
    assert len({str(drawn(made, 1, k).question) for k in range(60)}) == 60


def test_forms_are_balanced_and_come_again_after_a_round() -> None:
    made = gate()
    assert made.forms == 3
    for seed in range(5):
        sizes = [drawn(made, seed, k).form["D"] for k in range(12)]
        assert sizes[:3] == sizes[3:6] == sizes[6:9] == sizes[9:]
        assert sorted(sizes[:3]) == [2, 3, 4]  # type: ignore[type-var]


def test_the_order_of_forms_depends_on_the_seed() -> None:
    made = gate()
    assert len({tuple(drawn(made, seed, k).form["D"] for k in range(3)) for seed in range(30)}) == 6


def test_a_condition_on_the_form_rules_forms_out() -> None:
    made = question(given="a = number(1, 9)", more="vary: {D: [1, 2, 3], E: [1, 2]}\nreject: |\n  D == E")
    assert made.forms == 4
    assert all(drawn(made, 1, k).form["D"] != drawn(made, 1, k).form["E"] for k in range(8))


def test_every_form_may_not_be_ruled_out() -> None:
    made = question(more="vary: {D: [1, 2]}\nreject: |\n  D > 0")
    with pytest.raises(BankError, match="rules out every form"):
        drawn(made)


def test_there_is_a_bound_on_forms() -> None:
    many = ", ".join(map(str, range(30)))
    with pytest.raises(BankError, match="900 forms are too many, at most 500"):
        drawn(question(more=f"vary: {{D: [{many}], E: [{many}]}}"))


def test_an_exercise_is_complete_and_true() -> None:
    made = gate()
    for variant in range(30):
        exercise = drawn(made, 3, variant)
        x, w, b = (np.array(exercise.given[name]) for name in "xwb")
        z = float(w @ x + b)
        assert abs(z) <= 4
        assert exercise.work["z"] == pytest.approx(z, abs=1e-9)
        assert exercise.work["y"] == pytest.approx(1 / (1 + math.exp(-z)), abs=5e-5)
        (answer,) = exercise.answers
        assert answer.value == pytest.approx(1 / (1 + math.exp(-z)), abs=5e-3)
        assert (answer.kind, answer.decimals, answer.digits, answer.format) == ("number", 2, None, "to 2 decimals")
        assert answer.accept == [pytest.approx(answer.value - 0.005), pytest.approx(answer.value + 0.005)]  # type: ignore[operator]


def test_each_mistake_follows_through_and_says_why() -> None:
    for variant in range(30):
        exercise = drawn(gate(), 3, variant)
        x, w, b = (np.array(exercise.given[name]) for name in "xwb")
        tanh, no_bias = exercise.answers[0].mistakes
        assert tanh.value == pytest.approx(math.tanh(float(w @ x + b)), abs=5.1e-3)
        assert no_bias.value == pytest.approx(1 / (1 + math.exp(-float(w @ x))), abs=5.1e-3)
        assert str(tanh.says) == "Gates $y$."
        assert str(no_bias.says) == f"The bias ${exercise.given['b']:g}$ is missing."


def test_a_mistake_of_some_forms_only() -> None:
    made = question(
        given="a = number(1, 9)",
        work="y = D * a",
        truth="y = D * a",
        more="vary: {D: [2, 3]}\nmistakes:\n  - wrong: y = a\n    says: x\n    when: D > 2",
    )
    assert {drawn(made, 1, k).form["D"]: len(drawn(made, 1, k).answers[0].mistakes) for k in range(2)} == {2: 0, 3: 1}


def test_several_quantities_are_asked_for_each_with_its_own_mistakes() -> None:
    made = question(
        given="a = number(1, 9)",
        work="z = 2 * a\ny = z + 1\nv = [a, z]",
        truth="z = 2 * a\ny = 2 * a + 1\nv = [a, 2 * a]",
        ask="z: integer\ny: exact\nv: 1 decimal",
        more="mistakes:\n  - wrong: y = z - 1\n    says: sign",
        solution="x",
    )
    z, y, v = drawn(made).answers
    a = drawn(made).given["a"]
    assert (z.kind, z.value, z.mistakes) == ("integer", 2 * a, ())  # type: ignore[operator]
    assert (y.value, y.mistakes[0].value) == (2 * a + 1, 2 * a - 1)  # type: ignore[operator]
    assert (v.kind, v.value, v.mistakes) == ("vector", [a, 2 * a], ())  # type: ignore[operator]


def test_loops_make_families_that_can_be_asked_for() -> None:
    made = question(
        given="for l in range(1, 3):\n    W[l] = matrix(2, 2, -2, 2)\nx = vector(2, 1, 3)",
        work="h[0] = 1 * x\nfor l in range(1, 3):\n    h[l] = relu(W[l] @ h[l - 1])\ns = sum(h[2])",
        truth="h[0] = x\nfor l in range(1, 3):\n    h[l] = relu(W[l] @ h[l - 1])\ns = sum(h[2])",
        ask="h[2]: exact\ns: integer",
        text="x",
        solution="<< h[2].steps >>",
    )
    exercise = drawn(made)
    W = [np.array(exercise.given[f"W[{k}]"]) for k in (1, 2)]
    h = np.maximum(W[1] @ np.maximum(W[0] @ np.array(exercise.given["x"]), 0), 0)
    assert exercise.answers[0].value == h.tolist()
    assert (exercise.answers[1].kind, exercise.answers[1].value) == ("integer", h.sum())


def test_what_is_asked_for_as_a_whole_number_is_an_int() -> None:
    made = question(
        given="a = number(0, 3, step=0.5)", work="y = floor(a) + 1", truth="y = a // 1 + 1", ask="y: integer"
    )
    assert all(type(drawn(made, 1, k).answers[0].value) is int for k in range(10))
