"""Training by gradient descent against autograd, and against the closed form where there is one."""

from __future__ import annotations

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from quizgen.core.training import DIVERGED, train_mlp
from quizgen.errors import UsageError


def test_a_hidden_layer_learns_as_autograd_says() -> None:
    random = np.random.default_rng(3)
    X, y = random.normal(size=(7, 2)), (random.normal(size=7) > 0).astype(float)
    X_val, y_val = random.normal(size=(4, 2)), (random.normal(size=4) > 0).astype(float)
    theta = [random.normal(size=shape) for shape in ((3, 2), (3,), (1, 3), (1,))]

    def loss(theta, X, y):
        W_1, b_1, W_2, b_2 = theta
        z = (anp.tanh(X @ W_1.T + b_1) @ W_2.T + b_2)[:, 0]
        return anp.mean(anp.log1p(anp.exp(z)) - y * z)

    run = train_mlp(
        X, y, [theta[0], theta[2]], [theta[1], theta[3]], ("tanh", "sigmoid"), 0.5, 20,
        "binary_cross_entropy", X_val, y_val,
    )  # fmt: skip
    losses, validation = [], []
    for _ in range(21):
        losses.append(loss(theta, X, y))
        validation.append(loss(theta, X_val, y_val))
        final, theta = theta, [t - 0.5 * g for t, g in zip(theta, grad(loss)(theta, X, y), strict=True)]
    assert np.allclose(run.losses, losses, rtol=1e-10)
    assert np.allclose(run.validation_losses, validation, rtol=1e-10)
    assert np.allclose(run.weights[0], final[0], rtol=1e-10)
    assert np.allclose(run.biases[1], final[3], rtol=1e-10)


@pytest.mark.parametrize("share", [0.1, 0.9, 1.9, 2.1])
def test_a_linear_unit_follows_the_closed_form(share: float) -> None:
    """On y = w x with symmetric inputs the error shrinks, or grows, by 1 - share at each step."""
    x = np.array([-2.0, -1.0, 1.0, 2.0])
    curvature = 2 * np.mean(x**2)
    run = train_mlp(x[:, None], 3 * x, [[[0.0]]], [[0.0]], ["linear"], share / curvature, 30)
    expected = [np.mean((3 * x) ** 2) * (1 - share) ** (2 * k) for k in range(31)]
    assert np.allclose(run.losses, expected, rtol=1e-9)
    assert run.validation_losses == ()


def test_what_diverges_ends_in_time() -> None:
    run = train_mlp([[3.0], [-3.0]], [1.0, -1.0], [[[0.0]]], [[0.0]], ["linear"], 5.0, 10_000)
    assert len(run.losses) < 20
    assert run.losses[-1] > DIVERGED > run.losses[-2]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"alpha": 0}, "alpha above 0"),
        ({"alpha": float("nan")}, "alpha above 0"),
        ({"epochs": 0}, "one or more epochs"),
        ({"X_val": [[1.0]]}, "got only one of them"),
        ({"loss": "hinge"}, "unknown loss"),
    ],
)
def test_what_makes_no_sense_is_refused(changed: dict[str, object], message: str) -> None:
    arguments = {"X": [[1.0]], "y": [1.0], "weights": [[[0.0]]], "biases": [[0.0]], "activations": ["linear"],
                 "alpha": 0.1, "epochs": 1}  # fmt: skip
    with pytest.raises(UsageError, match=message):
        train_mlp(**{**arguments, **changed})  # type: ignore[arg-type]
