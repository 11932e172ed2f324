"""Finding the mathematics in Markdown: `$…$` and `$$…$$`, outside of code, with what is said just before it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from quizgen.proof.tokens import Token

#: The longest text that is read, in characters.
LONGEST_TEXT = 2_000_000

#: Dollars and signs of equality in a text; the solutions of a hundred exercises have half as many.
MOST_SIGNS = 25_000


@dataclass(frozen=True, slots=True)
class Formula:
    """One piece of mathematics.

    Attributes:
        text: LaTeX without its dollars.
        offset: where `text` starts in the document.
        before: the words of the same clause in front of it, in small letters; empty for a display.
        column: which cell of a table's row it stands in, from 1; 0 outside of tables.
        closed: False if it is a `$$` without its end.
        tokens: of mathematics that is typed without dollars; None for LaTeX.
    """

    text: str
    offset: int
    before: tuple[str, ...]
    column: int = 0
    closed: bool = True
    tokens: tuple[Token, ...] | None = None


class Lines:
    """Offsets as lines and columns, both from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def formulas(text: str) -> Iterator[Formula]:
    """The mathematics of a Markdown text, in order."""
    for match in _MARKDOWN.finditer(text):
        kind = match.lastgroup
        if kind in ("display", "inline"):
            before = () if kind == "display" else _clause(text, match.start())
            yield Formula(match[kind], match.start(kind), before, _cell(text, match.start()))
        elif kind == "unclosed":
            yield Formula(match[kind], match.start(kind), (), closed=False)


def _clause(text: str, offset: int) -> tuple[str, ...]:
    """The words between the last punctuation and the offset."""
    near = text[max(0, offset - 80) : offset]
    near = re.split(r"[.,;:!?|](?=\s)|\n\s*\n", near)[-1]
    return tuple(re.findall(r"[a-z]+", near.lower()))


def _cell(text: str, offset: int) -> int:
    """The number of the table's column at the offset, or 0."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    if not line.lstrip().startswith("|"):
        return 0
    return len(re.findall(r"(?<!\\)\|", line))


_MARKDOWN = re.compile(
    r"""
      ^[ \t]*(?P<mark>`{3,}+|~{3,}+)[^\n]*+\n (?:.*?\n)?? [ \t]*(?P=mark)[^\n]*$   # a block of code
    | <!--.*?(?:-->|\Z)
    | (?<![`\\])(?P<ticks>`{1,20})(?!`) .+? (?<!`)(?P=ticks)(?!`)                   # code within a line
    | \\[$\\`]
    | \$\$ (?P<display> [^$]+ (?: (?<=\\)\$ [^$]+ )* ) \$\$
    | \$\$ (?P<unclosed> [^$]* )
    | \$ (?! [\s$] ) (?P<inline> (?: \\. | [^$\\\n] | \n(?!\s*(?:\n|\|)) )+ ) (?<!\s)\$ (?!\d)
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
