from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.core.perceptron import perceptron_epoch, perceptron_output, perceptron_train, perceptron_update
from quizgen.errors import ShapeError, UsageError

CORNERS = [[0, 0], [0, 1], [1, 0], [1, 1]]
tenths = st.integers(-20, 20).map(lambda n: n / 10)


def test_zero_counts_as_positive():
    assert perceptron_output([1, 1], [1, -1], 0) == 1
    assert perceptron_output([1, 1], [1, -1], -0.001) == -1
    assert type(perceptron_output([1.0], [1.0], 0)) is int


def test_the_sign_is_that_of_the_exact_decimals():
    assert np.dot([0.1, 0.2], [1.0, 1.0]) - 0.3 > 0  # in floats the sum is not zero, so its negative is below zero
    assert perceptron_output([-1, -1], [0.1, 0.2], 0.3) == 1


def test_an_update_moves_the_output_towards_the_label():
    w, b = perceptron_update([0.5, -0.5], 0.1, [1, 2], 1, 0.1)
    assert w.tolist() == [0.7, -0.1]  # w + 0.1 · (1 − (−1)) · x
    assert b == 0.3


def test_no_update_where_the_output_is_right():
    w, b = perceptron_update([0.5, -0.5], 0.1, [1, 2], -1, 0.1)
    assert w.tolist() == [0.5, -0.5]
    assert b == 0.1


@given(
    st.lists(tenths, min_size=2, max_size=2), tenths, st.lists(tenths, min_size=2, max_size=2), st.sampled_from([-1, 1])
)
def test_an_update_raises_the_margin_of_a_misclassified_sample(w, b, x, y):
    new_w, new_b = perceptron_update(w, b, x, y, 0.1)
    before, after = y * (np.dot(w, x) + b), y * (np.dot(new_w, x) + new_b)
    if perceptron_output(x, w, b) == y:
        assert (new_w.tolist(), new_b) == (w, b)
    else:
        assert after == pytest.approx(before + 2 * 0.1 * (np.dot(x, x) + 1))


def decimal_epoch(w, b, X, y, alpha):
    """The same epoch on paper: decimal arithmetic with 28 digits, one number at a time."""
    w, b, alpha = [Decimal(str(v)) for v in w], Decimal(str(b)), Decimal(str(alpha))
    rows = []
    for x, label in zip(X, y, strict=True):
        x = [Decimal(str(v)) for v in x]
        z = b
        for i in range(len(x)):
            z += w[i] * x[i]
        y_hat = 1 if z >= 0 else -1
        if y_hat != label:
            w = [w[i] + alpha * (label - y_hat) * x[i] for i in range(len(x))]
            b += alpha * (label - y_hat)
        rows.append((float(z), y_hat, label - y_hat, [float(v) for v in w], float(b)))
    return rows


@given(st.data(), st.integers(1, 3), st.integers(1, 6))
def test_an_epoch_is_the_epoch_on_paper(data, D, N):
    w = data.draw(st.lists(tenths, min_size=D, max_size=D))
    X = data.draw(st.lists(st.lists(tenths, min_size=D, max_size=D), min_size=N, max_size=N))
    y = data.draw(st.lists(st.sampled_from([-1, 1]), min_size=N, max_size=N))
    b, alpha = data.draw(tenths), data.draw(st.sampled_from([0.1, 0.05, 0.5, 1.0]))
    steps = perceptron_epoch(w, b, X, y, alpha)
    assert [(s.z, s.y_hat, s.error, s.w.tolist(), s.b) for s in steps] == decimal_epoch(w, b, X, y, alpha)


@pytest.mark.parametrize("y", [[-1, -1, -1, 1], [-1, 1, 1, 1], [1, 1, 1, -1]], ids=["AND", "OR", "NAND"])
def test_boolean_functions_are_learned(y):
    training = perceptron_train([0, 0], 0, CORNERS, y, 0.1)
    assert training.converged
    assert [perceptron_output(x, training.w, training.b) for x in CORNERS] == y
    assert not any(step.error for step in training.epochs[-1])
    assert training.updates == sum(step.error != 0 for epoch in training.epochs for step in epoch) > 0
    assert training.epochs[-1][-1].w.tolist() == training.w.tolist()


def test_xor_is_never_learned():
    training = perceptron_train([0.3, -0.2], 0.1, CORNERS, [-1, 1, 1, -1], 0.1, max_epochs=25)
    assert not training.converged
    assert len(training.epochs) == 25


def test_training_is_epoch_after_epoch():
    y = [-1, -1, -1, 1]
    training = perceptron_train([0.3, -0.2], 0.1, CORNERS, y, 0.1)
    w, b = np.array([0.3, -0.2]), 0.1
    for epoch in training.epochs:
        steps = perceptron_epoch(w, b, CORNERS, y, 0.1)
        assert [s.w.tolist() for s in steps] == [s.w.tolist() for s in epoch]
        w, b = steps[-1].w, steps[-1].b


def test_misuse_is_explained():
    with pytest.raises(ShapeError, match=r"perceptron_output: w must have shape \(2,\) to fit x"):
        perceptron_output([1, 2], [1, 2, 3], 0)
    with pytest.raises(UsageError, match=r"labels must be \+1 or -1, got \[0.0\]"):
        perceptron_update([1], 0, [1], 0, 0.1)
    with pytest.raises(UsageError, match="perceptron_epoch: alpha must be a finite number greater than 0"):
        perceptron_epoch([1], 0, [[1]], [1], 0)
    with pytest.raises(ShapeError, match=r"perceptron_epoch: y must have shape \(2,\)"):
        perceptron_epoch([1], 0, [[1], [2]], [1], 1)
    with pytest.raises(UsageError, match="max_epochs"):
        perceptron_train([1], 0, [[1]], [1], 1, max_epochs=0)
