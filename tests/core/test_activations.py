import math

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quizgen.core.activations import (
    ACTIVATIONS,
    RANGES,
    SWISH_ARGMIN,
    SWISH_MIN,
    activation,
    leaky_relu,
    parametric_relu,
    relu,
    sigmoid,
    softmax,
    softplus,
    swish,
    tanh,
)
from quizgen.errors import ShapeError, UsageError

POINTS = np.array([-800.0, -40.0, -3.0, -1.25, -1e-9, 0.0, 1e-9, 0.5, 2.0, 40.0, 800.0])
ELEMENTWISE = [name for name in ACTIVATIONS if name != "softmax"]
vectors = arrays(np.float64, st.integers(1, 6), elements=st.floats(-50, 50))

# Each oracle is another implementation, or the other branch of the formula.
ORACLES = {
    "linear": lambda x: x,
    "sigmoid": scipy.special.expit,
    "tanh": lambda x: 2 * scipy.special.expit(2 * x) - 1,
    "relu": lambda x: (x + abs(x)) / 2,
    "softplus": lambda x: -scipy.special.log_expit(-x),
    "leaky_relu": lambda x: x if x > 0 else x / 100,
    "parametric_relu": lambda x: x if x > 0 else x / 4,
    "swish": lambda x: x * scipy.special.expit(x),
}


@pytest.mark.parametrize("name", ELEMENTWISE)
@pytest.mark.parametrize("x", POINTS)
def test_values_agree_with_the_oracle_at_both_ends_and_between(name, x):
    assert activation(name, x) == pytest.approx(ORACLES[name](x), rel=1e-14, abs=1e-15)


def test_sigmoid_and_softplus_keep_their_small_values():
    assert sigmoid(-700.0) == pytest.approx(math.exp(-700), rel=1e-13, abs=0)
    assert softplus(-700.0) == pytest.approx(math.exp(-700), rel=1e-13, abs=0)


@given(vectors)
def test_softmax_agrees_with_scipy(x):
    np.testing.assert_allclose(softmax(x), scipy.special.softmax(x), rtol=1e-12)


@given(vectors, st.floats(-100, 100))
def test_softmax_ignores_a_shift_and_sums_to_one(x, shift):
    p = softmax(x)
    assert p.sum() == pytest.approx(1)
    np.testing.assert_allclose(softmax(x + shift), p, rtol=1e-10, atol=1e-15)


def test_softmax_of_huge_numbers_does_not_overflow():
    np.testing.assert_allclose(softmax([1000.0, 1000.0, 0.0]), [0.5, 0.5, 0.0])


def test_softmax_acts_on_each_row():
    X = np.array([[1.0, 2.0, 0.0], [0.0, 0.0, 3.0]])
    np.testing.assert_array_equal(softmax(X), [softmax(X[0]), softmax(X[1])])


@pytest.mark.parametrize("x", [1.0, [], [[], []]])
def test_softmax_needs_a_vector(x):
    with pytest.raises(ShapeError, match="softmax: x must have shape"):
        softmax(x)


@given(vectors)
def test_symmetries(x):
    np.testing.assert_allclose(sigmoid(x) + sigmoid(-x), 1.0, rtol=1e-14)
    np.testing.assert_allclose(softplus(x) - softplus(-x), x, rtol=1e-14, atol=1e-14)
    np.testing.assert_array_equal(tanh(-x), -tanh(x))
    np.testing.assert_array_equal(relu(x) - relu(-x), x)


def test_parametric_relu_takes_its_slope_and_is_leaky_relu_at_one_hundredth():
    assert parametric_relu(-2.0, 0.3) == activation("parametric_relu", -2.0, alpha=0.3) == -0.6
    np.testing.assert_array_equal(parametric_relu(POINTS, alpha=0.01), leaky_relu(POINTS))
    assert parametric_relu(2.0, 3.0) == 2.0  # beyond α = 1 it is no longer max(αx, x)


def test_the_minimum_of_swish():
    W = float(scipy.special.lambertw(1 / math.e).real)
    assert pytest.approx(-1 - W, rel=1e-15) == SWISH_ARGMIN
    assert pytest.approx(-W, rel=1e-15) == SWISH_MIN
    assert swish(SWISH_ARGMIN) == pytest.approx(SWISH_MIN, rel=1e-15)
    grid = np.linspace(-10, 10, 100_001)
    assert grid[np.argmin(swish(grid))] == pytest.approx(SWISH_ARGMIN, abs=2e-4)
    assert swish(grid).min() >= SWISH_MIN - 1e-15


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_values_lie_in_the_range_and_come_close_to_its_ends(name):
    values = activation(name, np.linspace(-30, 30, 6001))
    interval = RANGES[name]
    assert ((interval.low <= values + 1e-15) & (values <= interval.high)).all()
    for end, extreme in [(interval.low, values.min()), (interval.high, values.max())]:
        if math.isfinite(end):
            assert extreme == pytest.approx(end, abs=1e-6)
        else:
            assert abs(extreme) > 0.2


def test_ends_that_are_never_reached_are_open():
    assert 0.0 in RANGES["relu"]
    assert SWISH_MIN in RANGES["swish"]
    for name, end in [("sigmoid", 0.0), ("sigmoid", 1.0), ("tanh", -1.0), ("softplus", 0.0), ("softmax", 1.0)]:
        assert end not in RANGES[name]
    assert set(RANGES) == set(ACTIVATIONS)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_numbers_give_floats_and_arrays_keep_their_shape(name):
    assert type(activation(name, 1)) is float
    assert type(ACTIVATIONS[name](-0.5)) is float
    assert activation(name, [[1, 2, 3], [4, 5, 6]]).shape == (2, 3)


def test_arguments_are_not_changed_and_not_shared():
    x = np.array([-1.0, 2.0])
    y = activation("linear", x)
    y[0] = 7
    assert x[0] == -1.0


def test_an_unknown_name_gets_a_suggestion():
    with pytest.raises(UsageError, match="unknown activation 'sigmoyd'; did you mean 'sigmoid'"):
        activation("sigmoyd", 1.0)


def test_only_parametric_relu_has_a_slope():
    with pytest.raises(UsageError, match="'relu' has no parameter alpha"):
        activation("relu", 1.0, alpha=0.5)


def test_text_is_refused():
    with pytest.raises(ShapeError, match="sigmoid: x must be made of real numbers"):
        sigmoid("1")


def test_against_torch():
    torch = pytest.importorskip("torch")
    F = torch.nn.functional
    x = torch.tensor(POINTS, dtype=torch.float64)
    theirs = {"sigmoid": x.sigmoid(), "relu": F.relu(x), "leaky_relu": F.leaky_relu(x), "swish": F.silu(x)}
    theirs |= {"softplus": F.softplus(x, threshold=100), "softmax": x.softmax(0)}
    for name, values in theirs.items():
        np.testing.assert_allclose(activation(name, POINTS), values.numpy(), rtol=1e-13, atol=1e-300, err_msg=name)
