"""The long short-term memory cell: three gates, a proposal, a cell state and a hidden state.

g_f, g_i, g_o = σ(W_h h_{t−1} + W_x x_t + b), each with weights of its own; Ĉ = tanh(W_hc h_{t−1} + W_xc x_t + b_c);
C_t = g_f ⊙ C_{t−1} + g_i ⊙ Ĉ; h_t = g_o ⊙ σ_y(C_t). One bias per gate.
Source: Hochreiter, Schmidhuber, "Long short-term memory", 1997; the forget gate is that of Gers et al., 2000.

H hidden units, D inputs, T time steps. Whole cells take the weights of the four stacked in the order f, i, o, c:
W_x (4, H, D), W_h (4, H, H), b (4, H). A single unit leaves out the axis H, and an input that is a number the axis D;
the results of a single unit are Python floats.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quizgen.core.activations import activation as activate
from quizgen.core.activations import sigmoid, tanh
from quizgen.core.affine import Term, affine, units
from quizgen.core.shapes import Array, Shape, Value, as_array, as_count, as_result
from quizgen.errors import ShapeError

#: The order in which weights are stacked: forget gate, input gate, output gate, proposal.
LSTM_GATES = ("f", "i", "o", "c")


@dataclass(frozen=True, slots=True, eq=False)
class LstmStep:
    """One step of a cell; each is (H,), (N, H) for a batch, a Python float for a single unit.

    Attributes:
        g_f, g_i, g_o: the forget, input and output gates.
        C_hat: the proposal Ĉ.
        C: the cell state C_t.
        h: the hidden state h_t.
    """

    g_f: Value
    g_i: Value
    g_o: Value
    C_hat: Value
    C: Value
    h: Value


def lstm_gate(x: ArrayLike, h_prev: ArrayLike, W_x: ArrayLike, W_h: ArrayLike, b: ArrayLike) -> Value:
    """Any of the three gates: σ(W_h h_prev + W_x x + b).

    Args:
        x: (D,), or a batch (N, D); may be a number.
        h_prev: (H,), or a batch (N, H); may be a number.
        W_x: (H, D); (D,) for a single unit, a number if x is one.
        W_h: (H, H); (H,) for a single unit of a layer, a number if h_prev is one.
        b: (H,); a number for a single unit.

    Returns:
        (H,), or (N, H), in (0, 1); a Python float for a single unit.

    Raises:
        ShapeError: if the shapes do not fit.
    """
    return units("lstm_gate", [Term("W_x", W_x, "x", x), Term("W_h", W_h, "h_prev", h_prev)], "b", b, "sigmoid")


def lstm_proposal(x: ArrayLike, h_prev: ArrayLike, W_x: ArrayLike, W_h: ArrayLike, b: ArrayLike) -> Value:
    """The proposal for the cell state: Ĉ = tanh(W_h h_prev + W_x x + b).

    Args:
        x: as for `lstm_gate`, like all others.
        h_prev: the hidden state before the step.
        W_x: weights of the input.
        W_h: weights of the hidden state.
        b: the bias.

    Returns:
        (H,), or (N, H), in (−1, 1); a Python float for a single unit.

    Raises:
        ShapeError: if the shapes do not fit.
    """
    return units("lstm_proposal", [Term("W_x", W_x, "x", x), Term("W_h", W_h, "h_prev", h_prev)], "b", b, "tanh")


def lstm_cell_state(g_f: ArrayLike, C_prev: ArrayLike, g_i: ArrayLike, C_hat: ArrayLike) -> Value:
    """The cell state: C = g_f ⊙ C_prev + g_i ⊙ Ĉ, in the order of the formula.

    Args:
        g_f: the forget gate, any shape.
        C_prev: the cell state before the step, the same shape.
        g_i: the input gate, the same shape.
        C_hat: the proposal, the same shape.

    Returns:
        The same shape; a Python float for numbers.

    Raises:
        ShapeError: if the shapes differ.
    """
    forget = as_array(g_f, "lstm_cell_state: g_f")
    others = [("C_prev", C_prev), ("g_i", g_i), ("C_hat", C_hat)]
    fits = f"g_f of shape {forget.shape}"
    memory, admit, proposal = (as_array(v, f"lstm_cell_state: {name}", forget.shape, fits=fits) for name, v in others)
    return as_result(np.asarray(forget * memory + admit * proposal))


def lstm_hidden(g_o: ArrayLike, C: ArrayLike, activation: str = "tanh") -> Value:
    """The hidden state: h = g_o ⊙ σ_y(C).

    Args:
        g_o: the output gate, any shape.
        C: the cell state of this step, the same shape.
        activation: σ_y, a key of ACTIVATIONS.

    Returns:
        The same shape; a Python float for numbers.

    Raises:
        ShapeError: if the shapes differ; UsageError: for an unknown activation.
    """
    gate = as_array(g_o, "lstm_hidden: g_o")
    state = as_array(C, "lstm_hidden: C", gate.shape, fits=f"g_o of shape {gate.shape}")
    return as_result(np.asarray(gate * activate(activation, state)))


def lstm_step(
    x: ArrayLike,
    h_prev: ArrayLike,
    C_prev: ArrayLike,
    W_x: ArrayLike,
    W_h: ArrayLike,
    b: ArrayLike,
    activation: str = "tanh",
) -> LstmStep:
    """A whole step of a cell.

    Args:
        x: (D,), or a batch (N, D).
        h_prev: (H,), or a batch (N, H).
        C_prev: the shape of h_prev.
        W_x: (4, H, D), stacked in the order f, i, o, c: [W_xf, W_xi, W_xo, W_xc].
        W_h: (4, H, H), likewise.
        b: (4, H), likewise.
        activation: σ_y, a key of ACTIVATIONS.

    Raises:
        ShapeError: if the shapes do not fit; UsageError: for an unknown activation.
    """
    U, W, biases = stacked_weights("lstm_step", W_x, W_h, b, len(LSTM_GATES))
    terms = [Term("W_x", U, "x", x), Term("W_h", W, "h_prev", h_prev)]
    z = affine("lstm_step", terms, "b", biases, biases.shape).swapaxes(0, -biases.ndim)  # the gates before a batch
    g_f, g_i, g_o = map(as_result, sigmoid(z[:3]))
    C_hat = as_result(tanh(z[3]))
    C = lstm_cell_state(g_f, C_prev, g_i, C_hat)
    return LstmStep(g_f, g_i, g_o, C_hat, C, lstm_hidden(g_o, C, activation))


def lstm_sequence(
    X: ArrayLike,
    h_0: ArrayLike,
    C_0: ArrayLike,
    W_x: ArrayLike,
    W_h: ArrayLike,
    b: ArrayLike,
    activation: str = "tanh",
) -> tuple[LstmStep, ...]:
    """All steps of a sequence; the h and C of the last one continue a stateful network.

    Args:
        X: (T, D), or (T,) if every input is a number.
        h_0: (H,), the hidden state before the first step.
        C_0: (H,), the cell state before the first step.
        W_x: (4, H, D), stacked in the order f, i, o, c.
        W_h: (4, H, H), likewise.
        b: (4, H), likewise.
        activation: σ_y, a key of ACTIVATIONS.

    Raises:
        ShapeError: if the shapes do not fit; UsageError: for an unknown activation.
    """
    inputs = as_array(X, "lstm_sequence: X", ("T",), ("T", "D"))
    if not len(inputs):
        raise ShapeError("lstm_sequence: X must have at least one time step, got none")
    h: ArrayLike = as_array(h_0, "lstm_sequence: h_0", (), ("H",))
    shape, C = np.shape(h), C_0
    steps = []
    for x in inputs:
        step = lstm_step(x, h, C, W_x, W_h, b, activation)
        h, C = as_array(step.h, "lstm_sequence: h_t", shape, fits="h_0"), step.C
        steps.append(step)
    return tuple(steps)


def lstm_parameters(hidden: int, inputs: int, two_biases: bool = False) -> int:
    """Parameters of a cell, 4(H(H + D) + H).

    Args:
        hidden: H.
        inputs: D.
        two_biases: count a bias for W_x and one for W_h in each gate, 4H more, as PyTorch stores them.

    Raises:
        UsageError: if one of them is not a whole number of at least 1.
    """
    H, D = as_count(hidden, "lstm_parameters: hidden"), as_count(inputs, "lstm_parameters: inputs")
    return 4 * (H * (H + D) + (2 if two_biases else 1) * H)


def cell_state_gradient(g_f: ArrayLike) -> Value:
    """∂C_T/∂C_0 along the cell state alone: the product of the forget gates, ∏ g_f.

    The paths through the gates and the hidden state are left out; `lstm_backward` has them all.

    Args:
        g_f: (T,), or (T, H).

    Returns:
        A Python float, or (H,).

    Raises:
        ShapeError: for another number of axes.
    """
    return as_result(np.asarray(np.prod(as_array(g_f, "cell_state_gradient: g_f", ("T",), ("T", "H")), axis=0)))


def stacked_weights(
    function: str, W_x: ArrayLike, W_h: ArrayLike, b: ArrayLike, gates: int
) -> tuple[Array, Array, Array]:
    """The weights of a gated cell, checked to be `gates` sets of them; H and D are checked by each gate.

    Raises:
        ShapeError: naming `function` and the argument.
    """
    inputs: list[Shape] = [(gates,), (gates, "D"), (gates, "H", "D")]
    states: list[Shape] = [(gates,), (gates, "H"), (gates, "H", "H")]
    return (
        as_array(W_x, f"{function}: W_x", *inputs),
        as_array(W_h, f"{function}: W_h", *states),
        as_array(b, f"{function}: b", (gates,), (gates, "H")),
    )
