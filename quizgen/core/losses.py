"""Losses and their gradients. Each states its reduction: "mean" divides by what was summed, "sum" does not.

Predictions come first, targets second. Logarithms are natural.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from quizgen.core.activations import sigmoid, softmax, softplus
from quizgen.core.shapes import Array, Value, as_array, as_result
from quizgen.errors import ShapeError, UsageError

Reduction: TypeAlias = Literal["mean", "sum"]


def mean_squared_error(y_hat: ArrayLike, y: ArrayLike, reduction: Reduction = "mean", half: bool = False) -> float:
    """1/N Σ (ŷ − y)², over all N entries; unless `reduction` or `half` say otherwise.

    Args:
        y_hat: predictions, any shape; as in the frameworks every entry of a batch of vectors counts on its own.
        y: targets, the same shape.
        reduction: "mean", or "sum", which leaves out 1/N.
        half: with the factor ½.

    Raises:
        ShapeError: if the shapes differ; UsageError: for another reduction.
    """
    prediction, target = _pair("mean_squared_error", "y_hat", y_hat, y)
    scale = _scale(reduction, prediction.size) * (0.5 if half else 1.0)
    return float(scale * np.sum((prediction - target) ** 2))


def mean_squared_error_gradient(
    y_hat: ArrayLike, y: ArrayLike, reduction: Reduction = "mean", half: bool = False
) -> Value:
    """∂/∂ŷ of `mean_squared_error` with the same arguments: 2/N (ŷ − y); the 2 goes with `half`, the 1/N with "sum".

    Returns:
        The shape of y_hat; a Python float for a number.
    """
    prediction, target = _pair("mean_squared_error_gradient", "y_hat", y_hat, y)
    scale = _scale(reduction, prediction.size) * (1.0 if half else 2.0)
    return as_result(np.asarray(scale * (prediction - target)))


def binary_cross_entropy(p: ArrayLike, y: ArrayLike, reduction: Reduction = "mean") -> float:
    """−1/N Σ [y ln p + (1 − y) ln(1 − p)], over all N entries.

    Args:
        p: predicted probabilities of class 1, in [0, 1], any shape.
        y: targets, 0 or 1 (or a probability between), the same shape.
        reduction: "mean", or "sum", which leaves out 1/N.

    Returns:
        At least 0; infinite where a prediction is certain (0 or 1) and wrong. 0 ln 0 counts as 0.

    Raises:
        ShapeError: if the shapes differ; UsageError: for values outside [0, 1] or another reduction.
    """
    prediction, target = _probabilities("binary_cross_entropy", p, y)
    terms = _times_log(target, prediction) + _times_log(1.0 - target, 1.0 - prediction)
    return float(_scale(reduction, prediction.size) * (0.0 - np.sum(terms)))  # not −0.0 where all is right


def binary_cross_entropy_gradient(p: ArrayLike, y: ArrayLike, reduction: Reduction = "mean") -> Value:
    """∂/∂p of `binary_cross_entropy`: 1/N (p − y) / (p (1 − p)); with "sum" without 1/N.

    With p = σ(z), the gradient with respect to z is the simpler `sigmoid_cross_entropy_gradient`.

    Returns:
        The shape of p; a Python float for a number.

    Raises:
        UsageError: also where p is 0 or 1: the gradient does not exist there.
    """
    prediction, target = _probabilities("binary_cross_entropy_gradient", p, y)
    if ((prediction == 0) | (prediction == 1)).any():
        raise UsageError("binary_cross_entropy_gradient: p must lie strictly between 0 and 1, got 0 or 1")
    slope = (prediction - target) / (prediction * (1.0 - prediction))
    return as_result(np.asarray(_scale(reduction, prediction.size) * slope))


def sigmoid_cross_entropy(z: ArrayLike, y: ArrayLike, reduction: Reduction = "mean") -> float:
    """`binary_cross_entropy` of p = σ(z), computed from the logits z as ln(1 + eᶻ) − y z, always finite."""
    logits, target = _pair("sigmoid_cross_entropy", "z", z, y)
    _check_probabilities("sigmoid_cross_entropy: y", target)
    return float(_scale(reduction, logits.size) * np.sum(softplus(logits) - target * logits))


def sigmoid_cross_entropy_gradient(z: ArrayLike, y: ArrayLike, reduction: Reduction = "mean") -> Value:
    """∂/∂z of `sigmoid_cross_entropy`: 1/N (σ(z) − y), "p − y"; with "sum" without 1/N. The shape of z."""
    logits, target = _pair("sigmoid_cross_entropy_gradient", "z", z, y)
    _check_probabilities("sigmoid_cross_entropy_gradient: y", target)
    return as_result(np.asarray(_scale(reduction, logits.size) * (sigmoid(logits) - target)))


def categorical_cross_entropy(p: ArrayLike, y: ArrayLike, reduction: Reduction = "mean") -> float:
    """−1/N Σₙ Σ꜀ y ln p over the samples n and the classes c; for one sample −ln of the right class's probability.

    Args:
        p: (C,), or (N, C) for a batch: predicted probabilities, in [0, 1]. Rows that sum to 1 only before they were
            rounded for print are fine.
        y: (C,) or (N, C), one-hot (or any distribution); or the right class, counted from 0: a whole number, (N,) for
            a batch.
        reduction: over the samples; "sum" leaves out 1/N.

    Returns:
        At least 0; infinite where the right class has probability 0. 0 ln 0 counts as 0.

    Raises:
        ShapeError: if the shapes do not fit.
        UsageError: for values outside [0, 1], rows of y that do not sum to 1, a class that does not exist, or another
            reduction.
    """
    prediction = _rows("categorical_cross_entropy", "p", p)
    _check_probabilities("categorical_cross_entropy: p", prediction)
    target = one_hot(y, prediction.shape)
    samples = prediction.size // prediction.shape[-1]
    return float(_scale(reduction, samples) * (0.0 - np.sum(_times_log(target, prediction))))


def categorical_cross_entropy_gradient(p: ArrayLike, y: ArrayLike, reduction: Reduction = "mean") -> Array:
    """∂/∂p of `categorical_cross_entropy`: −1/N y / p; with "sum" without 1/N.

    With p = softmax(z), the gradient with respect to z is the simpler `softmax_cross_entropy_gradient`.

    Returns:
        The shape of p; 0 where y is 0.

    Raises:
        UsageError: also where p = 0 for a right class: the gradient does not exist there.
    """
    prediction = _rows("categorical_cross_entropy_gradient", "p", p)
    _check_probabilities("categorical_cross_entropy_gradient: p", prediction)
    target = one_hot(y, prediction.shape)
    if ((prediction == 0) & (target > 0)).any():
        raise UsageError("categorical_cross_entropy_gradient: p of the right class must be greater than 0, got 0")
    scale = _scale(reduction, prediction.size // prediction.shape[-1])
    quotient = np.divide(target, prediction, out=np.zeros_like(prediction), where=target > 0)
    return np.asarray(0.0 - scale * quotient)


def softmax_cross_entropy(z: ArrayLike, y: ArrayLike, reduction: Reduction = "mean") -> float:
    """`categorical_cross_entropy` of p = softmax(z), computed from the logits z as ln Σ e^z꜀ − y·z, always finite.

    Args:
        z: (C,) or (N, C).
        y: as for `categorical_cross_entropy`.
        reduction: over the samples.
    """
    logits = _rows("softmax_cross_entropy", "z", z)
    target = one_hot(y, logits.shape)
    shifted = logits - logits.max(axis=-1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return float(_scale(reduction, logits.size // logits.shape[-1]) * (0.0 - np.sum(target * log_p)))


def softmax_cross_entropy_gradient(z: ArrayLike, y: ArrayLike, reduction: Reduction = "mean") -> Array:
    """∂/∂z of `softmax_cross_entropy`: 1/N (softmax(z) − y), "p − y"; with "sum" without 1/N. The shape of z."""
    logits = _rows("softmax_cross_entropy_gradient", "z", z)
    target = one_hot(y, logits.shape)
    return np.asarray(_scale(reduction, logits.size // logits.shape[-1]) * (softmax(logits) - target))


def one_hot(y: ArrayLike, shape: tuple[int, ...]) -> Array:
    """Targets as distributions over the classes.

    Args:
        y: of `shape`, each row a distribution; or without the last axis, the classes counted from 0.
        shape: (C,) or (N, C).

    Returns:
        An array of `shape`.

    Raises:
        ShapeError: for another shape; UsageError: for a class that does not exist, or rows that do not sum to 1.
    """
    target = as_array(y, "cross-entropy: y", shape, shape[:-1], fits=f"predictions of shape {shape}")
    if target.ndim == len(shape):
        _check_probabilities("cross-entropy: y", target)
        if not np.allclose(target.sum(axis=-1), 1.0, rtol=0, atol=1e-6):
            raise UsageError(f"cross-entropy: each row of y must sum to 1, got sums {target.sum(axis=-1)}")
        return target.copy()
    classes = shape[-1]
    if not np.isin(target, np.arange(classes)).all():
        raise UsageError(
            f"cross-entropy: classes y must be whole numbers from 0 to {classes - 1}, got {target.tolist()}"
        )
    return np.eye(classes)[target.astype(np.intp)]


def _pair(function: str, name: str, prediction: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    first = as_array(prediction, f"{function}: {name}")
    return first, as_array(y, f"{function}: y", first.shape, fits=f"{name} of shape {first.shape}")


def _probabilities(function: str, p: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    prediction, target = _pair(function, "p", p, y)
    _check_probabilities(f"{function}: p", prediction)
    _check_probabilities(f"{function}: y", target)
    return prediction, target


def _check_probabilities(name: str, values: Array) -> None:
    if not ((values >= 0) & (values <= 1)).all():
        raise UsageError(f"{name} must lie between 0 and 1, got {values.tolist()}")


def _rows(function: str, name: str, values: ArrayLike) -> Array:
    return as_array(values, f"{function}: {name}", ("C",), ("N", "C"))


def _scale(reduction: Reduction, count: int) -> float:
    if count == 0:
        raise ShapeError("a loss needs at least one prediction, got none")
    if reduction not in ("mean", "sum"):
        raise UsageError(f"reduction must be 'mean' or 'sum', got {reduction!r}")
    return 1.0 / count if reduction == "mean" else 1.0


def _times_log(weight: Array, p: Array) -> Array:
    """Elementwise weight · ln p, and 0 where the weight is 0, even if p is 0 too."""
    with np.errstate(divide="ignore"):  # ln 0 = −∞ is meant: a certain and wrong prediction
        return np.multiply(weight, np.log(p), out=np.zeros_like(p), where=weight > 0)
