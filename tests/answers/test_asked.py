"""What an answer has to look like, and which answers count as right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.answers.asked import Asked, parse_asked
from quizgen.errors import FormulaError
from quizgen.formula.rounding import decimals_rounding, digits_rounding


@pytest.mark.parametrize(("text", "asked"), [
    ("2 decimals", Asked(decimals=2)),
    ("1 decimal", Asked(decimals=1)),
    ("0 decimals", Asked(decimals=0)),
    ("3 digits", Asked(digits=3)),
    ("1 digit", Asked(digits=1)),
    (" integer ", Asked(word="integer")),
    ("exact", Asked(word="exact")),
    ("formula in x", Asked(letter="x")),
    ("choice", Asked(word="choice")),
    ("shape", Asked(word="shape")),
    ("ordering", Asked(word="ordering")),
    ("text", Asked(word="text")),
])  # fmt: skip
def test_each_form_is_read(text: str, asked: Asked) -> None:
    assert parse_asked(text) == asked


@pytest.mark.parametrize("text", ["", "2", "two decimals", "-1 decimals", "2.5 decimals", "9 decimals", "0 digits",
                                  "9 digits",
                                  "2 decimals please", "formula", "formula in 2x", "Exact", "choices", "number",
                                  "2  decimals"])  # fmt: skip
def test_anything_else_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(FormulaError, match=r"expected '2 decimals'|at most 8|between 1 and 8"):
        parse_asked(text)


@pytest.mark.parametrize(("text", "shape", "kind", "phrase"), [
    ("2 decimals", (), "number", "to 2 decimals"),
    ("1 decimals", (), "number", "to 1 decimal"),
    ("3 digits", (2,), "vector", "to 3 significant digits"),
    ("exact", (2, 3), "matrix", "exactly"),
    ("integer", (), "integer", "a whole number"),
    ("integer", (3,), "vector", "a whole number"),
    ("formula in t", (), "formula", "a formula in t"),
    ("choice", (), "choice", "Tick one"),
])  # fmt: skip
def test_the_kind_follows_from_the_shape_and_the_phrase_says_what_to_write(
    text: str, shape: tuple[int, ...], kind: str, phrase: str
) -> None:
    asked = parse_asked(text)
    assert asked.kind(shape) == kind
    assert asked.phrase() == phrase


def test_one_digit_is_one_digit() -> None:
    assert parse_asked("1 digit").phrase() == "to 1 significant digit"


def test_several_lines_may_apply() -> None:
    assert Asked(word="choice").phrase(several=True) == "Tick all that apply"


def test_only_what_ends_by_itself_is_exact() -> None:
    texts = ("exact", "integer", "2 decimals", "3 digits", "formula in x", "choice")
    assert [parse_asked(text).exact for text in texts] == [
        True, True, False, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "interval"), [
    ("2 decimals", 0.13, [0.125, 0.135]),
    ("2 decimals", 0, [-0.005, 0.005]),
    ("0 decimals", -3, [-3.5, -2.5]),
    ("3 digits", 0.00123, [0.001225, 0.001235]),
    ("3 digits", 123000.0, [122500.0, 123500.0]),
    ("2 digits", -9.9, [-9.95, -9.85]),
    ("3 digits", 0, [0, 0]),
    ("2 digits", 10.0, [9.95, 10.5]),
    ("2 digits", -0.1, [-0.105, -0.0995]),
    ("exact", 0.125, [0.125, 0.125]),
    ("integer", 7, [7, 7]),
])  # fmt: skip
def test_an_answer_may_be_half_a_unit_of_the_last_place_away(text: str, value: float, interval: list[float]) -> None:
    assert parse_asked(text).accept(value) == interval


def test_arrays_have_an_interval_for_each_number() -> None:
    assert parse_asked("1 decimals").accept([[1, 2.5], [0, -0.1]]) == [
        [[0.95, 1.05], [2.45, 2.55]], [[-0.05, 0.05], [-0.15, -0.05]],
    ]  # fmt: skip


def test_a_text_has_no_interval() -> None:
    with pytest.raises(TypeError):
        Asked(word="choice").accept("A")


@given(st.floats(-1e4, 1e4), st.integers(0, 6))
def test_every_honest_value_is_accepted(value: float, decimals: int) -> None:
    """What rounds to the answer lies in the interval around it."""
    low, high = Asked(decimals=decimals).accept(decimals_rounding(decimals)(value))  # type: ignore[misc]
    slack = 2e-8 * 10**-decimals + 1e-11
    assert low - slack <= value <= high + slack
    assert high - low == pytest.approx(10**-decimals, rel=1e-6, abs=1e-11)


@given(st.floats(1e-6, 1e6), st.integers(1, 7))
def test_every_honest_value_is_accepted_in_significant_digits(value: float, digits: int) -> None:
    low, high = Asked(digits=digits).accept(digits_rounding(digits)(value))  # type: ignore[misc]
    assert low * (1 - 1e-7) <= value <= high * (1 + 1e-7)
