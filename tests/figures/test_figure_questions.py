"""The questions with pictures: what the pictures show is what the key says, by another way than the question's."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.signal import correlate2d

from quizgen.bank import Bank, load_bank
from quizgen.core.training import train_mlp
from quizgen.exercise import Exercise, Figure

SEED = 11
VARIANTS = 60


@cache
def bank() -> Bank:
    return load_bank()


def drawn(question_id: str, variants: int = VARIANTS) -> list[Exercise]:
    return [bank()[question_id].draw(seed=SEED, variant=k) for k in range(variants)]


def pictures(exercise: Exercise) -> list[tuple[bool, Figure]]:
    """The lines to tick that are pictures: whether they are right, and what they show."""
    by_name = {figure.name: figure for figure in exercise.figures}
    (answer,) = exercise.answers
    found = []
    for choice in answer.choices:
        name = str(choice.text).rsplit("](", 1)[1].removesuffix(")")
        found.append((choice.right, by_name[name]))
    return found


def separable(X: Any, y: Any) -> bool:
    """Whether y (w · x + b) ≥ 1 has a solution, by linear programming."""
    X, y = np.array(X, dtype=float), np.sign(np.array(y, dtype=float))
    rows = -y[:, None] * np.column_stack([X, np.ones(len(X))])
    return bool(linprog(np.zeros(3), A_ub=rows, b_ub=-np.ones(len(X)), bounds=[(None, None)] * 3).success)


def test_one_of_the_data_sets_is_separable() -> None:
    for exercise in drawn("perceptron/separable", 200):
        for right, figure in pictures(exercise):
            X = figure.arguments["X"]
            assert isinstance(X, list)
            assert len({tuple(x) for x in X}) == len(X)  # type: ignore[arg-type]
            assert separable(X, figure.arguments["y"]) == right


def test_the_right_picture_is_what_the_kernel_makes() -> None:
    for exercise in drawn("cnn/edge-kernel"):
        rows = str(exercise.question).split("pmatrix}")[1].removesuffix("\\end{").split("\\\\")
        kernel = np.array([[float(number) for number in row.split("&")] for row in rows])
        image = next(f.arguments["image"] for f in exercise.figures if "kernel" not in f.arguments)
        expected = correlate2d(np.array(image), kernel, mode="valid")
        for right, figure in pictures(exercise):
            assert figure.arguments["image"] == image
            shown = correlate2d(np.array(image), np.array(figure.arguments["kernel"]), mode="valid")
            assert np.array_equal(shown, expected) == right


def test_the_three_runs_do_what_the_key_says() -> None:
    for exercise in drawn("training/loss-curves", 30):
        (figure,) = exercise.figures
        given: Any = dict(figure.arguments)
        rates = given.pop("rates")
        courses = [train_mlp(alpha=rate, epochs=40, **given).losses for rate in rates]
        grown = [k for k, losses in enumerate(courses, 1) if losses[-1] > 2 * losses[0]]
        slow = [k for k, losses in enumerate(courses, 1) if 0.6 * losses[0] < losses[-1] < losses[0]]
        fine = [k for k, losses in enumerate(courses, 1) if losses[-1] < 0.2 * losses[0]]
        assert (grown, slow) == ([exercise.form["high"]], [exercise.form["low"]])
        assert len(fine) == 1
        (right,) = (str(choice.text) for choice in exercise.answers[0].choices if choice.right)
        assert f"by 10 in run {grown[0]}," in right
        assert f"2 to 5 in run {slow[0]}," in right


@pytest.mark.parametrize("variant", range(9))
def test_the_fit_is_as_the_key_says(variant: int) -> None:
    exercise = bank()["training/fit-curves"].draw(seed=SEED, variant=variant)
    (figure,) = exercise.figures
    a: Any = dict(figure.arguments)
    run = train_mlp(
        a["X"], a["y"], a["weights"], a["biases"], a["activations"], a["alpha"], 300,
        "binary_cross_entropy", a["X_val"], a["y_val"],
    )  # fmt: skip
    last, validation, lowest = run.losses[-1], run.validation_losses[-1], min(run.validation_losses)
    case = "under" if last > 0.35 else "over" if validation > 1.3 * lowest else "good"
    assert case == exercise.form["run"]
    (right,) = (str(choice.text) for choice in exercise.answers[0].choices if choice.right)
    assert right.startswith({"under": "It underfits. Take", "over": "It overfits. Stop", "good": "Neither"}[case])


def test_the_boundary_is_the_line_that_is_drawn() -> None:
    for exercise in drawn("perceptron/decision-boundary"):
        question, solution = exercise.figures
        m, c, d = (answer.value for answer in exercise.answers)
        w, b, p = (np.array(solution.arguments[name], dtype=float) for name in ("w", "b", "point"))
        assert "w" not in question.arguments
        seen = [*question.arguments["X"], question.arguments["point"]]  # type: ignore[misc]
        assert len({tuple(x) for x in seen}) == 6  # type: ignore[arg-type]
        on_the_line = np.array([[0, -b / w[1]], [1, -(b + w[0]) / w[1]]])
        direction = on_the_line[1] - on_the_line[0]
        assert abs(direction[1] - m) <= 0.005 + 1e-9  # type: ignore[operator]
        assert abs(on_the_line[0][1] - c) <= 0.005 + 1e-9  # type: ignore[operator]
        across = p - on_the_line[0]
        distance = abs(across[0] * direction[1] - across[1] * direction[0]) / np.hypot(*direction)
        assert abs(distance - d) <= 0.005 + 1e-9
        assert np.isclose(np.array(solution.arguments["foot"], dtype=float) @ w + b, 0)
        assert np.array_equal(
            np.sign(np.array(question.arguments["X"]) @ w + b), np.sign(np.array(question.arguments["y"]))
        )


def test_the_network_is_drawn_with_the_weights_of_the_key() -> None:
    for exercise in drawn("dense/network-graph"):
        W: Any = exercise.figures[0].arguments["weights"]
        b: Any = exercise.figures[0].arguments["biases"]
        h = np.array(W[0]) @ np.array(exercise.given["x"]) + np.array(b[0])
        h = np.maximum(h, 0) if exercise.form["f"] == "relu" else h
        assert np.isclose((np.array(W[1]) @ h + b[1])[0], exercise.answers[0].value)


def test_the_box_that_is_asked_for() -> None:
    right = {"f": "forget", "i": "input", "g": "proposal", "o": "output"}
    for exercise in drawn("lstm/cell-diagram", 24):
        numbers: Any = exercise.figures[0].arguments["numbers"]
        box = "figo"[numbers.index(exercise.work["k"])]
        assert exercise.form["box"] == box
        (choice,) = (str(choice.text) for choice in exercise.answers[0].choices if choice.right)
        assert right[box] in choice
