r"""Markdown that GitHub shows right.

GitHub reads a text as Markdown before it looks for mathematics, so that Markdown's own signs inside a formula
are taken away from it: `\\` becomes `\` unless it ends its line (github/markup issue 1547), `\{` becomes `{`, an
underscore before a brace may open emphasis, `a<b` starts a tag, `](` a link. Every formula can be written so that
neither GitHub nor any other reader of `$…$` has anything to misread; that is done here, and nothing else is changed.
"""

from __future__ import annotations

import re

import pyromark
from pyromark import Options

from quizgen.errors import ExportError
from quizgen.export import document
from quizgen.export.alternative import alternative


def to_github(markdown: str) -> str:
    """The same text with displays on lines of their own, a blank line around them, and all formulas hardened.

    Raises:
        ExportError: for what `document.read` refuses.
    """
    document.read(markdown)
    source = markdown.encode()
    pieces: list[bytes] = []
    at = 0
    for event, place in _MARKDOWN.events_with_range(markdown):
        if place["end"] <= at:  # within an image, which is done
            continue
        match event:
            case {"Start": {"Image": image}}:
                new = _image(image["dest_url"], source[place["start"] : place["end"]].decode())
            case {"InlineMath": str(formula)}:
                new = f"${inline(formula)}$"
            case {"DisplayMath": str(formula)}:
                new = _display(formula, *_before(source, place["start"]))
            case _:
                continue
        before = source[at : place["start"]]
        pieces.append(before.rstrip(b" ") if new.startswith("\n") else before)
        pieces.append(new.encode())
        at = place["end"]
    pieces.append(source[at:])
    return _tidy(b"".join(pieces).decode())


def _image(name: str, markdown: str) -> str:
    """The image of a figure: its file lies beside the document."""
    match document.read(markdown):
        case (document.Paragraph((document.Image() as image,)),):
            return f"![{escape(alternative(image))}]({name}.svg)"
        case _:
            raise ExportError(f"an image cannot be read: {markdown!r}")


def inline(formula: str) -> str:
    r"""A formula to stand between `$` and `$`: on one line; rows end in `\cr`, which is no escape of Markdown's."""
    return re.sub(r"\\\\\s*", r"\\cr ", " ".join(_harden(formula).split()))


def escape(text: str) -> str:
    """Plain text, with every character that Markdown or its mathematics would take for a sign."""
    return re.sub(r"([\\`*_{}\[\]<>|$~#&])", r"\\\1", " ".join(text.split()))


_MARKDOWN = pyromark.Markdown(options=Options.ENABLE_TABLES | Options.ENABLE_MATH)

#: The same command by a name that Markdown leaves alone.
_SPELLED = {
    "\\{": "\\lbrace ", "\\}": "\\rbrace ", "\\|": "\\Vert ", "\\,": "\\thinspace ", "\\:": "\\medspace ",
    "\\;": "\\thickspace ", "\\!": "\\negthinspace ",
}  # fmt: skip
_PUNCTUATED = re.compile(r"\\[{}|,:;!]|\\\\")


def _spell(match: re.Match[str]) -> str:
    return _SPELLED.get(match[0], match[0])


def _harden(formula: str) -> str:
    formula = _PUNCTUATED.sub(_spell, formula)
    formula = re.sub(
        r"(?<=[^\s\\])_(?=[{\\])", " _", formula
    )  # after a space it can only open emphasis, never close it
    formula = re.sub(r"\*", r"\\ast ", formula)
    formula = re.sub(r"\s*<\s*", " < ", formula)
    return formula.replace("](", "] (")


def _display(formula: str, indent: str, opens_item: bool) -> str:
    r"""Each row on a line of its own: there, and only there, GitHub leaves `\\` alone."""
    lines = re.sub(r"\\\\[ \t]*\n?", "\\\\\\\\\n", _harden(formula)).split("\n")
    body = "\n".join(indent + _NO_MARKER.sub(r"{\1}", line.strip()) for line in lines if line.strip())
    # A list item must not begin with a blank line: it would be empty.
    start = "$$" if opens_item else f"\n\n{indent}$$"
    return f"{start}\n{body}\n{indent}$$\n\n{indent}"


#: What would make a line the start of a list or a quotation, though it stands in a formula.
_NO_MARKER = re.compile(r"^([-+>]|1(?=[.)]\s))(?=\s|[.)])")
_ITEM = re.compile(r"\s*(?:(?:[-*+]|\d+[.)])\s+)*")


def _before(source: bytes, start: int) -> tuple[str, bool]:
    """What the line of byte `start` begins with: the spaces of the list item it is in; whether it opens the item."""
    line = source[source.rfind(b"\n", 0, start) + 1 : start].decode()
    markers = _ITEM.match(line)
    begin = markers[0] if markers else ""
    return " " * len(begin), bool(begin.strip()) and begin == line


def _tidy(text: str) -> str:
    """Without spaces at the ends of lines (but for two, a line break) and without runs of blank lines."""
    lines = [line if line.strip() else "" for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
