"""A hundred wrong solutions of known kinds, and a hundred right ones."""

from __future__ import annotations

import pytest
from student_solutions import Solution, right_solutions, wrong_by_mistake, wrong_by_slip, wrong_neurons

from quizgen.proof.student import check

WRONG = [*wrong_by_mistake(40), *wrong_by_slip(30), *wrong_neurons(40)]


def test_the_first_wrong_line_is_found() -> None:
    missed = [
        each for each in WRONG if (first := check(each.text, each.known).first) is None or first.line != each.line
    ]
    assert len(WRONG) >= 100
    assert len(missed) <= 0.05 * len(WRONG), told(missed)


def test_the_mistake_is_named() -> None:
    named = [each for each in WRONG if each.says]
    missed = [
        each for each in named if (first := check(each.text, each.known).first) is None or each.says not in first.says
    ]
    assert len(missed) <= 0.2 * len(named), told(missed)


def test_right_solutions_are_never_rejected() -> None:
    right = list(right_solutions(104))
    rejected = [each for each in right if check(each.text, each.known).faults]
    assert len(right) >= 100
    assert not rejected, told(rejected)


@pytest.mark.parametrize("kind", ["mistake", "sign", "digits", "bias", "function", "arithmetic"])
def test_every_kind_is_there(kind: str) -> None:
    assert sum(each.kind == kind for each in WRONG) >= 5


def told(solutions: list[Solution]) -> str:
    shown = [
        f"{each.kind}, line {each.line}, {each.says!r}\n{each.text}\n{check(each.text, each.known).faults}"
        for each in solutions[:8]
    ]
    return f"{len(solutions)}:\n" + "\n\n".join(shown)
