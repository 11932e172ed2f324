"""Random arithmetic: rendered to LaTeX, read back, and compared with Python's own fractions."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.proof import read

Rendered = tuple[str, Fraction]

decimals = st.integers(-9999, 9999).map(lambda n: Decimal(n) / 100)
reals = st.floats(-8, 8).map(lambda x: round(x, 3))


def literal(number: Decimal) -> Rendered:
    return (f"{number:f}" if number >= 0 else f"({number:f})"), Fraction(number)


@st.composite
def expressions(draw: st.DrawFn, depth: int = 4) -> Rendered:
    """An expression as LaTeX, and its value."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return literal(draw(decimals))
    a, x = draw(expressions(depth - 1))
    operation = draw(st.sampled_from("+-*/m^f|"))
    if operation in "+-*/":
        b, y = draw(expressions(depth - 1))
        if operation == "+":
            return f"({a} + {b})", x + y
        if operation == "-":
            return rf"\left( {a} - {b} \right)", x - y
        if operation == "/" and y:
            return rf"\frac{{{a}}}{{{b}}}", x / y
        return rf"{a} \cdot {b}", x * y
    return {
        "m": (rf"\max(0, {a})", max(Fraction(0), x)),
        "^": (rf"\left( {a} \right)^{{2}}", x**2),
        "f": (rf"\left\lfloor {a} \right\rfloor", Fraction(math.floor(x))),
        "|": (rf"\lvert {a} \rvert", abs(x)),
    }[operation]


@settings(max_examples=150, deadline=None)
@given(expressions())
def test_equals_what_python_computes(expression: Rendered) -> None:
    latex, value = expression
    assert only(rf"{latex} = {fraction(value)}") == "true"


@settings(max_examples=100, deadline=None)
@given(expressions(), st.fractions(min_value=Fraction(1, 10**9), max_value=10))
def test_any_difference_is_seen(expression: Rendered, difference: Fraction) -> None:
    latex, value = expression
    assert only(rf"{latex} = {fraction(value + difference)}") == "false"


@settings(max_examples=100, deadline=None)
@given(expressions(), st.integers(2, 6))
def test_rounding_half_away_from_zero(expression: Rendered, places: int) -> None:
    latex, value = expression
    scaled = Decimal(math.floor(abs(value) * 10**places + Fraction(1, 2))).scaleb(-places)
    rounded = scaled if value >= 0 else -scaled
    shown = f"{rounded:.{places}f}"
    assert only(rf"{latex} \approx {shown}") == "true"
    bare = shown.rstrip("0").rstrip(".")
    assert only(rf"{latex} \approx {bare}") == "true"
    neighbour = rounded + Decimal(1).scaleb(-places)
    assert only(rf"{latex} \approx {neighbour:.{places}f}") == "false"


@pytest.mark.parametrize(
    ("name", "function"),
    [
        (r"\tanh", math.tanh),
        (r"\sigma", lambda x: 1 / (1 + math.exp(-x))),
        (r"\exp", math.exp),
        (r"\operatorname{softplus}", lambda x: math.log1p(math.exp(x))),
        (r"\operatorname{swish}", lambda x: x / (1 + math.exp(-x))),
        (r"\sin", math.sin),
    ],
)
@settings(max_examples=25, deadline=None)
@given(x=reals)
def test_functions_agree_with_math(name: str, function: object, x: float) -> None:
    assert callable(function)
    value = Decimal(function(x))
    if abs(value * 10**8 % 1) > Decimal("0.49") and abs(value * 10**8 % 1) < Decimal("0.51"):
        return  # too near to a tie for a float to decide
    shown = value.quantize(Decimal("1e-8"), ROUND_HALF_UP)
    assert only(rf"{name}({x:.3f}) \approx {shown:f}") == "true"
    assert only(rf"{name}({x:.3f}) \approx {shown + Decimal('1e-8'):f}") == "false"


matrices = st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda s: st.tuples(grid(s[0], s[1]), grid(s[1], s[2]))
)


def grid(rows: int, columns: int) -> st.SearchStrategy[list[list[int]]]:
    return st.lists(st.lists(st.integers(-9, 9), min_size=columns, max_size=columns), min_size=rows, max_size=rows)


@settings(max_examples=60, deadline=None)
@given(matrices)
def test_products_of_matrices(pair: tuple[list[list[int]], list[list[int]]]) -> None:
    a, b = pair
    if len(a) == len(a[0]) == 1 or len(b) == len(b[0]) == 1:
        return  # a 1 x 1 matrix is read as its number
    c = [[sum(x * y for x, y in zip(row, column, strict=True)) for column in zip(*b, strict=True)] for row in a]
    assert only(f"{pmatrix(a)} {pmatrix(b)} = {pmatrix(c)}") == "true"
    c[0][0] += 1
    assert only(f"{pmatrix(a)} {pmatrix(b)} = {pmatrix(c)}") == "false"


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=r"0123456789.+-\{}[]()^_&=<>xyfe|, cdotfracsqrtpmatrixbeginend$", max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    report = read(f"${text}$ and $${text}$$")
    assert 0 <= report.decided_share <= 1


def only(chain: str) -> str:
    """The verdict on a chain of one relation."""
    (relation,) = read(f"${chain}$").relations
    return relation.verdict


def fraction(value: Fraction) -> str:
    return rf"\frac{{{value.numerator}}}{{{value.denominator}}}"


def pmatrix(rows: list[list[int]]) -> str:
    return r"\begin{pmatrix} " + r" \\ ".join(" & ".join(map(str, row)) for row in rows) + r" \end{pmatrix}"


def test_the_rendering_is_not_trivial() -> None:
    """The oracle and the reader do not share a parser: a sample, worked out by hand."""
    latex, value = r"\max(0, 1.5 \cdot (-2)) + \left( 3 - 0.5 \right)^{2}", Fraction(25, 4)
    assert only(f"{latex} = {fraction(value)}") == "true"
    assert re.search(r"\\max", latex)
