import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quizgen.core.activation_derivatives import (
    DERIVATIVES,
    activation_derivative,
    elementwise_derivative,
    leaky_relu_derivative,
    parametric_relu_derivative,
    relu_derivative,
    sigmoid_derivative,
    softmax_jacobian,
    tanh_derivative,
)
from quizgen.core.activations import ACTIVATIONS, SWISH_ARGMIN, activation
from quizgen.errors import UsageError

POINTS = np.array([-30.0, -4.0, -1.5, -0.3, 0.2, 0.9, 3.0, 30.0])
ELEMENTWISE = [name for name in DERIVATIVES if name != "softmax"]

# The functions once more, as the lecture writes them, for autograd to differentiate.
FORMULAS = {
    "linear": lambda x: 1.0 * x,
    "sigmoid": lambda x: 1 / (1 + anp.exp(-x)),
    "tanh": anp.tanh,
    "relu": lambda x: anp.maximum(0, x),
    "softplus": lambda x: anp.log(1 + anp.exp(x)),
    "leaky_relu": lambda x: anp.maximum(0.01 * x, x),
    "parametric_relu": lambda x: anp.maximum(0.25 * x, x),
    "swish": lambda x: x / (1 + anp.exp(-x)),
}


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_against_autograd(name):
    expected = autograd.elementwise_grad(FORMULAS[name])(POINTS)
    np.testing.assert_allclose(activation_derivative(name, POINTS), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_against_central_differences_of_our_own_functions(name):
    step = 1e-6
    expected = (activation(name, POINTS + step) - activation(name, POINTS - step)) / (2 * step)
    np.testing.assert_allclose(activation_derivative(name, POINTS), expected, rtol=1e-6, atol=1e-8)


@given(arrays(np.float64, st.integers(1, 5), elements=st.floats(-20, 20)))
def test_softmax_jacobian_against_autograd(x):
    expected = autograd.jacobian(lambda z: anp.exp(z) / anp.sum(anp.exp(z)))(x)
    J = softmax_jacobian(x)
    np.testing.assert_allclose(J, expected, rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(J.sum(axis=1), 0, atol=1e-14)
    np.testing.assert_array_equal(J, activation_derivative("softmax", x))


def test_softmax_jacobians_of_a_batch():
    X = np.array([[1.0, 2.0, 0.0], [0.0, 0.0, 3.0]])
    np.testing.assert_array_equal(softmax_jacobian(X), [softmax_jacobian(X[0]), softmax_jacobian(X[1])])


def test_the_kinks_take_the_left_derivative():
    assert relu_derivative(0.0) == 0.0
    assert leaky_relu_derivative(0.0) == 0.01
    assert parametric_relu_derivative(0.0, 0.3) == activation_derivative("parametric_relu", 0, alpha=0.3) == 0.3


def test_far_out_the_derivatives_keep_their_digits():
    # 1 − tanh² and σ(1 − σ) would both be 0 here.
    assert tanh_derivative(50.0) == pytest.approx(4 * np.exp(-100.0), rel=1e-12, abs=0)
    assert sigmoid_derivative(50.0) == pytest.approx(np.exp(-50.0), rel=1e-12, abs=0)


def test_known_extremes():
    assert sigmoid_derivative(0.0) == 0.25
    assert tanh_derivative(0.0) == 1.0
    assert activation_derivative("swish", SWISH_ARGMIN) == pytest.approx(0.0, abs=1e-15)


def test_every_activation_has_its_derivative():
    assert list(DERIVATIVES) == list(ACTIVATIONS)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_numbers_give_floats_and_arrays_keep_their_shape(name):
    assert type(activation_derivative(name, 1)) is float
    assert activation_derivative(name, [[1, 2], [3, 4]]).shape == (2, 2)
    assert elementwise_derivative(name) is DERIVATIVES[name]


def test_softmax_has_no_elementwise_derivative():
    with pytest.raises(UsageError, match="softmax has a Jacobian"):
        elementwise_derivative("softmax")


def test_unknown_names_and_foreign_parameters_are_refused():
    with pytest.raises(UsageError, match="did you mean 'relu'"):
        activation_derivative("rellu", 1.0)
    with pytest.raises(UsageError, match="no parameter alpha"):
        activation_derivative("tanh", 1.0, alpha=1.0)
