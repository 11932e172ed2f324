r"""Markdown to the body of a LaTeX document, the same for pdfLaTeX, XeLaTeX and LuaLaTeX.

The macros `\quizgendisplay`, `\quizgenaligned` and `\quizgenfigure` are defined by `templates/latex/exam.tex`.
"""

from __future__ import annotations

import re

from quizgen.errors import ExportError
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
from quizgen.export.latex_chars import SPECIAL, UNICODE
from quizgen.export.mathematics import check
from quizgen.text import FIRST_HOLE, LAST_HOLE


def to_latex(markdown: str) -> str:
    """Paragraphs of LaTeX, without a blank line at either end.

    Raises:
        ExportError: for what `document.read` or `mathematics.check` refuse, and for characters that the fonts lack.
    """
    return _blocks(document.read(markdown))


def escape(text: str) -> str:
    """Plain text, with every character that LaTeX would take for a command written out.

    Raises:
        ExportError: for a character that the standard fonts lack; the message names it.
    """
    # -- and its like would be joined to a dash.
    return "".join(map(_character, text)).replace("--", "-{}-")


def mathematics(source: str) -> str:
    """LaTeX mathematics, checked, without blank lines (they end it) and with plain ASCII for other characters.

    Raises:
        ExportError: for what `mathematics.check` refuses, and for characters that the fonts lack.
    """
    check(source)
    lines = [line for line in source.splitlines() if line.strip()]
    return "".join(char if ord(char) < 128 else _character(char, in_mathematics=True) for char in "\n".join(lines))


def _character(char: str, *, in_mathematics: bool = False) -> str:
    if char in SPECIAL:
        return SPECIAL[char]
    code = ord(char)
    if " " <= char <= "~" or char in "\n\t" or FIRST_HOLE <= code <= LAST_HOLE:
        return char
    if char in UNICODE:
        return UNICODE[char]
    if "À" <= char <= "ž":  # Latin letters, which the fonts of all three engines have
        return f"\\text{{{char}}}" if in_mathematics else char
    raise ExportError(
        f"the character {char!r} (U+{code:04X}) cannot be exported to LaTeX; write it as mathematics or in ASCII"
    )


def _blocks(blocks: tuple[Block, ...]) -> str:
    """Blocks with a blank line between; none before a display, which as a paragraph of its own stands far down."""
    pieces: list[str] = []
    for block in blocks:
        match block:
            case Paragraph((Math(display=True), *_)) if pieces:
                pieces.append("\n")
            case _ if pieces:
                pieces.append("\n\n")
        pieces.append(_block(block))
    return "".join(pieces)


def _block(block: Block) -> str:
    match block:
        case Paragraph(inside):
            return _inlines(inside).strip()
        case CodeBlock(text):
            return _code_block(text)
        case Quote(inside):
            return f"\\begin{{quote}}\n{_blocks(inside)}\n\\end{{quote}}"
        case Listing(start, items):
            return _listing(start, items)
        case Table():
            return _table(block)


def _code_block(text: str) -> str:
    """Typewriter lines; `verbatim` cannot stand inside the argument of a macro."""
    lines = [f"\\texttt{{{escape(line).replace(' ', '~')}}}" if line.strip() else "~" for line in text.split("\n")]
    return "{\\raggedright\n" + "\\\\\n".join(lines) + "\\par}"


def _listing(start: int | None, items: tuple[tuple[Block, ...], ...]) -> str:
    name = "itemize" if start is None else "enumerate"
    first = "" if start in (None, 1) else f"[start={start}]"
    # {} keeps a text that begins with [ from being taken for the item's label.
    body = "\n".join("\\item {}" + _blocks(item) for item in items)
    return f"\\begin{{{name}}}{first}\n{body}\n\\end{{{name}}}"


def _table(table: Table) -> str:
    """A ruled table that shrinks where it is wider than the page."""
    columns = "".join({"Center": "c", "Right": "r"}.get(alignment, "l") for alignment in table.alignments)
    head, *body = [" & ".join(_cell(cell) for cell in row) + " \\\\" for row in table.rows]
    lines = ["\\toprule", head, "\\midrule", *body, "\\bottomrule"]
    tabular = "\n".join([f"\\begin{{tabular}}{{{columns}}}", *lines, "\\end{tabular}"])
    fitted = f"\\begin{{adjustbox}}{{max width=\\linewidth}}\n{tabular}\n\\end{{adjustbox}}"
    return f"\\begin{{center}}\n{fitted}\n\\end{{center}}"


def _cell(inside: tuple[Inline, ...]) -> str:
    inline = tuple(Math(part.source, display=False) if isinstance(part, Math) else part for part in inside)
    return "{" + _inlines(inline) + "}"


def _inlines(inlines: tuple[Inline, ...]) -> str:
    pieces = list(map(_inline, inlines))
    for place, following in enumerate(pieces[1:]):
        if pieces[place] == "\\\\\n" and following.lstrip().startswith(("[", "*")):
            pieces[place] = "\\\\{}\n"  # else it would be the line break's argument
    return "".join(pieces)


def _inline(inline: Inline) -> str:
    match inline:
        case Math(source, display):
            return _display(mathematics(source)) if display else f"\\({mathematics(source)}\\)"
        case Code(text):
            return f"\\texttt{{{escape(text)}}}"
        case Emphasis(strong, inside):
            return f"\\{'textbf' if strong else 'emph'}{{{_inlines(inside)}}}"
        case Link(url, inside):
            return f"\\href{{{_url(url)}}}{{{_inlines(inside)}}}"
        case Image(name, _):
            return f"\\quizgenfigure{{{name}}}{{{escape(alternative(inline))}}}"
        case Break(hard):
            return "\\\\\n" if hard else "\n"
        case _:
            return escape(inline.text)


_ALIGNED = re.compile(r"\\begin\{aligned\}(.*)\\end\{aligned\}\s*", re.DOTALL)


def _display(source: str) -> str:
    """A display on lines of its own; a chain of aligned lines may break across pages, anything else is one box."""
    whole = _ALIGNED.fullmatch(source)
    if whole and "{aligned}" not in whole[1]:
        return f"\n\\quizgenaligned{{{whole[1].strip()}}}\n"
    return f"\n\\quizgendisplay{{{source}}}\n"


def _url(url: str) -> str:
    r"""An address inside `\href`; `document.read` has refused brackets, braces and backslashes in it."""
    return url.replace("%", "\\%").replace("#", "\\#").replace("&", "\\&")
