import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from quizgen.core.lstm_backward import lstm_backward
from quizgen.errors import ShapeError, UsageError

T, D, H = 4, 3, 2
RNG = np.random.default_rng(11)
X, H_0, C_0 = RNG.normal(size=(T, D)), RNG.normal(size=H), RNG.normal(size=H)
W_X, W_H, B = RNG.normal(size=(4, H, D)), RNG.normal(size=(4, H, H)), RNG.normal(size=(4, H))
DH = RNG.normal(size=(T, H))
ARGUMENTS = (X, H_0, C_0, W_X, W_H, B)
FIELDS = ["X", "h_0", "C_0", "W_x", "W_h", "b"]
SIGMA = {"tanh": anp.tanh, "linear": lambda z: z, "softplus": lambda z: anp.log(1 + anp.exp(z))}


def loss(X, h, C, W_x, W_h, b, activation="tanh", bias_of_step=None):
    total = 0.0
    for t in range(len(X)):
        z = [anp.dot(W_x[k], X[t]) + anp.dot(W_h[k], h) + b[k] for k in range(4)]
        if bias_of_step is not None:
            z = [z[k] + bias_of_step[t, k] for k in range(4)]
        f, i, o = (1 / (1 + anp.exp(-z[k])) for k in range(3))
        C = f * C + i * anp.tanh(z[3])
        h = o * SIGMA[activation](C)
        total = total + anp.sum(DH[t] * h)
    return total


@pytest.mark.parametrize("activation", SIGMA)
@pytest.mark.parametrize("argument", range(6), ids=FIELDS)
def test_every_gradient_against_autograd(activation, argument):
    expected = autograd.grad(lambda *a: loss(*a, activation=activation), argument)(*ARGUMENTS)
    gradients = lstm_backward(*ARGUMENTS, DH, activation)
    np.testing.assert_allclose(getattr(gradients, FIELDS[argument]), expected, rtol=1e-9, atol=1e-12)


def test_deltas_are_the_gradients_of_a_bias_per_step():
    expected = autograd.grad(lambda e: loss(*ARGUMENTS, bias_of_step=e))(np.zeros((T, 4, H)))
    np.testing.assert_allclose(lstm_backward(*ARGUMENTS, DH).delta, expected, rtol=1e-9, atol=1e-12)


def test_a_single_unit_is_a_layer_of_one():
    W_x, W_h, b = W_X[:, 0], W_H[:, 0, 0], B[:, 0]
    unit = lstm_backward(X, 0.3, -0.2, W_x, W_h, b, DH[:, 0])
    layer = lstm_backward(X, [0.3], [-0.2], W_x[:, None], W_h[:, None, None], b[:, None], DH[:, :1])
    assert type(unit.h_0) is type(unit.C_0) is float
    assert unit.W_x.shape == (4, D)
    assert unit.delta.shape == (T, 4)
    for field in FIELDS:
        np.testing.assert_allclose(
            getattr(unit, field), np.reshape(getattr(layer, field), np.shape(getattr(unit, field)))
        )


def test_numbers_as_inputs():
    numbers = lstm_backward(X[:, 0], 0.3, -0.2, W_X[:, 0, 0], W_H[:, 0, 0], B[:, 0], DH[:, 0])
    vectors = lstm_backward(X[:, :1], 0.3, -0.2, W_X[:, 0, :1], W_H[:, 0, 0], B[:, 0], DH[:, 0])
    assert numbers.X.shape == (T,)
    np.testing.assert_array_equal(numbers.W_x, vectors.W_x[:, 0])


def test_misuse_is_explained():
    with pytest.raises(ShapeError, match=r"lstm_backward: dH must have shape \(4, 2\) to fit the hidden states"):
        lstm_backward(*ARGUMENTS, DH[:2])
    with pytest.raises(UsageError, match="softmax has a Jacobian"):
        lstm_backward(*ARGUMENTS, DH, "softmax")


def test_against_torch():
    torch = pytest.importorskip("torch")
    cell = torch.nn.LSTM(D, H, batch_first=True, dtype=torch.float64)
    order = [1, 0, 3, 2]  # theirs: input, forget, cell, output; ours: forget, input, output, cell
    W_ih, W_hh, b_ih, b_hh = (p.detach().numpy().reshape(4, H, *p.shape[1:])[order] for p in cell.parameters())
    out, _ = cell(torch.tensor(X), (torch.tensor(H_0[None]), torch.tensor(C_0[None])))
    (out * torch.tensor(DH)).sum().backward()
    ours = lstm_backward(X, H_0, C_0, W_ih, W_hh, b_ih + b_hh, DH)
    for gradient, theirs in zip((ours.W_x, ours.W_h, ours.b), cell.parameters(), strict=False):
        expected = theirs.grad.numpy().reshape(4, H, *theirs.shape[1:])[order]
        np.testing.assert_allclose(gradient, expected, rtol=1e-9, atol=1e-14)
