"""Pooling against windows cut out one by one, finite differences and, where installed, PyTorch."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from quizgen.core.pooling import (
    average_pool2d,
    average_pool2d_backward,
    global_average_pool,
    global_average_pool_backward,
    global_max_pool,
    global_max_pool_backward,
    max_pool2d,
    max_pool2d_backward,
)
from quizgen.errors import ShapeError

Pooled = tuple[NDArray[np.float64], tuple[int, int], tuple[int, int]]


@st.composite
def pooled(draw: st.DrawFn) -> Pooled:
    """Maps without ties, a window and a stride that may overlap or leave gaps."""
    window, stride = (draw(st.tuples(st.integers(1, 3), st.integers(1, 3))) for _ in range(2))
    shape = (draw(st.integers(1, 3)), *(f + draw(st.integers(0, 4)) for f in window))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.permutation(int(np.prod(shape))).reshape(shape) / 4, window, stride


def cut(X: NDArray[np.float64], window: tuple[int, int], stride: tuple[int, int], pool: Callable[..., Any]) -> Any:
    """The windows one by one, in plain loops."""
    tops = range(0, X.shape[1] - window[0] + 1, stride[0])
    lefts = range(0, X.shape[2] - window[1] + 1, stride[1])
    return np.array([[[pool(plane[i : i + window[0], j : j + window[1]]) for j in lefts] for i in tops] for plane in X])


@given(pooled())
def test_each_window_becomes_its_maximum_or_mean(case: Pooled) -> None:
    assert np.array_equal(max_pool2d(*case), cut(*case, np.max))
    assert np.allclose(average_pool2d(*case), cut(*case, np.mean))


def test_the_stride_is_the_window_unless_given_and_the_rest_is_left_out() -> None:
    X = [[1, 5, 2, 9, 7], [3, 4, 8, 6, 7], [7, 7, 7, 7, 7]]
    assert max_pool2d(X, 2).tolist() == [[5, 9]]
    assert average_pool2d(X, 2).tolist() == [[3.25, 6.25]]
    assert max_pool2d(X, 2, 1).tolist() == [[5, 8, 9, 9], [7, 8, 8, 7]]


@given(pooled())
def test_gradients_are_the_slopes(case: Pooled) -> None:
    """Pooling is linear while no maximum changes its place; entries are 1/4 apart, the step is 1/16."""
    X, step = case[0], 1 / 16
    for pool, backward in ((max_pool2d, max_pool2d_backward), (average_pool2d, average_pool2d_backward)):
        G = np.random.default_rng(0).normal(size=pool(*case).shape)
        dX = backward(X, G, *case[1:])
        assert dX.shape == X.shape
        for place in product(*map(range, X.shape)):
            change = np.zeros(X.shape)
            change[place] = step
            slope = (pool(X + change, *case[1:]) - pool(X - change, *case[1:])) / (2 * step)
            assert np.isclose(dX[place], np.vdot(slope, G))


def test_the_first_of_equal_maxima_takes_the_gradient() -> None:
    X = [[0, 2, 1, 1], [2, 2, 1, 1]]
    assert max_pool2d_backward(X, [[5, 7]]).tolist() == [[0, 5, 7, 0], [0, 0, 0, 0]]
    assert global_max_pool_backward(X, 3).tolist() == [[0, 3, 0, 0], [0, 0, 0, 0]]


def test_a_pixel_that_wins_twice_adds_up() -> None:
    assert max_pool2d_backward([[1, 9, 2]], [[10, 1]], (1, 2), 1).tolist() == [[0, 11, 0]]


@given(pooled())
def test_global_pooling_is_one_window_over_all(case: Pooled) -> None:
    X = case[0]
    G = np.arange(1.0, len(X) + 1)
    assert np.array_equal(global_max_pool(X), [plane.max() for plane in X])
    assert np.allclose(global_average_pool(X), [plane.sum() / plane.size for plane in X])
    assert np.array_equal(global_max_pool_backward(X, G), [g * (p == p.max()) for g, p in zip(G, X, strict=True)])
    assert np.allclose(global_average_pool_backward(X, G), [p * 0 + g / p.size for g, p in zip(G, X, strict=True)])


def test_global_pooling_of_a_single_map_is_a_number() -> None:
    X = [[1, 2], [3, 6]]
    assert type(global_max_pool(X)) is float
    assert (global_max_pool(X), global_average_pool(X)) == (6.0, 3.0)
    assert global_average_pool_backward(X, 2).tolist() == [[0.5, 0.5], [0.5, 0.5]]


@given(pooled(), st.integers(1, 4))
def test_max_pooling_commutes_with_growing_functions(case: Pooled, power: int) -> None:
    X, window, stride = case
    assert np.array_equal(max_pool2d(X**power, window, stride), max_pool2d(X, window, stride) ** power)


@settings(max_examples=30, deadline=None)
@given(pooled())
def test_pooling_as_pytorch(case: Pooled) -> None:
    torch = pytest.importorskip("torch")
    X, window, stride = case
    for name, pool, backward in (
        ("max_pool2d", max_pool2d, max_pool2d_backward),
        ("avg_pool2d", average_pool2d, average_pool2d_backward),
    ):
        x = torch.tensor(X, requires_grad=True)
        Y = getattr(torch.nn.functional, name)(x[None], window, stride)[0]
        G = np.random.default_rng(1).normal(size=tuple(Y.shape))
        Y.backward(torch.tensor(G))
        assert np.allclose(pool(X, window, stride), Y.detach().numpy())
        assert np.allclose(backward(X, G, window, stride), x.grad.numpy())


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: max_pool2d([1, 2, 3]), r"X must have shape \(H, W\) or \(C, H, W\)"),
        (lambda: max_pool2d([[1, 2]], 2), "spans 2 does not fit into an input of 1"),
        (lambda: max_pool2d_backward([[1, 2], [3, 4]], [1]), r"dY must have shape \(1, 1\)"),
        (lambda: global_max_pool_backward([[1, 2], [3, 4]], [1, 2]), "dY must have shape"),
    ],
)
def test_what_does_not_fit_is_named(call: Any, message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        call()
