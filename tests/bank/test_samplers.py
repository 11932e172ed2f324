"""Samplers: their ranges, their decimals, and that all values come equally often."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from quizgen.bank import samplers
from quizgen.bank.samplers import SAMPLERS, Sampler, pick
from quizgen.bank.stream import Stream
from quizgen.errors import FormulaError

LAST = 2**32 - 1


def draws(sampler: Sampler, count: int = 1000) -> list[tuple[float, ...]]:
    stream = Stream("samplers")
    return [tuple(sampler.draw(stream.words(0, k, 0, sampler.words))) for k in range(count)]


def evenly(values: list[object], kinds: int) -> bool:
    """Whether each of the kinds comes about equally often: within five standard deviations."""
    counts = Counter(values)
    expected = len(values) / kinds
    return len(counts) == kinds and all(abs(n - expected) < 5 * expected**0.5 for n in counts.values())


def words_for(*choices: tuple[int, int]) -> list[int]:
    """Words from which `pick` makes k below count."""
    return [-(-k * 2**32 // count) for k, count in choices]


@given(st.integers(1, 10**6), st.integers(0, LAST))
def test_a_word_picks_below_the_count(count: int, word: int) -> None:
    assert 0 <= pick(word, count) < count


def test_both_ends_are_picked() -> None:
    assert [pick(word, 7) for word in (0, LAST)] == [0, 6]
    assert [pick(word, 7) for word in words_for(*((k, 7) for k in range(7)))] == list(range(7))


def test_both_ends_of_a_range_are_drawn() -> None:
    sampler = samplers.number(-1, 1, 0.1)
    assert sampler.draw([0]) == [-1.0]
    assert sampler.draw([LAST]) == [1.0]


@given(
    st.integers(-300, 300),
    st.integers(0, 40),
    st.sampled_from([("1", 0), ("0.5", 1), ("0.1", 1), ("0.25", 2), ("0.001", 3)]),
)
def test_numbers_have_just_the_decimals_they_are_printed_with(first: int, steps: int, step: tuple[str, int]) -> None:
    """0.1 + 0.1 + 0.1 is not 0.3: each value must be the float nearest to its decimals."""
    width, decimals = Decimal(step[0]), step[1]
    low, high = first * width, (first + steps) * width
    sampler = samplers.number(float(low), float(high), float(width))
    assert [float(v) for v in sampler.grid or ()] == [float(low + k * width) for k in range(steps + 1)]
    assert sampler.decimals[0] <= decimals


def test_whole_numbers_are_integers() -> None:
    for sampler in (
        samplers.number(-2, 2),
        samplers.integer(0, 5),
        samplers.image(2, 2),
        samplers.vector(2, -3, 3, nonzero=True),
    ):
        assert all(type(value) is int for values in draws(sampler, 50) for value in values)
        assert set(sampler.decimals) == {0}


def test_every_value_comes_equally_often() -> None:
    assert evenly([v for (v,) in draws(samplers.number(-1, 1, 0.5))], 5)
    assert evenly([v for (v,) in draws(samplers.choice(0.1, 7, -2))], 3)
    assert evenly(draws(samplers.vector(2, 0, 2)), 9)
    assert evenly(draws(samplers.signs(3)), 8)
    assert evenly(draws(samplers.one_hot(4)), 4)
    assert evenly(draws(samplers.permutation(3)), 6)
    assert evenly(draws(samplers.vector(2, 0, 3, distinct=True)), 12)
    assert evenly(draws(samplers.matrix(1, 2, 0, 2)), 9)


def test_nonzero_leaves_out_zero_and_nothing_else() -> None:
    for low, high, step in ((-1, 1, 0.5), (-2, 2, 1), (0, 3, 1), (1, 3, 1), (-1, 0, 0.1)):
        everything = list(samplers.number(low, high, step).grid or ())
        assert list(samplers.number(low, high, step, nonzero=True).grid or ()) == [v for v in everything if v != 0]


def test_distinct_numbers_are_distinct() -> None:
    for values in draws(samplers.vector(4, -2, 2, distinct=True), 300) + draws(
        samplers.matrix(2, 2, 0, 3, distinct=True), 300
    ):
        assert len(set(values)) == 4


def test_a_symmetric_matrix_is_symmetric_and_its_entries_are_independent() -> None:
    matrices = [np.reshape(values, (3, 3)) for values in draws(samplers.symmetric(3, -1, 1), 800)]
    assert all((m == m.T).all() for m in matrices)
    for i, j in ((0, 0), (0, 1), (1, 2), (2, 2)):
        assert evenly([int(m[i, j]) for m in matrices], 3)
    assert samplers.symmetric(3, -1, 1).words == 6


def test_one_hot_and_permutation() -> None:
    assert all(sorted(values) == [0, 0, 0, 1] for values in draws(samplers.one_hot(4), 100))
    assert all(sorted(values) == [1, 2, 3, 4, 5] for values in draws(samplers.permutation(5), 100))


def test_widths_fall_or_grow_and_are_usual_ones() -> None:
    for values in draws(samplers.architecture(3, 8, 128), 200):
        assert list(values) == sorted(set(values), reverse=True)
        assert set(values) <= {8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128}
    for values in draws(samplers.architecture(2, 8, 64, growing=True), 200):
        assert list(values) == sorted(set(values))


def _separable(points: np.ndarray, labels: np.ndarray) -> bool:
    """Whether w, b exist with y (w·x + b) ≥ 1 everywhere: a linear program."""
    rows = -labels[:, None] * np.hstack([points, np.ones((len(points), 1))])
    found = linprog(np.zeros(rows.shape[1]), rows, -np.ones(len(points)), bounds=(None, None))
    return bool(found.status == 0)


@pytest.mark.parametrize(
    ("size", "features", "low", "high", "step"),
    [(4, 2, -2, 2, 1), (6, 2, -1, 1, 0.5), (5, 3, 0, 2, 1), (3, 1, -5, 5, 1)],
)
def test_a_dataset_has_different_points_and_a_line_separates_them(
    size: int, features: int, low: float, high: float, step: float
) -> None:
    sampler = samplers.dataset(size, features, low, high, step)
    assert sampler.shapes == ((size, features), (size,))
    for values in draws(sampler, 40):
        points, labels = np.reshape(values[: size * features], (size, features)), np.array(values[size * features :])
        assert len({tuple(point) for point in points}) == size
        assert sorted(set(labels)) == [-1, 1]
        assert _separable(points, labels)


def test_a_dataset_is_separable_even_where_points_tie_along_the_direction() -> None:
    """Direction (1, 1); the points (1, 1), (0, 2), (2, 0) lie on one line across it."""
    words = [*words_for((4, 9), (5, 8), (0, 7)), 0x100, 0x100]
    values = samplers.dataset(3, 2, 0, 2).draw(words)
    points, labels = np.reshape(values[:6], (3, 2)), np.array(values[6:])
    assert points.tolist() == [[1, 1], [0, 2], [2, 0]]
    assert _separable(points, labels)


def test_a_free_letter_is_marked_as_such() -> None:
    assert samplers.free(-2, 2).free
    assert not samplers.number(-2, 2).free


@pytest.mark.parametrize(("name", "arguments", "keywords", "words"), [
    ("number", (1, 0), {}, "low < high"),
    ("number", (0, 1, 0.3), {}, "no whole steps of 0.3"),
    ("number", (0, 1, 0), {}, "step > 0"),
    ("number", (0, 1, -1), {}, "step > 0"),
    ("number", (0, 0), {"nonzero": True}, "no value to draw but 0"),
    ("number", (0, 10**7), {}, "too many"),
    ("number", (0, 1, 1e-9), {}, "too many"),
    ("number", ("a", 1), {}, "must be numbers"),
    ("number", (True, 2), {}, "must be numbers"),
    ("integer", (1.0, 2), {}, "whole numbers"),
    ("integer", (True, 2), {}, "whole numbers"),
    ("choice", (), {}, "one or more numbers"),
    ("choice", ("a", "b"), {}, "belongs under 'vary'"),
    ("vector", (0, 1, 2), {}, "from 1 on"),
    ("vector", (-1, 1, 2), {}, "from 1 on"),
    ("vector", (2.0, 1, 2), {}, "whole numbers from 1 on"),
    ("vector", (5, 0, 1), {"distinct": True}, "5 different numbers out of 2"),
    ("vector", (2000, 0, 1), {}, "at most 1000"),
    ("matrix", (40, 40, 0, 1), {}, "at most 1000"),
    ("matrix", (10**9, 10**9, 0, 1), {}, "at most 1000"),
    ("one_hot", (0,), {}, "from 1 on"),
    ("permutation", (0,), {}, "from 1 on"),
    ("symmetric", (2.5, 1, 2), {}, "whole numbers"),
    ("architecture", (4, 8, 12), {}, "only 3 usual widths from 8 to 12"),
    ("dataset", (1, 2, 0, 3), {}, "cannot draw"),
    ("dataset", (4, 0, 0, 3), {}, "cannot draw"),
    ("dataset", (10, 2, 0, 2), {}, "10 different points"),
    ("dataset", (4, 10, 0, 9), {}, "too fine"),
    ("image", (2, 2, 0.5, 1), {}, "no whole steps"),
    ("free", (0, 1.001), {}, "no whole steps"),
])  # fmt: skip
def test_what_cannot_be_drawn_is_refused(
    name: str, arguments: tuple[object, ...], keywords: dict[str, bool], words: str
) -> None:
    with pytest.raises(FormulaError, match=words):
        SAMPLERS[name](*arguments, **keywords)


def test_samplers_never_change() -> None:
    """As with the stream: exams in drawers depend on these."""
    words = Stream("cnn/output-size").words(1, 0, 0, 32)

    def drawn(name: str, *arguments: float) -> list[float]:
        sampler = SAMPLERS[name](*arguments)
        return list(sampler.draw(words[: sampler.words]))

    assert drawn("number", -1, 1, 0.1) == [1.0]
    assert drawn("vector", 3, -2, 2, 0.5) == [2.0, -2.0, -1.0]
    assert drawn("symmetric", 2, -3, 3) == [3, -3, -3, -1]
    assert drawn("permutation", 5) == [5, 2, 3, 4, 1]
    assert drawn("architecture", 3, 8, 128) == [128, 24, 10]
    assert drawn("dataset", 4, 2, -2, 2) == [2, 2, -1, -2, 2, -1, -2, -1, 1, -1, -1, 1]
    assert drawn("image", 2, 2) == [9, 0, 3, 1]
