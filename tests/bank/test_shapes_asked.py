"""Shapes: mistakes may have another number of axes."""

from __future__ import annotations

import pytest
from questions import drawn, question

from quizgen.bank.question import Question
from quizgen.errors import BankError


def shapes(**parts: str) -> Question:
    return question(**{
        "given": "n = integer(5, 9)\nk = integer(2, 4)",
        "work": "s = [n, n, k]\nm = n * k",
        "truth": "s = array([n, n, k])\nm = n * k",
        "ask": "s: shape\nm: integer",
        "more": "mistakes:\n  - wrong: s = [n, k]\n    says: One axis is missing.\n"
        "  - wrong: |\n      s = [k, n, n]\n      m = n + k\n    says: Channels stand last.",
        "text": "<< n >>, << k >>: << s.symbol >>, << m.symbol >>?",
        "solution": "<< s.steps >>\n<< m.steps >>",
        **parts,
    })  # fmt: skip


@pytest.mark.parametrize("variant", range(10))
def test_each_mistake_has_its_own_length(variant: int) -> None:
    exercise = drawn(shapes(), variant=variant)
    n, k = exercise.given["n"], exercise.given["k"]
    shape, product = exercise.answers
    assert (shape.kind, shape.value) == ("shape", [n, n, k])
    assert [(m.value, str(m.says)) for m in shape.mistakes] == [
        ([n, k], "One axis is missing."),
        ([k, n, n], "Channels stand last."),
    ]
    assert [m.value for m in product.mistakes] == [n + k]  # type: ignore[operator]


def test_nothing_may_follow_from_it() -> None:
    with pytest.raises(BankError, match="'m' is computed from a shape that the mistake makes longer"):
        drawn(shapes(work="s = [n, n, k]\nm = s[0] * s[2]", truth="s = array([n, n, k])\nm = n * k"))


def test_other_quantities_keep_their_shape() -> None:
    with pytest.raises(BankError, match=r"'s' has shape \(3\), the mistake makes it \(2\)"):
        drawn(shapes(ask="s: integer\nm: integer"))


def test_a_mistake_that_ends_is_kept_in_full() -> None:
    made = question(given="a = choice(0.08, 0.04)", work="y = a * 2", truth="y = a + a", ask="y: exact",
                    more="carry: 8 decimals\nmistakes:\n  - wrong: y = a * 0.00075\n    says: A\n"
                    "  - wrong: y = a / 3\n    says: B")  # fmt: skip
    exercise = drawn(made)
    a = exercise.given["a"]
    assert isinstance(a, float)
    assert [m.value for m in exercise.answers[0].mistakes] == [round(a * 0.00075, 8), round(a / 3, 4)]
