"""Vectors, matrices and shapes as people write them."""

from __future__ import annotations

import pytest
from asking import asking
from hypothesis import given
from hypothesis import strategies as st

from quizgen.answers import Verdict, grade_answer, samples
from quizgen.exercise import Value

R, WRONG, NOT = Verdict.RIGHT, Verdict.WRONG, Verdict.UNREADABLE


@pytest.mark.parametrize("text", [
    "(1.5, -2, 0.25)", "[1.5, -2, 0.25]", "[1.5 -2 0.25]", "{1.5, -2, 0.25}", "1.5, -2, 0.25", "1.5 -2 .25",
    "1.5; -2; 1/4",
    "(1.5,-2,0.25)", "(1.5, -2, 0.25)^T", "(1.5, -2, 0.25)ᵀ", "[1.5, -2, 0.25].T", "[1.5 -2 0.25]'", "1,5; -2; 0,25",
    "[1,5 -2 0,25]", "1,5, -2, 0,25", "w = (1.5, −2, 0.25)", "w_1 = 1.5, w_2 = -2, w_3 = 0.25", "1.5\n-2\n0.25",
    r"\begin{pmatrix} 1.5 \\ -2 \\ 0.25 \end{pmatrix}", r"$\begin{bmatrix} 1.5 & -2 & 0.25 \end{bmatrix}^\top$",
    r"\left( 1.5, -2, \frac{1}{4} \right)", "[[1.5], [-2], [0.25]]", "[[1.5, -2, 0.25]]", "[1.5; -2; 0.25]",
    "(1.5, -2, 0.25,)",
    "np.array([1.5, -2., 0.25])", "tensor([1.5000, -2.0000, 0.2500])", "⟨1.5, -2, 0.25⟩", "( (3/2), (-2), (1/4) )",
    "1.5,\n-2,\n0.25",
    "[1.5, -2, 2.5e-1]", "(1.5, -(2), 2.5·10^-1)",
])  # fmt: skip
def test_a_vector_in_every_habit(text: str) -> None:
    assert grade_answer(text, asking("exact", [1.5, -2.0, 0.25])).verdict is R


@pytest.mark.parametrize("text", ["1,000, 2,500", "1,000; 2,500", "(1 000, 2 500)", "1000 2,500", "(1000, 2,500)"])
def test_thousands_in_groups(text: str) -> None:
    assert grade_answer(text, asking("integer", [1000, 2500])).verdict is R


@pytest.mark.parametrize("text", [
    "[[1, 2.5], [3, -4]]", "[1 2.5; 3 -4]", "[1, 2.5; 3, -4]", "1 2.5\n3 -4", "1, 2.5\n3, -4", "1; 2,5\n3; -4",
    "((1, 2.5), (3, -4))",
    r"\begin{pmatrix} 1 & 2.5 \\ 3 & -4 \end{pmatrix}", "[[1 2.5]\n [3 -4]]", "[1, 2.5], [3, -4]",
    "{{1, 2.5}, {3, -4}}",
    r"W = \left[\begin{array}{cc} 1 & \frac{5}{2} \\ 3 & -4 \end{array}\right]", "np.array([[1., 2.5], [3., -4.]])",
    "[1 2,5; 3 -4]", "[[1,3],[2.5,-4]]^T", "(1 2.5 ; 3 -4)", "[1 2.5]\n[3 -4]", "1 2.5; 3 -4",
])  # fmt: skip
def test_a_matrix_in_every_habit(text: str) -> None:
    assert grade_answer(text, asking("exact", [[1.0, 2.5], [3.0, -4.0]])).verdict is R


@pytest.mark.parametrize("text", [
    "(28, 28, 8)", "28x28x8", "28×28×8", "28 * 28 * 8", "28 by 28 by 8", "28, 28, 8", "[28, 28, 8]", "28 28 8",
    "28 X 28 X 8",
    r"$28 \times 28 \times 8$", "torch.Size([28, 28, 8])", "(28,28,8,)", "28·28·8", "(w, h, c) = (28, 28, 8)",
    "28 x 28 x 8",
])  # fmt: skip
def test_a_shape_in_every_habit(text: str) -> None:
    assert grade_answer(text, asking("shape", [28, 28, 8])).verdict is R


@pytest.mark.parametrize(("how", "value", "text", "verdict", "says"), [
    ("2 decimals", [0.5, 1.25], "(0.5, 1.26)", WRONG, "1 of 2 numbers is right. Look again at number 2."),
    ("2 decimals", [0.5, 1.25], "(0.5, 1.3)", Verdict.TOO_FEW_DIGITS, "Give it to 2 decimals."),
    ("2 decimals", [0.5, 1.25], "(-0.5, -1.25)", Verdict.SIGN, "All signs"),
    ("2 decimals", [0.5, 1.25], "(0.5, -1.25)", Verdict.SIGN, "number 2"),
    ("2 decimals", [0.5, 1.25], "(1.25, 0.5)", Verdict.ORDER, "another order"),
    ("2 decimals", [0.5, 1.25], "(0.5, 1.25, 3)", WRONG, "This has 3 numbers; 2 numbers are expected."),
    ("2 decimals", [0.5, 1.25], "0.5", WRONG, "This has 1 number"),
    ("2 decimals", [0.5, 1.25], "[[1, 2], [3, 4]]", NOT, "Found a matrix of 2 by 2 numbers."),
    ("2 decimals", [0.5, 1.25], "(0.5, 1.25", NOT, "'(' is not closed"),
    ("2 decimals", [0.5, 1.25], "(a, b)", NOT, "Write 2 numbers, such as (1, 2)."),
    ("exact", [[1.0, 2.0], [3.0, 4.0]], "[1 3; 2 4]", Verdict.TRANSPOSED, "transpose"),
    ("exact", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], "[1 4; 2 5; 3 6]", Verdict.TRANSPOSED, "transpose"),
    ("exact", [[1.0, 2.0], [3.0, 4.0]], "[1 2; 3 5]", WRONG, "row 2, column 2"),
    ("exact", [[1.0, 2.0], [3.0, 4.0]], "[4 3; 2 1]", Verdict.ORDER, "another order"),
    ("exact", [[1.0, 2.0], [3.0, 4.0]], "1, 2, 3, 4", NOT, "no sign of where a row ends"),
    ("exact", [[1.0, 2.0], [3.0, 4.0]], "[1 2; 3]", NOT, "rows of different lengths"),
    ("exact", [[1.0, 2.0], [3.0, 4.0]], "[1 2 3; 4 5 6]", WRONG, "2 rows of 3 numbers"),
    ("exact", [[1.0, 2.0, 3.0]], "1, 2, 3", R, ""),
    ("shape", [28, 20, 8], "8x28x20", Verdict.ORDER, "another order"),
    ("shape", [28, 20, 8], "28x20", WRONG, "This has 2 numbers"),
    ("shape", [28, 20, 8], "28.5 x 20 x 8", NOT, "whole numbers only"),
    ("shape", [28, 20, 8], "-28 x 20 x 8", NOT, "whole numbers only"),
    ("shape", [10], "10", R, ""),
    ("integer", [336, 101450], "(336, 101,450)", R, "between thousands"),
])  # fmt: skip
def test_what_is_said_of_slips(how: str, value: Value, text: str, verdict: Verdict, says: str) -> None:
    result = grade_answer(text, asking(how, value))
    assert result.verdict is verdict
    assert says in result.says


def test_a_known_mistake_comes_before_order_sign_and_transpose() -> None:
    answer = asking("exact", [[1.0, 2.0], [3.0, 4.0]], ([[1.0, 3.0], [2.0, 4.0]], "Row i belongs to output i."))
    result = grade_answer("[1 3; 2 4]", answer)
    assert (result.verdict, result.says) == (Verdict.MISTAKE, "Row i belongs to output i.")


def test_lists_of_yaml_and_json() -> None:
    matrix = asking("exact", [[1.5, 2.0], [3.0, 4.0]])
    assert grade_answer([[1.5, 2], [3, 4]], matrix).verdict is R
    assert grade_answer([["1,5", "2"], [3, 4.0]], matrix).verdict is R
    assert grade_answer(["0,5", "1/4"], asking("exact", [0.5, 0.25])).verdict is R
    assert grade_answer([1, [2, 3]], matrix).verdict is NOT


HOW = st.sampled_from(["1 decimal", "2 decimals", "3 decimals", "exact", "integer"])


@st.composite
def asked_arrays(draw: st.DrawFn) -> tuple[str, Value]:
    how = draw(HOW)
    places = {"exact": 2, "integer": 0}.get(how) if how in ("exact", "integer") else int(how[0])
    scale = 10 ** (places or 0)
    whole = st.integers(-9_999, 9_999)
    cell = whole if how == "integer" else whole.map(lambda n: n / scale)
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    if draw(st.booleans()):
        return how, [draw(cell) for _ in range(columns)]
    return how, [[draw(cell) for _ in range(columns)] for _ in range(rows)]


@given(asked_arrays())
def test_samples_are_what_they_claim_to_be(asked: tuple[str, Value]) -> None:
    answer = asking(*asked)
    made = samples(answer)
    assert len(made.right) > 5
    for text in made.right:
        assert grade_answer(text, answer).verdict is R, text
    for text in made.wrong:
        result = grade_answer(text, answer)
        assert result.points_share == 0, text
        assert result.verdict is not NOT, text
    for text in made.malformed:
        assert grade_answer(text, answer).verdict is NOT, text


@given(st.lists(st.integers(1, 4_000), min_size=1, max_size=5))
def test_samples_of_shapes(sizes: list[int]) -> None:
    answer = asking("shape", sizes)
    made = samples(answer)
    for text in made.right:
        assert grade_answer(text, answer).verdict is R, text
    for text in made.wrong:
        assert grade_answer(text, answer).points_share == 0, text
