from __future__ import annotations

import pytest

from quizgen.errors import ExportError
from quizgen.export.mathematics import check
from quizgen.text import hole


@pytest.mark.parametrize(
    "source",
    [
        r"\frac{\partial L}{\partial \mathbf{W}_1} = \boldsymbol{\delta}_1 \mathbf{x}^\top",
        r"\begin{aligned} z &= a \\ &= \begin{pmatrix} 1 & 2 \end{pmatrix} \end{aligned}",
        r"\left\lfloor \frac{29}{2} \right\rfloor",
        r"\{0, 1\}, 100\,\%",
        f"x_{{{hole(3)}}} = {hole(0)}",
    ],
)
def test_passes(source: str) -> None:
    check(source)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (r"\input{/etc/passwd}", r"unknown command \\input"),
        (r"\href{javascript:x}{y}", r"unknown command \\href"),
        (r"\write18{ls}", r"unknown command \\write"),
        (r"\tahn(x)", r"did you mean 'tan' or 'tanh'"),
        (r"^^5cinput{x}", r"\^\^ has a second meaning"),
        (r"a}b", "closes nothing"),
        (r"{a", "never closed"),
        (r"\left( a", "never closed"),
        (r"{\left( a}\right)", "closes nothing"),
        (r"\begin{aligned} a", "never closed"),
        (r"\begin{aligned} a \end{pmatrix}", "closes nothing"),
        (r"\begin{tikzpicture}\end{tikzpicture}", "unknown environment 'tikzpicture'"),
        (r"a & b", "& stands outside"),
        (r"5 % of", r"a bare %; write \\%"),
        (r"a~b", r"a bare ~; write \\ "),
    ],
)
def test_refuses(source: str, problem: str) -> None:
    with pytest.raises(ExportError, match=problem):
        check(source)
