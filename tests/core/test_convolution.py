"""Convolutions against SciPy and the laws of linear maps; against PyTorch too where it is installed."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.signal import convolve2d, correlate2d

from quizgen.core.convolution import (
    conv1d,
    conv1d_backward,
    conv2d,
    conv2d_backward,
    conv2d_input_gradient,
    conv2d_kernel_gradient,
    true_conv1d,
    true_conv2d,
)
from quizgen.errors import ShapeError, UsageError


class Case(NamedTuple):
    """A convolution with all its settings, of one or two dimensions."""

    X: NDArray[np.float64]
    K: NDArray[np.float64]
    b: NDArray[np.float64]
    options: dict[str, Any]


@st.composite
def cases(draw: st.DrawFn, rank: int = 2) -> Case:
    pairs = st.tuples(*[st.integers(1, 3)] * rank)
    size, stride, dilation = draw(pairs), draw(pairs), draw(st.tuples(*[st.integers(1, 2)] * rank))
    padding = draw(st.tuples(*[st.integers(0, 2)] * rank))
    least = [max(1, d * (f - 1) + 1 - 2 * p) for f, d, p in zip(size, dilation, padding, strict=True)]
    sides = [n + draw(st.integers(0, 4)) for n in least]
    groups, inputs, outputs = draw(st.integers(1, 2)), draw(st.integers(1, 2)), draw(st.integers(1, 3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    X = rng.normal(size=(groups * inputs, *sides))
    K = rng.normal(size=(groups * outputs, inputs, *size))
    options = {"padding": padding, "stride": stride, "dilation": dilation, "groups": groups}
    return Case(X, K, rng.normal(size=groups * outputs), options)


def by_scipy(case: Case) -> NDArray[np.float64]:
    """Channel by channel with correlate2d: the dilated kernel written out with zeros, the stride by leaving out."""
    (pH, pW), (sH, sW), (dH, dW) = (case.options[name] for name in ("padding", "stride", "dilation"))
    X = np.pad(case.X, ((0, 0), (pH, pH), (pW, pW)))
    M, per_group, kH, kW = case.K.shape
    spread = np.zeros((M, per_group, dH * (kH - 1) + 1, dW * (kW - 1) + 1))
    spread[:, :, ::dH, ::dW] = case.K
    maps = []
    for m in range(M):
        first = m // (M // case.options["groups"]) * per_group
        planes = (correlate2d(X[first + c], spread[m, c], mode="valid") for c in range(per_group))
        maps.append(sum(planes)[::sH, ::sW] + case.b[m])
    return np.array(maps)


@given(cases())
def test_conv2d_is_scipys_correlation(case: Case) -> None:
    assert np.allclose(conv2d(case.X, case.K, case.b, **case.options), by_scipy(case), rtol=1e-12, atol=1e-12)


@given(cases(rank=1))
def test_conv1d_is_conv2d_of_one_row(case: Case) -> None:
    options = {name: (least, *case.options[name]) for name, least in (("padding", 0), ("stride", 1), ("dilation", 1))}
    flat = Case(case.X[:, None], case.K[:, :, None], case.b, options | {"groups": case.options["groups"]})
    found = conv1d(case.X, case.K, case.b, **case.options)
    assert np.allclose(found, by_scipy(flat)[:, 0], rtol=1e-12, atol=1e-12)


@given(seed=st.integers(0, 2**32 - 1))
def test_single_images_go_with_single_kernels(seed: int) -> None:
    rng = np.random.default_rng(seed)
    X, K = rng.normal(size=(5, 6)), rng.normal(size=(3, 2))
    assert np.allclose(conv2d(X, K, 0.5), correlate2d(X, K, mode="valid") + 0.5)
    assert np.allclose(true_conv2d(X, K), convolve2d(X, K, mode="valid"))
    assert np.allclose(true_conv2d(X, K, padding=(2, 1)), convolve2d(X, K, mode="full"))
    assert np.allclose(conv1d(X[0], K[:, 0]), np.correlate(X[0], K[:, 0], mode="valid"))
    assert np.allclose(true_conv1d(X[0], K[:, 0]), np.convolve(X[0], K[:, 0], mode="valid"))
    assert np.allclose(true_conv1d(X[0], K[:, 0], padding=2), np.convolve(X[0], K[:, 0], mode="full"))


def test_convolution_and_correlation_by_hand() -> None:
    image, edge = [[1, 2, 0], [0, 1, 3], [2, 0, 1]], [[1, 0], [0, -1]]
    assert conv2d(image, edge).tolist() == [[0, -1], [0, 0]]
    assert true_conv2d(image, edge).tolist() == [[0, 1], [0, 0]]
    assert conv1d([1, 2, 4, 8], [1, -1], stride=2).tolist() == [-1, -4]


@given(cases())
def test_backward_is_the_adjoint_of_each_linear_argument(case: Case) -> None:
    """Y is linear in X, in K and in b, so ⟨Y, G⟩ = ⟨X, dX⟩ = ⟨K, dK⟩ without a bias, and ⟨b, db⟩ is the bias's part."""
    Y = conv2d(case.X, case.K, **case.options)
    G = np.random.default_rng(1).normal(size=Y.shape)
    gradients = conv2d_backward(case.X, case.K, G, **case.options)
    part_of_bias = conv2d(case.X, case.K, case.b, **case.options) - Y
    assert gradients.dX.shape == case.X.shape
    assert gradients.dK.shape == case.K.shape
    assert np.isclose(np.vdot(Y, G), np.vdot(case.X, gradients.dX), atol=1e-9)
    assert np.isclose(np.vdot(Y, G), np.vdot(case.K, gradients.dK), atol=1e-9)
    assert np.isclose(np.vdot(part_of_bias, G), np.vdot(case.b, gradients.db), atol=1e-9)


@settings(max_examples=25)
@given(cases())
def test_backward_is_right_in_every_entry(case: Case) -> None:
    """By linearity the derivative by one entry is exactly the convolution of the unit array there."""
    Y = conv2d(case.X, case.K, **case.options)
    G = np.random.default_rng(2).normal(size=Y.shape)
    gradients = conv2d_backward(case.X, case.K, G, **case.options)
    for place in np.ndindex(*case.X.shape):
        unit = np.zeros(case.X.shape)
        unit[place] = 1
        assert np.isclose(gradients.dX[place], np.vdot(conv2d(unit, case.K, **case.options), G))
    for place in np.ndindex(*case.K.shape):
        unit = np.zeros(case.K.shape)
        unit[place] = 1
        assert np.isclose(gradients.dK[place], np.vdot(conv2d(case.X, unit, **case.options), G))


@given(cases(rank=1))
def test_conv1d_backward_is_the_adjoint(case: Case) -> None:
    Y = conv1d(case.X, case.K, **case.options)
    G = np.random.default_rng(3).normal(size=Y.shape)
    gradients = conv1d_backward(case.X, case.K, G, **case.options)
    assert np.isclose(np.vdot(Y, G), np.vdot(case.X, gradients.dX), atol=1e-9)
    assert np.isclose(np.vdot(Y, G), np.vdot(case.K, gradients.dK), atol=1e-9)
    assert np.allclose(gradients.db, G.sum(axis=1))


def test_gradients_of_a_single_image_are_correlations() -> None:
    """At stride 1: ∂L/∂K is X correlated with dY, ∂L/∂X the full true convolution of dY with K."""
    rng = np.random.default_rng(4)
    X, K, G = rng.normal(size=(5, 4)), rng.normal(size=(2, 3)), rng.normal(size=(4, 2))
    assert np.allclose(conv2d_kernel_gradient(X, K, G), correlate2d(X, G, mode="valid"))
    assert np.allclose(conv2d_input_gradient(X, K, G), convolve2d(G, K, mode="full"))
    db = conv2d_backward(X, K, G).db
    assert isinstance(db, float)
    assert np.isclose(db, G.sum())


@given(cases(), st.floats(-3, 3), st.floats(-3, 3))
def test_linear_in_the_image(case: Case, alpha: float, beta: float) -> None:
    other = np.random.default_rng(5).normal(size=case.X.shape)
    together = conv2d(alpha * case.X + beta * other, case.K, **case.options)
    apart = alpha * conv2d(case.X, case.K, **case.options) + beta * conv2d(other, case.K, **case.options)
    assert np.allclose(together, apart, atol=1e-9)


@given(
    seed=st.integers(0, 2**32 - 1),
    stride=st.integers(1, 3),
    shift=st.tuples(st.integers(0, 2), st.integers(0, 2)),
)
def test_shifting_the_input_shifts_the_output(seed: int, stride: int, shift: tuple[int, int]) -> None:
    """Equivariance: a shift by s·k pixels of an image on an empty ground moves the output by k pixels."""
    rng = np.random.default_rng(seed)
    X = np.zeros((2, 21, 21))
    X[:, 6:12, 6:12] = rng.normal(size=(2, 6, 6))
    K = rng.normal(size=(3, 2, 3, 3))
    moved = np.roll(X, (stride * shift[0], stride * shift[1]), axis=(1, 2))
    expected = np.roll(conv2d(X, K, stride=stride), shift, axis=(1, 2))
    assert np.allclose(conv2d(moved, K, stride=stride), expected)


@settings(max_examples=30, deadline=None)
@given(cases())
def test_forward_and_backward_as_pytorch(case: Case) -> None:
    torch = pytest.importorskip("torch")
    X, K, b = (torch.tensor(array, requires_grad=True) for array in (case.X, case.K, case.b))
    Y = torch.nn.functional.conv2d(X[None], K, b, **case.options)[0]
    G = np.random.default_rng(6).normal(size=tuple(Y.shape))
    Y.backward(torch.tensor(G))
    gradients = conv2d_backward(case.X, case.K, G, **case.options)
    assert np.allclose(conv2d(case.X, case.K, case.b, **case.options), Y.detach().numpy())
    assert np.allclose(gradients.dX, X.grad.numpy())
    assert np.allclose(gradients.dK, K.grad.numpy())
    assert np.allclose(gradients.db, b.grad.numpy())


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: conv2d(np.ones((3, 3)), np.ones((1, 1, 2, 2))), r"got \(3, 3\) and \(1, 1, 2, 2\)"),
        (lambda: conv2d(np.ones((3, 4, 4)), np.ones((2, 2, 2, 2))), r"to fit X of shape \(3, 4, 4\)"),
        (lambda: conv2d(np.ones((2, 4, 4)), np.ones((3, 1, 2, 2)), groups=2), "groups = 2 dividing 2 and M"),
        (lambda: conv2d(np.ones((2, 2)), np.ones((3, 3))), "spans 3 does not fit into an input of 2"),
        (lambda: conv2d(np.ones((3, 3)), np.ones((2, 2)), [1, 2]), "b must have shape"),
        (lambda: conv2d(np.ones((3, 3)), np.ones((2, 2)), stride=(1, 1, 1)), "stride must be one whole number or 2"),
        (lambda: conv2d_backward(np.ones((3, 3)), np.ones((2, 2)), np.ones((3, 3))), "dY must have shape"),
    ],
)
def test_what_does_not_fit_is_named(call: Any, message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        call()


def test_a_stride_of_zero_is_refused() -> None:
    with pytest.raises(UsageError, match="stride must be a whole number of at least 1, got 0"):
        conv2d([[1.0]], [[1.0]], stride=0)


def test_padding_may_be_a_numpy_integer_or_a_list() -> None:
    X, K = np.ones((3, 3)), np.ones((3, 3))
    assert np.array_equal(conv2d(X, K, padding=np.int64(1)), conv2d(X, K, padding=[1, 1]))
