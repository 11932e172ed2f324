"""Laws of the formula language on formulas nobody wrote: its value is NumPy's, what it prints is true."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from questions import question

from quizgen.errors import DrawError
from quizgen.proof import read

GIVEN = """a = number(-2, 2, step=0.5)
b = number(-1, 1, step=0.1, nonzero=True)
n = integer(1, 5)
u = vector(2, -2, 2, step=0.5)
v = vector(2, -1, 1, step=0.1)
M = matrix(2, 2, -3, 3)"""

_LITERALS = st.sampled_from(["1", "2", "3", "0.5", "0.1", "10"])


def _binary(inner: st.SearchStrategy[str], other: st.SearchStrategy[str], signs: str) -> st.SearchStrategy[str]:
    return st.builds(lambda x, sign, y: f"({x} {sign} {y})", inner, st.sampled_from(list(signs)), other)


def _scalars(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        _binary(inner, inner, "+-*"),
        st.builds(lambda x: f"(-{x})", inner),
        st.builds(lambda x, y: f"({x} / (n + {y}))", inner, _LITERALS),
        st.builds(lambda x: f"{x} ** 2", inner.map(lambda x: f"({x})")),
        st.builds(lambda f, x: f"{f}({x})", st.sampled_from(["sigmoid", "tanh", "relu", "abs"]), inner),
        st.builds(lambda x, y: f"max({x}, {y})", inner, inner),
        st.builds(lambda x, y: f"({x} @ {y})", vectors, vectors),
        st.builds(lambda x, y: f"sum({x} * {y})", vectors, vectors),
        st.builds(lambda x: f"sum(({x})[k] * u[k] for k in range(2))", vectors),
        st.builds(lambda x, k: f"({x})[{k}]", vectors, st.integers(0, 1)),
    )


vectors: st.SearchStrategy[str] = st.recursive(
    st.sampled_from(["u", "v", "M[0]", "[a, b]"]),
    lambda inner: st.one_of(
        _binary(inner, inner, "+-*"),
        st.builds(lambda x: f"(M @ {x})", inner),
        st.builds(lambda x: f"(M.T @ {x})", inner),
        st.builds(lambda x: f"(b * {x})", inner),
        st.builds(lambda f, x: f"{f}({x})", st.sampled_from(["sigmoid", "tanh", "relu"]), inner),
    ),
    max_leaves=4,
)
scalars: st.SearchStrategy[str] = st.recursive(
    st.one_of(st.sampled_from(["a", "b", "n"]), _LITERALS), _scalars, max_leaves=6
)


def _truth(formula: str) -> str:
    """The same formula for NumPy, which wants arrays where we write lists."""
    return formula.replace("[a, b]", "array([a, b])")


def _check(formula: str, *, seed: int) -> None:
    made = question(given=GIVEN, work=f"y = {formula}", truth=f"y = {_truth(formula)}", ask="y: 4 decimals",
                    text="<< a >>, << b >>, << n >>, << u >>, << v >>, << M >>")  # fmt: skip
    try:
        exercise = made.draw(seed=seed)  # raises if NumPy comes to another value
    except DrawError as error:
        assume("draws is fair" not in str(error))
        raise
    report = read(f"{exercise.question}\n\n{exercise.solution}", decimals=6)
    assert not report.false, (formula, str(exercise.solution), report.false)


@settings(max_examples=150, deadline=None)
@given(formula=scalars.filter(lambda f: any(name in f for name in "abnuvM")), seed=st.integers(0, 1000))
def test_a_number_is_numpys_and_its_steps_are_true(formula: str, seed: int) -> None:
    _check(formula, seed=seed)


@settings(max_examples=100, deadline=None)
@given(formula=vectors, seed=st.integers(0, 1000))
def test_a_vector_is_numpys_and_its_steps_are_true(formula: str, seed: int) -> None:
    _check(formula, seed=seed)
