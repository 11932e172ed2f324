import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import cosine

from quizgen.core.clipping import angle_between, clip_by_norm, clip_by_value
from quizgen.errors import ShapeError, UsageError

vectors = arrays(np.float64, st.integers(1, 5), elements=st.floats(-1e3, 1e3))
limits = st.floats(0.01, 100)


def test_clipping_by_value_works_on_both_sides():
    np.testing.assert_array_equal(clip_by_value([-5, -0.5, 0.5, 5], 1), [-1, -0.5, 0.5, 1])
    assert clip_by_value(-3, 2) == -2.0


@given(vectors, limits)
def test_clipping_by_value_bounds_each_element_and_leaves_the_rest(g, v):
    clipped = clip_by_value(g, v)
    assert (abs(clipped) <= v).all()
    np.testing.assert_array_equal(clipped[abs(g) <= v], g[abs(g) <= v])
    np.testing.assert_array_equal(np.sign(clipped), np.sign(g))


def test_clipping_by_norm_by_hand():
    np.testing.assert_allclose(clip_by_norm([3, -4], 1), [0.6, -0.8])
    np.testing.assert_array_equal(clip_by_norm([3, -4], 5), [3, -4])  # only if the norm exceeds v
    np.testing.assert_array_equal(clip_by_norm([0, 0], 1), [0, 0])


@given(vectors, limits)
def test_clipping_by_norm_bounds_the_norm_and_keeps_the_direction(g, v):
    clipped = clip_by_norm(g, v)
    norm = np.linalg.norm(g)
    assert np.linalg.norm(clipped) == pytest.approx(min(norm, v))
    np.testing.assert_allclose(clipped * norm, g * np.linalg.norm(clipped), rtol=1e-9, atol=1e-9)


def test_extreme_norms_neither_overflow_nor_vanish():
    np.testing.assert_allclose(clip_by_norm([3e200, 4e200], 1), [0.6, 0.8])
    assert angle_between([3e-200, 0], [0, 1e-200]) == pytest.approx(math.pi / 2)


def test_results_share_no_memory_with_the_gradient():
    g = np.array([0.1, 0.2])
    clip_by_norm(g, 1)[0] = 9
    clip_by_value(g, 1)[0] = 9
    assert g[0] == 0.1


@given(vectors, st.data())
def test_the_angle_against_the_cosine_distance(g, data):
    h = data.draw(arrays(np.float64, g.shape, elements=st.floats(-1e3, 1e3)))
    assume(np.linalg.norm(g) > 1e-3)
    assume(np.linalg.norm(h) > 1e-3)
    assert math.cos(angle_between(g, h)) == pytest.approx(1 - cosine(g, h), abs=1e-12)


def test_known_angles():
    assert angle_between([1, 0], [1, 1]) == pytest.approx(math.pi / 4)
    assert angle_between([1, 2], [-2, -4]) == pytest.approx(math.pi)
    assert angle_between([1, 0], [1, 1e-9]) == pytest.approx(1e-9)  # arccos would say 0


@pytest.mark.parametrize("clip", [clip_by_value, clip_by_norm])
@pytest.mark.parametrize("v", [0, -1, math.inf])
def test_the_limit_must_be_positive(clip, v):
    with pytest.raises(UsageError, match=f"{clip.__name__}: v must be a finite number greater than 0"):
        clip([1.0], v)


def test_an_angle_needs_two_directions():
    with pytest.raises(UsageError, match="zero vector"):
        angle_between([0, 0], [1, 0])
    with pytest.raises(ShapeError, match="angle_between: h"):
        angle_between([1, 0], [1])
