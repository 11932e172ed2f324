import math
from fractions import Fraction

import numpy as np
import pytest
import scipy.linalg
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quizgen.core.spectral import (
    classify_critical_point,
    spectral_radius,
    steps_above,
    steps_below,
    symmetric_eigen,
    symmetric_power,
)
from quizgen.errors import ShapeError, UsageError

tenths = st.integers(-30, 30).map(lambda n: n / 10)
squares = st.integers(1, 4).flatmap(lambda n: arrays(np.float64, (n, n), elements=tenths))


@given(squares)
def test_the_decomposition_rebuilds_the_matrix(A):
    W = (A + A.T) / 2
    eigen = symmetric_eigen(W)
    np.testing.assert_allclose(eigen.Q @ np.diag(eigen.eigenvalues) @ eigen.Q.T, W, atol=1e-12)
    np.testing.assert_allclose(eigen.Q @ eigen.Q.T, np.eye(len(W)), atol=1e-12)
    assert (np.diff(eigen.eigenvalues) <= 0).all()
    for column in eigen.Q.T:
        assert column[np.abs(column) > 1e-12][0] > 0


def test_two_by_two_by_hand():
    eigen = symmetric_eigen([[2, 1], [1, 2]])
    half = math.sqrt(0.5)
    np.testing.assert_allclose(eigen.eigenvalues, [3, 1])
    np.testing.assert_allclose(eigen.Q, [[half, half], [half, -half]])
    np.testing.assert_allclose(symmetric_eigen([[0, 0], [0, 1]]).Q, [[0, 1], [1, 0]])


@given(squares, st.integers(0, 6))
def test_powers_against_repeated_multiplication(A, t):
    W = (A + A.T) / 2
    scale = max(1.0, np.abs(W).sum()) ** t
    np.testing.assert_allclose(symmetric_power(W, t), np.linalg.matrix_power(W, t), rtol=0, atol=1e-12 * scale)


@given(squares)
def test_the_spectral_radius_against_gelfands_limit(A):
    radius = spectral_radius(A)
    assert radius <= np.linalg.norm(A, 2) * (1 + 1e-9) + 1e-9
    assume(radius > 0.1)
    normalised = np.linalg.matrix_power(A / radius, 512)
    assert np.linalg.norm(normalised, 2) ** (1 / 512) == pytest.approx(1, abs=0.1)


def test_rotations_have_complex_eigenvalues():
    angle = 0.7
    R = 0.9 * np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    assert spectral_radius(R) == pytest.approx(0.9)
    assert spectral_radius(R) == pytest.approx(np.abs(scipy.linalg.eigvals(R)).max())


def first(predicate):
    return next(t for t in range(10_000) if predicate(t))


@given(st.integers(-99, 99), st.sampled_from(["0.5", "0.25", "0.1", "0.01", "0.001", "1e-06", "0.81", "1", "2"]))
def test_steps_below_against_exact_fractions(hundredths, epsilon):
    size = Fraction(abs(hundredths), 100)
    expected = first(lambda t: size**t < Fraction(epsilon))
    assert steps_below(hundredths / 100, float(epsilon)) == expected


@given(st.integers(101, 400), st.sampled_from([-1, 1]), st.sampled_from(["0.5", "1", "4", "1.21", "100", "1e6"]))
def test_steps_above_against_exact_fractions(hundredths, sign, M):
    size = Fraction(hundredths, 100)
    assert steps_above(sign * hundredths / 100, float(M)) == first(lambda t: size**t > Fraction(M))


def test_ties_are_seen_through_float_noise():
    assert 0.1**3 > 0.001  # in floats
    assert 1.1**2 > 1.21
    assert steps_below(0.1, 0.001) == 4
    assert steps_above(1.1, 1.21) == 3
    assert steps_below(0.25, 1e-6) == 10  # the slope of the sigmoid, at its best


@given(st.integers(2, 99), st.integers(1, 7))
def test_a_power_is_not_below_itself(hundredths, k):
    epsilon = Fraction(hundredths, 100) ** k
    assume(Fraction(repr(float(epsilon))) == epsilon)
    assert steps_below(hundredths / 100, float(epsilon)) == k + 1


def test_slow_decay_is_no_problem():
    assert steps_below(0.9999999, 0.5) == 6_931_472


def test_what_never_happens_is_refused():
    with pytest.raises(UsageError, match=r"steps_below: eigenvalue .* less than 1"):
        steps_below(1, 0.5)
    with pytest.raises(UsageError, match=r"steps_above: \|eigenvalue\| .* greater than 1"):
        steps_above(-0.5, 2)
    with pytest.raises(UsageError, match="epsilon"):
        steps_below(0.5, 0)


@given(tenths, tenths, tenths)
def test_critical_points_against_exact_eigenvalue_signs(a, b, d):
    kind = classify_critical_point([[a, b], [b, d]])
    low, high = scipy.linalg.eigvalsh([[a, b], [b, d]])
    if abs(low) < 1e-9 or abs(high) < 1e-9:
        assert kind == "undecided"
    else:
        assert kind == {(True, True): "minimum", (False, False): "maximum", (False, True): "saddle"}[low > 0, high > 0]


def test_a_vanishing_determinant_is_seen_through_float_noise():
    assert 0.1 * 0.9 - 0.3 * 0.3 > 0
    assert classify_critical_point([[0.1, 0.3], [0.3, 0.9]]) == "undecided"


def test_misuse_is_explained():
    with pytest.raises(ShapeError, match=r"symmetric_eigen: W must have shape \(N, N\)"):
        symmetric_eigen([[1, 2]])
    with pytest.raises(UsageError, match="symmetric_power: W must be symmetric"):
        symmetric_power([[1, 2], [0, 1]], 2)
    with pytest.raises(ShapeError, match=r"classify_critical_point: H must have shape \(2, 2\)"):
        classify_critical_point(np.eye(3))
    with pytest.raises(ShapeError, match="at least one row"):
        spectral_radius(np.zeros((0, 0)))
