import math

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import approx_fprime

from quizgen.core.activations import sigmoid, softmax
from quizgen.core.losses import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    categorical_cross_entropy,
    categorical_cross_entropy_gradient,
    mean_squared_error,
    mean_squared_error_gradient,
    one_hot,
    sigmoid_cross_entropy,
    sigmoid_cross_entropy_gradient,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
)
from quizgen.errors import ShapeError, UsageError

REDUCTIONS = ["mean", "sum"]
P = np.array([0.9, 0.2, 0.65])
Y = np.array([1.0, 0.0, 0.0])
LOGITS = np.array([[2.0, -1.0, 0.5], [0.0, 3.0, -2.0]])
PROBABILITIES = scipy.special.softmax(LOGITS, axis=1)
CLASSES = [2, 1]
ONE_HOT = np.array([[0.0, 0, 1], [0, 1, 0]])


def test_mean_squared_error_by_hand():
    assert mean_squared_error([1, 2, 4], [1, 0, 1]) == pytest.approx(13 / 3)
    assert mean_squared_error([1, 2, 4], [1, 0, 1], "sum") == 13
    assert mean_squared_error([1, 2, 4], [1, 0, 1], "sum", half=True) == 6.5
    assert mean_squared_error(3, 1) == 4.0
    assert mean_squared_error([[1, 2], [3, 4]], np.zeros((2, 2))) == 7.5


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("half", [False, True])
def test_mean_squared_error_gradient_by_differences(reduction, half):
    y_hat, y = np.array([1.0, -2.0, 0.5]), np.array([0.0, 1.0, 0.25])
    expected = approx_fprime(y_hat, lambda p: mean_squared_error(p, y, reduction, half))
    np.testing.assert_allclose(mean_squared_error_gradient(y_hat, y, reduction, half), expected, atol=1e-6)
    assert mean_squared_error_gradient(3, 1, half=True) == 2.0


def test_binary_cross_entropy_by_hand():
    terms = [-math.log(0.9), -math.log(0.8), -math.log(0.35)]
    assert binary_cross_entropy(P, Y, "sum") == pytest.approx(sum(terms))
    assert binary_cross_entropy(P, Y) == pytest.approx(sum(terms) / 3)
    assert binary_cross_entropy(0.5, 1) == pytest.approx(math.log(2))


def test_certainty_costs_nothing_or_everything():
    right = binary_cross_entropy([0, 1], [0, 1])
    assert right == 0
    assert math.copysign(1, right) == 1
    assert binary_cross_entropy([0.0], [1.0]) == math.inf
    assert categorical_cross_entropy([1, 0], 0) == 0
    assert categorical_cross_entropy([1, 0], 1) == math.inf


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_binary_gradients_against_autograd(reduction):
    reduce = {"mean": anp.mean, "sum": anp.sum}[reduction]

    def loss(p):
        return -reduce(Y * anp.log(p) + (1 - Y) * anp.log(1 - p))

    np.testing.assert_allclose(binary_cross_entropy_gradient(P, Y, reduction), autograd.grad(loss)(P))
    z = np.array([0.3, -2.0, 1.0])
    expected = autograd.grad(lambda z: loss(1 / (1 + anp.exp(-z))))(z)
    np.testing.assert_allclose(sigmoid_cross_entropy_gradient(z, Y, reduction), expected, atol=1e-15)
    assert sigmoid_cross_entropy(z, Y, reduction) == pytest.approx(binary_cross_entropy(sigmoid(z), Y, reduction))


def test_the_cross_entropy_of_one_sample_is_the_log_of_the_right_probability():
    assert categorical_cross_entropy([0.2, 0.5, 0.3], 1) == pytest.approx(-math.log(0.5))
    assert categorical_cross_entropy([0.2, 0.5, 0.3], [0, 1, 0]) == pytest.approx(-math.log(0.5))


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_the_cross_entropy_of_a_batch_against_log_softmax(reduction):
    log_p = scipy.special.log_softmax(LOGITS, axis=1)
    expected = -(log_p[0, 2] + log_p[1, 1]) / (2 if reduction == "mean" else 1)
    for y in (CLASSES, ONE_HOT):
        assert categorical_cross_entropy(PROBABILITIES, y, reduction) == pytest.approx(expected)
        assert softmax_cross_entropy(LOGITS, y, reduction) == pytest.approx(expected)


def test_soft_targets():
    y, p = np.array([0.25, 0.75]), np.array([0.5, 0.5])
    entropy, divergence = scipy.special.entr(y).sum(), scipy.special.rel_entr(y, p).sum()
    assert categorical_cross_entropy(p, y) == pytest.approx(entropy + divergence)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("y", [CLASSES, ONE_HOT], ids=["classes", "one-hot"])
def test_categorical_gradients_against_autograd(reduction, y):
    divisor = 2 if reduction == "mean" else 1
    expected = autograd.grad(lambda p: -anp.sum(ONE_HOT * anp.log(p)) / divisor)(PROBABILITIES)
    np.testing.assert_allclose(categorical_cross_entropy_gradient(PROBABILITIES, y, reduction), expected)

    def from_logits(z):
        return -anp.sum(ONE_HOT * (z - anp.log(anp.sum(anp.exp(z), axis=1, keepdims=True)))) / divisor

    expected = autograd.grad(from_logits)(LOGITS)
    np.testing.assert_allclose(softmax_cross_entropy_gradient(LOGITS, y, reduction), expected, atol=1e-15)


@given(arrays(np.float64, st.integers(2, 5), elements=st.floats(-700, 700)), st.floats(-100, 100))
def test_logits_give_finite_losses_that_ignore_a_shift(z, shift):
    loss = softmax_cross_entropy(z, 0)
    assert 0 <= loss < math.inf
    assert softmax_cross_entropy(z + shift, 0) == pytest.approx(loss, abs=1e-9)
    assert softmax_cross_entropy_gradient(z, 0).sum() == pytest.approx(0, abs=1e-14)


def test_p_minus_y():
    np.testing.assert_array_equal(softmax_cross_entropy_gradient([1, 2, 0.5], 1), softmax([1, 2, 0.5]) - [0, 1, 0])


def test_logits_far_out_stay_finite():
    assert sigmoid_cross_entropy(-800.0, 1) == 800.0
    assert softmax_cross_entropy([0.0, 800.0], 0) == 800.0


def test_one_hot():
    np.testing.assert_array_equal(one_hot(CLASSES, (2, 3)), ONE_HOT)
    np.testing.assert_array_equal(one_hot(1, (3,)), [0, 1, 0])


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: mean_squared_error([1, 2], [1]), ShapeError, r"y must have shape \(2,\) to fit y_hat"),
        (lambda: mean_squared_error([], []), ShapeError, "at least one prediction"),
        (lambda: mean_squared_error([1], [1], "average"), UsageError, "must be 'mean' or 'sum', got 'average'"),
        (lambda: binary_cross_entropy([1.2], [1]), UsageError, "p must lie between 0 and 1"),
        (lambda: binary_cross_entropy([0.2], [-1]), UsageError, "y must lie between 0 and 1"),
        (lambda: binary_cross_entropy_gradient([1.0], [1]), UsageError, "strictly between 0 and 1"),
        (lambda: categorical_cross_entropy([0.5, 0.5], 2), UsageError, "whole numbers from 0 to 1"),
        (lambda: categorical_cross_entropy([0.5, 0.5], -1), UsageError, "whole numbers from 0 to 1"),
        (lambda: categorical_cross_entropy([0.5, 0.5], 0.5), UsageError, "whole numbers from 0 to 1"),
        (lambda: categorical_cross_entropy([0.5, 0.5], [1, 1]), UsageError, "must sum to 1"),
        (lambda: categorical_cross_entropy([0.5, 0.5], [1, 0, 0]), ShapeError, r"\(2,\) or \(\) \(one number\) to fit"),
        (lambda: categorical_cross_entropy_gradient([0.0, 1.0], 0), UsageError, "must be greater than 0"),
        (lambda: categorical_cross_entropy(0.5, 0), ShapeError, r"p must have shape \(C,\) or \(N, C\)"),
    ],
)
def test_misuse_is_explained(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_against_torch():
    torch = pytest.importorskip("torch")
    F = torch.nn.functional
    z = torch.tensor(LOGITS, requires_grad=True)
    loss = F.cross_entropy(z, torch.tensor(CLASSES))
    loss.backward()
    assert softmax_cross_entropy(LOGITS, CLASSES) == pytest.approx(loss.item())
    np.testing.assert_allclose(softmax_cross_entropy_gradient(LOGITS, CLASSES), z.grad.numpy(), atol=1e-15)
    assert binary_cross_entropy(P, Y) == pytest.approx(F.binary_cross_entropy(torch.tensor(P), torch.tensor(Y)).item())
    assert mean_squared_error(P, Y) == pytest.approx(F.mse_loss(torch.tensor(P), torch.tensor(Y)).item())
