"""Letters, orders and words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from asking import asking, ordering, ticking
from hypothesis import given
from hypothesis import strategies as st

from quizgen.answers import Verdict, grade_answer, samples
from quizgen.exercise import Answer

R, WRONG, NOT = Verdict.RIGHT, Verdict.WRONG, Verdict.UNREADABLE
ONE = ticking("B", "A recurrent network", "A *dense* network.", "$-0.4$", "$0.4$")
MANY = ticking("BD", "alpha", "beta", "gamma", "delta", several=True)
ORDER = ordering("CABD", "loss", "backward", "forward", "update")
WORDS = replace(asking("text", "stochastic gradient descent", ("Adam", "That adapts its steps.")), synonyms=("SGD",))


@pytest.mark.parametrize(
    "text",
    [
        "B",
        "b",
        "b)",
        "(B)",
        "B.",
        " B ",
        "[B]",
        "**B**",
        "Answer: B",
        "a *dense* network",
        "ｂ",
        ["B"],
        "the answer is B",
        "Option B",
        "B) A *dense* network.",
        "b. a *dense* network",
    ],
)
def test_one_letter(text: object) -> None:
    assert grade_answer(text, ONE).verdict is R


@pytest.mark.parametrize(("text", "verdict", "says"), [
    ("A", WRONG, "A is wrong: Not A recurrent network."), ("$-0.4$", WRONG, "C is wrong"), ("0.4", WRONG, "D is wrong"),
    ("E", NOT, "A to D"), ("A, B", NOT, "one letter is asked for"), ("BB", NOT, "more than once"),
    ("", Verdict.MISSING, ""),
    ("dense", NOT, "Write one letter, A to D."), ("?", NOT, ""), ("none", NOT, ""), ("2", NOT, ""),
    ("A) A *dense* network", NOT, ""), ("B is the answer", NOT, "B is the"),
])  # fmt: skip
def test_one_letter_slips(text: str, verdict: Verdict, says: str) -> None:
    result = grade_answer(text, ONE)
    assert result.verdict is verdict
    assert says in result.says


@pytest.mark.parametrize(
    "text",
    ["B, D", "BD", "B and D", "D, B", "b) d)", "B & D", "B+D", "(B), (D)", "beta, delta", "B;D", "bd", ["B", "D"]],
)
def test_several_letters(text: object) -> None:
    assert grade_answer(text, MANY).verdict is R


@pytest.mark.parametrize(("text", "says"), [
    ("B", "One that applies is missing."), ("A, B, D", "A is wrong: Not alpha."), ("none", "2 that apply are missing."),
    ("None of the above.", "2 that apply are missing."), ("—", "2 that apply are missing."),
    ("A, B", "A is wrong: Not alpha. One that applies is missing."),
])  # fmt: skip
def test_all_that_apply_have_to_be_ticked(text: str, says: str) -> None:
    result = grade_answer(text, MANY)
    assert (result.verdict, result.says) == (WRONG, says)


@pytest.mark.parametrize("text", [
    "CABD", "C A B D", "C, A, B, D", "C > A > B > D", "C-A-B-D", "c -> a -> b -> d", "C → A → B → D", "C\nA\nB\nD",
    "(C, A, B, D)",
    "1. C 2. A 3. B 4. D", "forward, loss, backward, update", ["C", "A", "B", "D"], "C – A – B – D", "C < A < B < D",
    "C => A => B => D", "C ⇒ A ⇒ B ⇒ D", "C | A | B | D",
])  # fmt: skip
def test_an_order_in_every_habit(text: object) -> None:
    assert grade_answer(text, ORDER).verdict is R


@pytest.mark.parametrize(("text", "verdict", "says"), [
    ("DBAC", Verdict.ORDER, "last to first"), ("CADB", WRONG, "The first 2 places are right."), ("ACBD", WRONG, ""),
    ("CAB", NOT, "D is missing"), ("CABDD", NOT, "D more than once"), ("CABE", NOT, "A to D"), ("first C", NOT, ""),
])  # fmt: skip
def test_an_order_that_is_not_right(text: str, verdict: Verdict, says: str) -> None:
    result = grade_answer(text, ORDER)
    assert result.verdict is verdict
    assert says in result.says


@pytest.mark.parametrize(("text", "verdict", "says"), [
    ("stochastic gradient descent", R, ""), ("Stochastic Gradient-Descent.", R, ""),
    ("the  STOCHASTIC gradientdescent", R, ""),
    ("sgd", R, ""), ("S.G.D.", R, ""), ("stochastic gradient decent", R, "Mind the spelling."),
    ("stochastic gradient ascent", WRONG, ""),
    ("sgb", WRONG, ""), ("adam", Verdict.MISTAKE, "That adapts"), ("gradient descent", WRONG, ""),
    ("…", NOT, "neither letters"),
    ("word " * 60, NOT, ""), (7, WRONG, ""), (True, NOT, "quotes"),
])  # fmt: skip
def test_words(text: object, verdict: Verdict, says: str) -> None:
    result = grade_answer(text, WORDS)
    assert result.verdict is verdict
    assert says in result.says


@pytest.mark.parametrize(("right", "given_", "verdict"), [
    ("regularization", "regularisation", R), ("L1 regularization", "L2 regularization", WRONG),
    ("softmax", "sofmtax", R), ("ReLU", "ReLV", WRONG),
    ("overfitting", "over-fitting", R), ("overfitting", "underfitting", WRONG), ("max pooling", "maxpooling", R),
    ("maximum", "minimum", WRONG),
])  # fmt: skip
def test_one_slip_of_the_pen_in_a_long_word(right: str, given_: str, verdict: Verdict) -> None:
    assert grade_answer(given_, asking("text", right)).verdict is verdict


@pytest.mark.parametrize("answer", [ONE, MANY, ORDER, WORDS, asking("text", "2 passes")])
def test_samples(answer: Answer) -> None:
    made = samples(answer)
    assert {grade_answer(text, answer).verdict for text in made.right} == {R}
    assert {grade_answer(text, answer).points_share for text in made.wrong} == {0}
    assert not {grade_answer(text, answer).verdict for text in made.wrong} & {NOT, Verdict.MISSING}
    assert {grade_answer(text, answer).verdict for text in made.malformed} == {NOT}
    assert [grade_answer(text, answer).verdict for text in made.mistaken] == [Verdict.MISTAKE] * len(answer.mistakes)


@given(st.permutations("ABCDEF"), st.permutations("ABCDEF"))
def test_orders_are_right_if_they_are_the_same(right: list[str], said: list[str]) -> None:
    answer = ordering("".join(right), *"uvwxyz")
    assert (grade_answer(", ".join(said), answer).verdict is R) == (right == said)


@given(st.sets(st.sampled_from("ABCDEF"), min_size=1), st.sets(st.sampled_from("ABCDEF"), min_size=1))
def test_ticks_are_right_if_they_are_the_same(right: set[str], said: set[str]) -> None:
    answer = ticking("".join(sorted(right)), *"uvwxyz", several=True)
    assert (grade_answer(" and ".join(said), answer).verdict is R) == (right == said)
