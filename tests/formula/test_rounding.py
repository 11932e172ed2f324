"""One rounding rule, against decimal's own; and how numbers are written."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from math import copysign, floor, log10

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizgen.formula.holes import WAYS, number_ascii
from quizgen.formula.rounding import NumberTexts, decimals_rounding, digits_rounding, snapped
from quizgen.numerals import number_text

#: Decimals as people write them: up to seven digits.
written = st.builds(lambda n, e: Decimal(n).scaleb(-e), st.integers(-(10**7), 10**7), st.integers(0, 7))


@given(value=written, decimals=st.integers(0, 6))
@example(value=Decimal("2.675"), decimals=2)  # a float just below the tie
@example(value=Decimal("1.005"), decimals=2)
@example(value=Decimal("-0.5"), decimals=0)
@example(value=Decimal("-0.004"), decimals=2)
def test_decimals_are_rounded_half_away_from_zero(value: Decimal, decimals: int) -> None:
    exact = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    rounded = decimals_rounding(decimals)(float(value))
    assert rounded == float(exact)
    assert copysign(1, rounded) > 0 or rounded != 0


@given(value=written.filter(bool), digits=st.integers(1, 7))
@example(value=Decimal("999.5"), digits=3)
@example(value=Decimal("-0.00099949"), digits=3)
@example(value=Decimal(123456), digits=2)
def test_digits_are_rounded_half_away_from_zero(value: Decimal, digits: int) -> None:
    exact = value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1), ROUND_HALF_UP)
    assert digits_rounding(digits)(float(value)) == pytest.approx(float(exact), rel=1e-15)


@given(st.floats(-1e6, 1e6), st.integers(0, 8))
def test_rounding_twice_is_rounding_once(value: float, decimals: int) -> None:
    rounded = decimals_rounding(decimals)
    assert rounded(rounded(value)) == rounded(value)


@given(st.floats(1e-5, 1e6), st.integers(0, 6))
def test_rounding_is_odd_and_moves_by_half_a_unit_at_most(value: float, decimals: int) -> None:
    rounded = decimals_rounding(decimals)
    assert rounded(-value) == -rounded(value)
    assert abs(rounded(value) - value) <= (0.5 + 2e-8) * 10**-decimals


@given(st.floats(1e-9, 1e9), st.integers(1, 8))
def test_significant_digits_scale_with_the_number(value: float, digits: int) -> None:
    rounded = digits_rounding(digits)(value)
    unit = 10.0 ** (floor(log10(value)) - digits + 1)
    assert abs(rounded - value) <= 0.500001 * unit
    assert digits_rounding(digits)(-value) == -rounded


def test_zero_has_no_digits_and_no_sign() -> None:
    assert digits_rounding(3)(0) == 0
    assert digits_rounding(3)(-0.0) == 0
    assert str(decimals_rounding(2)(-0.0)) == "0.0"
    assert decimals_rounding(0)(-0.4) == 0


def test_whole_numbers_are_integers() -> None:
    assert isinstance(decimals_rounding(0)(2.5), int)


def test_float_noise_is_no_number() -> None:
    assert snapped(0.1 + 0.2 - 0.3) == 0
    assert snapped(0.7 * 10) == 7


@pytest.mark.parametrize(("value", "text"), [
    (0, "0"), (-0.0, "0"), (0.30, "0.3"), (-2.0, "-2"), (0.1 + 0.2, "0.3"), (9999, "9999"), (10_000, "10{,}000"),
    (-12_345, "-12{,}345"), (61_100_840, "61{,}100{,}840"), (1e-6, "0.000001"), (1e-7, "10^{-7}"),
    (1.23e-7, r"1.23 \cdot 10^{-7}"), (-2.5e-9, r"-2.5 \cdot 10^{-9}"), (1e15, "10^{15}"),
    (1.5e20, r"1.5 \cdot 10^{20}"),
    (0.000123, "0.000123"), (123.456789, "123.456789"), (2.675, "2.675"),
    (-1e-7, "-10^{-7}"),
    (123456.7, "123456.7"),
])  # fmt: skip
def test_numbers_are_written_as_people_write_them(value: float, text: str) -> None:
    assert number_text(value) == text


_WRITTEN = re.compile(r"-?\d+(\{,\}\d{3})*(\.\d+)?( \\cdot 10\^\{-?\d+\})?|10\^\{-?\d+\}")


def _read(text: str) -> Decimal:
    text = text.replace("{,}", "").replace(r" \cdot 10^{", "e").replace("}", "")
    return Decimal(text.replace("10^{", "1e"))


@given(st.floats(-1e4, 1e4) | st.integers(-(10**14), 10**14) | st.floats(-1e-5, 1e-5) | written.map(float))
@example(1e-320)
def test_a_written_number_is_read_back(value: float) -> None:
    text = number_text(value)
    assert _WRITTEN.fullmatch(text), text
    assert text not in ("-0", "-0.0")
    assert float(_read(text)) == pytest.approx(value, rel=1e-11, abs=1e-12)


def test_decimals_of_large_numbers_have_no_noise() -> None:
    for whole in (12_345, 123_456, 1_234_567):
        for last in range(1, 10):
            assert number_text(whole + last / 10) == f"{whole}.{last}"


@pytest.mark.parametrize(("way", "texts"), [
    ("plain", ("-2", "0", "0.5")),
    ("factor", ("(-2)", "0", "0.5")),
    ("base", ("(-2)", "0", "0.5")),
    ("added", (" - 2", " + 0", " + 0.5")),
    ("ascii_plain", ("-2", "0", "0.5")),
])  # fmt: skip
def test_signs_belong_to_the_number_and_brackets_to_its_neighbours(way: str, texts: tuple[str, ...]) -> None:
    assert tuple(WAYS[way][value] for value in (-2, 0, 0.5)) == texts


def test_what_is_subtracted_keeps_its_own_sign() -> None:
    assert WAYS["subtracted"][-2] == " - (-2)"
    assert WAYS["subtracted"][0.5] == " - 0.5"


def test_a_power_of_ten_under_a_power_is_bracketed() -> None:
    assert WAYS["base"][2.5e-7] == r"(2.5 \cdot 10^{-7})"


@pytest.mark.parametrize(
    ("value", "text"), [(61_100_840, "61100840"), (1e-7, "1e-7"), (1.5e-9, "1.5e-9"), (-0.5, "-0.5")]
)
def test_a_keyboard_has_no_latex(value: float, text: str) -> None:
    assert number_ascii(value) == text
    assert float(text) == value


def test_a_table_of_texts_writes_each_number_once() -> None:
    written_numbers = []

    def write(value: float) -> str:
        written_numbers.append(value)
        return str(value)

    table = NumberTexts(write)
    assert [table[value] for value in (1, 2, 1, 1)] == ["1", "2", "1", "1"]
    assert written_numbers == [1, 2]
