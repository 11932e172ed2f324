"""Markdown to fragments of HTML, with mathematics between the delimiters of MathJax."""

from __future__ import annotations

import re
from html import escape

from quizgen.export import document
from quizgen.export.alternative import alternative
from quizgen.export.document import (
    Block,
    Break,
    Code,
    CodeBlock,
    Emphasis,
    Image,
    Inline,
    Link,
    Listing,
    Math,
    Paragraph,
    Quote,
    Table,
)
from quizgen.export.mathematics import check

#: What Anki would have LaTeX make an image of, play, or read out, wherever it stands in a field.
_ANKI = re.compile(r"\[(?=/?(?:latex|sound:|anki:|\$))", re.IGNORECASE)


def to_html(markdown: str) -> str:
    r"""Blocks of HTML; mathematics as `\( \)` and `\[ \]`, with `&`, `<` and `>` escaped in it as everywhere.

    Raises:
        ExportError: for what `document.read` or `mathematics.check` refuse.
    """
    return _blocks(document.read(markdown))


def to_html_inline(markdown: str) -> str:
    """As `to_html`, without the `<p>` around a text that is a single paragraph."""
    blocks = document.read(markdown)
    match blocks:
        case (Paragraph(inside),):
            return _inlines(inside)
        case _:
            return _blocks(blocks)


def text_html(text: str) -> str:
    """Plain text in HTML, in which neither MathJax finds a delimiter nor Anki a field."""
    return _ANKI.sub("&#91;", escape(text)).replace("\\", "&#92;").replace("{{", "{&#123;")


def math_html(source: str) -> str:
    """LaTeX mathematics in HTML, without its delimiters; in TeX, a space between braces means nothing.

    Raises:
        ExportError: for what `mathematics.check` refuses.
    """
    check(source)
    return _ANKI.sub("&#91;", escape(source, quote=False)).replace("{{", "{ {").replace("{{", "{ {")


def figure_file(name: str) -> str:
    """The file of a figure: in a learner's collection the files of all decks lie side by side."""
    return f"quizgen-{name}.svg"


def _blocks(blocks: tuple[Block, ...]) -> str:
    return "".join(map(_block, blocks))


def _block(block: Block) -> str:
    match block:
        case Paragraph(inside, tight):
            return _inlines(inside) if tight else f"<p>{_inlines(inside)}</p>\n"
        case CodeBlock(text):
            return f"<pre><code>{text_html(text)}</code></pre>\n"
        case Quote(inside):
            return f"<blockquote>{_blocks(inside)}</blockquote>\n"
        case Listing(start, items):
            name, attribute = ("ul", "") if start is None else ("ol", "" if start == 1 else f' start="{start}"')
            lines = "".join(f"<li>{_blocks(item)}</li>\n" for item in items)
            return f"<{name}{attribute}>\n{lines}</{name}>\n"
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    """A table in a box of its own, which scrolls where the screen is too narrow."""

    def row(cells: tuple[tuple[Inline, ...], ...], name: str) -> str:
        return "<tr>" + "".join(map(cell, cells, [name] * len(cells), table.alignments)) + "</tr>\n"

    def cell(inside: tuple[Inline, ...], name: str, alignment: str) -> str:
        style = "" if alignment == "None" else f' style="text-align: {alignment.lower()}"'
        return f"<{name}{style}>{_inlines(inside)}</{name}>"

    body = "".join(row(cells, "td") for cells in table.rows[1:])
    head = row(table.rows[0], "th")
    return f'<div class="wide"><table>\n<thead>{head}</thead>\n<tbody>\n{body}</tbody>\n</table></div>\n'


def _inlines(inlines: tuple[Inline, ...]) -> str:
    return "".join(map(_inline, inlines))


def _inline(inline: Inline) -> str:
    match inline:
        case Math(source, display):
            return f"\\[{math_html(source)}\\]" if display else f"\\({math_html(source)}\\)"
        case Code(text):
            return f"<code>{text_html(text)}</code>"
        case Emphasis(strong, inside):
            name = "strong" if strong else "em"
            return f"<{name}>{_inlines(inside)}</{name}>"
        case Link(url, inside):
            return f'<a href="{escape(url)}">{_inlines(inside)}</a>'
        case Image(name, _):
            return f'<img class="figure" src="{figure_file(name)}" alt="{text_html(alternative(inline))}">'
        case Break(hard):
            return "<br>\n" if hard else "\n"
        case _:
            return text_html(inline.text)
