"""Answers that are formulas, held against SymPy: the key is the derivative, symbolically and for every number drawn."""

from __future__ import annotations

import pytest
import sympy

from quizgen import load_bank

X = sympy.Symbol("x", real=True)
FUNCTIONS = {
    "sigmoid": lambda u: 1 / (1 + sympy.exp(-u)),
    "tanh": sympy.tanh,
    "softplus": lambda u: sympy.log(1 + sympy.exp(u)),
    "swish": lambda u: u / (1 + sympy.exp(-u)),
    "bell": lambda u: sympy.exp(-(u**2)),
    "squared": lambda u: sympy.tanh(u) ** 2,
}


def _read(key: str) -> sympy.Expr:
    names = {"x": X, "sigmoid": FUNCTIONS["sigmoid"], "tanh": sympy.tanh, "exp": sympy.exp}
    return sympy.sympify(key.replace("^", "**"), locals=names)  # a key is the program's own text


@pytest.mark.parametrize("variant", range(12))
def test_the_key_is_the_derivative_and_a_mistake_is_not(variant: int) -> None:
    exercise = load_bank()["backpropagation/activation-derivative"].draw(seed=11, variant=variant)
    (answer,) = exercise.answers
    a, b = (sympy.Integer(int(exercise.given[name])) for name in "ab")
    derivative = sympy.diff(FUNCTIONS[str(exercise.form["f"])](a * X + b), X)

    def is_zero(expression: sympy.Expr) -> bool:
        return sympy.simplify(expression.rewrite(sympy.exp)) == 0

    assert is_zero(_read(str(answer.value)) - derivative)
    for mistake in answer.mistakes:
        assert not is_zero(_read(str(mistake.value)) - derivative)
