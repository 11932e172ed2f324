"""Faults planted in a good question: `verify` finds each one, and says where."""

from __future__ import annotations

import re

import pytest
from questions import question_file

from quizgen.bank.question import Question
from quizgen.bank.source import read_source
from quizgen.verify import Fault, verify

PLACE = r"test/neuron\.md:\d+: "

#: A good question to plant faults in: a sigmoid neuron, and which of its two inputs weighs more.
PARTS = {
    "given": "x = vector(2, -2, 2, step=0.5, nonzero=True, distinct=True)\n"
    "w = vector(2, -2, 2, step=0.5, nonzero=True)\nb = number(-1, 1, step=0.1)",
    "work": "z = w @ x + b\na = sigmoid(z)\nk = argmax(x)",
    "truth": "z = dot(w, x) + b\na = dense(x, w, b, 'sigmoid')\nk = 1 if x[0] >= x[1] else 2",
    "ask": "a: 2 decimals\nk: integer",
    "more": "reject: |\n  abs(z) > 3\nmistakes:\n  - wrong: a = tanh(z)\n    says: The sigmoid squashes to 0 … 1.\n"
    "  - wrong: z = w @ x\n    when: true\n    says: The bias is missing.",
    "text": "A neuron has << x >>, << w >>, << b >>. Find $a = \\sigma(z)$ and << k.symbol >>.",
    "solution": "<< z.steps >>\n<< a.steps >>\nThe larger input is number << k.value >>.",
}


def faults(*planted: tuple[str, str, str], variants: int = 60) -> list[Fault]:
    """The faults of the question with texts in some of its parts replaced."""
    parts = dict(PARTS)
    for part, old, new in planted:
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new)
    parts["more"] = parts["more"].replace("    when: true\n", "    when: 1 > 0\n")
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
    (("more", "a = tanh(z)", "a = sigmoid(w @ x)"), "draw", r"the mistake in line \d+ comes to the truth, or to what an"),
    (("more", "a = tanh(z)", "a = tanh(q)"), "forms", PLACE + r"mistakes: unknown name 'q'"),
    (("more", "    when: true\n", "    when: 1 < 0\n"), "mistakes", PLACE + r"this mistake applies to no form"),
    (("given", ", distinct=True", ""), "edge", PLACE + r"work: in 'k' two values are the largest"),
    (("solution", "<< a.steps >>", "<< a.steps >>\nIt is $\\sigma(0) = 0.6$."), "proof", r"0\.6"),
    (("solution", "number << k.value >>", "number << q >>"), "draw", PLACE + r"text: 'q' is undefined"),
    (("more", "abs(z) > 3", "abs(z) > 0.3"), "rejection", r"\d+% of draws rejected: the condition in line"),
])  # fmt: skip
def test_a_planted_fault_is_found_with_its_place(planted: tuple[str, str, str], check: str, message: str) -> None:
    found = faults(planted)
    assert any(fault.check == check and re.search(message, fault.message) for fault in found), found
