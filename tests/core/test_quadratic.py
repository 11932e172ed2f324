import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.core.quadratic import critical_learning_rate, quadratic_descent, quadratic_verdict
from quizgen.errors import UsageError

hundredths = st.integers(1, 500).map(lambda n: n / 100)


@given(hundredths, hundredths, st.floats(-5, 5), st.floats(-5, 5), st.integers(0, 15))
def test_iterates_have_the_closed_form(a, alpha, w_0, c, steps):
    iterates = quadratic_descent(w_0, a, alpha, steps, c)
    assert len(iterates) == steps + 1
    for k, w in enumerate(iterates):
        r = 1 - alpha * a
        assert w == pytest.approx(c + r**k * (w_0 - c), rel=1e-9, abs=1e-9 * max(1, abs(r)) ** k)


@given(hundredths, hundredths)
def test_the_verdict_describes_the_iterates(a, alpha):
    w = quadratic_descent(1.0, a, alpha, 3)
    sizes = [abs(value) for value in w]
    match quadratic_verdict(a, alpha):
        case "converges monotonically":
            assert sizes[3] <= sizes[1] < 1
            assert w[1] >= -1e-12
        case "converges oscillating":
            assert sizes[3] < sizes[2] < sizes[1] < 1
            assert w[1] < 0 < w[2]
        case "oscillates":
            assert w == pytest.approx([1, -1, 1, -1])
        case "diverges":
            assert 1 < sizes[1] < sizes[2] < sizes[3]
            assert w[1] < 0 < w[2]


def test_the_borders_are_decided_on_decimals():
    assert quadratic_verdict(2.5, 0.4) == "converges monotonically"  # α = 1/a: in one step
    assert quadratic_verdict(2.5, 0.8) == "oscillates"
    assert quadratic_verdict(0.1, 20) == "oscillates"
    assert quadratic_verdict(1.1, 1.818181818) == "converges oscillating"
    assert quadratic_verdict(1.1, 1.818181819) == "diverges"


@given(hundredths)
def test_the_critical_learning_rate_separates(a):
    critical = critical_learning_rate(a)
    assert quadratic_verdict(a, critical * 0.999).startswith("converges")
    assert quadratic_verdict(a, critical * 1.001) == "diverges"


@pytest.mark.parametrize("bad", [0, -1, math.nan])
def test_curvature_and_rate_are_positive(bad):
    for call in (critical_learning_rate, lambda v: quadratic_verdict(v, 1), lambda v: quadratic_verdict(1, v)):
        with pytest.raises(UsageError, match="greater than 0"):
            call(bad)
    with pytest.raises(UsageError, match="quadratic_descent: steps"):
        quadratic_descent(1, 1, 1, -1)
