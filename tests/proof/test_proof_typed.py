"""Mathematics typed without LaTeX: read as what LaTeX would have said, and never a crash."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.errors import QuizgenError
from quizgen.proof import read
from quizgen.proof.student import check

TRUE = [
    "z = 0.5*2 + (-1)*3 + 0.1 = -1.9",
    "σ(−1.9) ≈ 0.13",
    "sigma(-1.9) = 1/(1+e^1.9) = 1/(1 + e^(-(-1.9))) = 0.1301",
    "sqrt(2) ~ 1.41",
    "√2 ≈ 1.414",
    "[0.5 1; -1 2] [2, 3] = [4, 4]",
    "[[0.5, 1], [-1, 2]] (2, 3)ᵀ = (4, 4)ᵀ",
    "h = tanh(0.3) ~ 0.29",
    "2^-3 = 2**-3 = 0.125",
    "3² + 4² = 25",
    "||(3, 4)|| = 5 and |-2| = 2",
    "3 x 4 = 12, 3 × 4 = 12, 3·4 = 12",
    "1.5e-3 * 2 = 0.003",
    r"$1.5e-3 \cdot 2 = 0.003$",
    "So the output is 0.5*2 = 1, and then 1 + 1 = 2.",
    "σ(−1,9) ≈ 0,13",
    "61,100,840 = 61100840",
    "max(0, -3) = relu(-3) = 0",
    "1 < 2 <= 2, 3 >= 2 != 4",
    "z = 1 + 2\n  + 0 = 3\n  = 3",
    "```\nz = 1 + 2 = 3\n```",
    "- z = 1 + 2 = 3\n1. y = z + 1 = 4",
    "the loss = 0.5*(0.13 - 1)^2 = 0.38",
]
FALSE = [
    "0.5*2 + (-1)*3 + 0.1 = -1.8",
    "sigma(-1.9) = 0.15",
    "tanh(0.3) = 0.57",
    "[1 2; 3 4] [1, 1] = [3, 8]",
    "2^3 = 6",
]
UNDECIDED = ["1,500 = 1500", "1/2x = 3", "log(10) = 1", "9^9^9 = 1", "9^(9^9) = 1", "1 + = 2", "((1 = 2"]


@pytest.mark.parametrize("text", TRUE)
def test_is_true(text: str) -> None:
    report = read(text, mode="kind")
    assert report.true
    assert not report.false, [str(relation) for relation in report.false]
    assert not report.undecided, [str(relation) for relation in report.undecided]


@pytest.mark.parametrize("text", FALSE)
def test_is_false(text: str) -> None:
    assert read(text, mode="kind").false


@pytest.mark.parametrize("text", UNDECIDED)
def test_is_not_decided(text: str) -> None:
    report = read(text, mode="kind")
    assert report.undecided
    assert not report.true
    assert not report.false


def test_words_are_no_mathematics() -> None:
    assert (
        read("# 2 = 3\nI think - well - that a gate is a switch. It costs 5 and 7, e.g. 3.", mode="kind").relations
        == ()
    )


SIGNS = [*"0123456789.,;:()[]{}|+-*/^_=<>~ \n$`#'\\abexyzσπ√²ᵀ·≈\x00", "\\frac{", "sqrt(", "[1 ", "e^-", "dL/dw", "9^9"]
TEXTS = st.lists(st.sampled_from(SIGNS), max_size=150).map("".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_is_answered_soon(text: str) -> None:
    start = time.perf_counter()
    with contextlib.suppress(QuizgenError):
        check(text)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "[1 ",
        "(",
        "^",
        "_",
        "e^-",
        "1,",
        "sqrt(",
        "**",
        "`",
        "=",
        "= ",
        "1 = ",
        "a_",
        "<!--",
        "$",
        "x ",
        "\\frac{",
        "| 1 ",
        "- ",
    ],
)
def test_long_repetitions_are_answered_soon(piece: str) -> None:
    start = time.perf_counter()
    with contextlib.suppress(QuizgenError):
        check(piece * (200_000 // len(piece)))
    assert time.perf_counter() - start < 3
