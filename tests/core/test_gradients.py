"""Backpropagation by hand against the tape, autograd and differences: three ways that share nothing with it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.core import operations as op
from quizgen.core.finite_differences import numerical_gradient, relative_error
from quizgen.core.gradients import mlp_gradients
from quizgen.core.tape import Tape
from quizgen.errors import ShapeError, UsageError

#: The hidden activations in the tape's own terms; leaky relu and the like from relu.
HIDDEN: dict[str, Any] = {
    "linear": lambda z: z,
    "sigmoid": op.sigmoid,
    "tanh": op.tanh,
    "relu": op.relu,
    "softplus": op.softplus,
    "softmax": op.softmax,
    "leaky_relu": lambda z: op.relu(z) - 0.01 * op.relu(-z),
    "parametric_relu": lambda z: op.relu(z) - 0.25 * op.relu(-z),
    "swish": lambda z: z * op.sigmoid(z),
}

#: Last activation and loss; the loss of one sample's output h and target y, as a sum over its entries.
ENDS: dict[tuple[str, str], Any] = {
    ("linear", "mean_squared_error"): lambda h, y: op.sum((h - y) ** 2),
    ("tanh", "half_mean_squared_error"): lambda h, y: 0.5 * op.sum((h - y) ** 2),
    ("softmax", "mean_squared_error"): lambda h, y: op.sum((h - y) ** 2),
    ("sigmoid", "binary_cross_entropy"): lambda h, y: -op.sum(y * op.log(h) + (1 - y) * op.log(1 - h)),
    ("softmax", "categorical_cross_entropy"): lambda h, y: -op.sum(y * op.log(h)),
    ("sigmoid", "categorical_cross_entropy"): lambda h, y: -op.sum(y * op.log(h)),
}


@settings(deadline=None, max_examples=100)
@given(
    seed=st.integers(0, 2**32 - 1),
    hidden=st.lists(st.sampled_from(sorted(HIDDEN)), max_size=2),
    end=st.sampled_from(sorted(ENDS)),
    batch=st.sampled_from([None, 1, 4]),
    reduction=st.sampled_from(["mean", "sum"]),
)
def test_every_gradient_is_the_tapes(seed: int, hidden: list[str], end: Any, batch: int | None, reduction: Any) -> None:
    rng = np.random.default_rng(seed)
    activations = [*hidden, end[0]]
    sides = [int(side) for side in rng.integers(2, 5, size=len(activations) + 1)]
    weights = [rng.normal(size=(m, d)) for d, m in pairwise(sides)]
    biases = [rng.normal(size=m) for m in sides[1:]]
    X = rng.normal(size=(batch or 1, sides[0]))
    Y = np.eye(sides[-1])[rng.integers(sides[-1], size=batch or 1)]
    found = mlp_gradients(X if batch else X[0], Y if batch else Y[0], weights, biases, activations, end[1], reduction)

    tape = Tape()
    x = [tape.variable(row) for row in X]
    W, b = [tape.variable(each) for each in weights], [tape.variable(each) for each in biases]
    loss, pre_activations = 0.0, []
    for row, target in zip(x, Y, strict=True):
        h = row
        for W_l, b_l, name in zip(W, b, activations, strict=True):
            pre_activations.append(W_l @ h + b_l)
            h = HIDDEN[name](pre_activations[-1])
        loss = loss + ENDS[end](h, target)
    if reduction == "mean":
        loss = loss / (len(Y) if end[1] == "categorical_cross_entropy" else Y.size)
    tape.backward(loss)

    assert found.loss == pytest.approx(loss.value)
    close = {"rtol": 1e-8, "atol": 1e-10}
    for ours, theirs in zip((*found.dW, *found.db), (*W, *b), strict=True):
        assert np.allclose(ours, theirs.adjoint, **close)
    assert np.allclose(np.atleast_2d(found.dx), [row.adjoint for row in x], **close)
    for layer in range(len(weights)):
        nodes = pre_activations[layer :: len(weights)]
        assert np.allclose(np.atleast_2d(found.pre_activations[layer]), [node.value for node in nodes], **close)
        assert np.allclose(np.atleast_2d(found.deltas[layer]), [node.adjoint for node in nodes], **close)
    assert np.shape(found.dx) == np.shape(X if batch else X[0])


def test_a_two_layer_network_against_autograd_and_differences() -> None:
    rng = np.random.default_rng(3)
    W1, W2, b1, b2 = rng.normal(size=(3, 2)), rng.normal(size=(1, 3)), rng.normal(size=3), rng.normal(size=1)
    x, y = np.array([0.5, -1.0]), 0.7
    found = mlp_gradients(x, y, [W1, W2], [b1, b2], ["tanh", "linear"], "half_mean_squared_error")

    def loss(W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
        return 0.5 * anp.sum((W2 @ anp.tanh(W1 @ x + b1) + b2 - y) ** 2)

    for argument, ours in enumerate((found.dW[0], found.db[0], found.dW[1], found.db[1])):
        assert np.allclose(ours, autograd.grad(loss, argument)(W1, b1, W2, b2), rtol=1e-12)
    assert relative_error(found.dW[0], numerical_gradient(lambda W: loss(W, b1, W2, b2), W1)) < 1e-8


def test_by_hand() -> None:
    """x = 2, w₁ = 1, b₁ = −1, ReLU, w₂ = 3, b₂ = 0.5, y = 3: z = 1, ŷ = 3.5, L = ½ · 0.5², δ₂ = 0.5, δ₁ = 1.5."""
    found = mlp_gradients([2], [3], [[[1]], [[3]]], [[-1], [0.5]], ["relu", "linear"], "half_mean_squared_error")
    assert found.loss == 0.125
    assert [z.tolist() for z in found.pre_activations] == [[1], [3.5]]
    assert [h.tolist() for h in found.activations] == [[2], [1], [3.5]]
    assert [delta.tolist() for delta in found.deltas] == [[1.5], [0.5]]
    assert [dW.tolist() for dW in found.dW] == [[[3]], [[0.5]]]
    assert [db.tolist() for db in found.db] == [[1.5], [0.5]]
    assert found.dx.tolist() == [1.5]


def test_targets_may_be_classes_or_go_without_the_last_axis() -> None:
    W, b = [[[1.0, -1.0], [0.5, 2.0]]], [[0.1, -0.2]]
    by_class = mlp_gradients([1, 2], 1, W, b, ["softmax"], "categorical_cross_entropy")
    one_hot = mlp_gradients([1, 2], [0, 1], W, b, ["softmax"], "categorical_cross_entropy")
    assert np.array_equal(by_class.dW[0], one_hot.dW[0])
    X, w = [[1.0, 2.0], [3.0, 4.0], [0.0, 1.0]], [[[1.0, -1.0]]]
    flat = mlp_gradients(X, [0, 1, 1], w, [[0.0]], ["sigmoid"], "binary_cross_entropy")
    column = mlp_gradients(X, [[0], [1], [1]], w, [[0.0]], ["sigmoid"], "binary_cross_entropy")
    assert np.array_equal(flat.dW[0], column.dW[0])


def test_misuse_is_named() -> None:
    W, b = [[[1.0, -1.0]]], [[0.0]]
    with pytest.raises(UsageError, match="unknown loss 'mean_square_error'; did you mean 'mean_squared_error'"):
        mlp_gradients([1, 2], 1, W, b, ["linear"], "mean_square_error")
    with pytest.raises(UsageError, match="got 1 weights and 0 biases"):
        mlp_gradients([1, 2], 1, W, [], ["linear"])
    with pytest.raises(ShapeError, match="y must have shape"):
        mlp_gradients([1, 2], [1, 2], W, b, ["linear"])
    with pytest.raises(ShapeError, match="W_1 must have shape"):
        mlp_gradients([1, 2, 3], 1, W, b, ["linear"])
