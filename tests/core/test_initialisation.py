import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from quizgen.core.initialisation import glorot_limit, glorot_std, he_limit, he_std, uniform_variance
from quizgen.errors import UsageError

fans = st.integers(1, 5000)


@given(st.floats(-100, 100), st.floats(0.001, 100))
def test_the_variance_of_a_uniform_range_against_scipy(low, width):
    assert uniform_variance(low, low + width) == pytest.approx(scipy.stats.uniform(low, width).var(), rel=1e-6)


def test_the_lectures_range():
    assert uniform_variance(-0.5, 0.5) == pytest.approx(1 / 12)


@given(fans, fans)
def test_limit_and_standard_deviation_describe_the_same_variance(fan_in, fan_out):
    limit = glorot_limit(fan_in, fan_out)
    assert uniform_variance(-limit, limit) == pytest.approx(glorot_std(fan_in, fan_out) ** 2)
    assert uniform_variance(-he_limit(fan_in), he_limit(fan_in)) == pytest.approx(he_std(fan_in) ** 2)


@given(fans)
def test_in_a_square_layer_he_doubles_the_variance_of_glorot(fan):
    assert he_std(fan) ** 2 == pytest.approx(2 * glorot_std(fan, fan) ** 2)


def test_scales_against_torch():
    torch = pytest.importorskip("torch")
    init = torch.nn.init
    W = torch.empty(200, 300, dtype=torch.float64)  # 300 inputs, 200 outputs
    torch.manual_seed(0)
    assert init.xavier_uniform_(W).abs().max().item() == pytest.approx(glorot_limit(300, 200), rel=1e-3)
    assert init.kaiming_uniform_(W, nonlinearity="relu").abs().max().item() == pytest.approx(he_limit(300), rel=1e-3)
    assert init.xavier_normal_(W).std().item() == pytest.approx(glorot_std(300, 200), rel=0.02)
    assert init.kaiming_normal_(W, nonlinearity="relu").std().item() == pytest.approx(he_std(300), rel=0.02)


@pytest.mark.parametrize("fan", [0, -3, 1.5])
def test_fans_are_counts(fan):
    for call in (he_std, he_limit, lambda f: glorot_std(f, 1), lambda f: glorot_limit(1, f)):
        with pytest.raises(UsageError, match="must be a whole number of at least 1"):
            call(fan)


def test_a_range_has_its_ends_in_order():
    with pytest.raises(UsageError, match="high must be a finite number at least 1"):
        uniform_variance(1, 0)
