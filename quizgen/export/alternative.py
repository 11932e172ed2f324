"""The text that stands for a figure where it cannot be seen."""

from __future__ import annotations

import re

from quizgen.errors import ExportError
from quizgen.export.document import Break, Code, Emphasis, Image, Inline, Link, Math, Words
from quizgen.export.mathbox import draw
from quizgen.export.mathtree import parse

#: The hyphen of a negative number, in words and in formulas.
_NEGATIVE = re.compile(r"(?<![\w-])-(?=\d)")


def alternative(image: Image) -> str:
    """The alternative text as plain words on one line, its mathematics as Unicode has it: `w₁ = −2`."""
    words = " ".join("".join(map(_plain, image.inside)).split())
    return _NEGATIVE.sub("\N{MINUS SIGN}", words)


def _plain(inline: Inline) -> str:
    match inline:
        case Words(text) | Code(text):
            return text
        case Math(source, _):
            return _formula(source)
        case Emphasis(_, inside) | Link(_, inside) | Image(_, inside):
            return "".join(map(_plain, inside))
        case Break(_):
            return " "


def _formula(source: str) -> str:
    try:
        lines = draw(parse(source), display=False).lines
    except ExportError:
        return source
    return lines[0]
