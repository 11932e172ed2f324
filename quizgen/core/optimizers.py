"""One step of an optimiser, the gradient it needs for a linear model, and how many steps there are.

Parameters w may be numbers or arrays; the gradient has their shape, and so have the results.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quizgen.core.affine import Term, affine
from quizgen.core.losses import Reduction, mean_squared_error_gradient
from quizgen.core.shapes import Array, Value, as_array, as_count, as_number, as_result


@dataclass(frozen=True, slots=True, eq=False)
class AdamStep:
    """One step of Adam; all but t have the shape of the parameters.

    Attributes:
        w: the parameters after the step.
        m, v: the running means of the gradient and of its square, to be handed to the next step.
        m_hat, v_hat: the same without their bias towards 0.
        t: the number of this step, from 1.
    """

    w: Value
    m: Value
    v: Value
    m_hat: Value
    v_hat: Value
    t: int


def gradient_descent_step(w: ArrayLike, gradient: ArrayLike, alpha: float, l2: float = 0.0) -> Value:
    """Downhill: w − α (g + λ w); λ = `l2` belongs to a penalty of λ/2 ‖w‖² in the loss.

    Args:
        w: parameters, any shape.
        gradient: g = ∂ℓ/∂w without the penalty, the same shape.
        alpha: the learning rate.
        l2: λ ≥ 0.

    Raises:
        ShapeError: if the shapes differ; UsageError: for a negative λ.
    """
    parameters, g = _pair("gradient_descent_step", w, gradient)
    rate = as_number(alpha, "gradient_descent_step: alpha")
    penalty = as_number(l2, "gradient_descent_step: l2", at_least=0)
    return as_result(np.asarray(parameters - rate * (g + penalty * parameters)))


def momentum_step(
    w: ArrayLike, gradient: ArrayLike, v: ArrayLike, alpha: float, beta: float = 0.9
) -> tuple[Value, Value]:
    """Heavy ball: v ← β v + g, then w ← w − α v.

    The learning rate multiplies the whole velocity, as in PyTorch's SGD. Others keep it inside,
    v ← β v − α g and w ← w + v, which gives the same w as long as α stays the same.

    Args:
        w: parameters, any shape.
        gradient: g = ∂ℓ/∂w, the same shape.
        v: the velocity before the step, the same shape; 0 at the beginning.
        alpha: the learning rate.
        beta: 0 ≤ β < 1.

    Returns:
        w and v after the step.

    Raises:
        ShapeError: if the shapes differ; UsageError: for another β.
    """
    parameters, g = _pair("momentum_step", w, gradient)
    velocity = as_array(v, "momentum_step: v", parameters.shape, fits=f"w of shape {parameters.shape}")
    decay = as_number(beta, "momentum_step: beta", at_least=0, below=1)
    velocity = np.asarray(decay * velocity + g)
    return as_result(np.asarray(parameters - as_number(alpha, "momentum_step: alpha") * velocity)), as_result(velocity)


def adam_step(
    w: ArrayLike,
    gradient: ArrayLike,
    m: ArrayLike,
    v: ArrayLike,
    t: int,
    alpha: float = 0.001,
    beta_1: float = 0.9,
    beta_2: float = 0.999,
    epsilon: float = 1e-8,
) -> AdamStep:
    """Adam: w − α m̂ / (√v̂ + ε).

    m ← β₁ m + (1 − β₁) g and v ← β₂ v + (1 − β₂) g², elementwise; m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).
    Source: Kingma, Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1.

    Args:
        w: parameters, any shape.
        gradient: g = ∂ℓ/∂w, the same shape.
        m: the first moment before the step, the same shape; 0 at the beginning.
        v: the second moment before the step, the same shape, not negative; 0 at the beginning.
        t: the number of this step, from 1.
        alpha: the learning rate.
        beta_1: 0 ≤ β₁ < 1.
        beta_2: 0 ≤ β₂ < 1.
        epsilon: ε > 0, added to the root, not under it.

    Raises:
        ShapeError: if the shapes differ; UsageError: for parameters outside their range.
    """
    parameters, g = _pair("adam_step", w, gradient)
    fits = f"w of shape {parameters.shape}"
    b_1 = as_number(beta_1, "adam_step: beta_1", at_least=0, below=1)
    b_2 = as_number(beta_2, "adam_step: beta_2", at_least=0, below=1)
    step = as_count(t, "adam_step: t")
    first = b_1 * as_array(m, "adam_step: m", parameters.shape, fits=fits) + (1 - b_1) * g
    second = b_2 * as_array(v, "adam_step: v", parameters.shape, fits=fits) + (1 - b_2) * g**2
    first_hat = first / (1 - b_1**step)
    second_hat = second / (1 - b_2**step)
    root = np.sqrt(second_hat) + as_number(epsilon, "adam_step: epsilon", above=0)
    moved = parameters - as_number(alpha, "adam_step: alpha") * first_hat / root
    new_w, new_m, new_v, m_hat, v_hat = (
        as_result(np.asarray(part)) for part in (moved, first, second, first_hat, second_hat)
    )
    return AdamStep(new_w, new_m, new_v, m_hat, v_hat, step)


def linear_model_gradient(
    X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float, reduction: Reduction = "mean", half: bool = False
) -> tuple[Value, float]:
    """Gradient of the squared error of ŷ = w·x + b over a mini-batch: 2/N Xᵀ(ŷ − y) and 2/N Σ (ŷ − y).

    Args:
        X: (N, D), a sample per row; or (N,) if the model has a single feature and w is a number.
        y: (N,), targets.
        w: (D,), or a number.
        b: a number.
        reduction: "mean" as above; "sum" leaves out 1/N.
        half: leave out the 2, for a loss with the factor ½.

    Returns:
        ∂ℓ/∂w, the shape of w, and ∂ℓ/∂b.

    Raises:
        ShapeError: if the shapes do not fit.
    """
    weights = as_array(w, "linear_model_gradient: w", (), ("D",))
    samples = as_array(X, "linear_model_gradient: X", ("N", *weights.shape), fits=f"w of shape {weights.shape}")
    rows = samples.reshape(len(samples), -1)
    y_hat = affine("linear_model_gradient", [Term("w", weights.reshape(-1), "X", rows)], "b", b)
    targets = as_array(y, "linear_model_gradient: y", y_hat.shape, fits=f"X of shape {samples.shape}")
    delta = np.asarray(mean_squared_error_gradient(y_hat, targets, reduction, half))
    return as_result((delta @ rows).reshape(weights.shape)), float(delta.sum())


def steps_per_epoch(samples: int, batch_size: int) -> int:
    """⌈N/B⌉: the last batch may be smaller, and counts.

    Raises:
        UsageError: if either is not a whole number of at least 1.
    """
    N = as_count(samples, "steps_per_epoch: samples")
    B = as_count(batch_size, "steps_per_epoch: batch_size")
    return -(-N // B)


def training_steps(samples: int, batch_size: int, epochs: int) -> int:
    """Parameter updates in a whole training, E ⌈N/B⌉.

    Raises:
        UsageError: if one of them is not a whole number of at least 1.
    """
    return steps_per_epoch(samples, batch_size) * as_count(epochs, "training_steps: epochs")


def _pair(function: str, w: ArrayLike, gradient: ArrayLike) -> tuple[Array, Array]:
    parameters = as_array(w, f"{function}: w")
    fits = f"w of shape {parameters.shape}"
    return parameters, as_array(gradient, f"{function}: gradient", parameters.shape, fits=fits)
