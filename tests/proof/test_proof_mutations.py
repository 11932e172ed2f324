"""One displayed number changed: the reader finds it."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

import pytest

from quizgen.proof import read

_NUMBER = re.compile(r"(?<![\w.{])\d+(?:\.\d+)?")


def rounded(x: float) -> Decimal:
    return Decimal(repr(x)).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def shown(x: Decimal) -> str:
    text = f"{x:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def bracketed(x: Decimal) -> str:
    return f"({shown(x)})" if x < 0 else shown(x)


def signed(x: Decimal) -> str:
    return f"- {shown(-x)}" if x < 0 else f"+ {shown(x)}"


def exercise(rnd: random.Random) -> tuple[str, str]:
    """A question and a solution: a neuron with two inputs, its activation, its error and one gradient step."""
    w = [Decimal(rnd.choice([n for n in range(-20, 21) if n])) / 10 for _ in range(2)]
    x = [Decimal(rnd.choice(range(-30, 31))) / 10 for _ in range(2)]
    b, y = Decimal(rnd.randrange(-9, 10)) / 10, Decimal(rnd.randrange(2))
    products = [w[0] * x[0], w[1] * x[1]]
    z = products[0] + products[1] + b
    a = rounded(1 / (1 + math.exp(-float(z))))
    delta = a - y
    slope = (delta * x[0]).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    new = w[0] - Decimal("0.1") * slope
    vectors = [rf"\begin{{pmatrix}} {shown(v[0])} \\ {shown(v[1])} \end{{pmatrix}}" for v in (w, x)]
    question = rf"Given $\mathbf{{w}} = {vectors[0]}$, $\mathbf{{x}} = {vectors[1]}$, $b = {shown(b)}$, $y = {y}$."
    approximates = "=" if delta * x[0] == slope else r"\approx"
    solution = rf"""$$\begin{{aligned}} z &= \mathbf{{w}} \cdot \mathbf{{x}} + b \\
&= {bracketed(w[0])} \cdot {bracketed(x[0])} + {bracketed(w[1])} \cdot {bracketed(x[1])} {signed(b)} \\
&= {shown(products[0])} {signed(products[1])} {signed(b)} \\ &= {shown(z)} \end{{aligned}}$$

$a = \sigma(z) = \sigma({shown(z)}) {"=" if z == 0 else chr(92) + "approx"} {shown(a)}$, the error is
$\delta = a - y = {shown(a)} - {shown(y)} = {shown(delta)}$, and
$\frac{{\partial L}}{{\partial w_1}} = \delta x_1
= {bracketed(delta)} \cdot {bracketed(x[0])} {approximates} {shown(slope)}$.
With $\alpha = 0.1$ the step is $w_1 \leftarrow w_1 - \alpha \frac{{\partial L}}{{\partial w_1}}
= {shown(w[0])} - 0.1 \cdot {bracketed(slope)} = {shown(new)}$."""
    return question, solution


def mutations(rnd: random.Random, solution: str) -> Iterator[str]:
    """The solution with one digit of one displayed number changed."""
    spots = list(_NUMBER.finditer(solution))
    while True:
        spot = rnd.choice(spots)
        number = spot.group()
        place = rnd.choice([i for i, c in enumerate(number) if c.isdigit()])
        digit = rnd.choice([d for d in "0123456789" if d != number[place]])
        yield solution[: spot.start() + place] + digit + solution[spot.start() + place + 1 :]


def test_right_solutions_are_decided_and_never_false() -> None:
    rnd = random.Random(1)  # noqa: S311  a fixed sequence is wanted
    for _ in range(100):
        question, solution = exercise(rnd)
        report = read(f"{question}\n\n{solution}")
        assert not report.false, (solution, [str(relation) for relation in report.false])
        assert not report.undecided
        assert len(report.true) >= 9


def test_a_changed_number_is_found() -> None:
    rnd = random.Random(2)  # noqa: S311  a fixed sequence is wanted
    missed = []
    trials = 300
    for _ in range(trials):
        question, solution = exercise(rnd)
        changed = next(mutations(rnd, solution))
        if not read(f"{question}\n\n{changed}").false:
            missed.append(changed)
    assert len(missed) <= 0.03 * trials, missed


def test_a_number_put_in_wrongly_is_found_although_a_zero_hides_it() -> None:
    given = r"$\mathbf{w} = (1.5, 2)$, $\mathbf{x} = (0, 1)$, "
    right = r"$\mathbf{w} \cdot \mathbf{x} = 1.5 \cdot 0 + 2 \cdot 1 = 0 + 2 = 2$"
    assert not read(given + right).false
    (false,) = read(given + right.replace("1.5", "1.7")).false
    assert "1.7 is put in where 1.5 belongs" in false.reason


def test_other_ways_to_write_the_same_are_no_misprints() -> None:
    for chain in (r"3^2 = 3 \cdot 3 = 9", r"1 \cdot 5 + 2 = 0 + 5 + 2", r"2 \cdot 3 + 4 \cdot 0 = 6 + 0 \cdot 4"):
        assert not read(f"${chain}$").false


WINDOWS = r"""$\mathbf{X} = \begin{pmatrix} 3 & 1 & 4 \\ 1 & 5 & 9 \\ 2 & 6 & 5 \end{pmatrix}$,
$\mathbf{K} = \begin{pmatrix} 0 & 1 \\ -1 & 2 \end{pmatrix}$.
"""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"$y_{1,1} = \max(3, 1, 1, 5) = 5$", r"$y_{1,1} = \max(3, 1, 2, 5) = 5$"),
        (
            r"$\sum \left( \begin{pmatrix} 1 & 4 \\ 5 & 9 \end{pmatrix} \odot \mathbf{K} \right) = 17$",
            r"$\sum \left( \begin{pmatrix} 7 & 4 \\ 5 & 9 \end{pmatrix} \odot \mathbf{K} \right) = 17$",
        ),
        (
            r"$\sum \left( \begin{pmatrix} 0 & 0 \\ 0 & 3 \end{pmatrix} \odot \mathbf{K} \right) = 6$",
            r"$\sum \left( \begin{pmatrix} 4 & 0 \\ 0 & 3 \end{pmatrix} \odot \mathbf{K} \right) = 6$",
        ),
    ],
)
def test_a_window_is_compared_with_the_array_it_is_copied_from(right: str, wrong: str) -> None:
    assert not read(WINDOWS + right).false
    (false,) = read(WINDOWS + wrong).false
    assert "is copied where the array has" in false.reason


def test_numbers_that_come_from_no_array_are_left_alone() -> None:
    assert not read(WINDOWS + r"$\max(7, 8, 8, 9) = 9$, $\max(3, 1, 0) = 3$").false


def test_an_array_put_together_is_compared_with_its_elements() -> None:
    chains = r"$y_1 = 1 + 1 = 2$ $y_2 = 1 + 2 = 3$ $y_3 = 1 + 3 = 4$ "
    assert not read(chains + r"$\mathbf{y} = (2, 3, 4)$").false
    (false,) = read(chains + r"$\mathbf{y} = (2, 3, 5)$").false
    assert "an element of" in false.reason
