"""LaTeX mathematics read into a tree, for output that is drawn with characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from quizgen.errors import ExportError
from quizgen.export.mathematics import (
    ACCENTS,
    BIG_OPERATORS,
    BRACKETS,
    ENVIRONMENTS,
    FONTS,
    FRACTIONS,
    FUNCTIONS,
    LETTERS,
    OPERATIONS,
    RELATIONS,
    SIZES,
    SPACES,
    STYLES,
    WORDS,
)

#: What a sign is to its neighbours; it decides on the space between them.
Role = Literal["operand", "function", "operation", "relation", "open", "close", "comma", "space", "mark"]


@dataclass(frozen=True, slots=True)
class Sign:
    text: str
    role: Role = "operand"


@dataclass(frozen=True, slots=True)
class Row:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """`limits`: the scripts belong above and below the base, not beside it."""

    base: Node
    below: Node | None
    above: Node | None
    limits: bool = False


@dataclass(frozen=True, slots=True)
class Fraction:
    top: Node
    bottom: Node


@dataclass(frozen=True, slots=True)
class Root:
    inside: Node


@dataclass(frozen=True, slots=True)
class Fence:
    left: str
    inside: Node
    right: str


@dataclass(frozen=True, slots=True)
class Grid:
    """An environment: `rows` of cells, which need not be equally many."""

    name: str
    rows: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Accent:
    mark: str
    inside: Node


Node = Sign | Row | Script | Fraction | Root | Fence | Grid | Accent

_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|\d+(?:\{,\}\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\s+|.", re.DOTALL)
_CHARACTERS: dict[str, Role] = {
    "+": "operation", "-": "operation", "*": "operation", "/": "operation", "=": "relation", "<": "relation",
    ">": "relation", ":": "relation", ",": "comma", ";": "comma", "(": "open", "[": "open", ")": "close",
    "]": "close", "!": "mark",
}  # fmt: skip
_OPENING = frozenset({"{", "lbrace", "lbrack", "lvert", "lVert", "lfloor", "lceil", "langle"})
_BLACKBOARD = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ", "E": "𝔼", "P": "ℙ"}


def parse(source: str) -> Row:
    """The tree of a formula. An unknown command stands for itself, with its backslash.

    Raises:
        ExportError: if brackets or environments do not close.
    """
    reader = _Reader(source)
    try:
        row = reader.row(frozenset())
    except RecursionError as error:
        raise ExportError("a formula nests too deeply to be read") from error
    if reader.peek():
        raise ExportError(f"{reader.peek()} closes nothing that is open in ${source}$")
    return row


class _Reader:
    """Recursive descent over the tokens."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = _TOKEN.findall(source)
        self.at = 0

    def peek(self) -> str:
        """The next piece that is no space, or "" at the end."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        piece = self.peek()
        if not piece:
            raise ExportError(f"the formula ends too early: ${self.source}$")
        self.at += 1
        return piece

    def expect(self, piece: str) -> None:
        found = self.peek()
        if found != piece:
            raise ExportError(f"expected {piece}, found {found or 'the end'} in ${self.source}$")
        self.at += 1

    def row(self, ends: frozenset[str]) -> Row:
        """Items up to one of `ends`, which is left for the caller, or up to any bracket that closes."""
        items: list[Node] = []
        stops = ends | {"", "}", "\\right", "\\end"}
        while (piece := self.peek()) not in stops:
            if piece in ("_", "^", "'"):
                self._script(items)
            else:
                items.append(self._item())
        return Row(tuple(items))

    def group(self) -> Node:
        """An argument: what stands in braces, or a single item."""
        if self.peek() != "{":
            return self._item()
        self.take()
        row = self.row(frozenset())
        self.expect("}")
        return row.items[0] if len(row.items) == 1 else row

    def _script(self, items: list[Node]) -> None:
        base = items.pop() if items else Row(())
        below: Node | None = None
        above: Node | None = None
        while (piece := self.peek()) in ("_", "^", "'"):
            self.take()
            if piece == "_":
                below = self.group()
            else:
                more = Sign("′", "mark") if piece == "'" else self.group()
                above = more if above is None else Row((above, more))
        limits = isinstance(base, Sign) and (base.text in BIG_OPERATORS.values() or base.text in _LIMITED)
        items.append(Script(base, below, above, limits))

    def _item(self) -> Node:
        piece = self.take()
        if piece == "{":  # a group in the middle of a row
            self.at -= 1
            return self.group()
        if piece[0] != "\\":
            return Sign(piece.replace("{,}", ",").replace("-", "−"), _CHARACTERS.get(piece, "operand"))
        return self._command(piece[1:], piece)

    def _command(self, name: str, piece: str) -> Node:
        for table, role in _SIGNS:
            if name in table:
                return Sign(table[name], role)
        if name in FUNCTIONS:
            return Sign(name, "function")
        if name in WORDS:
            return Sign(self._raw())
        if name in FONTS:
            return self._font(name)
        if name in ACCENTS:
            return Accent(ACCENTS[name], self.group())
        if name in FRACTIONS:
            return Fraction(self.group(), self.group())
        if name in SIZES or name in STYLES:
            return Row(())
        if name in BRACKETS or piece == "\\|":
            return Sign(BRACKETS.get(name, "‖"), "open" if name in _OPENING else "close")
        return self._structure(name, piece)

    def _structure(self, name: str, piece: str) -> Node:
        match name:
            case "left":
                left = self._bracket()
                inside = self.row(frozenset())
                self.expect("\\right")
                return Fence(left, inside, self._bracket())
            case "begin":
                return self._environment()
            case "sqrt":
                return Root(self.group())
            case "underbrace" | "overbrace" | "boxed" | "cancel" | "phantom" | "substack":
                return self.group()
            case "underset":
                below = self.group()
                return Script(self.group(), below, None, limits=True)
            case "overset" | "stackrel":
                above = self.group()
                return Script(self.group(), None, above, limits=True)
            case "\\" | "cr":
                return Sign(" ", "space")
            case _:
                return Sign(piece)

    def _environment(self) -> Node:
        name = self._raw()
        if name == "array" or name == "alignedat":
            self._raw()
        rows: list[tuple[Node, ...]] = []
        cells: list[Node] = []
        while True:
            cells.append(self.row(frozenset({"&", "\\\\", "\\cr"})))
            end = self.take()
            if end == "&":
                continue
            rows.append(tuple(cells))
            cells = []
            if end == "\\end":
                break
            if end not in ("\\\\", "\\cr"):
                raise ExportError(f"expected \\end{{{name}}}, found {end} in ${self.source}$")
        if self._raw() != name or name not in ENVIRONMENTS:
            raise ExportError(f"the environment {name!r} is unknown or does not end in ${self.source}$")
        if rows[-1] == (Row(()),):  # the last line may end in \\, too
            rows.pop()
        return Grid(name, tuple(rows))

    def _bracket(self) -> str:
        piece = self.take()
        return BRACKETS.get(piece.removeprefix("\\"), piece) if piece != "\\|" else "‖"

    def _font(self, name: str) -> Node:
        if name == "operatorname":
            return Sign(self._raw(), "function")
        inside = self.group()
        if name == "mathbb" and isinstance(inside, Sign):
            return Sign(_BLACKBOARD.get(inside.text, inside.text))
        # A word is one sign, not a product of its letters.
        if name in _BOLD or not isinstance(inside, Row):
            return inside
        signs = [item for item in inside.items if isinstance(item, Sign) and item.role == "operand"]
        return Sign("".join(sign.text for sign in signs)) if len(signs) == len(inside.items) else inside

    def _raw(self) -> str:
        """The text between braces, as it stands."""
        self.expect("{")
        start, depth = self.at, 1
        while depth:
            if self.at >= len(self.tokens):
                raise ExportError(f"a brace is not closed in ${self.source}$")
            depth += {"{": 1, "}": -1}.get(self.tokens[self.at], 0)
            self.at += 1
        return re.sub(r"\\(?=[%#&$_{}])", "", "".join(self.tokens[start : self.at - 1]).replace("$", ""))


_BOLD = frozenset({"mathbf", "boldsymbol", "bm", "pmb", "mathcal", "mathfrak", "mathbb"})
_LIMITED = frozenset({"max", "min", "lim", "sup", "inf", "argmax", "argmin"})
_SIGNS: tuple[tuple[dict[str, str], Role], ...] = (
    (RELATIONS, "relation"),
    (OPERATIONS, "operation"),
    (LETTERS, "operand"),
    (BIG_OPERATORS, "function"),
    (SPACES, "space"),
)
