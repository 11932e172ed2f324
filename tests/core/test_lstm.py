import math

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st

from quizgen.core.lstm import (
    cell_state_gradient,
    lstm_cell_state,
    lstm_gate,
    lstm_hidden,
    lstm_parameters,
    lstm_proposal,
    lstm_sequence,
    lstm_step,
)
from quizgen.errors import ShapeError, UsageError

T, D, H = 5, 3, 2
RNG = np.random.default_rng(7)
X, H_0, C_0 = RNG.normal(size=(T, D)), RNG.normal(size=H), RNG.normal(size=H)
W_X, W_H, B = RNG.normal(size=(4, H, D)), RNG.normal(size=(4, H, H)), RNG.normal(size=(4, H))
expit = scipy.special.expit


def on_paper(x, h, C, W_x, W_h, b):
    """One step, unit by unit and number by number."""
    z = [
        [
            sum(W_x[k][m][d] * x[d] for d in range(len(x))) + sum(W_h[k][m][n] * h[n] for n in range(len(h))) + b[k][m]
            for m in range(len(h))
        ]
        for k in range(4)
    ]
    f, i, o = (expit(z[k]) for k in range(3))
    C_hat = np.array([math.tanh(v) for v in z[3]])
    new_C = f * C + i * C_hat
    return f, i, o, C_hat, new_C, o * np.array([math.tanh(v) for v in new_C])


def parts(step):
    return step.g_f, step.g_i, step.g_o, step.C_hat, step.C, step.h


def test_a_gate_of_a_single_unit_in_all_its_forms():
    expected = expit(0.5 * 1 - 1 * 2 + 0.3 * 0.4 + 0.1)
    assert lstm_gate([1, 2], 0.4, [0.5, -1], 0.3, 0.1) == pytest.approx(expected)
    assert lstm_gate([1, 2], [0.4], [0.5, -1], [0.3], 0.1) == pytest.approx(expected)
    assert type(lstm_gate([1, 2], 0.4, [0.5, -1], 0.3, 0.1)) is float
    assert lstm_gate(2, 0.4, 0.5, 0.3, 0.1) == pytest.approx(expit(1 + 0.12 + 0.1))
    two_states = expit(0.5 * 1 - 1 * 2 + 0.3 * 0.4 + 0.2 * -0.6 + 0.1)  # one unit of a layer of two
    assert lstm_gate([1, 2], [0.4, -0.6], [0.5, -1], [0.3, 0.2], 0.1) == pytest.approx(two_states)
    np.testing.assert_allclose(lstm_gate([1, 2], [0.4], [[0.5, -1]], [[0.3]], [0.1]), [expected])


def test_the_proposal_is_a_hyperbolic_tangent():
    assert lstm_proposal(2, 0.4, 0.5, 0.3, 0.1) == pytest.approx(math.tanh(1.22))


def test_cell_and_hidden_state_by_hand():
    assert lstm_cell_state(0.5, 2.0, 0.25, -1.0) == 0.75
    np.testing.assert_allclose(lstm_cell_state([1, 0], [3, 3], [0, 1], [9, 9]), [3, 9])
    assert lstm_hidden(0.5, 0.75) == pytest.approx(0.5 * math.tanh(0.75))
    assert lstm_hidden(0.5, 0.75, "linear") == 0.375


def test_a_step_on_paper():
    for ours, expected in zip(
        parts(lstm_step(X[0], H_0, C_0, W_X, W_H, B)), on_paper(X[0], H_0, C_0, W_X, W_H, B), strict=True
    ):
        np.testing.assert_allclose(ours, expected, rtol=1e-12)


def test_a_sequence_on_paper_and_in_two_halves():
    steps = lstm_sequence(X, H_0, C_0, W_X, W_H, B)
    h, C = H_0, C_0
    for step, x in zip(steps, X, strict=True):
        *_, C, h = on_paper(x, h, C, W_X, W_H, B)
        np.testing.assert_allclose(step.h, h, rtol=1e-12)
        np.testing.assert_allclose(step.C, C, rtol=1e-12)
    first = lstm_sequence(X[:2], H_0, C_0, W_X, W_H, B)
    second = lstm_sequence(X[2:], first[-1].h, first[-1].C, W_X, W_H, B)
    np.testing.assert_array_equal(second[-1].h, steps[-1].h)


def test_a_batch_is_its_rows():
    hs, Cs = RNG.normal(size=(T, H)), RNG.normal(size=(T, H))
    batch = lstm_step(X, hs, Cs, W_X, W_H, B)
    for n in range(T):
        np.testing.assert_allclose(batch.h[n], lstm_step(X[n], hs[n], Cs[n], W_X, W_H, B).h)


def test_a_single_unit_is_a_layer_of_one():
    W_x, W_h, b = W_X[:, 0], W_H[:, 0, 0], B[:, 0]
    unit = lstm_step(X[0], 0.3, -0.2, W_x, W_h, b)
    layer = lstm_step(X[0], [0.3], [-0.2], W_x[:, None], W_h[:, None, None], b[:, None])
    for ours, expected in zip(parts(unit), parts(layer), strict=True):
        assert type(ours) is float
        assert ours == pytest.approx(expected[0], rel=1e-14)
    scalars = lstm_step(0.5, 0.3, -0.2, W_x[:, 0], W_h, b)
    assert scalars.h == pytest.approx(lstm_step([0.5], 0.3, -0.2, W_x[:, :1], W_h, b).h)


@given(st.lists(st.floats(-2, 2), min_size=1, max_size=4))
def test_open_and_closed_gates(C):
    C = np.array(C)
    ones, zeros = np.ones_like(C), np.zeros_like(C)
    np.testing.assert_array_equal(lstm_cell_state(ones, C, zeros, ones), C)  # keeps all, admits nothing
    np.testing.assert_array_equal(lstm_cell_state(zeros, C, ones, ones), ones)
    np.testing.assert_array_equal(lstm_hidden(zeros, C), zeros)


def test_the_gradient_along_the_cell_state_is_the_product_of_the_forget_gates():
    assert cell_state_gradient([0.5, 0.5, 0.8]) == pytest.approx(0.2)
    # With no way through the hidden state, W_h = 0, it is the whole gradient: compare with differences.
    steps = lstm_sequence(X, H_0, C_0, W_X, 0 * W_H, B)
    step = 1e-6
    moved = lstm_sequence(X, H_0, C_0 + step, W_X, 0 * W_H, B)
    expected = (moved[-1].C - steps[-1].C) / step
    np.testing.assert_allclose(cell_state_gradient([s.g_f for s in steps]), expected, rtol=1e-6)


@pytest.mark.parametrize(("hidden", "inputs"), [(1, 1), (2, 3), (128, 64)])
def test_parameters_are_the_entries_of_the_arrays(hidden, inputs):
    entries = 4 * (hidden * inputs + hidden * hidden + hidden)
    assert lstm_parameters(hidden, inputs) == entries
    assert lstm_parameters(hidden, inputs, two_biases=True) == entries + 4 * hidden


def test_misuse_is_explained():
    with pytest.raises(ShapeError, match=r"lstm_gate: W_x must have shape \(M, 2\) or \(2,\) to fit x of shape \(2,\)"):
        lstm_gate([1, 2], 0, [1, 2, 3], 0, 0)
    with pytest.raises(ShapeError, match=r"lstm_step: W_x must have shape \(4,\) or \(4, D\) or \(4, H, D\)"):
        lstm_step(X[0], H_0, C_0, W_X[:3], W_H, B)
    with pytest.raises(ShapeError, match=r"lstm_cell_state: C_prev must have shape \(2,\)"):
        lstm_step(X[0], H_0, C_0[:1], W_X, W_H, B)
    with pytest.raises(ShapeError, match=r"lstm_hidden: C must have shape \(2,\)"):
        lstm_hidden([1, 1], 0.5)
    with pytest.raises(ShapeError, match="at least one time step"):
        lstm_sequence(X[:0], H_0, C_0, W_X, W_H, B)
    with pytest.raises(UsageError, match="unknown activation"):
        lstm_hidden(1, 1, "tan")


def test_against_torch():
    torch = pytest.importorskip("torch")
    cell = torch.nn.LSTM(D, H, batch_first=True, dtype=torch.float64)
    order = [1, 0, 3, 2]  # theirs: input, forget, cell, output; ours: forget, input, output, cell
    W_ih, W_hh, b_ih, b_hh = (p.detach().numpy().reshape(4, H, *p.shape[1:])[order] for p in cell.parameters())
    out, (_, C_T) = cell(torch.tensor(X), (torch.tensor(H_0[None]), torch.tensor(C_0[None])))
    steps = lstm_sequence(X, H_0, C_0, W_ih, W_hh, b_ih + b_hh)
    np.testing.assert_allclose([step.h for step in steps], out.detach().numpy(), rtol=1e-10)
    np.testing.assert_allclose(steps[-1].C, C_T[0].detach().numpy(), rtol=1e-10)
    assert lstm_parameters(H, D, two_biases=True) == sum(p.numel() for p in cell.parameters())
