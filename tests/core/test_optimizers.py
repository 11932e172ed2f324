import math

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.core.optimizers import (
    adam_step,
    gradient_descent_step,
    linear_model_gradient,
    momentum_step,
    steps_per_epoch,
    training_steps,
)
from quizgen.errors import ShapeError, UsageError

counts = st.integers(1, 10_000)


def test_a_gradient_descent_step_by_hand():
    assert gradient_descent_step(2.0, -3.0, 0.1) == pytest.approx(2.3)
    np.testing.assert_allclose(gradient_descent_step([[1, 2]], [[10, -10]], 0.1), [[0, 3]])


def test_weight_decay_is_the_gradient_of_its_penalty():
    w, g, decay = np.array([1.0, -2.0]), np.array([0.3, 0.1]), 0.5
    penalised = g + autograd.grad(lambda w: decay / 2 * anp.sum(w**2))(w)
    np.testing.assert_allclose(gradient_descent_step(w, g, 0.1, l2=decay), gradient_descent_step(w, penalised, 0.1))


def test_momentum_without_beta_is_gradient_descent():
    w, v = momentum_step([1.0, 2.0], [3.0, -1.0], [7.0, 7.0], 0.1, beta=0)
    np.testing.assert_allclose(w, gradient_descent_step([1.0, 2.0], [3.0, -1.0], 0.1))
    np.testing.assert_allclose(v, [3.0, -1.0])


def test_under_a_constant_gradient_the_velocity_is_a_geometric_series():
    w, v = 0.0, 0.0
    for _ in range(12):
        w, v = momentum_step(w, 2.0, v, 0.1, beta=0.8)
    assert type(w) is float
    assert v == pytest.approx(2 * (1 - 0.8**12) / (1 - 0.8))
    assert w == pytest.approx(-0.1 * 2 * sum((1 - 0.8**k) / 0.2 for k in range(1, 13)))


@pytest.mark.parametrize("gradient", [5.0, -0.01])
def test_the_first_adam_step_is_the_learning_rate_long_whatever_the_gradient(gradient):
    step = adam_step(1.0, gradient, 0.0, 0.0, t=1, alpha=0.1)
    assert step.w == pytest.approx(1.0 - math.copysign(0.1, gradient), abs=1e-6)
    assert step.m_hat == pytest.approx(gradient)
    assert step.v_hat == pytest.approx(gradient**2)
    assert step.t == 1


def test_under_a_constant_gradient_the_bias_correction_is_exact():
    m = v = 0.0
    for t in range(1, 8):
        step = adam_step(0.0, 0.7, m, v, t)
        m, v = step.m, step.v
        assert step.m_hat == pytest.approx(0.7)
        assert step.v_hat == pytest.approx(0.49)


def test_optimisers_against_torch():
    torch = pytest.importorskip("torch")
    gradients = np.random.default_rng(1).normal(size=(6, 3))
    start = np.array([0.5, -1.0, 2.0])

    def theirs(optimizer):
        w = torch.tensor(start, requires_grad=True)
        run = optimizer([w])
        for g in gradients:
            w.grad = torch.tensor(g)
            run.step()
        return w.detach().numpy()

    w, v = start, np.zeros(3)
    u, m, s = start, np.zeros(3), np.zeros(3)
    for t, g in enumerate(gradients, start=1):
        w, v = momentum_step(w, g, v, 0.05, 0.9)
        adam = adam_step(u, g, m, s, t, alpha=0.02)
        u, m, s = adam.w, adam.m, adam.v
    np.testing.assert_allclose(w, theirs(lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9)))
    np.testing.assert_allclose(u, theirs(lambda p: torch.optim.Adam(p, lr=0.02)))


@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_the_gradient_of_a_linear_model_against_autograd(half, reduction):
    X, y = np.array([[1.0, 2.0], [0.5, -1.0], [3.0, 0.0]]), np.array([1.0, 0.0, -2.0])
    w, b = np.array([0.3, -0.7]), 0.2
    reduce = {"mean": anp.mean, "sum": anp.sum}[reduction]

    def loss(w, b):
        return (0.5 if half else 1.0) * reduce((anp.dot(X, w) + b - y) ** 2)

    dw, db = linear_model_gradient(X, y, w, b, reduction, half)
    np.testing.assert_allclose(dw, autograd.grad(loss, 0)(w, b))
    assert db == pytest.approx(autograd.grad(loss, 1)(w, b))


def test_a_single_feature_may_be_a_number():
    dw, db = linear_model_gradient([1, 2], [1, 1], 2, -1)
    assert (dw, db) == (4.0, 2.0)  # errors 0 and 2: 2/2 (0·1 + 2·2) and 2/2 (0 + 2)
    assert type(dw) is float


@given(counts, counts)
def test_the_steps_of_an_epoch_cover_every_sample_once(N, B):
    assert steps_per_epoch(N, B) == len(range(0, N, B))
    assert training_steps(N, B, 3) == 3 * steps_per_epoch(N, B)
    assert type(steps_per_epoch(float(N), B)) is int


def test_misuse_is_explained():
    with pytest.raises(ShapeError, match=r"gradient must have shape \(2,\) to fit w"):
        gradient_descent_step([1, 2], [1], 0.1)
    with pytest.raises(ShapeError, match="momentum_step: v must have shape"):
        momentum_step([1, 2], [1, 2], 0, 0.1)
    with pytest.raises(UsageError, match="beta must be a finite number at least 0 and less than 1"):
        momentum_step(1, 1, 0, 0.1, beta=1)
    with pytest.raises(UsageError, match="adam_step: t must be a whole number of at least 1, got 0"):
        adam_step(1, 1, 0, 0, 0)
    with pytest.raises(UsageError, match="l2"):
        gradient_descent_step(1, 1, 0.1, l2=-1)
    with pytest.raises(ShapeError, match=r"X must have shape \(N, 2\) to fit w"):
        linear_model_gradient([[1, 2, 3]], [1], [1, 2], 0)
    with pytest.raises(UsageError, match="batch_size"):
        steps_per_epoch(10, 0)
