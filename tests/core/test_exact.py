from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.core.exact import exact, exact_array, rounded
from quizgen.errors import UsageError


@given(st.integers(-(10**12), 10**12), st.integers(0, 3))
def test_a_float_stands_for_the_decimal_it_was_written_as(units, places):
    decimal = Decimal(units).scaleb(-places)
    assert exact(float(decimal)) == Fraction(decimal)


def test_float_noise_is_gone():
    assert 0.1 + 0.2 - 0.3 != 0
    assert exact(0.1) + exact(0.2) - exact(0.3) == 0


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_only_finite_numbers_are_exact(number):
    with pytest.raises(UsageError, match="finite"):
        exact(number)


@given(st.lists(st.floats(-1e9, 1e9), min_size=1))
def test_there_and_back(numbers):
    array = np.array(numbers)
    assert rounded(exact_array(array)).tolist() == array.tolist()


def test_exact_arrays_contract_like_any_array():
    W = exact_array(np.array([[0.1, 0.2], [0.3, -0.1]]))
    x = exact_array(np.array([0.3, 0.1]))
    assert (W @ x).tolist() == [Fraction(5, 100), Fraction(8, 100)]
    assert (W @ W).shape == (2, 2)
    assert exact_array(np.array(0.5))[()] == Fraction(1, 2)
