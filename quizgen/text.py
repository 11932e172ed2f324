r"""Text whose structure is fixed and whose numbers vary: made once per form, filled per variant.

A skeleton is Markdown with holes. Every converter (to LaTeX, to HTML, …) turns a skeleton into its own
format once; a text then only joins the converted pieces with its numbers. This works because what fills a
hole is typeset mathematics that reads the same in every format: digits, signs, brackets, letters, `{,}` and
`\cdot`, never a character that HTML or LaTeX would have to escape.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

#: Hole number k is the character FIRST_HOLE + k, from a plane that Unicode keeps free for private use.
FIRST_HOLE = 0xF0000
LAST_HOLE = 0xFFFFD
_HOLE = re.compile(f"[{chr(FIRST_HOLE)}-{chr(LAST_HOLE)}]")

Converter = Callable[[str], str]


def hole(index: int) -> str:
    """The character that stands for hole `index` in a skeleton's source.

    Raises:
        ValueError: if there are more holes than characters for them.
    """
    if not 0 <= index <= LAST_HOLE - FIRST_HOLE:
        raise ValueError(f"a text can have {LAST_HOLE - FIRST_HOLE + 1} holes, not {index + 1}")
    return chr(FIRST_HOLE + index)


class Skeleton:
    """Markdown with holes, and its conversions to other formats, each made once.

    Attributes:
        source: Markdown; a character `hole(k)` stands wherever filling k belongs (once or more often).
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self._pieces: dict[Converter | None, tuple[list[str], list[int]]] = {}

    def pieces(self, convert: Converter | None = None) -> tuple[list[str], list[int]]:
        """What stands around the holes, with an empty place for each, and the holes in their order.

        Args:
            convert: from Markdown to the format wanted; it must carry hole characters through. None: Markdown.

        Returns:
            `parts`, whose odd places are empty and belong to the fillings, and `order`, the filling of each.
        """
        known = self._pieces.get(convert)
        if known is None:
            document = self.source if convert is None else convert(self.source)
            order = [ord(mark) - FIRST_HOLE for mark in _HOLE.findall(document)]
            fixed = _HOLE.split(document)
            parts = [""] * (2 * len(fixed) - 1)
            parts[::2] = fixed
            known = self._pieces[convert] = (parts, order)
        return known


class Text:
    """One variant's text: a skeleton and what fills its holes. `str(text)` is Markdown."""

    __slots__ = ("fillings", "skeleton")

    def __init__(self, skeleton: Skeleton, fillings: Sequence[str] = ()) -> None:
        self.skeleton = skeleton
        self.fillings = fillings

    def render(self, convert: Converter | None = None) -> str:
        """The text in the format of `convert`. Pass the same function object each time: it is the cache's key."""
        parts, order = self.skeleton.pieces(convert)
        filled = parts.copy()
        filled[1::2] = map(self.fillings.__getitem__, order)
        return "".join(filled)

    def __str__(self) -> str:
        return self.render()

    def __repr__(self) -> str:
        return f"Text({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __bool__(self) -> bool:
        return bool(self.skeleton.source)


def plain(markdown: str) -> Text:
    """A text without holes."""
    return Text(Skeleton(markdown))
