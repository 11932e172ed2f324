"""What a student is told: the explanation that fits, symbols as they were typed, matrices with their rows."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quizgen.proof.known import Known, KnownMistake
from quizgen.proof.slips import exchanged
from quizgen.proof.student import Fault, check

NEURON = Known(
    question=r"With $\mathbf{w} = (2, 1)^\top$, $b = 1.5$ and the stride $s = 1$, read $\mathbf{x} = (1, 3)^\top$.",
    solution=r"$z = \mathbf{w} \cdot \mathbf{x} + b = 2 + 3 + 1.5 = 6.5$, $g_f = \sigma(z) \approx 0.9985$",
    given={"w": [2, 1], "b": 1.5, "s": 1, "x": [1, 3]},
    steps={"z": 6.5, "g_f": 0.9985},
    symbols={"w": r"\mathbf{w}", "x": r"\mathbf{x}", "b": "b", "s": "s", "z": "z", "g_f": "g_f"},
)

#: w_2 = -0.82 under the mistake, and after another slip, too. `u` belongs to another form of the question.
DESCENT = Known(
    question=r"Descend on $f(x) = 2 (x - 1)^2$ from $x_0 = 3$.",
    given={"u": [2, 3]},
    steps={"g[1]": 1, "w[1]": -0.9, "w[2]": -0.98},
    symbols={"u": r"\mathbf{g}_1", "g[1]": "g_1", "w[1]": "w_1", "w[2]": "w_2"},
    mistakes=(KnownMistake("The factor belongs to the derivative, too.", {"g[1]": 0.5, "w[1]": -0.5, "w[2]": -0.82}),),
)

WIDTH = Known(
    question=r"What is the largest possible $H$?",
    solution=r"$H_{\max} = \frac{-41 + 204}{4} = 40.75$, so $H = 40$.",
    steps={"H_max": 40.75, "H": 40},
    symbols={"H_max": r"H_{\max}", "H": "H"},
)


def first(text: str, known: Known) -> Fault:
    fault = check(text, known).first
    assert fault is not None
    return fault


@pytest.mark.parametrize("text", ["z = 4*(2.5 - 2) + 3 = 5", "z = 6.5 = 7.25", "z = 5.8"])
def test_a_function_that_changes_nothing_explains_nothing(text: str) -> None:
    assert "another function" not in first(text, NEURON).says


def test_another_function_is_recognised() -> None:
    assert first("z = 6.5\ng_f = 665.14", NEURON).says == "This is the value of exp; another function belongs here."


def test_a_number_of_the_question_is_not_put_in_by_mistake() -> None:
    known = Known("The probability is $0.4$, with $C = 4$ classes.", given={"C": 4}, steps={"l": 0.9163})
    assert first("l = -ln(0.4) = 0.9363", known).says == ""


@pytest.mark.parametrize(
    ("wrong", "right", "is_exchanged"),
    [("0.45", "0.54", True), ("0.05", "0.5", True), ("2.1", "1.2", True), ("0.4", "4", False), ("4", "0.4", False)],
)
def test_two_digits_are_exchanged_but_no_point_is_moved(wrong: str, right: str, is_exchanged: bool) -> None:
    assert exchanged(Fraction(wrong), Fraction(right)) is is_exchanged


def test_only_a_summand_of_the_formula_is_left_out() -> None:
    assert first("z = 2*1 + 1*3 = 5", NEURON).says == "The term b is left out, or counted twice."
    assert first("z = 2*1 + 1*3 + 1.5 = 5.5", NEURON).says == ""  # s is 1 by chance


def test_a_given_that_the_question_does_not_show_is_unknown() -> None:
    assert first("g_1 = 4*(2.5 - 2) = 2", DESCENT).expected == "1"
    assert not check("g_1 = 1", DESCENT).faults


def test_a_mistake_is_named_only_if_the_steps_before_show_it() -> None:
    by_chance = first("g_1 = 1\nw_1 = -0.9\nw_2 = -0.82", DESCENT)
    assert (by_chance.line, by_chance.expected, by_chance.known) == (3, "-0.98", False)
    made = first("g_1 = 0.5\nw_1 = -0.5\nw_2 = -0.82", DESCENT)
    assert (made.line, made.known) == (1, True)
    assert first("w_2 = -0.82", DESCENT).known


@pytest.mark.parametrize(
    "text", [r"$H = \frac{-41 + 204}{4} = 40.75$ so $H = 40$, and $2 H = 80$", "H = 163/4 = 40.75\nH = 40"]
)
def test_a_value_may_become_the_right_whole_number(text: str) -> None:
    assert not check(text, WIDTH).faults


def test_a_value_must_not_become_another_whole_number() -> None:
    fault = first(r"$H = \frac{-41 + 204}{4} = 40.75$ so $H = 41$", WIDTH)
    assert (fault.printed, fault.expected) == ("H = 41", "40")


@pytest.mark.parametrize(
    "text",
    ["B = [1 2 3; 4 5 6]", r"$\mathbf{B} = \begin{pmatrix} 1 & 2 & 3 \cr 4 & 5 & 6 \end{pmatrix}$"],
)
def test_matrices_are_told_with_their_rows(text: str) -> None:
    known = Known("", steps={"B": [[3.5, 0.25, -0.5], [1.75, -1, 1]]}, symbols={"B": r"\mathbf{B}"})
    fault = first(text, known)
    assert (fault.expected, fault.found) == ("(3.5, 0.25, -0.5; 1.75, -1, 1)", "(1, 2, 3; 4, 5, 6)")


def test_symbols_are_told_as_they_were_typed() -> None:
    assert first("g_f = 2", NEURON).printed == "g_f = 2"
    assert first("$g_{f} = 2$", NEURON).printed == "g_{f} = 2"
    assert check("g_f = 1 + 1 = 2\ng_f = 3").faults[0].says == "g_f is 2 before this place, and 3 here"
    (undecided,) = check(r"$2 = g_f + \mathbf{W}_1$").report.with_verdict("general")
    assert undecided.reason == "no value of g_f is printed before this place"


def test_what_the_solution_computes_without_a_name_is_no_mistake() -> None:
    known = Known(
        "",
        solution=r"The slope is at most $0.5 \cdot (1 - 0.5) = 0.25$, so $q = 0.25 \cdot 1.9 = 0.475$.",
        steps={"q": 0.475},
        mistakes=(KnownMistake("Each layer has a weight.", {"q": 0.25}),),
    )
    assert not check("0.5*(1 - 0.5) = 0.25\nq = 0.475", known).faults
    assert first("q = 0.25", known).known
