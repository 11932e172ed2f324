"""The core is asked for every exercise; and parts of a file that do not fit together are refused."""

from __future__ import annotations

import pytest
from questions import drawn, question

from quizgen.errors import BankError, DrawError


def test_a_wrong_truth_is_refused() -> None:
    with pytest.raises(DrawError, match=r"the core computes y = .*, 'work' computes"):
        drawn(question(given="a = integer(1, 4)", work="y = 2 * a", truth="y = 3 * a"))


def test_a_wrong_work_is_refused_in_any_entry() -> None:
    made = question(
        given="u = vector(2, 1, 4)\na = integer(1, 2)",
        work="y = [u[0], u[1] + 1]",
        truth="y = array([u[0], u[1]])",
        text="x",
    )
    with pytest.raises(DrawError, match="the core computes"):
        drawn(made)


def test_a_slightly_wrong_work_is_refused_although_it_rounds_alike() -> None:
    with pytest.raises(DrawError, match="the core computes"):
        drawn(question(given="a = integer(1, 4)", work="y = a / 3 + 0.000001", truth="y = a / 3", ask="y: 1 decimal"))


def test_a_truth_of_another_shape_is_refused() -> None:
    made = question(given="u = vector(2, 1, 4)", work="y = 2 * u", truth="y = outer(u, u)", text="x")
    with pytest.raises((DrawError, BankError), match="shape"):
        drawn(made)


def test_an_intermediate_that_truth_names_is_compared_too() -> None:
    with pytest.raises(DrawError, match="the core computes z"):
        drawn(question(given="a = integer(1, 4)", work="z = a + 1\ny = 2 * a", truth="z = a + 2\ny = 2 * a"))


def test_an_outcome_that_truth_names_is_compared_too() -> None:
    parts = {"given": "a = integer(1, 4)", "work": 'case = "odd" if a == 1 or a == 3 else "even"\ny = 2 * a'}
    right = question(**parts, truth='case = "odd" if a % 2 == 1 else "even"\ny = 2 * a')
    wrong = question(**parts, truth='case = "odd"\ny = 2 * a')
    for variant in range(8):
        drawn(right, 1, variant)
    even = next(k for k in range(8) if drawn(right, 1, k).given["a"] in (2, 4))
    with pytest.raises(DrawError, match="the core says case is 'odd', 'work' says 'even'"):
        drawn(wrong, 1, even)


@pytest.mark.parametrize(("truth", "words"), [
    ("z = 1", "'y' is asked for, but the core is not asked for it"),
    ("y = 2 * a\na = 1", "'a' is given, not computed"),
    ("y = nope(a)", "unknown function 'nope'"),
    ("y = b", "unknown name 'b'"),
    ("y = a / 0", "cannot be computed"),
    ("y = 'text'", "no number"),
])  # fmt: skip
def test_a_truth_that_cannot_be_asked_is_a_fault_of_the_file(truth: str, words: str) -> None:
    with pytest.raises(BankError, match=words) as caught:
        drawn(question(given="a = integer(1, 4)", work="y = 2 * a", truth=truth))
    assert caught.value.line is not None


@pytest.mark.parametrize(("parts", "words"), [
    ({"ask": "q: exact"}, "'q' is not a step of 'work'"),
    ({"work": "y = a / 3", "ask": "y: exact"}, "endless decimals"),
    ({"given": "a = number(0, 1, step=0.5)", "work": "y = a + 1", "ask": "y: integer"}, "can have decimals"),
    ({"ask": "y: formula in x"}, "no free"),
    ({"more": "mistakes:\n  - wrong: q = 1\n    says: x"}, "'q' is not a step of 'work'"),
    ({"work": "y = 2 * a\nz = a",
    "more": "mistakes:\n  - wrong: z = 1\n    says: x"}, "changes nothing that is asked for"),
    ({"work": "y = 2 * a\nz = a", "more": "mistakes:\n  - wrong: y = z\n    says: x"}, "computed later"),
    ({"more": "mistakes:\n  - wrong: y = [a, a]\n    says: x"}, "the mistake makes it"),
    ({"given": "a = 3"}, "expected a sampler such as number"),
    ({"given": "a = nubmer(1, 2)"}, "did you mean 'number'"),
    ({"given": "a, b = number(1, 2)"}, "makes 1 quantities, 2 names"),
    ({"given": "X, y = dataset(4, 2, -1, 1)", "work": "y = 1"}, "already has a value"),
    ({"given": "a = number(1, 2)\nb = number(0, a)"}, ""),
])  # fmt: skip
def test_parts_that_do_not_fit_together_are_faults_with_their_line(parts: dict[str, str], words: str) -> None:
    with pytest.raises(BankError) as caught:
        drawn(question(**{"given": "a = integer(1, 4)", **parts}))
    assert words in str(caught.value)
    assert caught.value.line is not None
