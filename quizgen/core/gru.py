"""The gated recurrent unit, in PyTorch's convention: z keeps the old state, h_t = (1 − z) ⊙ h̃ + z ⊙ h_{t−1}.

r = σ(W_xr x + W_hr h_{t−1} + b_r), z = σ(W_xz x + W_hz h_{t−1} + b_z) and
h̃ = tanh(W_xn x + b_n + r ⊙ (W_hn h_{t−1} + b_hn)).
In the original (Cho et al., 2014) z keeps the old state too, but r acts before the matrix, W_hn (r ⊙ h_{t−1}); others
(Chung et al., 2014) exchange z and 1 − z. One bias per gate, b_hn = 0, unless PyTorch's second one is given.

H hidden units, D inputs. Weights are stacked in the order r, z, n: W_x (3, H, D), W_h (3, H, H), b (3, H). A single
unit leaves out the axis H, and an input that is a number the axis D; the results of a single unit are Python floats.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from quizgen.core.activations import sigmoid, tanh
from quizgen.core.affine import Term, affine
from quizgen.core.lstm import stacked_weights
from quizgen.core.shapes import Value, as_array, as_count, as_result
from quizgen.errors import ShapeError

#: The order in which weights are stacked: reset gate, update gate, new state.
GRU_GATES = ("r", "z", "n")


@dataclass(frozen=True, slots=True, eq=False)
class GruStep:
    """One step of a cell; each is (H,), (N, H) for a batch, a Python float for a single unit.

    Attributes:
        r: the reset gate.
        z: the update gate; 1 keeps the old state.
        h_tilde: the candidate h̃.
        h: the hidden state h_t.
    """

    r: Value
    z: Value
    h_tilde: Value
    h: Value


def gru_step(
    x: ArrayLike, h_prev: ArrayLike, W_x: ArrayLike, W_h: ArrayLike, b: ArrayLike, b_hn: ArrayLike = 0.0
) -> GruStep:
    """A whole step: h = (1 − z) ⊙ h̃ + z ⊙ h_prev, see the head of this module.

    Args:
        x: (D,), or a batch (N, D).
        h_prev: (H,), or a batch (N, H).
        W_x: (3, H, D), stacked in the order r, z, n.
        W_h: (3, H, H), likewise.
        b: (3, H), likewise; for PyTorch's parameters b_ir + b_hr, b_iz + b_hz, b_in.
        b_hn: (H,), the bias that r switches together with W_hn h_prev; 0 without.

    Raises:
        ShapeError: if the shapes do not fit.
    """
    U, W, biases = stacked_weights("gru_step", W_x, W_h, b, len(GRU_GATES))
    state = as_array(h_prev, "gru_step: h_prev")

    def from_input(k: int) -> Term:
        return Term("W_x", U[k], "x", x)

    def from_state(k: int) -> Term:
        return Term("W_h", W[k], "h_prev", state)

    r, z = (sigmoid(affine("gru_step", [from_input(k), from_state(k)], "b", biases[k])) for k in (0, 1))
    bias = as_array(b_hn, "gru_step: b_hn", (), biases.shape[1:], fits=f"b of shape {biases.shape}")
    remembered = affine("gru_step", [from_state(2)], "b_hn", np.broadcast_to(bias, biases.shape[1:]))
    h_tilde = tanh(affine("gru_step", [from_input(2)], "b", biases[2]) + r * remembered)
    as_array(h_tilde, "gru_step: the new state", state.shape, fits=f"h_prev of shape {state.shape}")
    h = (1.0 - z) * h_tilde + z * state
    return GruStep(*(as_result(np.asarray(part)) for part in (r, z, h_tilde, h)))


def gru_sequence(
    X: ArrayLike, h_0: ArrayLike, W_x: ArrayLike, W_h: ArrayLike, b: ArrayLike, b_hn: ArrayLike = 0.0
) -> tuple[GruStep, ...]:
    """All steps of a sequence; the h of the last one continues a stateful network.

    Args:
        X: (T, D), or (T,) if every input is a number.
        h_0: (H,), the state before the first step.
        W_x: (3, H, D), stacked in the order r, z, n.
        W_h: (3, H, H), likewise.
        b: (3, H), likewise.
        b_hn: (H,), see `gru_step`.

    Raises:
        ShapeError: if the shapes do not fit.
    """
    inputs = as_array(X, "gru_sequence: X", ("T",), ("T", "D"))
    if not len(inputs):
        raise ShapeError("gru_sequence: X must have at least one time step, got none")
    h: Value = as_array(h_0, "gru_sequence: h_0", (), ("H",))
    steps = []
    for x in inputs:
        steps.append(gru_step(x, h, W_x, W_h, b, b_hn))
        h = steps[-1].h
    return tuple(steps)


def gru_parameters(hidden: int, inputs: int, two_biases: bool = False) -> int:
    """Parameters of a cell, 3(H(H + D) + H).

    Args:
        hidden: H.
        inputs: D.
        two_biases: count a bias for W_x and one for W_h in each gate, 3H more, as PyTorch stores them.

    Raises:
        UsageError: if one of them is not a whole number of at least 1.
    """
    H, D = as_count(hidden, "gru_parameters: hidden"), as_count(inputs, "gru_parameters: inputs")
    return 3 * (H * (H + D) + (2 if two_biases else 1) * H)
