"""A word behind a number is read over, and the student is told; what changes the number is no such word."""

from __future__ import annotations

import pytest
from asking import asking
from hostile import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from quizgen.answers import Verdict, grade_answer
from quizgen.answers.clean import Unreadable, mathematical
from quizgen.answers.expression import CONSTANTS, FUNCTIONS
from quizgen.answers.spelling import numbers
from quizgen.answers.unit import without_unit


@pytest.mark.parametrize(("text", "value", "unit"), [
    ("52 years", 52, "years"), ("35760 bytes", 35760, "bytes"), ("24 h", 24, "h"),
    ("196 parameters", 196, "parameters"),
    ("24 pixels.", 24, "pixels"), ("n = 24 h", 24, "h"), ("n: 24 h", 24, "h"), (r"$24\,\text{px}$", 24, "px"),
    (r"24~\mathrm{px}", 24, "px"), ("48/2 h", 24, "h"), (r"\frac{48}{2} h", 24, "h"), ("(20 + 4) h", 24, "h"),
    ("3e5 steps", 300_000, "steps"), ("2^10 Wörter", 1024, "Wörter"), ("-7 V", -7, "V"),
])  # fmt: skip
def test_a_word_behind_a_number_is_read_over(text: str, value: int, unit: str) -> None:
    result = grade_answer(text, asking("integer", value))
    assert (result.verdict, result.points_share) == (Verdict.RIGHT, 1.0)
    assert result.says == f"The unit `{unit}` was not read."


def test_a_wrong_number_stays_wrong_and_both_remarks_are_made() -> None:
    assert grade_answer("25 h", asking("integer", 24)).verdict is Verdict.WRONG
    result = grade_answer("0,50 m", asking("2 decimals", 0.5))
    assert result.verdict is Verdict.RIGHT
    assert result.says.endswith("better write a point. The unit `m` was not read.")


@pytest.mark.parametrize("text", [
    "24h", "24 a1", "24 km/h", "24 h h", "24 x", "24 by", "24 and", "24 T", "24 k", "24 kB", "24 MiB", "24 Mbit",
    "24 kilobytes", "24 percent", "24 million", "24 nan", "24 Inf", "24 j", "24 i", "24 os.system", "24 import os",
    "24 __class__", "24 % accuracy", "24 m^2", "24 (h)", "h 24", "h", "24\nh", "2 4 h", "nine h", "24 h = ", "24 !",
    "24 minus", "24 tanh", "24 Sqrt", "24 max",
])  # fmt: skip
def test_what_is_no_unit_stays_unreadable(text: str) -> None:
    assert grade_answer(text, asking("integer", 24)).verdict is Verdict.UNREADABLE


@pytest.mark.parametrize("text", ["50%", "50 %", r"50\,\%"])
def test_a_percent_sign_is_read(text: str) -> None:
    assert grade_answer(text, asking("2 decimals", 0.5)) == grade_answer("50%", asking("2 decimals", 0.5))
    assert grade_answer(text, asking("2 decimals", 0.5)).says == ""


@pytest.mark.parametrize("name", [*FUNCTIONS, *CONSTANTS])
def test_functions_and_constants_are_no_units(name: str) -> None:
    assert without_unit(f"2 {name}") == (f"2 {name}", "")


@pytest.mark.parametrize(("how", "value", "text", "says"), [
    ("1 decimal", [1.5, 2.5], "1.5 m, 2.5 m", "The unit `m` was not read."),
    ("1 decimal", [1.5, 2.5], "(1.5; 2.5 m)", "The unit `m` was not read."),
    ("1 decimal", [1.5, 2.5], "1.5 m; 2.5 s", "Units were not read."),
    ("1 decimal", [1.5, 2.5], "[1.5 2.5] cm", "The unit `cm` was not read."),
    ("1 decimal", [1.5, 2.5], r"\begin{pmatrix} 1.5 \\ 2.5 \end{pmatrix}\,\text{cm}", "The unit `cm` was not read."),
    ("exact", [[1, 2], [3, 4]], "[[1, 2], [3, 4]] m", "The unit `m` was not read."),
    ("shape", [28, 28, 8], "28 x 28 x 8 pixels", "The unit `pixels` was not read."),
])  # fmt: skip
def test_units_in_vectors_matrices_and_shapes(how: str, value: list[float], text: str, says: str) -> None:
    result = grade_answer(text, asking(how, value))
    assert (result.verdict, result.says) == (Verdict.RIGHT, says)


@pytest.mark.parametrize("text", ["(1.5, 2.5) T", "(1.5, 2.5) kB", "[[1.5], [2.5]] sqrt", "1.5 2.5 m"])
def test_what_is_no_unit_of_a_vector_is_not_read_as_one(text: str) -> None:
    assert "was not read" not in grade_answer(text, asking("1 decimal", [1.5, 2.5])).says


@given(number=st.decimals("-1e6", "1e6", places=3), word=st.from_regex(r"[A-Za-z]{1,12}", fullmatch=True))
def test_the_word_never_changes_the_number(number: object, word: str) -> None:
    try:
        (reading,) = numbers(mathematical(f"{number} {word}"))
    except Unreadable:
        return
    if reading.remark:
        assert reading.content == numbers(mathematical(str(number)))[0].content
    else:
        assert word in CONSTANTS


def test_no_hostile_text_is_taken_for_a_unit() -> None:
    """Of two thousand texts that mean harm, none has become a number because a word was read over."""
    for text in HOSTILE:
        says = grade_answer(text, asking("exact", 77.0)).says
        assert "was not read" not in says, text[:60]
