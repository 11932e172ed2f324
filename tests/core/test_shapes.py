from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from quizgen.core.shapes import as_array, as_count, as_number, as_result
from quizgen.errors import QuizgenError, ShapeError, UsageError


@pytest.mark.parametrize("value", [3, 3.0, np.float32(3), Fraction(3), Decimal(3), True + 2])
def test_single_numbers_become_float64(value):
    array = as_array(value, "f: x", ())
    assert array.dtype == np.float64
    assert array.shape == ()
    assert array == 3.0


def test_nested_exact_numbers_become_float64():
    array = as_array([[Fraction(1, 2), Decimal("0.1")], [2, 10**30]], "f: W", ("M", 2))
    assert array.dtype == np.float64
    assert array.tolist() == [[0.5, 0.1], [2.0, 1e30]]


def test_infinities_and_nan_pass():
    assert np.isnan(as_array([np.nan, np.inf], "f: x")[0])


@pytest.mark.parametrize("value", ["3", ["1", "2"], [1, None], 1j, [object()], {"a": 1}])
def test_anything_but_numbers_is_refused(value):
    with pytest.raises(ShapeError, match="f: x must be made of real numbers"):
        as_array(value, "f: x")


def test_ragged_rows_are_refused():
    with pytest.raises(ShapeError, match="f: W must have rows of equal length"):
        as_array([[1, 2], [3]], "f: W")


def test_a_number_beyond_floating_point_is_refused():
    with pytest.raises(QuizgenError, match="too large"):
        as_array(10**400, "f: x")


def test_the_message_names_argument_expectation_reason_and_finding():
    with pytest.raises(ShapeError) as caught:
        as_array(np.zeros((3, 3)), "dense: W", ("M", 2), (2,), fits="x of shape (2,)")
    assert str(caught.value) == "dense: W must have shape (M, 2) or (2,) to fit x of shape (2,), got (3, 3)"


def test_a_missing_axis_is_explained():
    with pytest.raises(ShapeError, match=r"f: b must have shape \(\) \(one number\), got \(1,\)"):
        as_array([1], "f: b", ())


def test_equal_letters_mean_equal_lengths():
    assert as_array(np.eye(3), "f: W", ("N", "N")).shape == (3, 3)
    with pytest.raises(ShapeError, match=r"shape \(N, N\), got \(2, 3\)"):
        as_array(np.zeros((2, 3)), "f: W", ("N", "N"))


@pytest.mark.parametrize("value", [4, 4.0, np.int64(4), np.float64(4), Fraction(8, 2)])
def test_whole_numbers_become_int(value):
    count = as_count(value, "conv: stride")
    assert count == 4
    assert type(count) is int


@pytest.mark.parametrize("value", [0, -1, 2.5, np.inf, np.nan, "2", None, True, [1], Fraction(1, 2)])
def test_other_counts_are_refused(value):
    with pytest.raises(UsageError, match="conv: stride must be a whole number of at least 1, got "):
        as_count(value, "conv: stride")


def test_the_minimum_of_a_count_can_be_zero():
    assert as_count(0, "conv: padding", minimum=0) == 0


def test_numbers_within_bounds_pass():
    assert as_number(0.5, "f: p", above=0, at_most=0.5) == 0.5
    assert type(as_number(np.float32(1), "f: p")) is float


@pytest.mark.parametrize("value", [0, 1.5, np.nan, np.inf])
def test_numbers_outside_bounds_are_refused(value):
    with pytest.raises(UsageError, match="f: p must be a finite number greater than 0 and at most 1, got "):
        as_number(value, "f: p", above=0, at_most=1)


def test_results_without_axes_are_python_floats():
    assert type(as_result(np.float64(2))) is float
    assert type(as_result(np.array(2.0))) is float
    assert as_result(np.array([2.0])).shape == (1,)
