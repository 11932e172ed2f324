import math

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import approx_fprime

from quizgen.core.rnn import rnn_backward, rnn_cell, rnn_output, rnn_parameters, rnn_sequence, scalar_bptt
from quizgen.errors import ShapeError, UsageError

T, D, H = 4, 3, 2
RNG = np.random.default_rng(5)
X, H_0 = RNG.normal(size=(T, D)), RNG.normal(size=H)
W_XH, W_HH, B_H = RNG.normal(size=(H, D)), RNG.normal(size=(H, H)), RNG.normal(size=H)
DH = RNG.normal(size=(T, H))
FIELDS = ["X", "h_0", "W_xh", "W_hh", "b_h"]
SIGMA = {"tanh": anp.tanh, "sigmoid": lambda z: 1 / (1 + anp.exp(-z)), "linear": lambda z: z}
weights = st.integers(-20, 20).map(lambda n: n / 10)


def test_one_step_by_hand():
    h = rnn_cell([1, -1], [0.5, 0], [[1, 2], [0, 1]], [[2, 0], [1, 1]], [0.5, 0], "relu")
    np.testing.assert_allclose(h, [0.5, 0])  # 1 − 2 + 1 + 0.5 and −1 + 0.5
    assert rnn_cell(2, 0.5, 0.25, -1, 0.1) == pytest.approx(math.tanh(0.5 - 0.5 + 0.1))
    assert rnn_cell([1, 2], 0.5, [1, -1], 2, 0, "linear") == 0.0


def test_the_output_of_one_step_and_of_all():
    W_hy, b_y = [[1, 2], [0, -1], [1, 1]], [0, 1, 0]
    np.testing.assert_allclose(rnn_output([1, 2], W_hy, b_y), [5, -1, 3])
    states = rnn_sequence(X, H_0, W_XH, W_HH, B_H)
    outputs = rnn_output(states, W_hy, b_y, "softmax")
    assert outputs.shape == (T, 3)
    np.testing.assert_allclose(outputs[2], rnn_output(states[2], W_hy, b_y, "softmax"))
    assert rnn_output(0.5, 2, 1) == 2.0


def test_a_batch_is_its_rows():
    Hs = RNG.normal(size=(T, H))
    for row, x, h in zip(rnn_cell(X, Hs, W_XH, W_HH, B_H), X, Hs, strict=True):
        np.testing.assert_allclose(row, rnn_cell(x, h, W_XH, W_HH, B_H))


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_stateful_network_continues_where_it_stopped(cut):
    whole = rnn_sequence(X, H_0, W_XH, W_HH, B_H)
    first = rnn_sequence(X[:cut], H_0, W_XH, W_HH, B_H)
    second = rnn_sequence(X[cut:], first[-1], W_XH, W_HH, B_H)
    np.testing.assert_array_equal(np.concatenate([first, second]), whole)


def test_without_input_and_activation_the_state_is_a_power_of_the_matrix():
    states = rnn_sequence(np.zeros((6, D)), H_0, W_XH, W_HH, np.zeros(H), "linear")
    np.testing.assert_allclose(states[-1], np.linalg.matrix_power(W_HH, 6) @ H_0)


def loss(X, h, W_xh, W_hh, b, activation="tanh"):
    total = 0.0
    for t in range(len(X)):
        h = SIGMA[activation](anp.dot(W_xh, X[t]) + anp.dot(W_hh, h) + b)
        total = total + anp.sum(DH[t] * h)
    return total


@pytest.mark.parametrize("activation", SIGMA)
@pytest.mark.parametrize("argument", range(5), ids=FIELDS)
def test_backpropagation_through_time_against_autograd(activation, argument):
    arguments = (X, H_0, W_XH, W_HH, B_H)
    gradients = rnn_backward(*arguments, DH, activation)
    expected = autograd.grad(lambda *a: loss(*a, activation), argument)(*arguments)
    np.testing.assert_allclose(getattr(gradients, FIELDS[argument]), expected, rtol=1e-10, atol=1e-12)


def test_deltas_are_the_gradients_of_a_bias_per_step():
    per_step = autograd.grad(sum_with_biases)(np.tile(B_H, (T, 1)))
    np.testing.assert_allclose(rnn_backward(X, H_0, W_XH, W_HH, B_H, DH).delta, per_step)


def sum_with_biases(B):
    h, total = H_0, 0.0
    for t in range(T):
        h = anp.tanh(anp.dot(W_XH, X[t]) + anp.dot(W_HH, h) + B[t])
        total = total + anp.sum(DH[t] * h)
    return total


@given(st.lists(weights, min_size=1, max_size=5), weights, weights, weights, weights)
def test_the_scalar_gradient_against_central_differences(x, h_0, w_x, w_h, b):
    def last_state(w):
        h = h_0
        for value in x:
            h = math.tanh(w_x * value + w * h + b)
        return h

    step = 1e-5
    expected = 3 * (last_state(w_h + step) - last_state(w_h - step)) / (2 * step)
    gradient = scalar_bptt(x, h_0, w_x, w_h, b, 3.0)
    assert gradient == pytest.approx(expected, rel=1e-5, abs=1e-8)
    assert scalar_bptt(x, h_0, w_x, w_h, b, [0.0] * (len(x) - 1) + [3.0]) == gradient
    assert type(gradient) is float


def test_a_single_unit_is_a_layer_of_one():
    w_x, x = RNG.normal(size=D), X
    layer = rnn_backward(x, [0.3], [w_x], [[0.7]], [0.1], DH[:, :1])
    unit = rnn_backward(x, 0.3, w_x, 0.7, 0.1, DH[:, 0])
    assert unit.W_hh == layer.W_hh[0, 0]
    assert type(unit.W_hh) is type(unit.b_h) is type(unit.h_0) is float
    np.testing.assert_array_equal(unit.W_xh, layer.W_xh[0])
    np.testing.assert_array_equal(unit.X, layer.X)
    assert unit.delta.shape == (T,)
    np.testing.assert_array_equal(
        rnn_sequence(x, 0.3, w_x, 0.7, 0.1), rnn_sequence(x, [0.3], [w_x], [[0.7]], [0.1])[:, 0]
    )


def test_numbers_as_inputs_of_a_layer():
    x, w_x = X[:, 0], W_XH[:, 0]
    gradients = rnn_backward(x, H_0, w_x, W_HH, B_H, DH)
    expected = approx_fprime(w_x, lambda w: float((DH * rnn_sequence(x, H_0, w, W_HH, B_H)).sum()))
    np.testing.assert_allclose(gradients.W_xh, expected, rtol=1e-5, atol=1e-6)
    assert gradients.X.shape == (T,)


@pytest.mark.parametrize(("hidden", "inputs", "outputs"), [(1, 1, 0), (3, 2, 0), (4, 3, 5)])
def test_parameters_are_the_entries_of_the_arrays(hidden, inputs, outputs):
    arrays = [np.ones((hidden, hidden)), np.ones((hidden, inputs)), np.ones(hidden)]
    if outputs:
        arrays += [np.ones((outputs, hidden)), np.ones(outputs)]
    assert rnn_parameters(hidden, inputs, outputs) == sum(a.size for a in arrays)
    assert rnn_parameters(hidden, inputs, outputs, two_biases=True) == sum(a.size for a in arrays) + hidden


def test_misuse_is_explained():
    with pytest.raises(ShapeError, match=r"rnn_cell: W_hh must have shape \(2, 3\) to fit h_prev of shape \(3,\)"):
        rnn_cell([1], [1, 2, 3], [[1], [1]], np.eye(2), [0, 0])
    with pytest.raises(ShapeError, match=r"rnn_sequence: h_t must have shape \(3,\) to fit h_0, got \(2,\)"):
        rnn_sequence([[1]], [1, 2, 3], [[1], [1]], np.ones((2, 3)), [0, 0])
    with pytest.raises(ShapeError, match=r"rnn_backward: dH must have shape \(4, 2\)"):
        rnn_backward(X, H_0, W_XH, W_HH, B_H, [1, 2])
    with pytest.raises(ShapeError, match="at least one time step"):
        rnn_sequence(np.zeros((0, D)), H_0, W_XH, W_HH, B_H)
    with pytest.raises(UsageError, match="softmax has a Jacobian"):
        rnn_backward(X, H_0, W_XH, W_HH, B_H, DH, "softmax")
    with pytest.raises(UsageError, match="rnn_parameters: hidden"):
        rnn_parameters(0, 1)


def test_against_torch():
    torch = pytest.importorskip("torch")
    cell = torch.nn.RNN(D, H, batch_first=True, dtype=torch.float64)
    W_xh, W_hh, b_ih, b_hh = (p.detach().numpy() for p in cell.parameters())
    states, _ = cell(torch.tensor(X), torch.tensor(H_0[None]))
    np.testing.assert_allclose(rnn_sequence(X, H_0, W_xh, W_hh, b_ih + b_hh), states.detach().numpy(), rtol=1e-10)
    (states * torch.tensor(DH)).sum().backward()
    gradients = rnn_backward(X, H_0, W_xh, W_hh, b_ih + b_hh, DH)
    for ours, theirs in zip((gradients.W_xh, gradients.W_hh, gradients.b_h), cell.parameters(), strict=False):
        np.testing.assert_allclose(ours, theirs.grad.numpy(), rtol=1e-10)
    assert rnn_parameters(H, D, two_biases=True) == sum(p.numel() for p in cell.parameters())
