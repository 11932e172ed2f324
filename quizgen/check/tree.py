"""What a YAML or JSON file of answers holds: texts, lists and mappings, each with its line. Nothing else can be in it.

A number stays as it was written: `0.50` says more than 0.5.
"""

from __future__ import annotations

from dataclasses import dataclass

#: How deep lists and mappings may be nested (a matrix under `steps` is five deep), and how many entries all have.
DEEPEST, MOST_NODES = 8, 20_000


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text, number or word as it stands in the file; None where there is nothing, or null."""

    text: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Listing:
    nodes: tuple[Node, ...]
    line: int


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
        self._open: list[tuple[bool, list[Node], int]] = [(False, [], 1)]  # mapping or not, parts, line
        self._count = 0

    def leaf(self, text: str | None, line: int) -> None:
        self._add(Leaf(text, line))

    def begin(self, line: int, *, mapping: bool) -> None:
        if len(self._open) > DEEPEST:
            raise TreeError(line, f"lists and mappings are nested more than {DEEPEST} deep, which no answer is")
        self._open.append((mapping, [], line))

    def end(self) -> None:
        mapping, parts, line = self._open.pop()
        if not mapping:
            self._add(Listing(tuple(parts), line))
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
        _, parts, line = self._open[0]
        return parts[0] if parts else Leaf(None, line)

    def _add(self, node: Node) -> None:
        self._count += 1
        if self._count > MOST_NODES:
            raise TreeError(node.line, f"found more than {MOST_NODES:,} entries, which no answers have")
        self._open[-1][1].append(node)
