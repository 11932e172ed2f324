"""Mathematics drawn with characters: boxes of text with a baseline, put side by side and on top of each other."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from quizgen.export.mathematics import ENVIRONMENTS
from quizgen.export.mathtree import Accent, Fence, Fraction, Grid, Node, Role, Root, Row, Script, Sign

_ABOVE = {
    **{str(digit): raised for digit, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    "+": "⁺", "−": "⁻", "=": "⁼", "(": "⁽", ")": "⁾", "a": "ᵃ", "b": "ᵇ", "c": "ᶜ", "d": "ᵈ", "e": "ᵉ", "f": "ᶠ",
    "g": "ᵍ", "h": "ʰ", "i": "ⁱ", "j": "ʲ", "k": "ᵏ", "l": "ˡ", "m": "ᵐ", "n": "ⁿ", "o": "ᵒ", "p": "ᵖ", "r": "ʳ",
    "s": "ˢ", "t": "ᵗ", "u": "ᵘ", "v": "ᵛ", "w": "ʷ", "x": "ˣ", "y": "ʸ", "z": "ᶻ", "T": "ᵀ", "⊤": "ᵀ", "′": "′",
}  # fmt: skip
_BELOW = {
    **{str(digit): chr(0x2080 + digit) for digit in range(10)},
    "+": "₊", "−": "₋", "=": "₌", "(": "₍", ")": "₎", "a": "ₐ", "e": "ₑ", "h": "ₕ", "i": "ᵢ", "j": "ⱼ", "k": "ₖ",
    "l": "ₗ", "m": "ₘ", "n": "ₙ", "o": "ₒ", "p": "ₚ", "r": "ᵣ", "s": "ₛ", "t": "ₜ", "u": "ᵤ", "v": "ᵥ", "x": "ₓ",
}  # fmt: skip

#: Tall brackets: top, extension, middle, bottom.
_TALL = {
    bracket: tuple(pieces)
    for bracket, pieces in (
        ("(", "⎛⎜⎜⎝"), (")", "⎞⎟⎟⎠"), ("[", "⎡⎢⎢⎣"), ("]", "⎤⎥⎥⎦"), ("{", "⎧⎪⎨⎩"), ("}", "⎫⎪⎬⎭"), ("|", "││││"),
        ("‖", "║║║║"), ("⌊", "⎢⎢⎢⎣"), ("⌋", "⎥⎥⎥⎦"), ("⌈", "⎡⎢⎢⎢"), ("⌉", "⎤⎥⎥⎥"), ("⟨", "╱│⟨╲"), ("⟩", "╲│⟩╱"),
    )
}  # fmt: skip


_ALIGNED = frozenset({"aligned", "alignedat"})


@dataclass(frozen=True, slots=True)
class Box:
    """Lines of equal width; line number `baseline` is level with the text around the box."""

    lines: tuple[str, ...]
    baseline: int = 0

    @property
    def width(self) -> int:
        return width(self.lines[0])


def width(text: str) -> int:
    """How many columns of a terminal the text takes; an accent takes none of its own."""
    return sum(not unicodedata.combining(char) for char in text)


def draw(node: Node, *, display: bool) -> Box:
    """A formula as a box; without `display`, as a single line: `a/b`, `[1 2; 3 4]`."""
    match node:
        case Sign(text):
            return Box((text,))
        case Row(items):
            return _row(items, display)
        case Script():
            return _script(node, display)
        case Fraction(top, bottom):
            return _fraction(top, bottom, display)
        case Root(inside):
            box = draw(inside, display=False)
            return Box((f"√{_bracketed(box.lines[0], inside)}",))
        case Fence(left, inside, right):
            return _fence(left, draw(inside, display=display), right)
        case Grid():
            return _grid(node) if display else Box((_grid_line(node),))
        case Accent(mark, inside):
            text = draw(inside, display=False).lines[0]
            # A bar may lie over several letters; any other accent belongs to the first.
            return Box(("".join(char + mark for char in text) if mark == "\u0305" else text[:1] + mark + text[1:],))


def beside(boxes: Sequence[Box]) -> Box:
    """Boxes in a row, on one baseline."""
    above = max((box.baseline for box in boxes), default=0)
    below = max((len(box.lines) - box.baseline for box in boxes), default=1)
    columns = []
    for box in boxes:
        blank = " " * box.width
        down = below - len(box.lines) + box.baseline
        columns.append([blank] * (above - box.baseline) + list(box.lines) + [blank] * down)
    return Box(tuple(map("".join, zip(*columns, strict=True))) or ("",), above)


def _padded(text: str, columns: int, side: str) -> str:
    space = columns - width(text)
    left = {"l": 0, "r": space, "c": space // 2}[side]
    return " " * left + text + " " * (space - left)


def _stacked(boxes: Sequence[Box], baseline: int, side: str = "c") -> Box:
    columns = max(box.width for box in boxes)
    return Box(tuple(_padded(line, columns, side) for box in boxes for line in box.lines), baseline)


def _role(node: Node) -> Role:
    """How a node behaves in a row: as its sign, or as an operand."""
    match node:
        case Sign(_, role):
            return role
        case Script(base):
            return _role(base) if _role(base) in ("function", "operation", "relation", "close") else "operand"
        case Row(items):
            return _role(items[-1]) if len(items) == 1 else "operand" if items else "mark"
        case _:
            return "operand"


def _row(items: Sequence[Node], display: bool, before: Role = "open") -> Box:
    """Items with the space between them that their roles ask for; `before` is what stands to the left of the row."""
    boxes: list[Box] = []
    previous: Node = Sign("", before)
    for item in items:
        role = _role(item)
        if isinstance(item, Row) and not item.items:
            continue
        if role == "operation" and _role(previous) in ("open", "operation", "relation", "comma", "space", "function"):
            item, role = (Sign(item.text, "mark"), "mark") if isinstance(item, Sign) else (item, role)
        gap = _gap(previous, _role(previous), item, role)
        boxes += [Box((" ",))] * gap + [draw(item, display=display)]
        previous = item
    return beside(boxes)


def _gap(left: Node, before: Role, right: Node, role: Role) -> int:
    """How many spaces stand between two neighbours."""
    if isinstance(left, Sign) and not left.text:
        return int(before == "operand" and role in ("operation", "relation"))
    if "relation" in (before, role) or "operation" in (before, role) or before == "comma":
        return int("space" not in (before, role))
    if role == "function":
        return int(before in ("operand", "close", "function"))
    if before == "function":
        return int(role == "operand" and not isinstance(right, Fence | Grid))
    if before == role == "operand" or (before, role) == ("close", "operand"):
        return int(not (_short(left) and _short(right)) and not _attaches(left, right))
    return 0


def _short(node: Node) -> bool:
    """A letter or a number, which may touch its neighbour as in `2x`."""
    return isinstance(node, Sign) and (len(node.text) == 1 or node.text[0].isdigit())


def _attaches(left: Node, right: Node) -> bool:
    sign = isinstance(left, Sign) and left.text in ("∂", "∇", "¬", "Δ")
    return sign or (isinstance(right, Fence) and right.left == "(" and isinstance(left, Sign | Script))


def _script(node: Script, display: bool) -> Box:
    base = draw(node.base, display=display)
    below = draw(node.below, display=False) if node.below else None
    above = draw(node.above, display=False) if node.above else None
    if node.limits and display:
        boxes = [box for box in (above, base, below) if box]
        return _stacked(boxes, (len(above.lines) if above else 0) + base.baseline)
    low = _raised(below.lines[0], _BELOW, "_") if below else ""
    high = _raised(above.lines[0], _ABOVE, "^") if above else ""
    if len(base.lines) == 1:
        inside = node.base.items if isinstance(node.base, Row) else ()
        text = f"({base.lines[0]})" if len(inside) > 1 or isinstance(node.base, Fraction) else base.lines[0]
        return Box((text + low + high,))
    columns = max(width(low), width(high))
    lines = [line + " " * columns for line in base.lines]
    lines[0] = base.lines[0] + _padded(high, columns, "l")
    lines[-1] = base.lines[-1] + _padded(low, columns, "l")
    return Box(tuple(lines), base.baseline)


def _raised(text: str, letters: dict[str, str], sign: str) -> str:
    """A script in raised or lowered letters where there are such, else after its sign, in brackets if need be."""
    close = text.replace(" ", "")
    if all(char in letters for char in close):
        return "".join(letters[char] for char in close)
    return f"{sign}{close}" if close.isalnum() else f"{sign}({close})"


def _fraction(top: Node, bottom: Node, display: bool) -> Box:
    upper, lower = draw(top, display=False), draw(bottom, display=False)
    if display:
        rule = "─" * (max(upper.width, lower.width) + 2)
        return _stacked([upper, Box((rule,)), lower], 1)
    return Box((f"{_bracketed(upper.lines[0], top, loose=True)}/{_bracketed(lower.lines[0], bottom)}",))


def _bracketed(text: str, node: Node, *, loose: bool = False) -> str:
    """A part of a fraction on one line, in brackets unless it holds together; `loose`: products need none."""
    items = [item for item in node.items if not isinstance(item, Row)] if isinstance(node, Row) else [node]
    whole = len(items) < 2 and not isinstance(items[0] if items else None, Fraction)
    whole = whole or (len(items) == 2 and items[0] == Sign("∂"))
    product = loose and all(_role(item) in ("operand", "mark") for item in items)
    return text if whole or product else f"({text})"


def _fence(left: str, inside: Box, right: str) -> Box:
    def side(bracket: str) -> Box:
        height = len(inside.lines)
        if height == 1 or not bracket:
            return Box((bracket,) * height if not bracket else (bracket,), inside.baseline if not bracket else 0)
        top, extension, middle, bottom = _TALL.get(bracket) or (bracket,) * 4
        lines = [top, *[extension] * (height - 2), bottom]
        if height > 2:
            lines[height // 2] = middle
        return Box(tuple(lines), inside.baseline)

    return beside([side(left), inside, side(right)])


def _grid(grid: Grid) -> Box:
    """Cells in columns: right-aligned numbers, `aligned` at its `&`, `cases` from the left."""
    aligned = grid.name in _ALIGNED
    rows = [
        [_row(_items(cell), True, "operand" if aligned and column % 2 else "open") for column, cell in enumerate(row)]
        for row in grid.rows
    ]
    columns = [max((box.width for box in column if box), default=0) for column in zip_longest(*rows)]
    sides = _sides(grid.name, rows, len(columns))
    gap = Box(("" if aligned else "  ",))
    tall = any(len(box.lines) > 1 for row in rows for box in row)
    lines: list[str] = []
    for row in rows:
        row += [Box(("",))] * (len(columns) - len(row))
        cells = [
            Box(tuple(_padded(line, columns[k], sides[k]) for line in box.lines), box.baseline)
            for k, box in enumerate(row)
        ]
        spaced = [part for cell in cells for part in (gap, cell)][1:]
        lines += ([""] if tall and lines else []) + list(beside(spaced).lines)
    full = max(map(width, lines), default=0)
    inside = Box(tuple(_padded(line, full, "l") for line in lines) or ("",), (len(lines) - 1) // 2)
    left, right = ENVIRONMENTS[grid.name]
    return _fence(left, inside, right)


def _sides(name: str, rows: list[list[Box]], columns: int) -> list[str]:
    """On which side the cells of each column stand: numbers on the right, so that their digits line up."""
    if name in _ALIGNED:
        return ["rl"[column % 2] for column in range(columns)]
    if name == "cases":
        return ["l"] * columns
    texts = ["".join(row[column].lines[0] for row in rows if column < len(row)) for column in range(columns)]
    return ["r" if text.strip("−.0123456789") == "" else "c" for text in texts]


def _grid_line(grid: Grid) -> str:
    """A grid on one line: `[1 2; 3 4]`, with commas where a cell holds spaces of its own."""
    rows = [[draw(cell, display=False).lines[0].strip() for cell in row] for row in grid.rows]
    if grid.name in _ALIGNED or grid.name == "gathered":
        return "; ".join(" ".join(filter(None, row)) for row in rows)
    comma = ", " if any(" " in cell for row in rows for cell in row) else " "
    left, right = ENVIRONMENTS[grid.name]
    inside = "; ".join(comma.join(row) for row in rows)
    return f"[{inside}]" if left in ("(", "[", "") else f"{left}{inside}{right}"


def _items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Row) else (node,)
