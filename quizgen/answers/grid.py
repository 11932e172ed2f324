r"""Vectors and matrices as people write them: brackets of all sorts, lines, semicolons, LaTeX, code.

The same text can be meant in more than one way: `1,5; 2` is a decimal comma and a semicolon, or two rows. Every way
is tried, and the shape that is expected tells which was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgen.answers.arithmetic import Written
from quizgen.answers.array import Array
from quizgen.answers.clean import Unreadable
from quizgen.answers.kind import Reading
from quizgen.answers.spelling import COMMA_GROUPS, numbers
from quizgen.answers.unit import without_unit

Rows = list[str]

#: How many pairs of brackets around everything are taken off.
_DEEPEST = 4

_PAIRS = {"(": ")", "[": "]", "{": "}"}
_CODE = re.compile(r"(?:[A-Za-z]+\.)?(?:array|tensor|Size|matrix|Matrix|vector)\s*(?=\()")
_TRANSPOSED = re.compile(r"(?:\^\s*\{?\s*\(?\s*(?:T|top|intercal)\s*\)?\s*\}?|(?<=[)\]}])\s*(?:\.?T|'))\s*$")
_ENVIRONMENT = re.compile(
    r"\\begin\s*\{([pbvBV]?matrix|smallmatrix|array|aligned|gathered)\*?\}(?:\s*\{[clr| ]*\})?(.*)\\end\s*\{\1\*?\}",
    re.DOTALL,
)


def grids(text: str, *, whole: bool = False) -> list[Reading[Array[Written]]]:
    """All ways to read a text as rows of numbers, as matrices; none of them twice.

    Args:
        text: as `mathematical` leaves it.
        whole: whether only whole numbers can be right.

    Raises:
        Unreadable: if there is no way.
    """
    body, transposed, unit = _body(text)
    found: list[Reading[Array[Written]]] = []
    problem: Unreadable | None = None
    for rows in _rows(body):
        for cells, remark in _cells(rows):
            try:
                grid, units = _grid(cells, whole=whole)
            except Unreadable as error:
                problem = error  # the last way is the one that fits the text most closely
                continue
            grid = grid.transposed() if transposed else grid
            if all(grid != other.content for other in found):
                found.append(Reading(grid, " ".join(filter(None, (remark, units or unit)))))
    if not found:
        raise problem or Unreadable("found no numbers")
    return found


def _body(text: str) -> tuple[str, bool, str]:
    """The text without label, transposition sign and unit; whether there was a transposition, and a remark on a unit.

    The unit is one behind all brackets; one behind the numbers within is left to those who read them.
    """
    body = text.partition("=")[2] if text.count("=") == 1 else text
    body = _CODE.sub("", body.strip(), count=1).strip()
    bare, unit = without_unit(body)
    body, unit = (bare, unit) if bare.endswith(tuple(_PAIRS.values())) else (body, "")
    bare = _TRANSPOSED.sub("", body)
    return bare.strip(), bare != body, unit


def _rows(body: str) -> Iterator[Rows]:
    """The ways to take a text apart into rows."""
    for _ in range(_DEEPEST):
        if (inner := _unwrapped(body)) is None:
            break
        body = inner
    if found := _ENVIRONMENT.fullmatch(body):
        yield [line for line in found[2].split("\n") if line.strip()]
        return
    if groups := _groups(body):
        yield groups
        return
    lines = [line for line in body.split("\n") if line.strip()]
    if len(lines) > 1:
        yield lines
    yield [" ".join(lines)]
    if ";" in body and len(lines) == 1:
        yield [row for row in body.split(";") if row.strip()]


def _unwrapped(text: str) -> str | None:
    """What stands in the pair of brackets that holds the whole text; None where there is no such pair."""
    if not text or text[0] not in _PAIRS or _end_of_bracket(text, 0) != len(text) - 1:
        return None
    return text[1:-1].strip().rstrip(",;").rstrip()


def _groups(text: str) -> Rows | None:
    """The contents of brackets that stand side by side and are all there is: `[1, 2], [3, 4]`."""
    rows, at = [], 0
    while at < len(text):
        if text[at] in _PAIRS:
            end = _end_of_bracket(text, at)
            rows.append(text[at + 1 : end])
            at = end + 1
        elif text[at] in ",;" or text[at].isspace():
            at += 1
        else:
            return None
    return rows if len(rows) > 1 else None


def _end_of_bracket(text: str, start: int) -> int:
    """Where the bracket that opens at `start` is closed.

    Raises:
        Unreadable: if it is not, or by another sort of bracket.
    """
    open_brackets: list[str] = []
    for at in range(start, len(text)):
        if text[at] in _PAIRS:
            open_brackets.append(_PAIRS[text[at]])
        elif text[at] in _PAIRS.values() and text[at] != open_brackets.pop():
            break
        if not open_brackets:
            return at
    raise Unreadable(f"the bracket '{text[start]}' is not closed")


def _cells(rows: Rows) -> Iterator[tuple[list[list[str]], str]]:
    """The ways to take rows apart into cells, with a remark where commas are no separators."""
    if any("&" in row for row in rows):
        yield [row.split("&") for row in rows], ""
        return
    yield [_separated(row) for row in rows], ""
    if not any("," in row for row in rows):
        return
    decimal = [re.sub(r"(?<=\d),(?=\d)", ".", row) for row in rows]
    yield (
        [_separated(row) for row in decimal],
        "Commas between digits were read as decimal points; better write points.",
    )
    joined = [COMMA_GROUPS.sub(lambda found: found[0].replace(",", ""), row) for row in rows]
    if joined != rows:
        yield [_separated(row) for row in joined], "Commas were read between thousands; better write numbers without."


def _separated(row: str) -> list[str]:
    """The cells of a row: between commas and semicolons outside of brackets, or else between spaces."""
    pieces, depth = [""], 0
    by_mark = any(mark in row for mark in ",;")
    for character in row:
        depth += (character in _PAIRS) - (character in _PAIRS.values())
        separates = character in ",;" if by_mark else character.isspace()
        if separates and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += character
    if by_mark:
        return pieces if pieces[-1].strip() else pieces[:-1]
    return [piece for piece in pieces if piece]


def _grid(cells: list[list[str]], *, whole: bool) -> tuple[Array[Written], str]:
    """The numbers in cells, and a remark if there were units behind them."""
    widths = sorted({len(row) for row in cells})
    if not widths or not widths[0]:
        raise Unreadable("found no numbers")
    if len(widths) != 1:
        raise Unreadable(f"found rows of different lengths: {', '.join(map(str, widths))}")
    parts = [without_unit(cell.strip()) for row in cells for cell in row]
    read = tuple(numbers(number, whole=whole)[0].content for number, _ in parts)
    units = list(dict.fromkeys(unit for _, unit in parts if unit))
    return Array((len(cells), widths[0]), read), units[0] if len(units) == 1 else "Units were not read." * bool(units)
