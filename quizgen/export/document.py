"""Markdown read into a small tree of the constructs that every format can show; nothing else gets through.

Renderers (`html`, `latex_text`, `terminal`) walk this tree, so that a construct means the same in each format, and
one that some format could not show is refused in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pyromark
from pyromark import Options

from quizgen.errors import ExportError
from quizgen.text import FIRST_HOLE, LAST_HOLE

Alignment = Literal["None", "Left", "Center", "Right"]


@dataclass(frozen=True, slots=True)
class Words:
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True)
class Math:
    """LaTeX mathematics without its dollars, on one line unless `display`."""

    source: str
    display: bool


@dataclass(frozen=True, slots=True)
class Emphasis:
    strong: bool
    inside: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    inside: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A figure of the exercise by its name, and what to say where it cannot be seen."""

    name: str
    inside: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line in the source; only a hard one shows."""

    hard: bool


Inline = Words | Code | Math | Emphasis | Link | Image | Break


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `tight` where it is all or part of a list item that stands without space around it."""

    inside: tuple[Inline, ...]
    tight: bool = False


@dataclass(frozen=True, slots=True)
class CodeBlock:
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody else, set apart."""

    inside: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; `start` is the first number, or None for bullets."""

    start: int | None
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`rows[0]` is the head; all rows have as many cells as there are alignments."""

    alignments: tuple[Alignment, ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


Block = Paragraph | CodeBlock | Quote | Listing | Table


def read(markdown: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text.

    Supported: paragraphs, emphasis, code, block quotes, lists, tables, links, figures, line breaks, `$…$` and `$$…$$`.

    Raises:
        ExportError: for any other construct; the message names it.
    """
    return _Reader(_MARKDOWN.events(markdown)).blocks()


#: Of constructs within constructs; a list in a list in a list is six deep.
MAX_DEPTH = 24

_MARKDOWN = pyromark.Markdown(options=Options.ENABLE_TABLES | Options.ENABLE_MATH)

#: How to say it, and what to do instead.
_REFUSED = {
    "Html": "raw HTML; write a literal < as \\<",
    "InlineHtml": "raw HTML; write a literal < as \\<",
    "HtmlBlock": "raw HTML; write a literal < as \\<",
    "Heading": "a heading; a text stands under its exercise's own heading",
    "Rule": "a horizontal rule; use a blank line",
}


class _Reader:
    """Recursive descent over the parser's flat stream of events."""

    def __init__(self, events: Iterator[Any]) -> None:
        self._events = self._not_too_deep(events)

    @staticmethod
    def _not_too_deep(events: Iterator[Any]) -> Iterator[Any]:
        depth = 0
        for event in events:
            if isinstance(event, dict):
                depth += ("Start" in event) - ("End" in event)
            if depth > MAX_DEPTH:
                raise ExportError(f"a text to be exported nests lists, quotes or emphasis more than {MAX_DEPTH} deep")
            yield event

    def blocks(self) -> tuple[Block, ...]:
        """Blocks up to the end of the enclosing construct; loose text in a tight list item is a tight paragraph."""
        found: list[Block] = []
        loose: list[Inline] = []
        for event in self._events:
            if isinstance(event, dict) and "End" in event:
                break
            tag = event.get("Start") if isinstance(event, dict) else None
            if tag is None or _name(tag) in ("Emphasis", "Strong", "Link", "Image"):
                loose.append(self._inline(event))
                continue
            if loose:
                found.append(Paragraph(tuple(loose), tight=True))
                loose = []
            found.append(self._block(tag))
        if loose:
            found.append(Paragraph(tuple(loose), tight=True))
        return tuple(found)

    def _block(self, tag: Any) -> Block:
        match tag:
            case "Paragraph":
                return Paragraph(self._inlines())
            case {"BlockQuote": _} | "BlockQuote":
                return Quote(self.blocks())
            case {"List": start}:
                return Listing(start, tuple(self.blocks() for _ in self._until_end()))
            case {"Table": alignments}:
                return Table(tuple(alignments), tuple(self._cells() for _ in self._until_end()))
            case {"CodeBlock": _}:
                return CodeBlock("".join(event["Text"] for event in self._until_end()).rstrip("\n"))
            case _:
                raise _refusal(_name(tag))

    def _cells(self) -> tuple[tuple[Inline, ...], ...]:
        return tuple(self._inlines() for _ in self._until_end())

    def _until_end(self) -> Iterator[Any]:
        for event in self._events:
            if isinstance(event, dict) and "End" in event:
                return
            yield event

    def _inlines(self) -> tuple[Inline, ...]:
        return tuple(self._inline(event) for event in self._until_end())

    def _inline(self, event: Any) -> Inline:
        match event:
            case {"Text": text}:
                return Words(text)
            case {"InlineMath": source}:
                return Math(source.strip(), display=False)
            case {"DisplayMath": source}:
                return Math(source.strip(), display=True)
            case {"Code": text}:
                return Code(text)
            case "SoftBreak" | "HardBreak":
                return Break(event == "HardBreak")
            case {"Start": "Emphasis" | "Strong" as tag}:
                return Emphasis(tag == "Strong", self._inlines())
            case {"Start": {"Link": link}}:
                return Link(_safe(link["dest_url"]), self._inlines())
            case {"Start": {"Image": image}}:
                return Image(_figure(image), self._inlines())
            case {"Start": tag}:
                raise _refusal(_name(tag))
            case _:
                raise _refusal(_name(event))


def _name(tag: Any) -> str:
    """The name of a tag or event: a bare string, or the one key of a dict."""
    return tag if isinstance(tag, str) else str(next(iter(tag)))


def _refusal(name: str) -> ExportError:
    what = _REFUSED.get(name, f"the Markdown construct {name!r}")
    return ExportError(f"a text to be exported holds {what}")


def _safe(url: str) -> str:
    """The address, if it leads to a web page or a mailbox; a script is no address."""
    if url.lower().startswith(("https://", "http://", "mailto:")) and not set(url) & set(' "<>\\{}^`|\n'):
        return url
    raise ExportError(f"a link must lead to an https://, http:// or mailto: address; found {url!r}")


#: The name of a figure, or the hole that one fills.
_FIGURE = re.compile(f"[A-Za-z0-9_-]+|[{chr(FIRST_HOLE)}-{chr(LAST_HOLE)}]")


def _figure(image: Any) -> str:
    """The figure that an image shows: one of the exercise's own, never a file or an address."""
    name = str(image["dest_url"])
    if image["link_type"] != "Inline" or image["title"] or not _FIGURE.fullmatch(name):
        raise ExportError(f"an image must be a figure of the question, ![what is seen](name); found {name!r}")
    return name
