"""Choices among texts and among numbers; branches; answers that are formulas."""

from __future__ import annotations

from collections import Counter

import pytest
from questions import drawn, question

from quizgen.errors import BankError

CHOICES = """choices:
  - text: It grows by << a.value >>.
    right: case == "up"
    says: Yes.
  - text: It falls.
    right: case == "down"
  - text: It stays.
    right: false
"""
DIAGNOSIS = {
    "given": "a = integer(-4, 4, nonzero=True)", "work": 'case = "up" if a > 0 else "down"', "truth": "",
    "ask": "verdict: choice",
    "more": CHOICES, "text": "It changes by << a.value >>.", "solution": "It is << letters >>.",
}  # fmt: skip


def test_the_right_line_depends_on_the_numbers() -> None:
    made = question(**DIAGNOSIS)
    for variant in range(20):
        exercise = drawn(made, 1, variant)
        (answer,) = exercise.answers
        assert answer.kind == "choice"
        assert [choice.letter for choice in answer.choices] == ["A", "B", "C"]
        (right,) = (choice for choice in answer.choices if choice.right)
        assert answer.value == right.letter
        assert str(right.text).startswith("It grows" if exercise.given["a"] > 0 else "It falls")  # type: ignore[operator]
        assert str(exercise.solution) == f"It is {right.letter}."
        assert answer.format == "Tick one"


def test_what_a_line_says_stays_with_it() -> None:
    for variant in range(10):
        for choice in drawn(question(**DIAGNOSIS), 1, variant).answers[0].choices:
            assert (str(choice.says) == "Yes.") == str(choice.text).startswith("It grows")


def test_the_right_letter_is_each_one_equally_often() -> None:
    made = question(**DIAGNOSIS)
    counts = Counter(made.draw(seed=1, variant=k).answers[0].value for k in range(900))
    assert all(240 < counts[letter] < 360 for letter in "ABC")  # 300 expected, standard deviation 14


def test_several_lines_can_be_right() -> None:
    made = question(**{**DIAGNOSIS, "more": CHOICES.replace("right: false", "right: true")})
    (answer,) = drawn(made).answers
    assert len(str(answer.value)) == 2
    assert answer.format == "Tick all that apply"


def test_no_right_line_is_a_fault() -> None:
    made = question(
        **{**DIAGNOSIS, "more": CHOICES.replace('case == "down"', "false").replace('case == "up"', "false")}
    )
    with pytest.raises(BankError, match="none is right"):
        drawn(made)


def test_a_choice_among_numbers_offers_the_truth_and_each_mistake() -> None:
    made = question(
        given="a = integer(2, 40)",
        work="y = 2 * a + 1",
        truth="y = 2 * a + 1",
        ask="y: choice",
        more="mistakes:\n  - wrong: y = 2 * a\n    says: one\n  - wrong: y = a + 1\n    says: two\n"
        "  - wrong: y = 2 * (a + 1)\n    says: three",
        solution="<< y.steps >> It is << letters >>.",
    )
    seen: Counter[object] = Counter()
    for variant in range(400):
        exercise = drawn(made, 1, variant)
        (answer,) = exercise.answers
        a = exercise.given["a"]
        says = {str(choice.text): choice.says and str(choice.says) for choice in answer.choices}
        assert says == {f"${2 * a + 1}$": None, f"${2 * a}$": "one", f"${a + 1}$": "two", f"${2 * (a + 1)}$": "three"}  # type: ignore[operator]
        (right,) = (choice for choice in answer.choices if choice.right)
        assert str(right.text) == f"${2 * a + 1}$"  # type: ignore[operator]
        assert right.letter == answer.value
        assert str(exercise.solution).endswith(f"It is {answer.value}.")
        seen[answer.value] += 1
    assert all(60 < seen[letter] < 140 for letter in "ABCD")  # 100 expected, standard deviation 9


def test_only_the_branch_taken_is_printed() -> None:
    made = question(
        given="g = number(1, 9)\nv = number(3, 5)",
        work="y = v * g / 10 if g > v else g",
        truth="y = min(g, v * g / 10) if g > v else g",
        ask="y: exact",
        text="x",
        solution="<< y.steps >>",
    )
    seen = set()
    for variant in range(30):
        exercise = made.draw(seed=1, variant=variant, confirmed=False)
        clipped = exercise.given["g"] > exercise.given["v"]  # type: ignore[operator]
        assert (r"\frac" in str(exercise.solution)) is clipped
        seen.add(clipped)
    assert seen == {True, False}


FORMULA = {
    "given": "w = number(-3, 3, step=0.5, nonzero=True)\nb = number(1, 3)\nx = free(-2, 2)",
    "work": "z = w * x + b\nd = w * sigmoid_prime(z)",
    "truth": "f(t) = sigmoid(w * t + b)\nd = gradient(f, 0, x)",
    "ask": "d: formula in x",
    "more": "mistakes:\n  - wrong: d = sigmoid_prime(z)\n    says: The inner derivative.",
    "text": "Given << w >> and << b >>.", "solution": "<< d.formula >>",
}  # fmt: skip


def test_a_formula_that_is_asked_for_is_written_as_a_keyboard_has_it() -> None:
    made = question(**FORMULA)
    for variant in range(10):
        exercise = drawn(made, 1, variant)
        (answer,) = exercise.answers
        w, b = exercise.given["w"], exercise.given["b"]
        assert str(answer.value).replace(" ", "") == f"{w:g}*sigmoid_prime({w:g}*x+{b})"
        assert answer.mistakes[0].value == str(answer.value).split("*", 1)[1]
        assert (answer.kind, answer.accept, answer.format) == ("formula", None, "a formula in x")
        assert "x" not in exercise.given
        assert "d" not in exercise.work


def test_what_depends_on_a_letter_is_asked_for_as_a_formula() -> None:
    with pytest.raises(BankError, match="formula in x"):
        drawn(question(**{**FORMULA, "ask": "d: 2 decimals"}))
