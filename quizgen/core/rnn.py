"""The simple recurrent network: h_t = σ_h(W_xh x_t + W_hh h_{t−1} + b_h) and y_t = σ_y(W_hy h_t + b_y).

H hidden units, D inputs, M outputs, T time steps. A single unit may be written with numbers and vectors in place of
matrices: W_xh (D,), or a number if x_t is one; W_hh, b_h and h numbers. Its results are Python floats.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quizgen.core.activation_derivatives import elementwise_derivative
from quizgen.core.affine import Term, affine, units
from quizgen.core.shapes import Array, Value, as_array, as_count, as_number, as_result
from quizgen.errors import ShapeError


@dataclass(frozen=True, slots=True, eq=False)
class RnnGradients:
    """Gradients of a loss with respect to everything that an RNN reads; each has the shape of what it belongs to.

    Attributes:
        W_xh, W_hh, b_h: of the weights that all time steps share, summed over the steps.
        X: of the inputs, one per step.
        h_0: of the initial state.
        delta: ∂ℓ/∂z_t of the pre-activations, (T, H); (T,) for a single unit.
    """

    W_xh: Value
    W_hh: Value
    b_h: Value
    X: Array
    h_0: Value
    delta: Array


def rnn_cell(
    x: ArrayLike, h_prev: ArrayLike, W_xh: ArrayLike, W_hh: ArrayLike, b_h: ArrayLike, activation: str = "tanh"
) -> Value:
    """One step: h = σ_h(W_xh x + W_hh h_prev + b_h).

    Args:
        x: (D,), or a batch (N, D).
        h_prev: (H,), or a batch (N, H).
        W_xh: (H, D).
        W_hh: (H, H).
        b_h: (H,).
        activation: σ_h, a key of ACTIVATIONS.

    Returns:
        (H,), or (N, H); a Python float for a single unit.

    Raises:
        ShapeError: if the shapes do not fit; UsageError: for an unknown activation.
    """
    return units("rnn_cell", [Term("W_xh", W_xh, "x", x), Term("W_hh", W_hh, "h_prev", h_prev)], "b_h", b_h, activation)


def rnn_output(h: ArrayLike, W_hy: ArrayLike, b_y: ArrayLike, activation: str = "linear") -> Value:
    """The output of one step: y = σ_y(W_hy h + b_y).

    Args:
        h: (H,), or a batch or sequence (N, H).
        W_hy: (M, H).
        b_y: (M,).
        activation: σ_y, a key of ACTIVATIONS.

    Returns:
        (M,), or (N, M); a Python float for a single output unit.

    Raises:
        ShapeError: if the shapes do not fit; UsageError: for an unknown activation.
    """
    return units("rnn_output", [Term("W_hy", W_hy, "h", h)], "b_y", b_y, activation)


def rnn_sequence(
    X: ArrayLike, h_0: ArrayLike, W_xh: ArrayLike, W_hh: ArrayLike, b_h: ArrayLike, activation: str = "tanh"
) -> Array:
    """The hidden states h_1 … h_T of a whole sequence; the last one continues a stateful network.

    Args:
        X: (T, D), or (T,) if every input is a number.
        h_0: (H,), the state before the first step.
        W_xh: (H, D).
        W_hh: (H, H).
        b_h: (H,).
        activation: σ_h, a key of ACTIVATIONS.

    Returns:
        (T, H); (T,) for a single unit.

    Raises:
        ShapeError: if the shapes do not fit; UsageError: for an unknown activation.
    """
    inputs = as_array(X, "rnn_sequence: X", ("T",), ("T", "D"))
    if not len(inputs):
        raise ShapeError("rnn_sequence: X must have at least one time step, got none")
    h = as_array(h_0, "rnn_sequence: h_0", (), ("H",))
    states: list[Value] = []
    for x in inputs:
        h = as_array(rnn_cell(x, h, W_xh, W_hh, b_h, activation), "rnn_sequence: h_t", h.shape, fits="h_0")
        states.append(h)
    return np.array(states)


def rnn_parameters(hidden: int, inputs: int, outputs: int = 0, two_biases: bool = False) -> int:
    """Parameters of a cell, H(H + D) + H, and of its output layer, M(H + 1); the sequence's length plays no part.

    Args:
        hidden: H.
        inputs: D.
        outputs: M; 0 without an output layer.
        two_biases: count a bias for W_xh and one for W_hh, H more, as PyTorch stores them.

    Raises:
        UsageError: if one of them is not a whole number, or is too small.
    """
    H = as_count(hidden, "rnn_parameters: hidden")
    D = as_count(inputs, "rnn_parameters: inputs")
    M = as_count(outputs, "rnn_parameters: outputs", minimum=0)
    return H * (H + D) + (2 if two_biases else 1) * H + M * (H + 1)


def rnn_backward(
    X: ArrayLike,
    h_0: ArrayLike,
    W_xh: ArrayLike,
    W_hh: ArrayLike,
    b_h: ArrayLike,
    dH: ArrayLike,
    activation: str = "tanh",
) -> RnnGradients:
    """Backpropagation through time: the gradients of a loss that reads the hidden states.

    δ_t = (dH_t + W_hhᵀ δ_{t+1}) ⊙ σ_h′(z_t), from the last step to the first, with δ_{T+1} = 0;
    ∂ℓ/∂W_xh = Σ δ_t x_tᵀ, ∂ℓ/∂W_hh = Σ δ_t h_{t−1}ᵀ, ∂ℓ/∂b_h = Σ δ_t, ∂ℓ/∂x_t = W_xhᵀ δ_t, ∂ℓ/∂h_0 = W_hhᵀ δ_1.

    Args:
        X: (T, D), or (T,) if every input is a number.
        h_0: (H,).
        W_xh: (H, D).
        W_hh: (H, H).
        b_h: (H,).
        dH: (T, H), what the loss says about each h_t directly (by way of y_t), not by way of later states; zeros where
            it reads none. (T,) for a single unit.
        activation: σ_h, elementwise.

    Raises:
        ShapeError: if the shapes do not fit; UsageError: for an activation that is unknown or softmax.
    """
    slope = elementwise_derivative(activation)
    H = rnn_sequence(X, h_0, W_xh, W_hh, b_h, activation)
    direct = as_array(dH, "rnn_backward: dH", H.shape, fits="the hidden states")
    inputs, initial = as_array(X, "rnn_backward: X"), as_array(h_0, "rnn_backward: h_0")
    T, width = len(inputs), initial.size
    # A single unit is a layer of one, and a number that is read is a vector of one.
    x = inputs.reshape(T, -1)
    h = np.concatenate([initial[None], H[:-1]]).reshape(T, width)
    U = as_array(W_xh, "rnn_backward: W_xh").reshape(width, -1)
    W = as_array(W_hh, "rnn_backward: W_hh").reshape(width, width)
    z = affine("rnn_backward", [Term("W_xh", U, "X", x), Term("W_hh", W, "h", h)], "b_h", np.reshape(b_h, width))
    delta = np.zeros((T + 1, width))
    for t in reversed(range(T)):
        delta[t] = (direct[t] + delta[t + 1] @ W) * slope(z[t])
    delta = delta[:-1]
    return RnnGradients(
        W_xh=as_result((delta.T @ x).reshape(np.shape(W_xh))),
        W_hh=as_result((delta.T @ h).reshape(np.shape(W_hh))),
        b_h=as_result(delta.sum(axis=0).reshape(np.shape(b_h))),
        X=(delta @ U).reshape(inputs.shape),
        h_0=as_result((delta[0] @ W).reshape(initial.shape)),
        delta=delta.reshape(H.shape),
    )


def scalar_bptt(
    x: ArrayLike, h_0: float, w_x: float, w_h: float, b: float, dh: ArrayLike, activation: str = "tanh"
) -> float:
    """∂ℓ/∂w_h of a cell of one unit that reads numbers: Σ δ_t h_{t−1}, see `rnn_backward`.

    Args:
        x: (T,).
        h_0: the state before the first step.
        w_x: the weight of the input.
        w_h: the recurrent weight.
        b: the bias.
        dh: ∂ℓ/∂h_T, if the loss reads the last state only; (T,) if it reads every state.
        activation: σ_h, elementwise.

    Raises:
        ShapeError: if the shapes do not fit; UsageError: for an activation that is unknown or softmax.
    """
    inputs = as_array(x, "scalar_bptt: x", ("T",))
    direct = as_array(dh, "scalar_bptt: dh", (), inputs.shape, fits=f"x of shape {inputs.shape}")
    if not direct.ndim:
        direct = np.append(np.zeros(max(len(inputs) - 1, 0)), direct)
    start, u, w, bias = (
        as_number(value, f"scalar_bptt: {name}") for value, name in [(h_0, "h_0"), (w_x, "w_x"), (w_h, "w_h"), (b, "b")]
    )
    return float(rnn_backward(inputs, start, u, w, bias, direct, activation).W_hh)
