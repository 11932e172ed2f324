"""A formula written as a keyboard has it has the value of the formula, whatever the signs of its numbers."""

from __future__ import annotations

import pytest
from questions import question

from quizgen.formula.evaluate import evaluate
from quizgen.formula.functions import SCALAR_FUNCTIONS
from quizgen.formula.parse import parse_expression

pytestmark = pytest.mark.usefixtures("fixed_values")

FORMULAS = [
    "a * x + b", "x - a", "x - b", "a - (x - b)", "a - (x + b)", "a - b * x", "(a + x) * (b - x)", "a * (b * x)",
    "a / (b * x)", "(a / b) * x", "a / b / x",
    "a / (b / x)", "-(x + a)", "-x ** 2", "(-x) ** 2", "(a * x) ** 2", "a * x ** 2", "x ** c", "(x + 1) ** c",
    "(x / 2) ** c", "a ** 2 * x", "sigmoid(a * x + b)",
    "a * sigmoid_prime(a * x)", "exp(-x)", "exp(-(x - a) ** 2 / 2)", "max(0, a * x)", "x * -a", "x * (-b)",
    "x + (-b)", "1 / (1 + exp(-x))", "2 * x - -3",
    "a - -x", "abs(x - b) / c", "0.0000001 * x", "x * a * b", "x - a - b", "x - (a - b)", "(x - a) / (x - b)",
]  # fmt: skip
GIVEN = {"a": -1.5, "b": 0.7, "c": 3}
X = 0.37


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_keyboards_formula_has_the_formulas_value(formula: str) -> None:
    lines = "\n".join(f"{name} = fixed({value})" for name, value in GIVEN.items()) + "\nx = free(-2, 2)"
    made = question(given=lines, work=f"y = {formula}", truth="y = 0", ask="y: formula in x", text="x", solution="x")
    text = str(made.draw(seed=1, confirmed=False).answers[0].value)
    assert "\\" not in text
    functions = {name: function.value for name, function in SCALAR_FUNCTIONS.items()} | {"max": max, "min": min}
    expected = evaluate(parse_expression(formula), {**GIVEN, "x": X}, functions)
    assert evaluate(parse_expression(text.replace("^", "**")), {"x": X}, functions) == pytest.approx(
        expected, rel=1e-12
    ), text


def test_steps_inside_of_a_formula_are_written_out() -> None:
    made = question(given="w = fixed(-2)\nx = free(-2, 2)", work="z = w * x + 1\ne = exp(z)\n"
    "y = e / (1 + e)", truth="y = 0",
                    ask="y: formula in x", text="x", solution="x")  # fmt: skip
    text = str(made.draw(seed=1, confirmed=False).answers[0].value)
    assert text == "exp(-2*x + 1)/(1 + exp(-2*x + 1))"
