"""Lines that are easily typeset wrong, each with what a strict reader expects; the golden shows all that is right."""

from __future__ import annotations

from itertools import pairwise

import pytest
from questions import question

from quizgen.errors import BankError
from quizgen.proof import read

pytestmark = pytest.mark.usefixtures("fixed_values")

GIVEN = """a = fixed(-2)
b = fixed(0.7)
c = fixed(3)
n = fixed(4)
o = fixed(0)
u = fixed([1, -2])
v = fixed([0.5, 3])
w = fixed([2, 0, -1])
M = fixed([[1, 2], [-3, 4]])
N = fixed([[0, -1], [1, 2]])
W_new = fixed([[1, 2], [3, 4]])"""


def line(formula: str, *show: str) -> str:
    """The step's line without its left side; `show`: only these stages."""
    name = "Y" if formula[0] == "Y" else "y"
    stages = "".join(f'"{stage}", ' for stage in show)
    made = question(given=GIVEN, work=formula, truth=f"{name} = 0", ask=f"{name}: 4 decimals", text="x",
                    solution=f"<< {name}.inline{f'({stages})' if show else ''} >>")  # fmt: skip
    return str(made.draw(seed=1, confirmed=False).solution).strip("$").partition(" = ")[2]


def test_a_negative_number_is_bracketed_where_a_sign_or_a_dot_stands_before_it() -> None:
    assert line("y = c - a", "numbers") == "3 - (-2)"
    assert line("y = c + a", "numbers") == "3 - 2"
    assert line("y = c * a", "numbers") == r"3 \cdot (-2)"
    assert line("y = a * c", "numbers") == r"-2 \cdot 3"
    assert line("y = a ** 2", "numbers") == "(-2)^{2}"
    assert line("y = c / a", "numbers") == r"\frac{3}{-2}"


def test_a_stage_that_would_have_to_be_rounded_is_left_out() -> None:
    assert (
        line("y = (a + b) / c + 1")
        == r"\frac{a + b}{c} + 1 = \frac{-2 + 0.7}{3} + 1 = \frac{-1.3}{3} + 1 \approx 0.566667"
    )


def test_equals_only_where_the_printed_result_is_exact() -> None:
    assert r"\approx" in line("y = a / c")
    assert r"\approx" not in line("y = a / n")


def test_brackets_are_as_tall_as_what_is_in_them() -> None:
    assert line("y = tanh(a / c)", "symbols") == r"\tanh\left(\frac{a}{c}\right)"
    assert line("y = floor(a / c)", "numbers") == r"\left\lfloor \frac{-2}{3} \right\rfloor"
    assert line("y = abs(a)", "symbols") == r"\lvert a \rvert"


def test_only_the_stages_that_are_named_are_shown() -> None:
    assert line("y = a * c - b", "symbols", "result") == "a c - b = -6.7"
    assert line("y = a * c - b", "stages") == "-6 - 0.7"


def test_a_long_line_is_aligned_and_a_short_one_is_not() -> None:
    def solution(formula: str) -> str:
        made = question(given=GIVEN, work=formula, truth="y = 0", ask="y: 4 decimals")
        return str(made.draw(seed=1, confirmed=False).solution)

    assert solution("y = a * b") == "$$\ny = a b = -2 \\cdot 0.7 = -1.4\n$$"
    long = solution("y = a * b * c + (a + b) * (a - c) + (a + n) * (b + c) * (a - b)")
    assert long.startswith("$$\n\\begin{aligned}\ny &= a b c + (a + b) (a - c)")
    assert long.count("\n&= ") + long.count("\n&\\approx ") == long.count(r"\\")


@pytest.mark.parametrize(("formula", "expected"), [
    pytest.param("y = (c / n) ** 2", r"\left( \frac{c}{n} \right)^{2}", id="power of a fraction"),
    pytest.param("y = mean([a, b])", r"\frac{a + b}{2}", id="mean of a few"),
    pytest.param("Y = M.T.T", r"\mathbf{M}", id="transposed twice"),
    pytest.param("Y = W_new.T", r"(\mathbf{W}^{\text{new}})^\top", id="transposed with a superscript"),
    pytest.param("y = sum(u) ** 2", r"\left( \sum_{k=1}^{2} u_k \right)^{2}", id="power of a sum"),
    pytest.param("y = sum(w[1:3])", "w_2 + w_3", id="sum over a part"),
    pytest.param("y = -a * b", "-a b", id="negative product"),
    pytest.param("y = a * -0.5", r"a \cdot (-0.5)", id="negative factor"),
    pytest.param("y = ln(b) ** 2", r"(\ln(b))^{2}", id="power of a logarithm"),
    pytest.param("y = u @ M @ v", r"(\mathbf{M}^\top \mathbf{u}) \cdot \mathbf{v}", id="quadratic form"),
])  # fmt: skip
def test_symbols_that_easily_come_out_wrong_or_ugly(formula: str, expected: str) -> None:
    assert line(formula, "symbols") == expected


@pytest.mark.parametrize("formula", [
    "y = 1 * a",
    "y = -b", "y = -a ** 2",
    "y = b * (-c)", "y = c - (-a)", "y = linear(a) + b", "y = -(-a)",
    "y = a / -c",
    "y = 2 ** -c", "y = 1 * u", "y = exp(-(c - b) ** 2 / 2)",
])  # fmt: skip
def test_nothing_stands_there_twice(formula: str) -> None:
    parts = line(formula).replace(r"\approx", "=").split(" = ")
    assert all(part != after for part, after in pairwise(parts)), parts


@pytest.mark.parametrize(("formula", "expected"), [
    ("y = -a", "-a = -(-2) = 2"),
    ("y = 2 * c", r"2 c = 2 \cdot 3 = 6"),
    ("y = a * 0.1", r"a \cdot 0.1 = -2 \cdot 0.1 = -0.2"),
    ("y = exp(-a)", r"e^{-a} = e^{-(-2)} = e^{2} \approx 7.389056"),
    ("y = 2 * (a + 1)", r"2 (a + 1) = 2 \cdot (-2 + 1) = 2 \cdot (-1) = -2"),
])  # fmt: skip
def test_a_literal_factor_does_not_swallow_the_numbers(formula: str, expected: str) -> None:
    assert line(formula) == expected


def test_a_zero_is_never_subtracted() -> None:
    """`- 0` is never printed: a 0 is added instead, and left out where an entry of an array can stand without it."""
    assert line("y = a - o", "numbers") == "-2 + 0"
    assert line("Y = M - N", "numbers").startswith(r"\begin{pmatrix} 1 & 2 - (-1)")


@pytest.mark.parametrize("formula", [
    "y = sum(k * w[k] for k in range(3))", "y = sum(c ** k for k in range(3))", "y = sum(k ** 2 for k in range(1, 4))",
    "y = sum(w[k % 2] for k in range(3))", "y = sum(w[abs(k - 1)] for k in range(3))",
    "y = sum((w[k] if k == 1 else 0) for k in range(3))",
])  # fmt: skip
def test_a_general_term_says_what_is_summed(formula: str) -> None:
    """With the index counted from 1 in print, the sum must come to what the summands come to; or be spelled out."""
    symbols = line(formula, "symbols")
    right = {
        "y = sum(k * w[k] for k in range(3))": (r"\sum_{k=1}^{3} (k - 1) w_k", r"\sum_{k=0}^{2} k w_{k+1}"),
        "y = sum(c ** k for k in range(3))": (r"\sum_{k=1}^{3} c^{k - 1}", r"\sum_{k=0}^{2} c^{k}"),
        "y = sum(k ** 2 for k in range(1, 4))": (r"\sum_{k=1}^{3} k^{2}",),
    }
    assert r"\sum" not in symbols or symbols in right.get(formula, ())


def test_a_sum_inside_of_a_sum_has_another_letter() -> None:
    assert line("y = sum(u[k] * sum(v * v) for k in range(2))", "symbols").count("k=1") == 1


def test_a_row_times_a_matrix_is_a_row() -> None:
    assert not read(f"$y = {line('y = u @ M')}$", decimals=6).false


@pytest.mark.parametrize("formula", ["y = not a", "y = a > 0 and c > 0", "y = a > 0"])
def test_a_condition_is_no_number_of_the_work(formula: str) -> None:
    with pytest.raises(BankError, match="condition"):
        line(formula)
