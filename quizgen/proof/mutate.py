"""One displayed number of a text changed at random: a proof reader is worth the share of these that it finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import shake_128

from quizgen.proof.document import Lines


@dataclass(frozen=True, slots=True)
class Mutation:
    """A text in which one number was changed.

    Attributes:
        text: the changed text.
        old, new: the number as it was printed, and what stands there now.
        line, column: its place, from 1.
        index: whether it is a subscript, such as the 2 of `x_2`.
    """

    text: str
    old: str
    new: str
    line: int
    column: int
    index: bool


@dataclass(frozen=True, slots=True)
class Displayed:
    """A number that a reader of the text sees, from `start` to `end`; `index` if it is a subscript."""

    start: int
    end: int
    index: bool


def displayed(text: str) -> Iterator[Displayed]:
    """The numbers of a Markdown text in order: in mathematics, words and tables, not in code, sizes or list markers."""
    for match in _DISPLAYED.finditer(text):
        if match["number"] is not None:
            yield Displayed(match.start("number"), match.end("number"), _is_index(text, match.start("number")))


def mutate(text: str, seed: int, *, indices: bool = False) -> Mutation | None:
    """The text with one digit of one displayed number replaced by another digit; None if it displays no number.

    Args:
        text: Markdown.
        seed: decides which number, which digit, and what stands there instead: the same on every machine.
        indices: whether subscripts may be chosen, too.
    """
    spots = [spot for spot in displayed(text) if indices or not spot.index]
    if not spots:
        return None
    random = int.from_bytes(shake_128(f"mutation {seed}".encode()).digest(16), "big")
    random, choice = divmod(random, len(spots))
    spot = spots[choice]
    old = text[spot.start : spot.end]
    places = [place for place, character in enumerate(old) if character.isdigit()]
    random, choice = divmod(random, len(places))
    place = places[choice]
    digits = [digit for digit in "0123456789" if digit != old[place]]
    if place == 0 and old[1:2].isdigit():
        digits = [digit for digit in digits if digit != "0"]  # nobody prints 07
    new = old[:place] + digits[random % len(digits)] + old[place + 1 :]
    line, column = Lines(text).place(spot.start)
    return Mutation(text[: spot.start] + new + text[spot.end :], old, new, line, column, spot.index)


def _is_index(text: str, start: int) -> bool:
    """Whether the number is a subscript, or stands within one or within a label such as `^{(2)}`."""
    before = text[max(0, start - 60) : start]
    return bool(re.search(r"_\s*\{?[^{}$]*\Z", before) and re.search(r"_\s*(?:\{[^{}$]*)?\Z", before)) or bool(
        re.search(r"\^\{[(\[][^{}$]*\Z", before)
    )


_DISPLAYED = re.compile(
    r"""
      ^[ \t]*(?P<fence>`{3,}+|~{3,}+)[^\n]*+\n (?:.*?\n)?? [ \t]*(?P=fence)[^\n]*$
    | <!--.*?(?:-->|\Z)
    | (?<![`\\])(?P<ticks>`{1,20})(?!`) .+? (?<!`)(?P=ticks)(?!`)
    | \]\([^()\s]*\)
    | \\begin\s*\{array\}\s*\{[^{}]*\}
    | \\\\\s*\[[\d.]+\s*[a-z]{2}\]
    | ^[ \t]*\d+[.)](?=\s)
    | [A-Za-z]+\d+
    | (?P<number> [1-9]\d{0,2}(?:\{,\}\d{3})+(?!\d)(?:\.\d+)? | \d+(?:\.\d+)? | \.\d+ )
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
