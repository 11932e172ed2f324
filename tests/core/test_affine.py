import numpy as np
import pytest

from quizgen.core.affine import Term, affine, units
from quizgen.errors import ShapeError

W = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 0.0]])
V = np.array([[1.0], [0.0], [-2.0]])


def test_two_inputs_into_a_layer():
    z = affine("f", [Term("W", W, "x", [1, 2]), Term("V", V, "h", [3])], "b", [0.1, 0.2, 0.3])
    np.testing.assert_allclose(z, [1 + 4 + 3 + 0.1, 3 - 2 + 0.2, 0.5 - 6 + 0.3])


def test_two_inputs_into_a_single_unit():
    z = affine("f", [Term("W", W[0], "x", [1, 2]), Term("V", 4.0, "h", 0.5)], "b", 0.1)
    assert z.shape == ()
    assert z == pytest.approx(1 + 4 + 2 + 0.1)


def test_a_number_into_a_layer_and_into_a_unit():
    np.testing.assert_allclose(affine("f", [Term("w", [1, 2, 3], "x", 2.0)], "b", [0, 0, 1]), [2, 4, 7])
    assert affine("f", [Term("w", 3, "x", 2.0)], "b", 1) == 7


def test_a_batch_is_its_rows():
    X, H = np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[3.0], [1.0]])
    b = [0.1, 0.2, 0.3]
    z = affine("f", [Term("W", W, "x", X), Term("V", V, "h", H)], "b", b)
    for row, x, h in zip(z, X, H, strict=True):
        np.testing.assert_allclose(row, affine("f", [Term("W", W, "x", x), Term("V", V, "h", h)], "b", b))


@pytest.mark.parametrize(
    ("terms", "b", "message"),
    [
        ([Term("W", np.eye(3), "x", [1, 2])], 0, r"f: W must have shape \(M, 2\) or \(2,\) to fit x of shape \(2,\)"),
        ([Term("W", W, "x", [1, 2]), Term("V", V[:2], "h", [1])], 0, r"f: V must have shape \(3, 1\) to fit h"),
        ([Term("W", W, "x", [1, 2])], [1, 2], r"f: b must have shape \(3,\) to fit W, .*, got \(2,\)"),
        ([Term("W", W[0], "x", [1, 2])], [1], r"f: b must have shape \(\)"),
        ([Term("W", W, "x", np.ones((4, 2))), Term("V", V, "h", np.ones((3, 1)))], [1, 2, 3], r"f: h .*\(4, D\)"),
        ([Term("W", W, "x", np.ones((4, 2))), Term("V", V, "h", [1])], [1, 2, 3], r"f: h must have shape \(4, D\)"),
    ],
)
def test_what_does_not_fit_is_named(terms, b, message):
    with pytest.raises(ShapeError, match=message):
        affine("f", terms, "b", b)


def test_units_apply_the_activation():
    assert units("f", [Term("w", 3, "x", -2.0)], "b", 1, "relu") == 0.0
    assert type(units("f", [Term("w", 3, "x", -2.0)], "b", 1, "tanh")) is float


def test_softmax_of_a_batch_through_one_unit_would_mix_samples_and_is_refused():
    with pytest.raises(ShapeError, match="softmax needs a layer of units"):
        units("f", [Term("w", [1, 2], "x", np.ones((3, 2)))], "b", 1, "softmax")
