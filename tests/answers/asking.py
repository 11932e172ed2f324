"""Answers to ask for in tests, in one line each."""

from __future__ import annotations

from dataclasses import replace

from quizgen.answers.asked import Asked, parse_asked
from quizgen.exercise import Answer, Choice, Mistake, Value
from quizgen.text import plain


def asking(how: str, value: Value, *mistakes: tuple[Value, str], name: str = "y") -> Answer:
    """An answer as a question bank makes it; `how` is what stands under `ask`."""
    asked: Asked = parse_asked(how)
    shape: tuple[int, ...] = ()
    inner = value
    while isinstance(inner, list):
        shape, inner = (*shape, len(inner)), inner[0]
    numeric = not isinstance(inner, str)
    return Answer(
        name=name,
        symbol=name,
        kind=asked.kind(shape),
        value=value,
        decimals=asked.decimals,
        digits=asked.digits,
        accept=asked.accept(value) if numeric else None,
        format=asked.phrase(several=bool(shape)),
        mistakes=tuple(Mistake(wrong, plain(says)) for wrong, says in mistakes),
    )


def ticking(right: str, *lines: str, several: bool = False) -> Answer:
    """A choice among lines, lettered from A; each wrong one says why."""
    choices = tuple(
        Choice(letter, plain(line), letter in right, None if letter in right else plain(f"Not {line}."))
        for letter, line in zip("ABCDEFGH", lines, strict=False)
    )
    return Answer(
        name="c", symbol="", kind="choice", value=right, decimals=None, digits=None, accept=None,
        format=Asked(word="choice").phrase(several=several), choices=choices,
    )  # fmt: skip


def ordering(right: str, *lines: str) -> Answer:
    """Lines to be put in order."""
    return replace(ticking("", *lines), kind="ordering", value=right, format=Asked(word="ordering").phrase())
