"""Formulas: every equivalent one is right, and no other."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from asking import asking
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.answers import Unreadable, Verdict, grade_answer, samples
from quizgen.answers.clean import mathematical
from quizgen.answers.expression import written
from quizgen.answers.numerics import OutOfReach, Undefined, compare, value_at
from quizgen.answers.parse import parse
from quizgen.answers.symbolics import proved_equal

TANH = "-4*(1 - tanh(-4*x - 3)^2)"
R, WRONG, NOT = Verdict.RIGHT, Verdict.WRONG, Verdict.UNREADABLE


@pytest.mark.parametrize(("key", "text"), [
    (TANH, "-4 (1 - tanh²(4x+3))"), (TANH, "-4 sech^2(4x+3)"), (TANH, r"-\frac{4}{\cosh^2(4x+3)}"),
    (TANH, "y' = -4*tanh'(4x + 3)"),
    (TANH, "-16/(e^(4x+3) + e^(-4x-3))^2"), (TANH, "4tanh(-4x-3)^2 - 4"), (TANH, "−4·(1−tanh(−4·x−3)**2)"),
    ("x*exp(-x)", "x e^{-x}"), ("x*exp(-x)", "xe^-x"), ("x*exp(-x)", r"\frac{x}{e^x}"), ("x*exp(-x)", "x/exp(x)"),
    ("x*exp(-x)", "x exp(-x)"),
    ("sigmoid(x)*(1 - sigmoid(x))", r"$\sigma(x)\left(1-\sigma(x)\right)$"), ("sigmoid(x)*(1 - sigmoid(x))", "σ'(x)"),
    ("sigmoid(x)*(1 - sigmoid(x))", "e^-x/(1+e^-x)^2"), ("sigmoid(x)*(1 - sigmoid(x))", "1/(2+e^x+e^{-x})"),
    ("sigmoid(x)", "1/(1+exp(-x))"), ("sigmoid(x)", "(1+tanh(x/2))/2"), ("sigmoid(x)", "softplus'(x)"),
    ("sigmoid(x)", "Sigmoid(x)"),
    ("x*exp(-x)", "x·e⁻ˣ"), ("ln(x)", "log2(x)*ln(2)"), ("1/x", r"\frac1x"), ("1/x", "= 1/x"),
    ("sin(x)^2", "1 - cos(x)^2"), ("sin(x)^2", "sin²x"), ("ln(x^2)", "2 ln|x|"), ("2*x", "x + x"), ("2*x", "2x"),
    ("x/2", "0.5x"),
    ("max(0, x)", "relu(x)"), ("max(0, x)", "(x + |x|)/2"), ("x/2", "1/2 x"), ("exp(2*x)", "e^2x"), ("1/(2*x)", "1/2x"),
    ("x^2 - 1", "(x+1)(x-1)"), ("sqrt(x^2 + 1)", "(1+x²)^(1/2)"), ("x^3", "x*x*x"), ("tanh(x)", "2σ(2x) - 1"),
    ("1", "x/x"),
])  # fmt: skip
def test_equivalent_formulas_are_right(key: str, text: str) -> None:
    assert grade_answer(text, asking("formula in x", key)).verdict is R


@pytest.mark.parametrize(("key", "text", "verdict"), [
    (TANH, "4*(1 - tanh(-4*x - 3)^2)", Verdict.SIGN), (TANH, "-4*(1 - tanh(4*x - 3)^2)", WRONG), (TANH, "-4", WRONG),
    ("x*exp(-x)", "x*exp(x)", WRONG), ("x/3", "0.333x", Verdict.TOO_FEW_DIGITS), ("x/3", "0.4x", WRONG),
    ("x", "sqrt(x)^2", WRONG),
    ("ln(x^2)", "2 ln(x)", WRONG), ("x", "x + 1/1000", WRONG), ("x", "|x|", WRONG), ("max(0, x)", "x", WRONG),
    ("2*x", "2X", NOT), ("exp(-x^2)", "e⁻ˣ²", NOT),
    ("2*x", "2y", NOT), ("2*x", "2x)", NOT), ("2*x", "x2", NOT), ("2*x", "", Verdict.MISSING), ("2*x", "1/0", NOT),
    ("2*x", "ln(-1)", NOT),
    ("x", "x^9^9^9", NOT), ("x", "foo(x)", NOT), ("x", "sin^-1(x)", NOT), ("x", "max(x)", NOT), ("x", "exp(x, 2)", NOT),
])  # fmt: skip
def test_other_formulas_are_not(key: str, text: str, verdict: Verdict) -> None:
    assert grade_answer(text, asking("formula in x", key)).verdict is verdict


def test_the_witness_is_a_point_where_the_formula_is_wrong() -> None:
    result = grade_answer("x^2", asking("formula in x", "x^3"))
    assert result.says == "Try it at $x = 0.708$: it gives 0.5013, which is not the right value."
    assert "no value" in grade_answer("sqrt(x)^2", asking("formula in x", "x")).says


def test_mistakes_are_formulas_too() -> None:
    answer = asking("formula in x", TANH, ("1 - tanh(-4*x - 3)^2", "The inner derivative is missing."))
    result = grade_answer("sech²(4x + 3)", answer)
    assert (result.verdict, result.says) == (Verdict.MISTAKE, "The inner derivative is missing.")


def test_an_ambiguous_product_is_read_both_ways_and_the_reading_is_told() -> None:
    assert "`1/(2*x)`" in grade_answer("1/2x", asking("formula in x", "1/(2*x)")).says
    assert "`1/2*x`" in grade_answer("1/2x", asking("formula in x", "x/2")).says


@pytest.mark.parametrize(
    "key", [TANH, "3*sigmoid(3*x + 1)*(1 - sigmoid(3*x + 1))", "6*(-3*x + 1)*exp(-(-3*x + 1)^2)", "x^3 - 2*x"]
)
def test_samples(key: str) -> None:
    answer = asking("formula in x", key, ("sigmoid(x) - 7", "No."))
    made = samples(answer)
    assert [grade_answer(text, answer).verdict for text in made.right] == [R] * len(made.right)
    assert {grade_answer(text, answer).points_share for text in made.wrong} == {0}
    assert {grade_answer(text, answer).verdict for text in made.malformed} == {NOT}
    assert [grade_answer(text, answer).says for text in made.mistaken] == ["No."]


@pytest.mark.parametrize(("first", "second", "proved"), [
    ("tanh(x)", "2*sigmoid(2*x) - 1", True), ("(x + 1)^3", "x^3 + 3*x^2 + 3*x + 1", True),
    (TANH, "-4*sech(4*x + 3)^2", True),
    ("swish_prime(x)", "sigmoid(x) + x*sigmoid(x)*(1 - sigmoid(x))", True), ("sin(x)", "cos(x)", False),
    ("x", "x + 1", False),
    ("(x + exp(x) + sin(x) + ln(x))^60", "0", False), ("x^x^x", "x^x^x + 1", False),
])  # fmt: skip
def test_what_sympy_proves(first: str, second: str, proved: bool) -> None:
    assert proved_equal(parse(first, "x"), parse(second, "x"), "x") is proved


MEANING = {
    "exp": math.exp, "sin": math.sin, "cos": math.cos, "tanh": math.tanh, "arctan": math.atan, "cosh": math.cosh,
    "sigmoid": lambda u: 1 / (1 + math.exp(-u)), "softplus": lambda u: math.log1p(math.exp(u)), "abs": abs,
    "relu": lambda u: max(0.0, u), "leaky_relu": lambda u: u if u > 0 else 0.01 * u, "sech": lambda u: 1 / math.cosh(u),
    "swish": lambda u: u / (1 + math.exp(-u)), "sinh": math.sinh, "step": lambda u: float(u > 0), "tan": math.tan,
    "tanh_prime": lambda u: 1 - math.tanh(u) ** 2, "relu_prime": lambda u: float(u > 0),
    "sgn": lambda u: 1.0 if u >= 0 else -1.0,
    "leaky_relu_prime": lambda u: 1 if u > 0 else 0.01, "softplus_prime": lambda u: 1 / (1 + math.exp(-u)),
    "sigmoid_prime": lambda u: math.exp(-u) / (1 + math.exp(-u)) ** 2,
    "swish_prime": lambda u: 1 / (1 + math.exp(-u)) + u * math.exp(-u) / (1 + math.exp(-u)) ** 2,
    "ln": math.log, "log10": math.log10, "log2": math.log2, "sqrt": math.sqrt, "arcsin": lambda u: math.asin(u),
    "arccos": lambda u: math.acos(u),
}  # fmt: skip


@pytest.mark.parametrize("name", MEANING)
def test_functions_mean_what_the_standard_library_means(name: str) -> None:
    for k in (1, 3, 8, -2, -7):
        x = k / 10
        if x < 0 and name in ("ln", "log10", "log2", "sqrt"):
            with pytest.raises(Undefined):
                value_at(parse(f"{name}(x)", "x"), "x", Fraction(k, 10))
        else:
            assert float(value_at(parse(f"{name}(x)", "x"), "x", Fraction(k, 10))) == pytest.approx(MEANING[name](x))


LEAVES = st.sampled_from(["x", "2", "0.5", "e", "(x + 1)", "pi", "3"])
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("({} + {})".format, inner, inner), st.builds("{} - {}".format, inner, LEAVES),
        st.builds("{}*{}".format, inner, inner),
        st.builds("{}/(1 + ({})^2)".format, inner, inner), st.builds("tanh({})".format, inner),
        st.builds("({})^2".format, inner),
        st.builds("exp(-({})^2)".format, inner), st.builds("-{}".format, LEAVES),
        st.builds("sigmoid({})".format, inner),
    ),
    max_leaves=8,
)  # fmt: skip


@settings(deadline=None)
@given(TREES)
def test_what_is_written_back_means_the_same(text: str) -> None:
    tree = parse(text, "x")
    again = parse(written(tree), "x")
    try:
        assert compare(tree, again, "x", 6).equal
    except OutOfReach:
        return
    other = parse(f"({text}) + x^2/7 + 1", "x")
    assert not compare(tree, other, "x", 6).equal


@given(st.text(alphabet="x0123.+-*/^()|{}', \\esinlntah=²", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        tree = parse(mathematical(text), "x")
    except Unreadable:
        return
    assert parse(written(tree), "x")
