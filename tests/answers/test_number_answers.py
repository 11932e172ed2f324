"""Numbers as people write them, and how close they have to be."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from asking import asking
from hypothesis import given
from hypothesis import strategies as st

from quizgen.answers import Verdict, grade_answer, samples
from quizgen.answers.clean import mathematical
from quizgen.answers.spelling import numbers
from quizgen.exercise import Value

R, FEW, WRONG, SIGN, NOT = (
    Verdict.RIGHT, Verdict.TOO_FEW_DIGITS, Verdict.WRONG, Verdict.SIGN, Verdict.UNREADABLE,
)  # fmt: skip


@pytest.mark.parametrize(("text", "value"), [
    ("0.5", 0.5), (".5", 0.5), ("5e-1", 0.5), ("5E-1", 0.5), ("0,5", 0.5), ("1/2", 0.5), ("½", 0.5), ("50%", 0.5),
    ("50 %", 0.5),
    (r"\frac{1}{2}", 0.5), (r"$\dfrac12 \cdot 1$", 0.5), ("2^-1", 0.5), ("2**-1", 0.5), ("2⁻¹", 0.5), ("+0.5", 0.5),
    ("x = 0.5", 0.5), ("x ≈ 0.5", 0.5), (r"\hat{y} \approx 0.5", 0.5), ("= 0.5", 0.5), ("g: 0.5", 0.5),
    ("１／２", 0.5),
    ("0.5.", 0.5), ("5.", 5.0), ("x = 0.5, ", 0.5), ("≈ 0.5", 0.5), ("0.5 =", None), ("=", None), ("1 = = 2", None),
    ("5x10^-1", 0.5), ("5 x 10^{-1}", 0.5), ("5x10", None), ("٠٫٥", 0.5), ("2⁽⁻¹⁾", 0.5), ("2⁻", None),
    ("1 - 0.5", 0.5), ("(1 + 2)/6", 0.5), ("-0.5", -0.5), ("−0.5", -0.5), ("–0.5", -0.5),
    ("- 0.5", -0.5), ("sqrt(0.25)", 0.5), (r"\sqrt{0.25}", 0.5), ("√0.25", 0.5), ("5·10^-1", 0.5), ("5*10^(-1)", 0.5),
    (r"5 \cdot 10^{-1}", 0.5), (r"5 \times 10^{-1}", 0.5), ("5×10⁻¹", 0.5), ("-2^2", -4.0), ("(-2)^2", 4.0),
    ("|-3|", 3.0),
    ("1 000", 1000.0), ("1_000", 1000.0), ("1'000", 1000.0), ("12{,}345", 12345.0), ("1,234,567", 1234567.0),
    ("1,234.5", 1234.5), ("0,500", 0.5), ("1,23", 1.23), ("2 3", None), ("1½", None), ("1.2.3", None), ("", None),
    ("0.5 m", 0.5), ("1,2,3", None), ("0x10", None), ("1/3 = 0.33", 0.33), ("٣", 3.0), ("2^0.5", 2**0.5),
    ("pi", 3.141592653589793),
])  # fmt: skip
def test_spellings_of_one_number(text: str, value: float | None) -> None:
    result = grade_answer(text, asking("exact", 77.0))
    if value is None:
        assert result.verdict in (NOT, Verdict.MISSING)
    else:
        assert result.value == pytest.approx(value, rel=1e-12)


def test_an_unknown_word_is_named_whole() -> None:
    assert grade_answer("minus 0.5", asking("exact", 77.0)).says.startswith("Found 'minus'; expected a plain number")


def test_an_ambiguous_comma_is_read_both_ways_and_the_reading_is_told() -> None:
    assert [float(reading.content.value) for reading in numbers("1,500")] == [1500.0, 1.5]
    as_thousands = grade_answer("1,500", asking("exact", 1500.0))
    as_decimal = grade_answer("1,500", asking("3 decimals", 1.5))
    assert (as_thousands.verdict, as_decimal.verdict) == (R, R)
    assert "thousands" in as_thousands.says
    assert "decimal point" in as_decimal.says


def test_points_between_thousands_of_a_whole_number() -> None:
    assert grade_answer("101.450", asking("integer", 101450)).verdict is R
    assert grade_answer("1.234.567", asking("integer", 1234567)).verdict is R
    assert grade_answer("1.500", asking("1 decimal", 1500.0)).verdict is WRONG


@pytest.mark.parametrize(("how", "value", "text", "verdict"), [
    ("2 decimals", 0.27, "0.27", R), ("2 decimals", 0.27, "0.2712", R), ("2 decimals", 0.27, "0.275", R),
    ("2 decimals", 0.27, "0.2751", WRONG), ("2 decimals", 0.27, "0.28", WRONG), ("2 decimals", 0.27, "0.26", WRONG),
    ("2 decimals", 0.27, "0.3", FEW), ("2 decimals", 0.27, "0.2", WRONG), ("2 decimals", 0.27, "0", WRONG),
    ("2 decimals", 0.27, "-0.27", SIGN), ("2 decimals", 0.27, "-0.3", SIGN), ("2 decimals", 0.97, "1", WRONG),
    ("2 decimals", 0.30, "0.3", R), ("2 decimals", 0.33, "1/3", R), ("2 decimals", 0.27, "27%", R),
    ("2 decimals", 0.27, "2.7e-1", R), ("2 decimals", 0.27, "3e-1", FEW), ("2 decimals", 0.25, "0.2", FEW),
    ("2 decimals", 0.25, "0.3", FEW), ("2 decimals", 0.0, "0", R), ("2 decimals", 0.0, "0.003", R),
    ("2 decimals", 0.0, "-0.00", R),
    ("3 digits", 0.0123, "0.0123", R), ("3 digits", 0.0123, "1.23e-2", R), ("3 digits", 0.0123, "0.012", FEW),
    ("3 digits", 0.0123, "0.01", FEW), ("3 digits", 0.0123, "0.0", WRONG), ("3 digits", 0.0123, "0.01234", R),
    ("3 digits", 12300.0, "1.2e4", FEW), ("3 digits", 12300.0, "12345", R), ("3 digits", 12300.0, "12000", WRONG),
    ("exact", 0.0625, "0.0625", R), ("exact", 0.0625, "1/16", R), ("exact", 0.0625, "2^-4", R),
    ("exact", 0.0625, "0.06", FEW),
    ("exact", 0.0625, "0.063", FEW), ("exact", 0.0625, "0.061", WRONG), ("exact", 0.0625, "0.06250", R),
    ("exact", 3.3, "3", WRONG), ("exact", 0.1, "1/10", R), ("exact", 14.40625, "14.41", FEW), ("exact", -2.0, "-2", R),
    ("integer", 14, "14", R), ("integer", 14, "14.0", R), ("integer", 14, "n = 14", R), ("integer", 14, "28/2", R),
    ("integer", 14, "14.4", WRONG), ("integer", 14, "-14", SIGN), ("integer", 14, "13", WRONG),
    ("integer", 14, "14 px", R), ("integer", 14, "13 px", WRONG), ("integer", 14, "14px", NOT),
    ("integer", 101450, "101,450", R), ("integer", 101450, "101 450", R), ("integer", 101450, "1.0145e5", R),
    ("integer", 101450, "101000", WRONG), ("integer", 1024, "2^10", R), ("integer", 14, "fourteen", NOT),
])  # fmt: skip
def test_how_close_is_right(how: str, value: float, text: str, verdict: Verdict) -> None:
    assert grade_answer(text, asking(how, value)).verdict is verdict


def test_0_062_is_a_rounding_of_a_sixteenth_half_to_even_too() -> None:
    """0.0625 lies in the middle of 0.062 and 0.063: both roundings are taught."""
    assert grade_answer("0.062", asking("exact", 0.0625)).verdict is FEW


@pytest.mark.parametrize(("raw", "verdict"), [
    (14, R), (14.0, R), ("14", R), (None, Verdict.MISSING), ("  ", Verdict.MISSING), (True, NOT), ({"a": 1}, NOT),
    ([14], R), ([14, 15], NOT), (float("nan"), NOT), (10**400, NOT), (b"14", NOT),
])  # fmt: skip
def test_what_yaml_and_json_hold(raw: object, verdict: Verdict) -> None:
    assert grade_answer(raw, asking("integer", 14)).verdict is verdict


def test_a_known_mistake_is_explained_and_keeps_its_places() -> None:
    answer = asking("2 decimals", 0.51, (0.5, "No bias."), (-0.94, "Not tanh."))
    assert grade_answer("0.50", answer).verdict is Verdict.MISTAKE
    assert grade_answer("0.50", answer).says == "No bias."
    assert grade_answer("-.944", answer).says == "Not tanh."
    assert grade_answer("0.5", answer).verdict is FEW  # it may as well be 0.51, rounded once more


def test_unreadable_says_what_was_found_and_what_is_expected() -> None:
    says = grade_answer("0.5 red apples", asking("2 decimals", 0.27)).says
    assert says == (
        "Found 'red'; expected a plain number, without letters or a unit. Write a number to 2 decimals, such as 1.23."
    )
    assert "such as 2.35" in grade_answer("?", asking("2 decimals", 1.23)).says


ASKED = st.sampled_from(["1 decimal", "2 decimals", "3 decimals", "4 decimals", "integer", "exact"])


def rounded(number: Decimal, how: str, rounding: str = ROUND_HALF_UP) -> Value:
    places = {"integer": 0, "exact": 4}.get(how) if how in ("integer", "exact") else int(how[0])
    value = number.quantize(Decimal(1).scaleb(-(places or 0)), rounding=rounding)
    return int(value) if how == "integer" else float(value)


@given(how=ASKED, number=st.decimals("-5000", "5000", places=6))
def test_every_habit_is_right_and_every_neighbour_is_wrong(how: str, number: Decimal) -> None:
    answer = asking(how, rounded(number, how))
    made = samples(answer)
    for text in made.right:
        assert grade_answer(text, answer).verdict is R, text
    for text in made.wrong:
        assert grade_answer(text, answer).points_share == 0, text
    for text in made.malformed:
        assert grade_answer(text, answer).verdict is NOT, text


@given(places=st.integers(1, 4), more=st.integers(0, 3), number=st.decimals("-50", "50", places=9))
def test_whoever_rounds_the_same_number_is_right(places: int, more: int, number: Decimal) -> None:
    """Rounding the exact number at the places asked for or later, half up or half to even, gives a right answer."""
    answer = asking(f"{places} decimals", rounded(number, f"{places} decimals"))
    for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN):
        text = str(number.quantize(Decimal(1).scaleb(-places - more), rounding=rounding))
        tie = more == 0 and number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN) != Decimal(str(answer.value))
        assert tie or grade_answer(text, answer).verdict is R


@given(st.decimals("-1e12", "1e12", places=5))
def test_what_is_written_is_what_is_read(number: Decimal) -> None:
    (reading,) = numbers(mathematical(f"{number:f}"))
    assert reading.content.value == number
    assert reading.content.unit == Decimal("0.00001")
