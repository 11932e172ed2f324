"""Training a multi-layer perceptron by gradient descent on the whole training set.

    θ ← θ − α ∂L/∂θ        for all weights and biases θ, once an epoch

The validation set is only looked at: its loss is computed with the weights of each moment and changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from quizgen.core.gradients import mlp_gradients
from quizgen.core.shapes import Array, as_array
from quizgen.errors import UsageError

#: A loss beyond it has diverged; a few steps later it would no longer be a number.
DIVERGED = 1e12


@dataclass(frozen=True, slots=True, eq=False)
class Training:
    """A course of training.

    Attributes:
        losses: on the training set, before the first epoch and after each; where the loss goes beyond `DIVERGED` the
            training ends, with that loss as the last.
        validation_losses: on the validation set at the same moments; empty without one.
        weights, biases: what has been learned, layer by layer.
    """

    losses: tuple[float, ...]
    validation_losses: tuple[float, ...]
    weights: tuple[Array, ...]
    biases: tuple[Array, ...]


def train_mlp(
    X: ArrayLike,
    y: ArrayLike,
    weights: Sequence[ArrayLike],
    biases: Sequence[ArrayLike],
    activations: Sequence[str],
    alpha: float,
    epochs: int,
    loss: str = "mean_squared_error",
    X_val: ArrayLike | None = None,
    y_val: ArrayLike | None = None,
) -> Training:
    """Gradient descent from the given weights.

    Args:
        X: (N, D), the training set; X_val likewise, without it there are no validation losses.
        y: as `mlp_gradients` takes it for a batch; y_val likewise.
        weights, biases: the initial values of W_1 … W_L, (M_l, M_{l−1}), and b_1 … b_L, (M_l,).
        activations: the name of each layer's activation.
        alpha: the learning rate, above 0.
        epochs: how many steps, each on the whole training set.
        loss: as `mlp_gradients` names it; the mean over the batch.

    Raises:
        UsageError: for a learning rate or a number of epochs that is not above 0, a validation set without targets,
            or what `mlp_gradients` refuses; ShapeError: if shapes do not fit.
    """
    if not alpha > 0 or epochs < 1:
        raise UsageError(f"train_mlp: expected alpha above 0 and one or more epochs, got {alpha} and {epochs}")
    if (X_val is None) != (y_val is None):
        raise UsageError("train_mlp: a validation set has inputs and targets, X_val and y_val; got only one of them")
    W = [as_array(W_i, "train_mlp: weights") for W_i in weights]
    b = [as_array(b_i, "train_mlp: biases") for b_i in biases]
    losses: list[float] = []
    validation: list[float] = []
    for epoch in range(epochs + 1):
        step = mlp_gradients(X, y, W, b, activations, loss)
        losses.append(step.loss)
        if X_val is not None and y_val is not None:
            validation.append(mlp_gradients(X_val, y_val, W, b, activations, loss).loss)
        if epoch == epochs or not step.loss < DIVERGED:
            break
        W = [W_i - alpha * dW_i for W_i, dW_i in zip(W, step.dW, strict=True)]
        b = [b_i - alpha * db_i for b_i, db_i in zip(b, step.db, strict=True)]
    return Training(tuple(losses), tuple(validation), tuple(W), tuple(b))
