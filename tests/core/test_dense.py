import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quizgen.core.dense import collapse, dense, mlp_forward
from quizgen.errors import ShapeError, UsageError

sizes = st.integers(1, 4)


def numbers(*shape):
    return arrays(np.float64, shape, elements=st.integers(-8, 8).map(lambda n: n / 4))


def test_a_neuron_by_hand():
    z = dense([0.5, -1, 2], [1, 0.5, 0.25], 0.1)
    assert z == pytest.approx(0.6)
    assert type(z) is float
    assert dense([0.5, -1, 2], [1, 0.5, 0.25], -2, "relu") == 0.0


def test_a_layer_by_hand():
    np.testing.assert_allclose(dense([1, 2], [[1, 1], [2, -3], [0, 1]], [0.5, 0, -3], "relu"), [3.5, 0, 0])


@given(st.data(), sizes, sizes, sizes)
def test_a_layer_is_its_sums(data, N, D, M):
    X, W, b = data.draw(numbers(N, D)), data.draw(numbers(M, D)), data.draw(numbers(M))
    Y = dense(X, W, b)
    assert Y.shape == (N, M)
    for n in range(N):
        for m in range(M):
            assert Y[n, m] == pytest.approx(sum(float(W[m, d] * X[n, d]) for d in range(D)) + b[m])
        np.testing.assert_array_equal(dense(X[n], W, b), Y[n])
        assert dense(X[n], W[0], b[0]) == Y[n, 0]
    np.testing.assert_array_equal(dense(X, W[0], b[0]), Y[:, 0])


def test_softmax_acts_along_the_units_of_each_sample():
    Y = dense([[1, 0], [0, 1]], np.eye(2), [0, 0], "softmax")
    np.testing.assert_allclose(Y.sum(axis=1), 1)
    assert Y[0, 0] > Y[0, 1]


def test_xor_through_two_layers():
    layers = [([[1, 1], [1, 1]], [0, -1]), ([[1, -2]], [0])]
    forward = mlp_forward([[0, 0], [0, 1], [1, 0], [1, 1]], layers, ["relu", "linear"])
    assert forward.output.ravel().tolist() == [0, 1, 1, 0]
    assert forward.pre_activations[0].tolist() == [[0, -1], [1, 0], [1, 0], [2, 1]]
    assert forward.activations[1].tolist() == [[0, 0], [1, 0], [1, 0], [2, 1]]
    assert len(forward.activations) == 3


@given(st.data(), sizes, sizes, sizes, sizes)
def test_layers_without_activation_collapse(data, N, D, M, K):
    layers = [(data.draw(numbers(M, D)), data.draw(numbers(M))), (data.draw(numbers(K, M)), data.draw(numbers(K)))]
    layers.append((data.draw(numbers(2, K)), data.draw(numbers(2))))
    X = data.draw(numbers(N, D))
    W, b = collapse(layers)
    assert W.shape == (2, D)
    assert b.shape == (2,)
    np.testing.assert_allclose(dense(X, W, b), mlp_forward(X, layers, ["linear"] * 3).output, atol=1e-9)


def test_one_layer_collapses_to_a_copy_of_itself():
    W = np.eye(2)
    collapsed, _ = collapse([(W, [0.0, 0.0])])
    collapsed[0, 0] = 5
    assert W[0, 0] == 1


def test_misfits_are_named():
    with pytest.raises(
        ShapeError, match=r"dense: W must have shape \(M, 2\) or \(2,\) to fit x of shape \(2,\), got \(3, 3\)"
    ):
        dense([1, 2], np.eye(3), [0, 0, 0])
    with pytest.raises(ShapeError, match=r"mlp_forward: W_2 must have shape \(M, 3\) to fit h_1 of shape \(3,\)"):
        mlp_forward([1, 2], [(np.ones((3, 2)), np.ones(3)), (np.ones((1, 2)), [0])], ["relu", "linear"])
    with pytest.raises(ShapeError, match=r"collapse: W_2 must have shape \(M, 3\) to fit the 3 outputs of layer 1"):
        collapse([(np.ones((3, 2)), np.ones(3)), (np.ones((1, 2)), [0])])
    with pytest.raises(UsageError, match="2 layers need as many activations, got 1"):
        mlp_forward([1], [([[1]], [0]), ([[1]], [0])], ["relu"])
    with pytest.raises(UsageError, match="at least one layer"):
        collapse([])
    with pytest.raises(UsageError, match="unknown activation 'elu'"):
        dense([1], [1], 0, "elu")


def test_against_torch():
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    shapes = [(4, 3), (5, 4), (2, 5)]
    layers = [(rng.normal(size=shape), rng.normal(size=shape[0])) for shape in shapes]
    X = rng.normal(size=(6, 3))
    modules = []
    for (W, b), act in zip(layers, [torch.nn.Tanh(), torch.nn.ReLU(), torch.nn.Softmax(-1)], strict=True):
        linear = torch.nn.Linear(*W.shape[::-1], dtype=torch.float64)
        linear.load_state_dict({"weight": torch.tensor(W), "bias": torch.tensor(b)})
        modules += [linear, act]
    expected = torch.nn.Sequential(*modules)(torch.tensor(X)).detach().numpy()
    np.testing.assert_allclose(mlp_forward(X, layers, ["tanh", "relu", "softmax"]).output, expected, rtol=1e-12)
