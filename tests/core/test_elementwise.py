import inspect

import numpy as np
import pytest

from quizgen.core.elementwise import elementwise
from quizgen.errors import ShapeError


@elementwise
def scaled(x, factor=2.0):
    """factor · x."""
    return factor * x


def test_numbers_give_python_floats():
    for number in (3, 3.0, np.float64(3), np.array(3)):
        assert type(scaled(number)) is float
        assert scaled(number) == 6.0


def test_arrays_and_nested_sequences_keep_their_shape():
    assert scaled([[1, 2], [3, 4]]).tolist() == [[2, 4], [6, 8]]
    assert scaled(np.ones((2, 0, 3))).shape == (2, 0, 3)
    assert scaled([1]).dtype == np.float64


def test_parameters_pass_through():
    assert scaled(3, 5) == scaled(3, factor=5) == 15.0


def test_the_function_keeps_its_name_signature_and_text():
    assert scaled.__name__ == "scaled"
    assert scaled.__doc__ == "factor · x."
    assert list(inspect.signature(scaled).parameters) == ["x", "factor"]


def test_the_message_names_the_function():
    with pytest.raises(ShapeError, match="scaled: x must be made of real numbers"):
        scaled("3")
