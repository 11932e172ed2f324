"""Blanks: `{{…}}` in the Markdown of a card becomes `{{c1::…}}` in Anki's HTML."""

from __future__ import annotations

import re
from itertools import count

from quizgen.errors import ExportError
from quizgen.export.html import to_html_inline

# Characters for private use stand for the two ends of a blank while Markdown is converted.
_OPEN, _CLOSE = "\ue000", "\ue001"
_FORMULA = re.compile(r"(\${1,2})(?!\s)((?:\\.|[^$\\])+?)(?<!\s)\1", re.DOTALL)


def to_cloze(markdown: str) -> str:
    """HTML with a numbered cloze for each `{{…}}`, in the order of the text, each a card of its own.

    A blank may hold formulas, and may be part of one: in mathematics `{{…}}` is a blank where a pair of braces holds
    nothing but another pair; TeX never needs that.

    Raises:
        ExportError: if there is no blank, or one is not closed, or one stands within another.
    """
    parts = _FORMULA.split(markdown)  # text, dollars, formula, text, dollars, formula, …, text
    parts[0::3] = [text.replace("{{", _OPEN).replace("}}", _CLOSE) for text in parts[0::3]]
    parts[2::3] = [_mark(formula) + dollars for dollars, formula in zip(parts[1::3], parts[2::3], strict=True)]
    html = to_html_inline("".join(parts))
    pieces = re.split(f"({_OPEN}|{_CLOSE})", html)
    numbers, inside, out = count(1), False, list[str]()
    for piece in pieces:
        if piece in (_OPEN, _CLOSE):
            if inside == (piece == _OPEN):
                raise _fault("a blank is not closed, or stands within another", markdown)
            inside = piece == _OPEN
            out.append(f"{{{{c{next(numbers)}::" if inside else "}}")
        else:
            out.append(_sheltered(piece) if inside else piece)
    if inside or len(pieces) == 1:
        raise _fault("a blank is not closed" if inside else "it has no blank", markdown)
    return "".join(out)


def _sheltered(html: str) -> str:
    """The content of a blank, in which `}}` would end it and `::` would start a hint."""
    return html.replace("}}", "} }").replace("}}", "} }").replace("::", ":&#58;") + (" " if html.endswith("}") else "")


def _mark(formula: str) -> str:
    """Mark `{{…}}` in a formula, where both braces open and close together; a blank stays one group for TeX."""
    chars, open_, closed = list(formula), [], {}
    for brace in re.finditer(r"(?<!\\)[{}]", formula):
        if brace[0] == "{":
            open_.append(brace.start())
        elif open_:
            closed[open_.pop()] = brace.start()
    for start, end in closed.items():
        if closed.get(start + 1) == end - 1:
            chars[start : start + 2] = ["{ ", _OPEN]
            chars[end - 1 : end + 1] = [_CLOSE, " }"]
    return "".join(chars)


def _fault(problem: str, markdown: str) -> ExportError:
    return ExportError(f"a cloze card writes each blank as {{{{…}}}}, but {problem}: {markdown!r}")
