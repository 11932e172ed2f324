"""Measuring side by side: every contender in turn, again and again, so that a busy machine is unfair to all alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter
from typing import NamedTuple

Contender = Callable[[int], object]


class Timing(NamedTuple):
    """Seconds per call, of several rounds."""

    least: float
    middle: float


def side_by_side(contenders: Mapping[str, Contender], *, rounds: int, calls: int) -> dict[str, Timing]:
    """The time of one call of each contender.

    Args:
        contenders: by name; each is called with the number of the call, a new one every time, so that nothing that
            is remembered from one exercise can serve for the next.
        rounds: how often the contenders take turns.
        calls: how often each is called in its turn.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds):
        for name, call in contenders.items():
            start = perf_counter()
            for number in range(turn * calls, (turn + 1) * calls):
                call(number)
            seconds[name].append((perf_counter() - start) / calls)
    return {name: Timing(min(found), median(found)) for name, found in seconds.items()}


def table(timings: Mapping[str, Timing], yardstick: str) -> str:
    """One line per contender: least and middle time in microseconds, and both as multiples of the yardstick's."""
    unit = timings[yardstick]
    width = max(map(len, timings))
    lines = [f"{'':{width}}  {'least':>10}  {'median':>10}  {'ratio':>7}  {'of medians':>10}"]
    for name, timing in timings.items():
        times = f"{timing.least * 1e6:>7.1f} µs  {timing.middle * 1e6:>7.1f} µs"
        ratios = f"{timing.least / unit.least:>7.2f}  {timing.middle / unit.middle:>10.2f}"
        lines.append(f"{name:{width}}  {times}  {ratios}")
    return "\n".join(lines)
