r"""Chains that a person can read, each with the verdicts on its relations, in order."""

from __future__ import annotations

import pytest

from quizgen.proof import read

#: What the chains below know.
GIVEN = r"""
Given $\mathbf{w} = \begin{pmatrix} 0.5 \\ -1 \end{pmatrix}$, $\mathbf{x} = \begin{pmatrix} 2 \\ 3 \end{pmatrix}$,
$b = 0.1$ and $\mathbf{A} = \begin{pmatrix} 0.5 & 1 \\ -1 & 2 \end{pmatrix}$, with $\alpha = 0.1$.
"""

TRUE = [
    r"0.5 \cdot 2 + (-1) \cdot 3 + 0.1 = 1 - 3 + 0.1 = -1.9",
    r"\mathbf{w} \cdot \mathbf{x} + b = -1.9",
    r"\mathbf{w}^\top \mathbf{x} + b = -1.9",
    r"\mathbf{A} \mathbf{x} = \begin{pmatrix} 0.5 \cdot 2 + 1 \cdot 3 \\ (-1) \cdot 2 + 2 \cdot 3 \end{pmatrix}",
    r"\begin{bmatrix} 1 & 2 \end{bmatrix} \begin{bmatrix} 3 \\ 4 \end{bmatrix} = 11",
    r"\mathbf{w} \mathbf{x}^\top = \begin{pmatrix} 1 & 1.5 \\ -2 & -3 \end{pmatrix}",
    r"\mathbf{w} \odot \mathbf{x} = \begin{pmatrix} 1 \\ -3 \end{pmatrix}",
    r"\mathbf{1} - \mathbf{x} \odot \mathbf{x} = \begin{pmatrix} -3 \\ -8 \end{pmatrix}",
    r"\sum \left( \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} \odot \mathbf{A} \right) + b = 7.6",
    r"\sum_{i=1}^{2} w_i x_i = -2",
    r"\sum_i w_i x_i + b = -1.9",
    r"\sum_{i=1}^{3} i^2 = 1 + 4 + 9 = 14",
    r"\prod_{t=1}^{3} 0.5 = 0.125",
    r"x_2 = 3",
    r"\mathbf{x}_{1} = 2",
    r"A_{1,2} = a_{12} = 1",
    r"\lVert \mathbf{x} \rVert = \sqrt{2^2 + 3^2} = \sqrt{13} \approx 3.6056",
    r"\lVert \mathbf{x} \rVert_1 = 5",
    r"\left\lfloor \frac{32 - 5 + 2 \cdot 2}{2} \right\rfloor + 1 = 15 + 1 = 16",
    r"\left\lceil \frac{100}{32} \right\rceil = 4",
    r"61{,}100{,}840 = 61100840",
    r"1.23 \cdot 10^{-5} = 0.0000123",
    r"12\% = 0.12",
    r"\max(1,200) = 200",
    r"\max \begin{pmatrix} 1 & 5 \\ 2 & 3 \end{pmatrix} = 5",
    r"\operatorname{ReLU}\left(-1.9\right) = 0 = \operatorname{ReLU}'(-1.9)",
    r"\operatorname{sgn}(0) = 1",
    r"\sigma(-1.9) = \frac{1}{1 + e^{1.9}} \approx 0.1301 \approx 0.13",
    r"\sigma(0) = 0.5",
    r"\tanh\begin{pmatrix} 0.5 \\ 0 \end{pmatrix} \approx \begin{pmatrix} 0.4621 \\ 0 \end{pmatrix}",
    r"\operatorname{softmax}(1, 2) \approx (0.2689, 0.7311)",
    r"-\ln 0.8 \approx 0.2231",
    r"\log_2 8 = 3",
    r"0.25^{10} \approx 9.54 \cdot 10^{-7}",
    r"\frac12 \cdot 3 = 1.5",
    r"\tanh(0.5) \cdot 2 + 0.3 \approx 0.4621 \cdot 2 + 0.3 = 1.2242",
    r"0.99999 \approx 1",
    r"0.0625 \approx 0.063",
    r"-0.125 \approx -0.13",
    r"0 < 0.5 \le 1",
    r"0.5 \in [0, 1]",
    r"-1.5 \in (-\infty, 0)",
    r"4 \in \{1, 2, \ldots, 5\}",
    r"4 \notin \{1, 2\}",
    r"\mathbf{A} \in \mathbb{R}^{2 \times 2}",
    r"\det \mathbf{A} = 2",
    r"\mathbf{A}^2 = \mathbf{A} \mathbf{A} = \begin{pmatrix} -0.75 & 2.5 \\ -2.5 & 3 \end{pmatrix}",
    r"\sigma(z) = \frac{1}{1 + e^{-z}}",
    r"\sigma'(z) = \sigma(z) (1 - \sigma(z))",
    r"\tanh z = 2 \sigma(2 z) - 1",
    r"\operatorname{ReLU}(z) = \begin{cases} z & \text{if } z > 0 \\ 0 & \text{otherwise} \end{cases}",
    r"\underbrace{3 \cdot 4}_{\text{weights}} + \underbrace{3}_{\text{biases}} = 15 \text{ parameters}",
]

FALSE = [
    r"0.5 \cdot 2 = 1.1",
    r"\sigma(-1.9) = 0.1301",
    r"\sigma(-1.9) \approx 0.1302",
    r"\frac{2}{3} \approx 0.6666",
    r"0.3 \approx 0",
    r"0.0625 \approx 0.062",
    r"0.25^{10} \approx 9.6 \cdot 10^{-7}",
    r"0.25^{10} \approx 1 \cdot 10^{-6}",
    r"b = 0.2",
    r"\mathbf{x}_2 = 4",
    r"\mathbf{w} \cdot \mathbf{x} + b = -1.8",
    r"\mathbf{A} \mathbf{x} = \begin{pmatrix} 4 \\ 5 \end{pmatrix}",
    r"\mathbf{x} = \begin{pmatrix} 2 & 3 \end{pmatrix}",
    r"\tanh(0.5) \cdot 2 + 0.3 \approx 0.4622 \cdot 2 + 0.5",
    r"\tanh z = 2 \sigma(3 z) - 1",
    r"\sigma'(z) = \sigma(z) (1 + \sigma(z))",
    r"2 < 2",
    r"2 \in (2, 3]",
    r"1 \ne 1",
    r"\mathbf{x} \odot \begin{pmatrix} 0 \\ 1 \end{pmatrix} = \begin{pmatrix} 5 \cdot 0 \\ 3 \cdot 1 \end{pmatrix}",
]

UNDECIDED = [
    r"\log 2 = 0.6931",
    r"2 \frac{1}{2} = 2.5",
    r"3 4 = 12",
    r"1 / 2 \cdot 3 4 = 6",
    r"1 / 2 (3) = 1.5",
    r"9^{9^9} = 1",
    r"x_1, x_2 = 2, 3",
    r"0{,}5 = 0.5",
    r"\mathbf{x} + b = 3",
    r"\mathbf{x} \mathbf{x} = 13",
    r"\begin{pmatrix} 1 & 2 \end{pmatrix} \odot \begin{pmatrix} 1 \\ 2 \end{pmatrix} = 5",
    r"1 + \ldots + 5 = 15",
    r"[ 1 = 1",
    r"= 3",
    r"\unknown{3} = 3",
    r"\ln 2 x = 3",
    r"x^23 = 8",
    r"2^2^2 = 16",
    r"\frac{1}{0} = 1",
    r"1 \pm 2 = 3",
    r"0.5 \sim 0.5",
    r"4096 \text{ bytes} = 4 \text{ KiB}",
]

GENERAL = [
    r"z = \mathbf{v} \cdot \mathbf{u} + c",
    r"\frac{\partial L}{\partial \mathbf{W}_1} = \boldsymbol{\delta}_1 \mathbf{h}^\top",
    r"u > 0",
    r"u + v = 3",
    r"t = 1, \ldots, T",
    r"\mathbf{V} \in \mathbb{R}^{3 \times 4}",
]


@pytest.mark.parametrize("chain", TRUE)
def test_true(chain: str) -> None:
    assert verdicts(chain) == {"true"}


@pytest.mark.parametrize("chain", FALSE)
def test_false(chain: str) -> None:
    assert "false" in verdicts(chain)


@pytest.mark.parametrize("chain", UNDECIDED)
def test_undecided(chain: str) -> None:
    assert verdicts(chain) == {"undecided"}


@pytest.mark.parametrize("chain", GENERAL)
def test_general(chain: str) -> None:
    assert verdicts(chain) == {"general"}


@pytest.mark.parametrize("chain", [*FALSE, *UNDECIDED, *GENERAL])
def test_every_verdict_but_true_has_a_reason(chain: str) -> None:
    report = read(f"{GIVEN} ${chain}$")
    assert all(relation.reason for relation in report.relations if relation.verdict != "true")


def verdicts(chain: str) -> set[str]:
    """The verdicts on a chain alone, without those on what is given."""
    before = len(read(GIVEN).relations)
    return {relation.verdict for relation in read(f"{GIVEN} ${chain}$").relations[before:]}
