"""Rosenblatt's perceptron: ŷ = sgn(w·x + b) with sgn(0) = +1, labels ±1, w ← w + α (y − ŷ) x, b ← b + α (y − ŷ).

A perceptron decides by a sign, and training repeats that thousands of times: one sum of 10⁻¹⁷ instead of 0 and
everything after it is different. All of it is therefore computed on exact decimals (see `quizgen.core.exact`).
Source: Rosenblatt, "The perceptron", Psychological Review 65, 1958.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike

from quizgen.core.exact import ExactArray, exact, exact_array, rounded
from quizgen.core.shapes import Array, as_array, as_count, as_number
from quizgen.errors import UsageError


@dataclass(frozen=True, slots=True, eq=False)
class PerceptronStep:
    """One sample shown to a perceptron.

    Attributes:
        z: the pre-activation w·x + b, before the update.
        y_hat: the output sgn(z), +1 or −1.
        error: y − ŷ: 0, +2 or −2.
        w, b: after the update; w (D,).
    """

    z: float
    y_hat: int
    error: int
    w: Array
    b: float


@dataclass(frozen=True, slots=True, eq=False)
class PerceptronTraining:
    """Epoch after epoch until one changes nothing, or the limit is reached.

    Attributes:
        epochs: the steps of each epoch; if training converged, the last one has no update.
        updates: how many steps changed the weights, in all epochs.
        converged: whether the last epoch changed nothing.
        w, b: after the last step; w (D,).
    """

    epochs: tuple[tuple[PerceptronStep, ...], ...]
    updates: int
    converged: bool
    w: Array
    b: float


def perceptron_output(x: ArrayLike, w: ArrayLike, b: float) -> int:
    """sgn(w·x + b) with sgn(0) = +1.

    Args:
        x: (D,).
        w: (D,).
        b: a number.

    Returns:
        +1 or −1.

    Raises:
        ShapeError: if x and w differ in length.
    """
    sample = as_array(x, "perceptron_output: x", ("D",))
    weights = as_array(w, "perceptron_output: w", sample.shape, fits=f"x of shape {sample.shape}")
    bias = as_number(b, "perceptron_output: b")
    return _sgn(exact_array(weights) @ exact_array(sample) + exact(bias))


def perceptron_update(w: ArrayLike, b: float, x: ArrayLike, y: float, alpha: float) -> tuple[Array, float]:
    """One step of learning: w + α (y − ŷ) x and b + α (y − ŷ), with ŷ the output before the step.

    Args:
        w: (D,).
        b: a number.
        x: (D,).
        y: the label, +1 or −1.
        alpha: the learning rate, > 0.

    Returns:
        The new w (D,) and b; unchanged where ŷ = y.

    Raises:
        ShapeError: if x and w differ in length.
        UsageError: for another label, or a learning rate that is not positive.
    """
    sample = as_array(x, "perceptron_update: x", ("D",))
    (step,) = _Training("perceptron_update", w, b, sample[None, :], [y], alpha).epoch()
    return step.w, step.b


def perceptron_epoch(w: ArrayLike, b: float, X: ArrayLike, y: ArrayLike, alpha: float) -> tuple[PerceptronStep, ...]:
    """Every sample once, in order, with an update after each.

    Args:
        w: (D,), before the epoch.
        b: a number, before the epoch.
        X: (N, D), a sample per row.
        y: (N,), labels +1 and −1.
        alpha: the learning rate, > 0.

    Returns:
        One step per sample; the last one holds the weights after the epoch.

    Raises:
        ShapeError: if the shapes do not fit.
        UsageError: for other labels, or a learning rate that is not positive.
    """
    return _Training("perceptron_epoch", w, b, X, y, alpha).epoch()


def perceptron_train(
    w: ArrayLike, b: float, X: ArrayLike, y: ArrayLike, alpha: float, max_epochs: int = 100
) -> PerceptronTraining:
    """Epochs until one of them changes nothing, at most `max_epochs`.

    It ends if the data are linearly separable (Novikoff, 1962); otherwise it never does, and the limit stops it.

    Args:
        w: (D,), before the first epoch.
        b: a number, before the first epoch.
        X: (N, D), a sample per row.
        y: (N,), labels +1 and −1.
        alpha: the learning rate, > 0.
        max_epochs: the limit, at least 1.

    Raises:
        ShapeError, UsageError: as `perceptron_epoch`.
    """
    training = _Training("perceptron_train", w, b, X, y, alpha)
    epochs: list[tuple[PerceptronStep, ...]] = []
    converged = False
    for _ in range(as_count(max_epochs, "perceptron_train: max_epochs")):
        epochs.append(training.epoch())
        converged = not any(step.error for step in epochs[-1])
        if converged:
            break
    updates = sum(step.error != 0 for epoch in epochs for step in epoch)
    return PerceptronTraining(tuple(epochs), updates, converged, rounded(training.w), float(training.b))


class _Training:
    """Exact weights that learn; `w` and `b` are fractions."""

    def __init__(self, function: str, w: ArrayLike, b: float, X: ArrayLike, y: ArrayLike, alpha: float) -> None:
        samples = as_array(X, f"{function}: X", ("N", "D"))
        fits = f"X of shape {samples.shape}"
        labels = as_array(y, f"{function}: y", samples.shape[:1], fits=fits)
        if not np.isin(labels, (-1.0, 1.0)).all():
            raise UsageError(f"{function}: labels must be +1 or -1, got {labels.tolist()}")
        self.w: ExactArray = exact_array(as_array(w, f"{function}: w", samples.shape[1:], fits=fits))
        self.b: Fraction = exact(as_number(b, f"{function}: b"))
        self._X = exact_array(samples)
        self._y = [int(label) for label in labels]
        self._alpha = exact(as_number(alpha, f"{function}: alpha", above=0))

    def epoch(self) -> tuple[PerceptronStep, ...]:
        return tuple(self._step(x, y) for x, y in zip(self._X, self._y, strict=True))

    def _step(self, x: ExactArray, y: int) -> PerceptronStep:
        z = self.w @ x + self.b
        y_hat = _sgn(z)
        error = y - y_hat
        self.w = self.w + self._alpha * error * x
        self.b = self.b + self._alpha * error
        return PerceptronStep(float(z), y_hat, error, rounded(self.w), float(self.b))


def _sgn(z: Fraction) -> int:
    return 1 if z >= 0 else -1
