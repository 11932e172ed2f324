"""Faults planted in a good question: `verify` finds each one, and says where."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from questions import question, question_file

from quizgen.bank.question import Question
from quizgen.bank.question_file import read_source
from quizgen.exercise import Answer, Choice
from quizgen.text import plain
from quizgen.verify import Fault, Verdict, verify
from quizgen.verify.choices import spread
from quizgen.verify.subject import Subject

PLACE = r"test/neuron\.md:\d+: "

#: A good question to plant faults in: a sigmoid neuron, and which of its two inputs weighs more.
PARTS = {
    "given": "x = vector(2, -2, 2, step=0.5, nonzero=True, distinct=True)\n"
    "w = vector(2, -2, 2, step=0.5, nonzero=True)\nb = number(-1, 1, step=0.1)",
    "work": "z = w @ x + b\na = sigmoid(z)\nk = argmax(x)",
    "truth": "z = dot(w, x) + b\na = dense(x, w, b, 'sigmoid')\nk = 1 if x[0] >= x[1] else 2",
    "ask": "a: 2 decimals\nk: integer",
    "more": "reject: |\n  abs(z) > 3\nmistakes:\n  - wrong: a = tanh(z)\n    says: The sigmoid squashes to 0 … 1.\n"
    "  - wrong: z = w @ x\n    when: 1 > 0\n    says: The bias is missing.",
    "text": "A neuron has << x >>, << w >>, << b >>. Find $a = \\sigma(z)$ and << k.symbol >>.",
    "solution": "<< z.steps >>\n<< a.steps >>\nThe larger input is number << k.value >>.",
}


def faults(*planted: tuple[str, str, str], variants: int = 60) -> list[Fault]:
    """The faults of the question with texts in some of its parts replaced."""
    parts = dict(PARTS)
    for part, old, new in planted:
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new)
    source, wrong = read_source("test/neuron.md", question_file(**parts))
    assert not wrong, wrong
    return verify(Question("test/neuron", source), seed=1, variants=variants).faults


def test_the_good_question_has_none() -> None:
    assert faults(("more", "reject: |\n", "reject: |\n  b == 0\n")) == []


@pytest.mark.parametrize(("planted", "check", "message"), [
    (("work", "w @ x + b", "w @ x - b"), "draw", PLACE + r"the core computes z"),
    (("work", "sigmoid(z)", "sigmoid(0.9*z)"), "draw", PLACE + r"the core computes a"),
    (("truth", "dense(x, w, b, 'sigmoid')", "dense(x, w, b, 'tanh')"), "draw", PLACE + r"the core computes a"),
    (("truth", "dense(x, w, b,", "dense(x, b,"), "draw", PLACE + r"truth"),
    (("truth", "dense(", "dens("), "draw", PLACE + r"truth: unknown function 'dens'; did you mean"),
    (("more", "a = tanh(z)", "a = sigmoid(z)"), "draw", r"the mistake in line \d+ comes to the truth"),
    (("more", "a = tanh(z)", "a = sigmoid(w @ x)"), "draw", r"the mistake in line \d+ comes to the truth, or"),
    (("more", "a = tanh(z)", "a = tanh(q)"), "forms", PLACE + r"mistakes: unknown name 'q'"),
    (("more", "    when: 1 > 0\n", "    when: 1 < 0\n"), "mistakes", PLACE + r"this mistake applies to no form"),
    (("given", ", distinct=True", ""), "edge", PLACE + r"work: in 'k' two values are the largest"),
    (("solution", "<< a.steps >>", "<< a.steps >>\nIt is $\\sigma(0) = 0.6$."), "proof", r"0\.6"),
    (("solution", "number << k.value >>", "number << q >>"), "draw", PLACE + r"text: 'q' is undefined"),
    (("more", "abs(z) > 3", "abs(z) > 0.3"), "rejection", r"\d+% of draws rejected: the condition in line"),
])  # fmt: skip
def test_a_planted_fault_is_found_with_its_place(planted: tuple[str, str, str], check: str, message: str) -> None:
    found = faults(planted)
    assert any(fault.check == check and re.search(message, fault.message) for fault in found), found


def test_a_tie_that_float_noise_hides_is_found() -> None:
    noisy = (  # 0.1 + 0.2 is 0.30000000000000004
        ("given", "x = vector(2, -2, 2, step=0.5, nonzero=True, distinct=True)", "x = vector(2, 0.1, 0.3, step=0.1)"),
        ("work", "argmax(x)", "argmax([x[0] + 0.2, x[1]])"),
        ("truth", "k = 1 if x[0] >= x[1] else 2", "k = 1 if round(x[0] + 0.2 - x[1], 9) >= 0 else 2"),
    )
    assert [fault.check for fault in faults(*noisy) if "two values are the largest" in fault.message] == ["edge"]


def test_a_fault_of_every_variant_is_told_once() -> None:
    (disagreement,) = faults(("work", "w @ x + b", "w @ x - b"), variants=8)
    assert (disagreement.variant, disagreement.times) == (0, 8)
    (unfair,) = faults(("more", "abs(z) > 3", "abs(z) < 9"), variants=3)
    assert (unfair.variant, unfair.times) == (0, 3)


def ticked(letters: str, lines: int) -> Subject:
    """A question's variants, in each of which one letter is right."""
    made = question()
    exercise = made.draw(seed=1, variant=0)
    return Subject(made, 1, tuple(replace(exercise, answers=(choice(letter, lines),)) for letter in letters))


def choice(right: str, lines: int) -> Answer:
    known = "ABCDEFGH"[:lines]
    choices = tuple(Choice(letter, plain(f"Line {letter}"), letter == right, None) for letter in known)
    return Answer("c", "", "choice", right, None, None, None, "Tick one", choices=choices)


def test_letters_that_are_right_too_often_are_found() -> None:
    verdict = Verdict("test/neuron", 1)
    (fault,) = list(spread(ticked("B" * 10, 4), verdict))[:1]
    assert "B is right 10 times in 10, 2 are fair" in fault.message
    assert list(spread(ticked("ABCD" * 15, 4), verdict)) == []


def test_letters_are_fair_where_variants_have_more_and_fewer_lines() -> None:
    few, many = ticked("AB" * 300, 2), ticked("ABCDEFGH" * 75, 8)
    together = replace(few, exercises=few.exercises + many.exercises)
    assert list(spread(together, Verdict("test/neuron", 1))) == []
