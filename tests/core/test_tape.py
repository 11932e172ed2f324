"""The tape against autograd (an independent implementation), differences, and the laws of derivatives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from autograd.scipy.special import expit, logsumexp
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from quizgen.core import operations as op
from quizgen.core.finite_differences import numerical_gradient, relative_error
from quizgen.core.tape import Node, Tape, grad, hessian, jacobian, value_and_grad
from quizgen.errors import ShapeError

Vector = NDArray[np.float64]
Function = Callable[[Any], Any]

rng = np.random.default_rng(7)
A, B, C = rng.normal(size=(3, 4)), rng.normal(size=(4, 2)), rng.normal(size=(2, 3, 4))
TARGET = np.array([0.2, 0.5, 0.3])

#: The same function twice, in our operations and in autograd's, with the shape of its argument.
PAIRS: dict[str, tuple[Function, Function, tuple[int, ...]]] = {
    "add, a row to a matrix": (lambda x: op.sum((A + x) ** 2), lambda x: anp.sum((A + x) ** 2), (4,)),
    "subtract": (lambda x: op.sum((A - x) * (x - A)), lambda x: anp.sum((A - x) * (x - A)), (3, 1)),
    "multiply, broadcast both ways": (lambda x: op.sum(C * x * x), lambda x: anp.sum(C * x * x), (3, 1)),
    "multiply by a number": (lambda x: op.sum(x * x * A), lambda x: anp.sum(x * x * A), ()),
    "divide": (lambda x: op.sum(A / (3 + x * x) + x / 2), lambda x: anp.sum(A / (3 + x * x) + x / 2), (4,)),
    "power": (lambda x: op.sum(x**3 + 2.0**x), lambda x: anp.sum(x**3 + 2.0**x), (3,)),
    "power of both": (lambda x: op.sum((x * x + 1) ** x), lambda x: anp.sum((x * x + 1) ** x), (3,)),
    "negative": (lambda x: op.sum(-x * x), lambda x: anp.sum(-x * x), (3,)),
    "absolute": (lambda x: op.sum(abs(x) * A), lambda x: anp.sum(anp.abs(x) * A), (3, 4)),
    "exp, sin, cos": (
        lambda x: op.sum(op.exp(op.sin(x)) * op.cos(x)),
        lambda x: anp.sum(anp.exp(anp.sin(x)) * anp.cos(x)),
        (2, 3),
    ),
    "log, sqrt": (
        lambda x: op.sum(op.log(1 + x * x) + op.sqrt(2 + x * x)),
        lambda x: anp.sum(anp.log(1 + x * x) + anp.sqrt(2 + x * x)),
        (3,),
    ),
    "tanh, sigmoid": (
        lambda x: op.sum(op.tanh(x) * op.sigmoid(2 * x)),
        lambda x: anp.sum(anp.tanh(x) * expit(2 * x)),
        (4,),
    ),
    "relu, softplus": (
        lambda x: op.sum(op.relu(x) * op.softplus(-x)),
        lambda x: anp.sum(anp.maximum(x, 0) * anp.logaddexp(0, -x)),
        (5,),
    ),
    "sum along an axis": (
        lambda x: op.sum(op.sum(x, axis=1) ** 3),
        lambda x: anp.sum(anp.sum(x, axis=1) ** 3),
        (2, 3, 4),
    ),
    "mean": (
        lambda x: op.mean(x * op.mean(x, axis=0, keepdims=True)) * 5,
        lambda x: anp.mean(x * anp.mean(x, axis=0, keepdims=True)) * 5,
        (3, 4),
    ),
    "max": (lambda x: op.max(x) ** 2, lambda x: anp.max(x) ** 2, (3, 4)),
    "max along an axis": (
        lambda x: op.sum(op.max(x, axis=-2) ** 2),
        lambda x: anp.sum(anp.max(x, axis=-2) ** 2),
        (3, 4),
    ),
    "log_sum_exp": (
        lambda x: op.sum(op.log_sum_exp(x, axis=0) ** 2),
        lambda x: anp.sum(logsumexp(x, axis=0) ** 2),
        (3, 4),
    ),
    "softmax": (
        lambda x: op.sum(op.softmax(x) * A),
        lambda x: anp.sum(anp.exp(x - logsumexp(x, axis=-1, keepdims=True)) * A),
        (3, 4),
    ),
    "softmax cross-entropy": (
        lambda x: op.softmax_cross_entropy(x, TARGET) ** 2,
        lambda x: (-anp.sum(TARGET * (x - logsumexp(x)))) ** 2,
        (3,),
    ),
    "softmax cross-entropy with targets that do not sum to 1": (
        lambda x: op.softmax_cross_entropy(x, [1.0, 2.0, 0.5]),
        lambda x: -anp.sum(anp.array([1.0, 2.0, 0.5]) * (x - logsumexp(x))),
        (3,),
    ),
    "softmax cross-entropy of a batch, by its targets": (
        lambda t: op.sum(op.softmax_cross_entropy(A, t) ** 2),
        lambda t: anp.sum(anp.sum(t * (logsumexp(A, axis=-1, keepdims=True) - A), axis=-1) ** 2),
        (3, 4),
    ),
    "dot": (lambda x: op.dot(x, op.sin(x)), lambda x: anp.dot(x, anp.sin(x)), (4,)),
    "matrix by matrix": (lambda x: op.sum((A @ x @ B.T) ** 2), lambda x: anp.sum((A @ x @ B.T) ** 2), (4, 2)),
    "matrix by vector": (lambda x: op.sum((A @ x) ** 2), lambda x: anp.sum((A @ x) ** 2), (4,)),
    "vector by matrix": (lambda x: op.sum((x @ A) ** 2), lambda x: anp.sum((x @ A) ** 2), (3,)),
    "vector by vector": (lambda x: (x @ x) ** 2, lambda x: (x @ x) ** 2, (3,)),
    "a matrix on both sides": (lambda x: op.sum((x @ x.T) ** 2), lambda x: anp.sum((x @ x.T) ** 2), (2, 3)),
    "a matrix with given vectors": (
        lambda x: TARGET @ x @ A[0] * (x @ A[1])[1],
        lambda x: TARGET @ x @ A[0] * (x @ A[1])[1],
        (3, 4),
    ),
    "indices": (
        lambda x: x[0, 1] * x[2, -1] + op.sum(x[1:] ** 2),
        lambda x: x[0, 1] * x[2, -1] + anp.sum(x[1:] ** 2),
        (3, 4),
    ),
    "an index twice": (
        lambda x: op.sum(x[[0, 0, 2]] ** 2 * TARGET),
        lambda x: anp.sum(x[[0, 0, 2]] ** 2 * TARGET),
        (3,),
    ),
    "stack": (
        lambda x: op.sum(op.stack([x[1], x[0] * x[1]]) ** 2),
        lambda x: anp.sum(anp.array([x[1], x[0] * x[1]]) ** 2),
        (2,),
    ),
}


@pytest.fixture(params=PAIRS)
def pair(request: pytest.FixtureRequest) -> tuple[Function, Function, tuple[int, ...]]:
    return PAIRS[request.param]


@settings(max_examples=15, deadline=None)
@given(data=st.data(), name=st.sampled_from(sorted(PAIRS)))
def test_values_are_those_of_autograd(data: st.DataObject, name: str) -> None:
    ours, theirs, shape = PAIRS[name]
    x = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1))).normal(size=shape)
    assert np.allclose(ours(x), theirs(x), rtol=1e-12)
    assert np.allclose(value_and_grad(ours)(x)[0], theirs(x), rtol=1e-12)


def test_gradients_are_those_of_autograd(pair: tuple[Function, Function, tuple[int, ...]]) -> None:
    ours, theirs, shape = pair
    for seed in range(5):
        x = np.random.default_rng(seed).normal(size=shape)[()]
        expected = autograd.grad(theirs)(x)
        found = grad(ours)(x)
        assert np.shape(found) == shape
        assert np.allclose(found, expected, rtol=1e-10, atol=1e-12)
        assert relative_error(found, numerical_gradient(ours, x)) < 1e-6


def test_hessians_are_those_of_autograd(pair: tuple[Function, Function, tuple[int, ...]]) -> None:
    """Every rule is itself made of operations, so it can be differentiated once more."""
    ours, theirs, shape = pair
    x = np.random.default_rng(11).normal(size=shape)[()]
    found = hessian(ours)(x)
    assert np.shape(found) == shape + shape
    assert np.allclose(found, autograd.jacobian(autograd.grad(theirs))(x), rtol=1e-9, atol=1e-10)


def test_jacobian_of_a_layer() -> None:
    """∂σ(Wx)/∂x = diag(σ′(z)) W, and ∂σ(Wx)/∂W has an axis for each side of W."""
    W, x = A, rng.normal(size=4)
    s = 1 / (1 + np.exp(-W @ x))
    assert np.allclose(jacobian(lambda v: op.sigmoid(W @ v))(x), np.diag(s * (1 - s)) @ W)
    by_weights = jacobian(lambda M: op.sigmoid(M @ x))(W)
    assert by_weights.shape == (3, 3, 4)
    assert np.allclose(by_weights, np.einsum("i,ik,j->ikj", s * (1 - s), np.eye(3), x))


def test_jacobian_of_a_list_of_numbers_and_of_a_number() -> None:
    assert np.allclose(jacobian(lambda x: [x[0] * x[1], op.sin(x[0])])([2.0, 3.0]), [[3, 2], [np.cos(2), 0]])
    assert jacobian(lambda x: x**3)(2.0) == 12.0
    assert jacobian(lambda _: [1.0, 2.0])([1.0, 2.0, 3.0]).tolist() == [[0, 0, 0], [0, 0, 0]]


def test_the_argument_to_differentiate_by() -> None:
    def f(x: Any, y: Any) -> Any:
        return x * x * y

    assert grad(f)(3.0, 2.0) == 12.0
    assert grad(f, argument=1)(3.0, 2.0) == 9.0
    assert hessian(f)(3.0, 2.0) == 4.0
    assert type(grad(f)(3.0, 2.0)) is float


def test_a_derivative_within_a_derivative() -> None:
    """Each level is kept apart: d/dx (x · d/dy (x y² + x²)) = d/dx 2x²y = 4xy."""
    assert grad(lambda x: x * grad(lambda y: x * y * y + x * x)(3.0))(5.0) == 2 * 2 * 5 * 3
    assert grad(grad(grad(lambda x: x**4)))(2.0) == 48.0
    assert grad(lambda x: grad(lambda _: x)(1.0) * x)(2.0) == 0.0


# From here on: what the tape shows.


def test_the_graph_can_be_read() -> None:
    """f(x, y) = x y + sin x at (2, 3): five nodes in the order of computation."""
    tape = Tape()
    x, y = tape.variable(2.0, "x"), tape.variable(3.0, "y")
    f = x * y + op.sin(x)
    tape.backward(f)
    assert [node.operation for node in tape.nodes] == ["variable", "variable", "multiply", "sin", "add"]
    assert [node.index for node in tape.nodes] == [0, 1, 2, 3, 4]
    assert [node.name for node in tape.nodes] == ["x", "y", "", "", ""]
    assert [tuple(given.index for given in node.inputs) for node in tape.nodes] == [(), (), (0, 1), (0,), (2, 3)]
    assert [node.value for node in tape.nodes] == [2, 3, 6, np.sin(2), 6 + np.sin(2)]
    assert [node.derivatives for node in tape.nodes] == [(), (), (3, 2), (np.cos(2),), (1, 1)]
    assert [node.adjoint for node in tape.nodes] == [3 + np.cos(2), 2, 1, 1, 1]


def test_local_derivatives_of_reductions_products_and_indices() -> None:
    tape = Tape()
    W, x = tape.variable([[1, 2], [3, -1]], "W"), tape.variable([1, 2], "x")
    z = W @ x
    top, mean, second = op.max(z), op.mean(z), z[1]
    assert [each.tolist() for each in z.derivatives] == [[1, 2], [[1, 2], [3, -1]]]
    assert [node.derivatives[0].tolist() for node in (top, mean, second)] == [[1, 0], [0.5, 0.5], [0, 1]]
    assert z.T.derivatives[0].tolist() == [[1, 0], [0, 1]]


def test_constants_are_inputs_but_no_nodes() -> None:
    tape = Tape()
    x = tape.variable(2.0)
    y = 3.0 * x - 1
    assert len(tape.nodes) == 3
    assert tape.nodes[1].inputs == (3.0, x)
    assert tape.nodes[1].derivatives == (None, 3.0)
    assert isinstance(y, Node)
    assert y.value == 5.0


def test_running_backwards_again_starts_afresh() -> None:
    tape = Tape()
    x = tape.variable([1.0, 2.0])
    u = x * x
    unused = op.exp(x)
    for _ in range(2):
        tape.backward(op.sum(u))
        assert x.adjoint.tolist() == [2, 4]
        assert unused.adjoint.tolist() == [0, 0]
    tape.backward(u, np.array([1.0, 0.0]))
    assert x.adjoint.tolist() == [2, 0]


def test_values_branch_and_loop() -> None:
    def steps(x: Any) -> Any:
        for _ in range(3):
            x = x * x if x < 2 else x + 1
        return x

    assert grad(steps)(1.1) == pytest.approx(8 * 1.1**7)
    assert grad(steps)(3.0) == 1
    assert grad(lambda x: sum(entry * entry for entry in x))([1.0, 2.0]).tolist() == [2, 4]


def test_kinks_and_corners() -> None:
    assert grad(op.relu)(0.0) == 0
    assert grad(abs)(0.0) == 0
    assert grad(op.max)([2.0, 5.0, 5.0]).tolist() == [0, 1, 0]
    assert grad(lambda x: x**0)(0.0) == 0
    assert grad(lambda x: x**1)(0.0) == 1
    assert grad(lambda b: 0.0**b)(2.0) == 0
    assert grad(op.sigmoid)(-800.0) == 0
    assert op.softplus(800.0) == 800
    assert op.softmax_cross_entropy([1000.0, 0.0], [0.0, 1.0]) == 1000


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: grad(lambda x: x * x)([1.0, 2.0]), r"got an output of shape \(2,\); sum it up"),
        (lambda: grad(lambda _: np.ones(2))(1.0), r"got a value of shape \(2,\)"),
        (lambda: op.add([1.0, 2.0], np.ones(3)), r"add: cannot be computed for shape \(2,\) and \(3,\)"),
        (lambda: grad(lambda x: op.sum(A @ x))([1.0, 2.0]), r"matmul: .* got shapes \(3, 4\) and \(2,\)"),
        (lambda: op.dot([1, 2], [1]), "dot: expected two vectors of equal length"),
        (lambda: op.softmax_cross_entropy([1, 2], [1]), r"must have the shape \(2,\) of the logits, got \(1,\)"),
        (lambda: op.sum(op.exp([1, 2]), axis=3), r"sum: cannot be computed for shape \(2,\), axis = 3"),
        (lambda: grad(op.exp)("one"), "must be made of real numbers"),
    ],
)
def test_what_does_not_fit_is_named(call: Any, message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        call()


def test_a_seed_has_the_shape_of_the_output() -> None:
    tape = Tape()
    x = tape.variable([1.0, 2.0])
    with pytest.raises(ShapeError, match=r"seed must have the shape \(2,\)"):
        tape.backward(x * x, np.ones(3))
