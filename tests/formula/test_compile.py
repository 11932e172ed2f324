"""Compiled formulas against a slow interpreter that computes with fractions and knows nothing of terms."""

from __future__ import annotations

import ast
from collections.abc import Callable
from fractions import Fraction
from math import floor

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizgen.formula.build import build
from quizgen.formula.compile import Emitter, argmax, compile_function, distinct, fraction_text
from quizgen.formula.elements import scalar
from quizgen.formula.functions import SCALAR_FUNCTIONS, power
from quizgen.formula.parse import parse_expression
from quizgen.formula.scope import Scope
from quizgen.formula.steps import Carry

NAMES = ("a", "b", "c")

_leaves = st.sampled_from([*NAMES, "2", "0.5", "3", "10"])
_signs = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
formulas = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(lambda x, sign, y: f"({x} {sign} {y})", inner, st.sampled_from("+-*/"), inner),
        st.builds(lambda x: f"(-{x})", inner),
        st.builds(lambda x: f"({x}) ** 2" if "**" not in x else x, inner),
        st.builds(lambda f, x: f"{f}({x})", st.sampled_from(["abs", "relu", "sgn", "relu_prime"]), inner),
        st.builds(lambda f, x, y: f"{f}({x}, {y})", st.sampled_from(["max", "min"]), inner, inner),
        st.builds(lambda x, s, y, t, e: f"({t} if {x} {s} {y} else {e})", inner, _signs, inner, inner, inner),
        st.builds(lambda x, y: f"([{x}, {y}] @ [a, b])", inner, inner),
        st.builds(lambda x, y: f"sum([{x}, {y}, c])", inner, inner),
    ),
    max_leaves=8,
)
values = st.tuples(*[st.integers(-40, 40)] * 3)


class Interpreter:
    """Values of formulas as fractions; `step` rounds after every operation."""

    def __init__(self, names: dict[str, Fraction], step: Callable[[Fraction], Fraction] = lambda x: x) -> None:
        self.names = names
        self.step = step

    def value(self, node: ast.expr) -> Fraction:
        match node:
            case ast.Constant(value=number):
                return Fraction(repr(number))
            case ast.Name(id=name):
                return self.names[name]
            case ast.UnaryOp(op=ast.USub(), operand=inside):
                return -self.value(inside)
            case ast.BinOp(op=ast.Pow(), left=base):
                return self.step(self.value(base) ** 2)
            case ast.BinOp(op=ast.MatMult(), left=ast.List(elts=xs), right=ast.List(elts=ys)):
                return self.sum([self.step(self.value(x) * self.value(y)) for x, y in zip(xs, ys, strict=True)])
            case ast.BinOp(op=ast.Mult()):
                # A product is one row of factors, c (a a) as much as (c a) a, and is computed from left to right.
                first, *others = map(self.value, self.factors(node))
                for factor in others:
                    first = self.step(first * factor)
                return first
            case ast.BinOp(left=left, op=op, right=right):
                x, y = self.value(left), self.value(right)
                match op:
                    case ast.Add():
                        return self.step(x + y)
                    case ast.Sub():
                        return self.step(x - y)
                return self.step(x / y)
            case ast.IfExp(test=ast.Compare(left=left, ops=[op], comparators=[right]), body=body, orelse=orelse):
                return self.value(body if self.compare(op, self.value(left) - self.value(right)) else orelse)
            case ast.Call(func=ast.Name(id="sum"), args=[ast.List(elts=items)]):
                return self.sum([self.value(item) for item in items])
            case ast.Call(func=ast.Name(id=name), args=args):
                return self.call(name, [self.value(arg) for arg in args])
        raise NotImplementedError(ast.unparse(node))

    @classmethod
    def factors(cls, node: ast.expr) -> list[ast.expr]:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            return [*cls.factors(node.left), *cls.factors(node.right)]
        return [node]

    def sum(self, parts: list[Fraction]) -> Fraction:
        total = parts[0]
        for part in parts[1:]:
            total = self.step(total + part)
        return total

    @staticmethod
    def compare(op: ast.cmpop, difference: Fraction) -> bool:
        match op:
            case ast.Lt():
                return difference < 0
            case ast.LtE():
                return difference <= 0
            case ast.Gt():
                return difference > 0
            case ast.GtE():
                return difference >= 0
            case ast.Eq():
                return difference == 0
        return difference != 0

    @staticmethod
    def call(name: str, args: list[Fraction]) -> Fraction:
        x = args[0]
        match name:
            case "abs":
                return abs(x)
            case "relu":
                return max(x, Fraction(0))
            case "sgn":
                return Fraction(1 if x >= 0 else -1)
            case "relu_prime":
                return Fraction(1 if x > 0 else 0)
            case "max":
                return max(args)
        return min(args)


def half_up(decimals: int) -> Callable[[Fraction], Fraction]:
    def step(x: Fraction) -> Fraction:
        rounded = Fraction(floor(abs(x) * 10**decimals + Fraction(1, 2)), 10**decimals)
        return rounded if x >= 0 else -rounded

    return step


def compiled(formula: str, carry: Carry | None = None) -> Callable[..., float]:
    scope = Scope({})
    for name in NAMES:
        scope.declare(name, (), [1])
    term = scalar(build(parse_expression(formula), scope))
    expression = Emitter(lambda cell: f"v{cell.index}", carry).expression(term)
    return compile_function("f", "v0, v1, v2", [f"return {expression}"], {})


def _inputs(numbers: tuple[int, ...]) -> tuple[list[float], dict[str, Fraction]]:
    return [n / 10 for n in numbers], {name: Fraction(n, 10) for name, n in zip(NAMES, numbers, strict=True)}


def _meets_itself_at_a_jump(formula: str, names: dict[str, Fraction]) -> bool:
    """Whether something is compared that differs by less than what counts as equal, yet is not equal: 1e-9."""
    seen: list[Fraction] = []

    class Watching(Interpreter):
        def compare(self, op: ast.cmpop, difference: Fraction) -> bool:  # type: ignore[override]
            seen.append(difference)
            return Interpreter.compare(op, difference)

        def call(self, name: str, args: list[Fraction]) -> Fraction:  # type: ignore[override]
            seen.extend(args if name in ("sgn", "relu_prime") else ())
            return Interpreter.call(name, args)

    Watching(names).value(parse_expression(formula))
    return any(0 < abs(difference) < Fraction(1, 10**8) for difference in seen)


@settings(max_examples=400, deadline=None)
@given(formula=formulas, numbers=values)
def test_full_precision_is_the_exact_value(formula: str, numbers: tuple[int, ...]) -> None:
    floats, names = _inputs(numbers)
    try:
        exact = Interpreter(names).value(parse_expression(formula))
        assume(not _meets_itself_at_a_jump(formula, names))
        found = compiled(formula)(*floats)
    except ZeroDivisionError:
        assume(False)
    assume(abs(exact) < 10**9)
    assert found == pytest.approx(float(exact), rel=1e-9, abs=1e-9), formula


@settings(max_examples=400, deadline=None)
@given(formula=formulas, numbers=values, decimals=st.integers(1, 4))
def test_rounded_after_every_operation_is_what_a_hand_computes(
    formula: str, numbers: tuple[int, ...], decimals: int
) -> None:
    floats, names = _inputs(numbers)
    step = half_up(decimals)
    try:
        exact = Interpreter(names, step).value(parse_expression(formula))
        found = compiled(formula, Carry(decimals))(*floats)
    except ZeroDivisionError:
        assume(False)
    assume(abs(exact) < 10**6)
    assert step(Fraction(repr(found))) == step(exact), formula


def test_a_float_that_misses_its_decimals_is_compared_as_if_it_did_not() -> None:
    assert compiled("1 if a * 3 == b else 0")(0.1, 0.3, 0) == 1  # 0.1 * 3 is 0.30000000000000004
    assert compiled("1 if a + b - c > 0 else 0")(0.1, 0.2, 0.3) == 0
    assert compiled("floor(a / b)")(0.3, 0.1, 0) == 3
    assert compiled("ceil(a / b)")(0.3, 0.1, 0) == 3
    assert compiled("floor(a / b)")(-0.3, 0.1, 0) == -3


def test_a_key_at_a_time() -> None:
    """sigmoid(1) to two decimals after every key: e^-1 → 0.37, 1.37, 1 / 1.37 → 0.73."""
    assert compiled("sigmoid(a)", Carry(2))(1.0, 0, 0) == 0.73
    assert compiled("sigmoid(a)", Carry(1))(2.0, 0, 0) == 0.9  # e^-2 → 0.1, 1.1, 0.909
    assert compiled("tanh_prime(a)", Carry(1))(1.0, 0, 0) == 0.4  # 0.8, 0.6, 0.4; in one go 0.42
    assert compiled("swish(a)", Carry(1))(3.0, 0, 0) == 3.0  # e^-3 → 0, 1, 1, 3


def test_significant_digits_are_carried_too() -> None:
    assert compiled("exp(a) * exp(a)", Carry(None, 2))(0.4, 0, 0) == 2.3  # 1.5, 1.5, 2.25; in one go 2.2


@pytest.mark.parametrize(("formula", "numbers"), [("1 / a", (0, 0, 0)), ("ln(a)", (-1, 0, 0)), ("exp(a)", (1000, 0, 0)),
                                                  ("a ** b", (-1, 0.5, 0)), ("a ** b", (10, 5000, 0)),
                                                  ("sqrt(a)", (-1, 0, 0)),
                                                  ("sigmoid(a)", (40, 0, 0)), ("tanh(a)", (-20, 0, 0)),
                                                  ("0 ** a", (-1, 0, 0))])  # fmt: skip
def test_what_has_no_value_raises_what_a_draw_expects(formula: str, numbers: tuple[float, ...]) -> None:
    with pytest.raises((ArithmeticError, ValueError)):
        compiled(formula)(*numbers)


def test_equal_values_are_equal_up_to_noise() -> None:
    assert argmax(0.1 + 0.2, 0.3) == 1
    assert argmax(1, 3, 3) == 2
    assert distinct(0.1 + 0.2, 0.3) == 0
    assert distinct(1, 2, 3) == 1


def test_a_fraction_of_one_is_no_fraction() -> None:
    assert fraction_text(29, 2) == r"\frac{29}{2}"
    assert fraction_text(29, 1) == "29"
    assert fraction_text(-1.3, 3) == r"\frac{-1.3}{3}"


def test_powers_stay_within_bounds() -> None:
    assert power(2, 10) == 1024
    for base, exponent in ((2, 2000), (1e7, 11), (2, -2000)):
        with pytest.raises(OverflowError):
            power(base, exponent)
    with pytest.raises(ValueError, match="not real"):
        power(-1, 0.5)


@pytest.mark.parametrize(("name", "point"), [
    (name, point) for name in ("sigmoid", "tanh", "relu", "softplus", "swish", "leaky_relu",
    "linear") for point in (-1.3, 0.4, 2.0)
])  # fmt: skip
def test_derivatives_are_slopes(name: str, point: float) -> None:
    function, slope = SCALAR_FUNCTIONS[name].value, SCALAR_FUNCTIONS[f"{name}_prime"].value
    h = 1e-6
    assert slope(point) == pytest.approx((function(point + h) - function(point - h)) / (2 * h), abs=1e-8)


@pytest.mark.parametrize("name", [name for name, function in SCALAR_FUNCTIONS.items() if function.steps is not None])
def test_key_by_key_without_rounding_is_the_function(name: str) -> None:
    function = SCALAR_FUNCTIONS[name]
    for point in (-2.0, -0.3, 0.0, 1.7):
        assert function.steps is not None
        assert function.steps(lambda x: x, point) == pytest.approx(function.value(point), rel=1e-12)


def test_the_conventions_at_zero() -> None:
    at_zero = {"sgn": 1, "relu_prime": 0, "leaky_relu_prime": 0.01, "relu": 0}
    assert {name: SCALAR_FUNCTIONS[name].value(0) for name in at_zero} == at_zero


def test_generated_code_reaches_nothing_of_python() -> None:
    with pytest.raises(NameError):
        compile_function("f", "", ["return open"], {})()
    with pytest.raises(NameError):
        compile_function("f", "", ["return __import__"], {})()
