"""Backpropagation through time for the LSTM of `quizgen.core.lstm`: all paths, through gates, cell and hidden state."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quizgen.core.activation_derivatives import elementwise_derivative
from quizgen.core.activations import activation_function
from quizgen.core.lstm import LstmStep, lstm_sequence, stacked_weights
from quizgen.core.shapes import Array, Value, as_array, as_result


@dataclass(frozen=True, slots=True, eq=False)
class LstmGradients:
    """Gradients of a loss with respect to everything that an LSTM reads; each has the shape of what it belongs to.

    Attributes:
        W_x, W_h, b: of the weights that all time steps share, stacked f, i, o, c, summed over the steps.
        X: of the inputs, one per step.
        h_0, C_0: of the initial states.
        delta: ∂ℓ/∂z of the pre-activations, (T, 4, H), stacked f, i, o, c; (T, 4) for a single unit.
    """

    W_x: Array
    W_h: Array
    b: Array
    X: Array
    h_0: Value
    C_0: Value
    delta: Array


def lstm_backward(
    X: ArrayLike,
    h_0: ArrayLike,
    C_0: ArrayLike,
    W_x: ArrayLike,
    W_h: ArrayLike,
    b: ArrayLike,
    dH: ArrayLike,
    activation: str = "tanh",
) -> LstmGradients:
    """The gradients of a loss that reads the hidden states, from the last step to the first.

    With dh_t = dH_t + Σ_gates W_hᵀ δ_{t+1} and dC_t = dh_t ⊙ g_o ⊙ σ_y′(C_t) + dC_{t+1} ⊙ g_f,t+1:
    δ_f = dC_t ⊙ C_{t−1} ⊙ g_f(1 − g_f), δ_i = dC_t ⊙ Ĉ ⊙ g_i(1 − g_i), δ_o = dh_t ⊙ σ_y(C_t) ⊙ g_o(1 − g_o) and
    δ_c = dC_t ⊙ g_i ⊙ (1 − Ĉ²); ∂ℓ/∂W_x = Σ δ_t x_tᵀ, ∂ℓ/∂W_h = Σ δ_t h_{t−1}ᵀ, ∂ℓ/∂b = Σ δ_t for each gate.

    Args:
        X: (T, D), or (T,) if every input is a number.
        h_0: (H,).
        C_0: (H,).
        W_x: (4, H, D), stacked in the order f, i, o, c.
        W_h: (4, H, H), likewise.
        b: (4, H), likewise.
        dH: (T, H), what the loss says about each h_t directly, not by way of later steps; zeros where it reads none.
            (T,) for a single unit.
        activation: σ_y, elementwise.

    Raises:
        ShapeError: if the shapes do not fit; UsageError: for an activation that is unknown or softmax.
    """
    elementwise_derivative(activation)  # refuses softmax before any work is done
    steps = lstm_sequence(X, h_0, C_0, W_x, W_h, b, activation)
    U, W, biases = stacked_weights("lstm_backward", W_x, W_h, b, 4)
    inputs, h_start, C_start = (as_array(v, "lstm_backward") for v in (X, h_0, C_0))
    T, width = len(inputs), h_start.size
    direct = as_array(dH, "lstm_backward: dH", (T, *h_start.shape), fits="the hidden states").reshape(T, width)
    # A single unit is a layer of one, and a number that is read is a vector of one.
    C_prev = np.array([C_start, *(step.C for step in steps[:-1])]).reshape(T, width)
    h_prev = np.array([h_start, *(step.h for step in steps[:-1])]).reshape(T, width)
    x, flat_U, flat_W = inputs.reshape(T, -1), U.reshape(4 * width, -1), W.reshape(4 * width, width)
    delta = np.zeros((T, 4 * width))
    dh_next, dC_next = np.zeros(width), np.zeros(width)
    for t in reversed(range(T)):
        delta[t], dC_next = _deltas(steps[t], C_prev[t], direct[t] + dh_next, dC_next, activation)
        dh_next = delta[t] @ flat_W
    return LstmGradients(
        W_x=(delta.T @ x).reshape(U.shape),
        W_h=(delta.T @ h_prev).reshape(W.shape),
        b=delta.sum(axis=0).reshape(biases.shape),
        X=(delta @ flat_U).reshape(inputs.shape),
        h_0=as_result(dh_next.reshape(h_start.shape)),
        C_0=as_result(dC_next.reshape(C_start.shape)),
        delta=delta.reshape(T, 4, *h_start.shape),
    )


def _deltas(step: LstmStep, C_prev: Array, dh: Array, dC_next: Array, activation: str) -> tuple[Array, Array]:
    """∂ℓ/∂z of one step, f, i, o, c one after the other, (4H,), and what flows back along the cell state, (H,)."""
    g_f, g_i, g_o, C_hat, C = (np.atleast_1d(v) for v in (step.g_f, step.g_i, step.g_o, step.C_hat, step.C))
    dC = dh * g_o * elementwise_derivative(activation)(C) + dC_next
    delta_f = dC * C_prev * g_f * (1 - g_f)
    delta_i = dC * C_hat * g_i * (1 - g_i)
    delta_o = dh * activation_function(activation)(C) * g_o * (1 - g_o)
    delta_c = dC * g_i * (1 - C_hat**2)
    return np.concatenate([delta_f, delta_i, delta_o, delta_c]), dC * g_f
