"""Random words: the same everywhere and for ever, and none of them twice."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from itertools import permutations

from quizgen.bank.stream import Stream, form_order, shuffled


def test_the_words_never_change() -> None:
    """Exams in drawers depend on these numbers: if this test fails, the change is wrong, not the test."""
    stream = Stream("cnn/output-size")
    assert stream.words(1, 0, 0, 4) == (4140728333, 136791500, 1367186903, 562090438)
    assert stream.words(2**32 - 1, 7, 3, 2) == (2989135307, 3686147275)
    assert Stream("a").words(0, 0, 0, 1) == (769661381,)
    assert stream.order(1, 6) == (0, 1, 2, 5, 3, 4)
    assert stream.order(2, 6) == (5, 4, 2, 1, 0, 3)


def test_a_shuffle_never_changes() -> None:
    assert shuffled((0, 2**32 - 1, 5, 2**31)) == (0, 3, 2, 1)


def test_another_process_with_another_hash_seed_draws_the_same() -> None:
    code = "from quizgen.bank.stream import Stream; print(Stream('cnn/output-size').words(1, 0, 0, 4))"
    for hash_seed in ("0", "4242"):
        run = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": hash_seed},
        )  # fmt: skip
        assert run.stdout.strip() == "(4140728333, 136791500, 1367186903, 562090438)"


def test_words_do_not_depend_on_how_many_are_taken() -> None:
    stream = Stream("x")
    assert stream.words(3, 1, 0, 50)[:7] == stream.words(3, 1, 0, 7)


def test_seeds_variants_and_attempts_never_share_words() -> None:
    """Digits run together would make (1, 11) and (11, 1) the same."""
    stream = Stream("x")
    numbers = (0, 1, 2, 10, 11, 12, 21, 110, 111, 112)
    seen = {stream.words(seed, variant, attempt, 4) for seed in numbers for variant in numbers for attempt in numbers}
    assert len(seen) == len(numbers) ** 3


def test_questions_never_share_words() -> None:
    ids = ("a", "b", "ab", "a/b", "a\0b", "")
    assert len({Stream(name).words(1, 1, 1, 4) for name in ids}) == len(ids)
    assert Stream("x").words(1, 0, 0, 6) != Stream("x").order(1, 6)


def test_a_shuffle_is_a_permutation_and_each_comes_equally_often() -> None:
    stream = Stream("shuffle")
    counts = Counter(stream.order(seed, 3) for seed in range(6000))
    assert set(counts) == set(permutations(range(3)))
    assert all(850 < count < 1150 for count in counts.values())  # 1000 expected, standard deviation 29


def test_the_order_of_forms_is_remembered() -> None:
    stream = Stream("y")
    assert form_order(stream, 5, 8) == stream.order(5, 8)
    assert form_order(stream, 5, 8) is form_order(stream, 5, 8)


def test_nothing_to_shuffle() -> None:
    assert shuffled(()) == ()
    assert Stream("z").words(0, 0, 0, 0) == ()
