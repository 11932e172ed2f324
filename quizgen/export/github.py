"""Markdown that GitHub shows right.

GitHub reads a text as Markdown before it looks for mathematics, so that Markdown's own signs inside a formula
are taken away from it: `\\\\` becomes `\\` unless it ends its line (github/markup issue 1547), `\\{` becomes `{`, an
underscore before a brace may open emphasis, `a<b` starts a tag, `](` a link. Every formula can be written so that
neither GitHub nor any other reader of `$…$` has anything to misread; that is done here, and nothing else is changed.
"""

from __future__ import annotations

import re

import pyromark
from pyromark import Options

from quizgen.export import document


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
        match event:
            case {"InlineMath": formula}:
                new = f"${_inline(formula)}$"
            case {"DisplayMath": formula}:
                new = _display(formula, _indent(source, place["start"]))
            case _:
                continue
        before, at_line_start = source[at : place["start"]], new.startswith("\n")
        pieces.append(before.rstrip(b" ") if at_line_start else before)
        pieces.append(new.encode())
        at = place["end"]
    pieces.append(source[at:])
    return _tidy(b"".join(pieces).decode())


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
    formula = re.sub(r"(?<=[^\s\\])_(?=[{\\])", " _", formula)  # after a space it can only open emphasis, never close it
    formula = re.sub(r"\*", r"\\ast ", formula)
    formula = re.sub(r"\s*<\s*", " < ", formula)
    return formula.replace("](", "] (")


def _inline(formula: str) -> str:
    """On one line; rows end in `\\cr`, which means the same and is no escape."""
    return re.sub(r"\\\\\s*", r"\\cr ", " ".join(_harden(formula).split()))


def _display(formula: str, indent: str) -> str:
    """Each row on a line of its own: there, and only there, GitHub leaves `\\\\` alone."""
    lines = re.sub(r"\\\\[ \t]*\n?", "\\\\\\\\\n", _harden(formula)).split("\n")
    body = "\n".join(indent + line.strip() for line in lines if line.strip())
    return f"\n\n{indent}$$\n{body}\n{indent}$$\n\n{indent}"


def _indent(source: bytes, start: int) -> str:
    """The spaces that keep a line within the list item that byte `start` is in: those the line begins with."""
    line = source[source.rfind(b"\n", 0, start) + 1 : start].decode()
    return " " * (len(line) - len(re.sub(r"^\s*(?:(?:[-*+]|\d+[.)])\s+)*", "", line)))


def _tidy(text: str) -> str:
    """Without spaces at the ends of lines (but for two, a line break) and without runs of blank lines."""
    lines = [line if line.strip() else "" for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
