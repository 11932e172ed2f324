"""What formulas look like, in a document that a person can read.

After a change that is meant: REGENERATE=1 pytest tests/formula/test_typeset_golden.py, and look.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from questions import question

from quizgen.proof import read

GOLDEN = Path(__file__).parents[1] / "golden" / "formula" / "typeset.md"

NUMBERS = "a = fixed(-2)\nb = fixed(0.7)\nc = fixed(3)\no = fixed(0)\nn = fixed(4)\ne = fixed(1)"
ARRAYS = (
    "u = fixed([1, -2])\nv = fixed([0.5, 3])\nw = fixed([2, 0, -1])\nM = fixed([[1, 2], [-3, 4]])\n"
    "N = fixed([[0, -1], [1, 2]])\nR = fixed([[1, 0, -2], [0, 3, 1]])\na = fixed(-2)\nb = fixed(0.7)"
)
SIZES = "x = fixed(28)\nf = fixed(5)\np = fixed(2)\ns = fixed(1)\nq = fixed(2)\nz = fixed(10)\nd = fixed(3)"

#: By section: the numbers that are given, and the lines of `work`, of which the last is shown.
CASES: dict[str, tuple[str, tuple[str, ...]]] = {
    "Signs": (NUMBERS, (
        "y = a + b", "y = a - b", "y = c - a", "y = -a", "y = -b", "y = -a - b", "y = -(a + b)", "y = a - (b - c)",
        "y = c - (a + b)", "y = a - b * c", "y = c - a * b", "y = c + a * b", "y = b * a", "y = a * b", "y = a * a",
        "y = a + -3", "y = -0.5 * a",
    )),
    "Ones and zeros": (NUMBERS, (
        "y = e * a", "y = a + o", "y = o * b + a", "y = o - a", "y = 0 * a + b", "y = a / 1",
        "y = 1 / c", "y = c ** 1", "y = a ** 0",
    )),
    "Products and brackets": (NUMBERS, (
        "y = 2 * c", "y = 2 * (a + 1)", "y = a * (b + c)", "y = (a + b) * (a - b)", "y = a * b * c", "y = a * 0.1",
        "y = 0.5 * a ** 2", "y = 2 * 3 * c", "y = (a + b) * c", "y = 1000 * c", "y = 1000000 * b",
    )),
    "Fractions": (NUMBERS, (
        "y = a / b", "y = (a + b) / c", "y = c / (a + b)", "y = a / b / c", "y = a / (b / c)", "y = 1 / 2 * a",
        "y = a * b / c", "y = a * (b / c)", "y = -(a / c)", "y = -a / c", "y = b - a / n", "y = (a / n) * (c / n)",
        "y = 1 / (1 + exp(-a))",
    )),
    "Powers": (NUMBERS, (
        "y = a ** 2", "y = (a + b) ** 2", "y = (a * b) ** 2", "y = b ** c",
        "y = 2 ** c", "y = (2 * c) ** 2", "y = 2 * c ** 2", "y = b ** (c - 1)", "y = c ** a", "y = 10 ** -3",
        "y = (c - a) ** 2 + (b - c) ** 2", "y = 1 - b ** 2",
    )),
    "Functions": (NUMBERS, (
        "y = exp(a)", "y = exp(-a)", "y = exp(a * b)", "y = exp(a) ** 2", "y = exp(a / c)", "y = exp(a) * exp(b)",
        "y = exp(-a) / (exp(-a) + exp(b))", "y = ln(b)", "y = -ln(b)", "y = -(e * ln(b) + o * ln(c))",
        "y = sqrt(c ** 2 + n ** 2)",
        "y = sigmoid(a * b + c)", "y = sigmoid(a) * (1 - sigmoid(a))", "y = tanh(a / c)", "y = sqrt(c) ** 2",
        "y = relu(a - b)", "y = leaky_relu(a)", "y = parametric_relu(a, b)", "y = sigmoid_prime(b)",
        "y = abs(a - b)", "y = abs(a) * abs(b)",
        "y = max(0, a)", "y = max(a, b, c)", "y = sqrt(a ** 2)", "y = c * relu_prime(a)",
        "y = sgn(a) * b", "y = arccos(b)",
    )),
    "Floors": (SIZES, (
        "n = floor((x - f + 2 * p) / s) + 1", "n = floor((x - f) / s) + 1", "n = floor((x - d) / q) + 1",
        "n = floor((z - d + 2 * 1) / q) + 1", "n = floor(x / q)", "n = ceil((x - f + 1) / q)",
        "side(x, f, p, s) = floor((x - f + 2*p) / s) + 1\nn = side(x, f, p, s)", "n = x / q", "n = floor((x - d) / d)",
    )),
    "Conditions": (NUMBERS, (
        "y = a if a > 0 else b", "y = a * c if c > n else a / n", "y = 1 + (b if c > a else 0)",
    )),
    "Steps": (NUMBERS, (
        "z = a + b\ny = z", "y = 3", "z = exp(a)\ny = z / (z + 1)", "y = 2 + 3", "alpha = a * b\ny_hat = 2 * alpha",
        "dL_dy = a - b\ndL_dw = dL_dy * c", "w_new = a - 0.1 * b",
    )),
    "Vectors": (ARRAYS, (
        "y = u + v", "y = u - v", "y = -u", "y = 2 * u", "y = a * v", "y = u * v", "y = v / 2", "y = u @ v",
        "y = u @ v + b", "y = a - u @ v", "y = b * (u @ v)", "y = a / v", "y = max(0, u)", "y = abs(u)",
        "y = 2 * (u + 1)",
        "y = w @ w", "y = u + 1", "y = 1 - v", "y = a * u + b * v", "y = u - 0.1 * v", "y = sigmoid(v)", "y = relu(u)",
        "y = exp(u)", "y = u[1]", "y = u[0] * v[1]", "y = [a, b]", "y = [a + b, a * b]", "y = w[0:2]",
        "y = max(w)", "y = argmax(w)",
        "y = [a, u[0], 0]", "y = relu_prime(u) * v", "y = v * (1 - v)", "y = [w[k] ** 2 for k in range(3)]",
    )),
    "Sums": (ARRAYS, (
        "y = sum(w)", "y = sum([a, b])", "y = sum(-w)", "y = a * sum(u)", "y = sum(u) * a", "y = sum(u) / sum(v)",
        "y = mean(w)", "y = sum(u * v)", "y = sum(u ** 2)", "y = sum((u - v) ** 2)", "y = mean((u - v) ** 2)",
        "y = sum(u[k] * v[k] for k in range(2))", "y = sum((w[k] - a) ** 2 for k in range(3))",
        "y = 0.5 * sum(u[k] ** 2 for k in range(2))",
        "y = sum(w[k + 1] * u[k] for k in range(2))", "y = sum(w[k] for k in range(1, 3))",
        "y = b - sum(u[k] for k in range(2))",
        "y = sum(w[2 - k] for k in range(3))", "y = sum(sum(M[i, j] for j in range(2)) for i in range(2))",
        "y = norm(u)", "y = norm(u - v)", "y = a / norm(v)", "y = u / norm(u)",
        "y = (u @ v) / (norm(u) * norm(v))", "y = -sum(u * ln(v))", "y = sum(M)", "y = norm(M)",
        "y = mean(M)", "y = sum(M[0, k] * u[k] for k in range(2))", "y = sum(M[k, 0] for k in range(2)) / 2",
        "h[1] = a + 1\nh[2] = h[1] * b\ny = sum(h[t] for t in range(1, 3))",
        "h[1] = a + 1\nh[2] = h[1] * b\ny = sum(h)",
        "h[1] = a + 1\nh[2] = h[1] * b\ny = sum(h[t] * u[t - 1] for t in range(1, 3))",
        "y = sum(u[k] for k in range(1))",
        "y = softmax(u)",
    )),
    "Matrices": (ARRAYS, (
        "Y = M + N", "Y = 2 * M", "Y = M * N", "Y = M @ N", "Y = M.T", "Y = M.T @ N", "Y = M[0:1, 0:2]",
        "Y = outer(u, v)",
        "Y = outer(u, w)", "Y = outer(u - v, v)", "y = M @ u", "y = M @ u + v", "y = M.T @ u", "y = R @ w",
        "Y = 0.5 * (M + M.T)", "y = M @ (M @ u)", "y = (M + N) @ u",
        "y = (M @ u) * v", "y = M @ (u - v)", "y = sigmoid(M @ u + v)", "Y = M - b * N", "y = M[0] @ u",
        "y = M[1, 0] * N[0, 1]",
        "y = sum(R[0:2, 0:2] * M)", "Y = pad(M, 1)", "Y = a * outer(u, v)", "Y = M / 2", "Y = M + 1", "y = R[1]",
        "Y = [u, v]", "Y = (M + N).T", "Y = -M.T",
        "Y = [[sum(R[i, j:j+2]) for j in range(2)] for i in range(2)]", "y = max(R[0:2, 0:2])",
        "y = M[0, 0] * M[1, 1] - M[0, 1] * M[1, 0]",
    )),
}  # fmt: skip


def _shown(given: str, work: str) -> list[str]:
    """One case: what is given, then the last step with symbols, with numbers, and the whole line."""
    name = work.split("\n")[-1].split(" = ")[0]
    made = question(
        given=given, work=work, truth=f"{name} = 0", ask=f"{name}: 4 decimals", text="x",
        solution=f'<< {name}.inline("symbols") >>\n<< {name}.inline("numbers") >>\n<< {name}.inline >>',
    )  # fmt: skip
    text = str(made.draw(seed=1, confirmed=False).solution)
    assert not read(text, decimals=6).false, (work, text)
    symbols, numbers, whole = text.split("\n")
    work = "`; `".join(work.split("\n"))
    return [f"`{work}`", "", f"- symbols: {symbols}", f"- numbers: {numbers}", f"- whole: {whole}", ""]


def _document() -> str:
    lines = ["# What formulas look like", ""]
    for section, (given, formulas) in CASES.items():
        values = ", ".join(line.replace("fixed(", "").replace(")", "") for line in given.split("\n"))
        lines += [f"## {section}", "", f"Given {values}.", ""]
        for formula in formulas:
            lines += _shown(given, formula)
    return "\n".join(lines)


@pytest.mark.usefixtures("fixed_values")
def test_formulas_look_as_they_should() -> None:
    document = _document()
    if os.environ.get("REGENERATE"):
        GOLDEN.write_text(document, encoding="utf-8")
    assert document == GOLDEN.read_text(encoding="utf-8")
