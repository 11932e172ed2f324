"""Differences against derivatives known in closed form, and the order of their error."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.core.finite_differences import (
    central_difference,
    forward_difference,
    numerical_gradient,
    numerical_jacobian,
    relative_error,
)
from quizgen.errors import ShapeError, UsageError


@given(st.floats(-5, 5))
def test_the_slope_of_a_number(x: float) -> None:
    """The error is below h²/6 and h/2 plus what cancellation costs, about 1e-16 / h."""
    slope = numerical_gradient(np.sin, x)
    assert type(slope) is float
    assert slope == pytest.approx(np.cos(x), abs=1e-9)
    assert numerical_gradient(np.sin, x, scheme="forward") == pytest.approx(np.cos(x), abs=2e-7)


def test_gradient_and_jacobian_of_quadratic_and_linear_maps() -> None:
    rng = np.random.default_rng(0)
    A, x = rng.normal(size=(3, 3)), rng.normal(size=3)
    assert np.allclose(numerical_gradient(lambda v: v @ A @ v, x), (A + A.T) @ x, atol=1e-9)
    assert np.allclose(numerical_jacobian(lambda v: A @ v, x), A, atol=1e-9)
    W = rng.normal(size=(2, 3))
    slopes = numerical_jacobian(lambda matrix: matrix @ x, W)
    assert slopes.shape == (2, 2, 3)
    assert np.allclose(slopes, np.einsum("ik,j->ikj", np.eye(2), x), atol=1e-9)


def test_the_error_is_of_second_and_of_first_order() -> None:
    """Halving h quarters a central difference's error and halves a forward difference's."""
    for scheme, factor in (("central", 4), ("forward", 2)):
        errors = [abs(numerical_gradient(np.exp, 1.0, h, scheme) - np.e) for h in (0.02, 0.01)]
        assert errors[0] / errors[1] == pytest.approx(factor, rel=0.02)


def test_differences_from_given_values() -> None:
    assert central_difference(1.21, 0.81, 0.1) == pytest.approx(2.0)
    assert forward_difference(1.21, 1.0, 0.1) == pytest.approx(2.1)
    with pytest.raises(UsageError, match="greater than 0"):
        central_difference(1, 0, 0)


def test_relative_error() -> None:
    assert relative_error([3, 4], [3, 4]) == 0
    assert relative_error([0, 0], [0, 0]) == 0
    assert relative_error([3, 4], [0, 0]) == 1
    assert relative_error([0, 5], [0, 4]) == pytest.approx(0.2)
    assert relative_error(1, -1) == pytest.approx(2)
    with pytest.raises(ShapeError, match="to fit found of shape"):
        relative_error([1, 2], [1])


@given(st.lists(st.floats(-9, 9), min_size=2, max_size=2), st.floats(0.5, 2))
def test_relative_error_is_symmetric_and_without_scale(a: list[float], scale: float) -> None:
    b = [1.0, -2.0]
    assert relative_error(a, b) == relative_error(b, a)
    assert relative_error(np.multiply(a, scale), np.multiply(b, scale)) == pytest.approx(relative_error(a, b))


def test_misuse_is_named() -> None:
    with pytest.raises(UsageError, match='"central" or "forward", got \'backward\''):
        numerical_gradient(np.sin, 1.0, scheme="backward")  # type: ignore[arg-type]
    with pytest.raises(ShapeError, match=r"f\(x\) must have shape \(\)"):
        numerical_gradient(np.sin, [1.0, 2.0])  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="h must be a finite number greater than 0"):
        numerical_gradient(np.sin, 1.0, h=0.0)
