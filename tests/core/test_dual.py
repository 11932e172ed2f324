"""Dual numbers against derivatives in closed form, differences, autograd, and against the tape."""

from __future__ import annotations

from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.core import operations as op
from quizgen.core.dual import Dual, derivative, forward_jacobian, jvp
from quizgen.core.finite_differences import numerical_jacobian, relative_error
from quizgen.core.tape import grad, jacobian
from quizgen.errors import ShapeError


def layer(x: Any) -> Any:
    """Every kind of operation on a vector of three numbers, to a vector of three."""
    W = np.array([[0.5, -1.0, 2.0], [1.5, 0.3, -0.7], [0.2, 0.9, 1.1]])
    h = op.tanh(W @ x + 0.1) * x[::-1] / (2 + x * x)
    p = op.softmax(h - op.mean(h))
    loss = op.softmax_cross_entropy(h, [0.0, 1.0, 0.0]) + op.dot(p, x)
    return op.stack([loss, op.max(x) ** 2, op.sum(op.relu(h) + op.softplus(-h) + op.log(2 + op.sin(h)))])


POINTS = st.lists(st.floats(-2, 2), min_size=3, max_size=3).map(lambda x: np.add(x, [0.0, 0.001, 0.003]))


@given(st.floats(0.1, 3))
def test_derivatives_in_closed_form(x: float) -> None:
    assert derivative(lambda u: u**3 - 2 * u, x) == pytest.approx(3 * x**2 - 2)
    assert derivative(op.sin, x) == pytest.approx(np.cos(x))
    assert derivative(op.cos, x) == pytest.approx(-np.sin(x))
    assert derivative(op.exp, x) == pytest.approx(np.exp(x))
    assert derivative(op.log, x) == pytest.approx(1 / x)
    assert derivative(op.sqrt, x) == pytest.approx(0.5 / np.sqrt(x))
    assert derivative(op.tanh, x) == pytest.approx(1 / np.cosh(x) ** 2)
    assert derivative(op.sigmoid, x) == pytest.approx(np.exp(-x) / (1 + np.exp(-x)) ** 2)
    assert derivative(op.softplus, x) == pytest.approx(1 / (1 + np.exp(-x)))
    assert derivative(lambda u: 1 / u, x) == pytest.approx(-1 / x**2)
    assert derivative(lambda u: u**u, x) == pytest.approx(x**x * (np.log(x) + 1))
    assert type(derivative(op.sin, x)) is float


@given(a=st.floats(-5, 5), b=st.floats(-5, 5), c=st.floats(-5, 5), d=st.floats(-5, 5))
def test_the_algebra_of_dual_numbers(a: float, b: float, c: float, d: float) -> None:
    """(a + bε)(c + dε) = ac + (ad + bc)ε and so on."""
    u, v = Dual(a, b), Dual(c, d)
    assert ((u + v).value, (u + v).derivative) == (a + c, b + d)
    assert ((u - v).value, (u - v).derivative) == (a - c, b - d)
    assert (u * v).value == a * c
    assert (u * v).derivative == pytest.approx(b * c + a * d)
    if abs(c) > 0.1:
        assert (u / v).derivative == pytest.approx((b * c - a * d) / c**2, abs=1e-9)


@settings(deadline=None, max_examples=50)
@given(POINTS, POINTS)
def test_jvp_is_the_jacobian_times_the_direction(x: Any, v: Any) -> None:
    value, change = jvp(layer, x, v)
    assert np.array_equal(value, layer(x))
    assert np.allclose(change, jacobian(layer)(x) @ v, atol=1e-12)
    assert np.allclose(change, jvp(layer, x, 2 * v)[1] / 2, atol=1e-12)


@settings(deadline=None, max_examples=50)
@given(POINTS)
def test_forward_and_reverse_mode_agree_and_are_right(x: Any) -> None:
    forward, reverse = forward_jacobian(layer, x), jacobian(layer)(x)
    assert forward.shape == (3, 3)
    assert np.allclose(forward, reverse, rtol=1e-10, atol=1e-12)


def test_against_differences_and_autograd() -> None:
    x = np.array([0.3, -1.2, 0.8])
    assert relative_error(forward_jacobian(layer, x), numerical_jacobian(layer, x)) < 1e-8
    A = np.random.default_rng(0).normal(size=(2, 3))
    theirs = autograd.jacobian(lambda v: anp.tanh(A @ anp.sin(v)))(x)
    assert np.allclose(forward_jacobian(lambda v: op.tanh(A @ op.sin(v)), x), theirs)
    by_matrix = autograd.jacobian(lambda M: anp.sum(M @ M.T, axis=0))(A)
    assert np.allclose(forward_jacobian(lambda M: op.sum(M @ M.T, axis=0), A), by_matrix)


def test_a_number_spread_over_an_array() -> None:
    value, change = jvp(lambda a: a + np.ones((2, 2)), 3.0, 2.0)
    assert value.tolist() == [[4, 4], [4, 4]]
    assert change.tolist() == [[2, 2], [2, 2]]


def test_a_dual_number_reads_lists() -> None:
    y = op.sum(Dual([1, 2], [1, 0]) ** 3)
    assert (y.value, y.derivative) == (9, 3)


def test_a_list_of_values_and_a_constant() -> None:
    assert derivative(lambda t: [t * t, 1.0], 3.0).tolist() == [6, 0]
    assert jvp(lambda _: 5.0, [1.0, 2.0], [1.0, 1.0]) == (5.0, 0.0)
    assert forward_jacobian(lambda x: x * x, 3.0) == 6.0


def test_nested_with_itself_and_with_the_tape() -> None:
    """No level takes another's change for its own: d/dx (x · d/dy (x + y)) = 1, not 2."""
    assert derivative(lambda x: x * derivative(lambda y: x + y, 1.0), 1.0) == 1.0
    assert derivative(lambda x: derivative(lambda y: y**3, x), 2.0) == 12.0
    assert derivative(grad(lambda x: x**4), 2.0) == 48.0
    assert grad(lambda x: derivative(lambda u: u**4 * x, x))(2.0) == 128.0


def test_the_direction_has_the_shape_of_the_point() -> None:
    with pytest.raises(ShapeError, match=r"must have the shape \(2,\) of the value, got \(\)"):
        jvp(op.exp, [1.0, 2.0], 1.0)
