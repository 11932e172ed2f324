"""Randomness that is the same everywhere and for ever: SHAKE-128 of (question id, seed, variant), read in bulk."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from functools import lru_cache

from quizgen.bank.samplers import pick


class Stream:
    """The random words of one question: each (seed, variant, attempt) has its own, each form order its own."""

    def __init__(self, question_id: str) -> None:
        self._root = hashlib.shake_128(b"quizgen\0" + question_id.encode() + b"\0")

    def words(self, seed: int, variant: int, attempt: int, count: int) -> tuple[int, ...]:
        """`count` random words of 32 bits."""
        state = self._root.copy()
        state.update(b"%d/%d/%d" % (seed, variant, attempt))
        return struct.unpack(f"<{count}I", state.digest(4 * count))

    def order(self, seed: int, count: int) -> tuple[int, ...]:
        """The numbers below `count` in an order that depends on the seed."""
        state = self._root.copy()
        state.update(b"forms/%d" % seed)
        return shuffled(struct.unpack(f"<{count}I", state.digest(4 * count)))


@lru_cache(maxsize=1024)
def form_order(stream: Stream, seed: int, count: int) -> tuple[int, ...]:
    """`stream.order`, remembered: one exam draws many variants with one seed."""
    return stream.order(seed, count)


def shuffled(words: Sequence[int]) -> tuple[int, ...]:
    """The numbers from 0 on, as many as there are words, shuffled."""
    order = list(range(len(words)))
    for place, word in enumerate(words):
        other = place + pick(word, len(words) - place)
        order[place], order[other] = order[other], order[place]
    return tuple(order)
