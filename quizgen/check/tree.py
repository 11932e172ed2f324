"""What a YAML or JSON file of answers holds: texts, lists and mappings, each with its line. Nothing else can be in it.

A number stays as it was written: `0.50` says more than 0.5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: What makes the entries of a list something else than the text between its commas.
_QUOTED = re.compile(r"[\"'#]")

#: How deep lists and mappings may be nested (a matrix under `steps` is five deep), and how many entries all have.
DEEPEST, MOST_NODES = 8, 20_000


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text, number or word as it stands in the file; None where there is nothing, or null."""

    text: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A list.

    Attributes:
        source: as it stands in the file, `[0,5; 1,5]`, where that can be read like any other answer: its commas may be
            those of decimals. None for lists with quotes in them, and with a line for each entry.
    """

    nodes: tuple[Node, ...]
    line: int
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping; its keys are texts, and the same one may stand there twice."""

    entries: tuple[tuple[Leaf, Node], ...]
    line: int


Node = Leaf | Listing | Table


class TreeError(Exception):
    """Why a text is no such tree, and in which line."""

    def __init__(self, line: int | None, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class Builder:
    """A tree made from the beginnings, ends and leaves of its parts, in the order of the file.

    Raises:
        TreeError: from each method, where the tree becomes too deep or too large, or a key is no text.
    """

    def __init__(self) -> None:
        # Of each part that is not at its end: whether it is a mapping, what is in it, its line, its start in the file.
        self._open: list[tuple[bool, list[Node], int, int | None]] = [(False, [], 1, None)]
        self._count = 0

    def leaf(self, text: str | None, line: int) -> None:
        self._add(Leaf(text, line))

    def begin(self, line: int, *, mapping: bool, start: int | None = None) -> None:
        """A list or mapping begins; `start` is the place of its bracket, if it has one that `end` will ask for."""
        if len(self._open) > DEEPEST:
            raise TreeError(line, f"lists and mappings are nested more than {DEEPEST} deep, which no answer is")
        self._open.append((mapping, [], line, start))

    def end(self, text: str = "", stop: int = 0) -> None:
        """The list or mapping that began last ends at `stop` in the text."""
        mapping, parts, line, start = self._open.pop()
        if not mapping:
            source = "" if start is None else text[start:stop]
            self._add(Listing(tuple(parts), line, source if source and not _QUOTED.search(source) else None))
            return
        keys, values = parts[::2], parts[1::2]
        entries = []
        for key, value in zip(keys, values, strict=True):
            if not isinstance(key, Leaf) or key.text is None:
                raise TreeError(key.line, "expected a name in front of the colon")
            entries.append((key, value))
        self._add(Table(tuple(entries), line))

    @property
    def root(self) -> Node:
        """The tree; a leaf without text where the file holds nothing."""
        _, parts, line, _ = self._open[0]
        return parts[0] if parts else Leaf(None, line)

    def _add(self, node: Node) -> None:
        self._count += 1
        if self._count > MOST_NODES:
            raise TreeError(node.line, f"found more than {MOST_NODES:,} entries, which no answers have")
        self._open[-1][1].append(node)
