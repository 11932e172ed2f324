import math

import numpy as np
import pytest
import scipy.special

from quizgen.core.gru import gru_parameters, gru_sequence, gru_step
from quizgen.errors import ShapeError, UsageError

T, D, H = 5, 3, 2
RNG = np.random.default_rng(13)
X, H_0 = RNG.normal(size=(T, D)), RNG.normal(size=H)
W_X, W_H, B, B_HN = RNG.normal(size=(3, H, D)), RNG.normal(size=(3, H, H)), RNG.normal(size=(3, H)), RNG.normal(size=H)


def on_paper(x, h, W_x, W_h, b, b_hn):
    """One step, unit by unit and number by number."""
    r, z, n, new = [], [], [], []
    for m in range(len(h)):
        from_x = [sum(W_x[k][m][d] * x[d] for d in range(len(x))) + b[k][m] for k in range(3)]
        from_h = [sum(W_h[k][m][j] * h[j] for j in range(len(h))) for k in range(3)]
        r.append(scipy.special.expit(from_x[0] + from_h[0]))
        z.append(scipy.special.expit(from_x[1] + from_h[1]))
        n.append(math.tanh(from_x[2] + r[m] * (from_h[2] + b_hn[m])))
        new.append((1 - z[m]) * n[m] + z[m] * h[m])
    return r, z, n, new


@pytest.mark.parametrize("b_hn", [0.0, B_HN], ids=["one bias", "two biases"])
def test_a_sequence_on_paper(b_hn):
    h = H_0
    for step, x in zip(gru_sequence(X, H_0, W_X, W_H, B, b_hn), X, strict=True):
        expected = on_paper(x, h, W_X, W_H, B, np.broadcast_to(b_hn, H))
        for ours, theirs in zip((step.r, step.z, step.h_tilde, step.h), expected, strict=True):
            np.testing.assert_allclose(ours, theirs, rtol=1e-12)
        h = expected[-1]


def test_the_update_gate_keeps_the_old_state():
    b = np.array([[0.0, 0.0], [40.0, -40.0], [0.0, 0.0]])
    step = gru_step(X[0], H_0, W_X, W_H, b)
    assert step.h[0] == pytest.approx(H_0[0], abs=1e-12)
    assert step.h[1] == pytest.approx(step.h_tilde[1], abs=1e-12)


def test_a_single_unit_is_a_layer_of_one():
    W_x, W_h, b = W_X[:, 0], W_H[:, 0, 0], B[:, 0]
    unit = gru_step(X[0], 0.3, W_x, W_h, b, 0.2)
    layer = gru_step(X[0], [0.3], W_x[:, None], W_h[:, None, None], b[:, None], [0.2])
    for name in ("r", "z", "h_tilde", "h"):
        assert type(getattr(unit, name)) is float
        assert getattr(unit, name) == pytest.approx(getattr(layer, name)[0], rel=1e-14)
    numbers = gru_sequence(X[:, 0], 0.3, W_x[:, 0], W_h, b)
    vectors = gru_sequence(X[:, :1], 0.3, W_x[:, :1], W_h, b)
    assert numbers[-1].h == pytest.approx(vectors[-1].h)


def test_a_batch_is_its_rows():
    hs = RNG.normal(size=(T, H))
    batch = gru_step(X, hs, W_X, W_H, B, B_HN)
    for n in range(T):
        np.testing.assert_allclose(batch.h[n], gru_step(X[n], hs[n], W_X, W_H, B, B_HN).h)


@pytest.mark.parametrize(("hidden", "inputs"), [(1, 1), (2, 3), (128, 64)])
def test_parameters_are_the_entries_of_the_arrays(hidden, inputs):
    entries = 3 * (hidden * inputs + hidden * hidden + hidden)
    assert gru_parameters(hidden, inputs) == entries
    assert gru_parameters(hidden, inputs, two_biases=True) == entries + 3 * hidden


def test_misuse_is_explained():
    with pytest.raises(ShapeError, match=r"gru_step: W_h must have shape \(3,\) or \(3, H\) or \(3, H, H\)"):
        gru_step(X[0], H_0, W_X, W_H[:2], B)
    with pytest.raises(
        ShapeError, match=r"gru_step: h_prev must have shape \(\) \(one number\) or \(D,\), got \(2, 2\)"
    ):
        gru_step(X[0], np.stack([H_0, H_0]), W_X, W_H, B)
    with pytest.raises(ShapeError, match="gru_step: b_hn must have shape"):
        gru_step(X[0], H_0, W_X, W_H, B, [1, 2, 3])
    with pytest.raises(ShapeError, match="at least one time step"):
        gru_sequence(X[:0], H_0, W_X, W_H, B)
    with pytest.raises(UsageError, match="gru_parameters: inputs"):
        gru_parameters(1, 0)


def test_against_torch():
    torch = pytest.importorskip("torch")
    cell = torch.nn.GRU(D, H, batch_first=True, dtype=torch.float64)
    W_ih, W_hh, b_ih, b_hh = (p.detach().numpy().reshape(3, H, *p.shape[1:]) for p in cell.parameters())
    out, _ = cell(torch.tensor(X), torch.tensor(H_0[None]))
    b = b_ih + b_hh * np.array([[1], [1], [0]])
    steps = gru_sequence(X, H_0, W_ih, W_hh, b, b_hh[2])
    np.testing.assert_allclose([step.h for step in steps], out.detach().numpy(), rtol=1e-10)
    assert gru_parameters(H, D, two_biases=True) == sum(p.numel() for p in cell.parameters())
