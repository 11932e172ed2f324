"""Finding mathematics that is typed without dollars, line by line, in code as well as between words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgen.proof.ascii import tokenize_typed
from quizgen.proof.chains import JUDGED
from quizgen.proof.document import Formula
from quizgen.proof.tokens import LONGEST_FORMULA, Token

_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


def typed(text: str) -> Iterator[Formula]:
    """The statements of a text outside of `$…$`; a line that starts with `=`, `≈` or `+` continues the one above."""
    masked = _MASKED.sub(lambda match: re.sub(r"[^\n]", "\x00", match[0]), text)
    start = end = -1
    for match in _LINE.finditer(masked):
        body = match["body"]
        if not body.strip("\x00 \t`*_"):
            continue
        if start >= 0 and _CONTINUED.match(body):
            end = match.end("body")
            continue
        if start >= 0:
            yield from _statements(masked[start:end], start)
        start, end = match.span("body")
    if start >= 0:
        yield from _statements(masked[start:end], start)


def _statements(line: str, offset: int) -> Iterator[Formula]:
    """The parts of a line that are between words, if there is a relation in them."""
    if len(line) > LONGEST_FORMULA:
        if "=" in line:
            yield Formula(line, offset, ())  # refused as any formula of that length
        return
    line = _LAYOUT.sub(lambda match: " " * len(match[0]), line).replace("\x00", ";")
    words: list[str] = []
    for part in _parted(tokenize_typed(line)):
        if len(part) == 1 and part[0].kind == "space":
            word = part[0].text
            words = [] if word in (".", ",", ";", ":", "!", "?") else [*words, *re.findall(r"[a-z]+", word.lower())]
        elif any(token.text in JUDGED for token in part):
            yield Formula(line, offset, tuple(words), tokens=tuple(part))
            words = []


def _parted(tokens: list[Token]) -> Iterator[list[Token]]:
    """Tokens between separators, and each separator by itself; within brackets nothing parts."""
    part: list[Token] = []
    depth = 0
    for token in tokens:
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if token.kind == "space" and depth <= 0:
            if part:
                yield part
            yield [token]
            part = []
        else:
            part.append(token)
    if part:
        yield part


_MASKED = re.compile(
    r"<!--.*?(?:-->|\Z) | \$\$[^$]*(?:\$\$|\Z) | \$(?![\s$])(?:\\.|[^$\\\n])+(?<!\s)\$(?!\d)", re.VERBOSE | re.DOTALL
)

#: A line without its quotation and list marks; headings, tables and the fences of code have no body.
_LINE = re.compile(
    r"^(?![ \t]*(?:\#|\|[^\n]*\|[ \t]*$|`{3}|~{3}))[ \t>]*(?:(?:[-*]|\d{1,3}[.)]|[a-z]\))[ \t]+)?(?P<body>[^\n]*)$",
    re.MULTILINE,
)
_CONTINUED = re.compile(r"[ \t`*]*(?:=(?!>)|≈|~|\+|\\approx)")

#: Signs of emphasis and code, which are no mathematics: ** between a word and a space.
_LAYOUT = re.compile(
    r"`+|\*{1,3}(?=[A-Za-z]{2})|(?<=[A-Za-z.:,)])\*{1,3}(?=\s|$)|(?<=\w)\*\*(?=[\s.,:;]|$)|(?:^|(?<=\s))\*\*(?=\S)"
)
