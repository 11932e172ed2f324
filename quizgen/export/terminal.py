"""An exercise as plain text for a terminal, with mathematics that can be read."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from itertools import count, repeat

from quizgen.errors import ExportError
from quizgen.exercise import Answer, Exercise
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
from quizgen.export.harmless import harmless
from quizgen.export.mathbox import draw, width
from quizgen.export.mathtree import parse
from quizgen.export.values import is_number, latex_value, plain_value

#: A display is set in from the text around it.
_INDENT = "    "
#: Stands for a space that no line may end at.
_FIRM = "\u00a0"
#: Text is never squeezed into less, however deep it is set in.
_NARROWEST = 20


def show(exercise: Exercise, *, columns: int = 80, solution: bool = True) -> str:
    """One exercise as text, in lines of at most `columns` characters wherever a formula leaves a choice.

    Args:
        exercise: the one to show.
        columns: how wide the terminal is.
        solution: with hints, answers, worked solution and common mistakes; else the question alone.
    """
    points = f"{exercise.points} point" + "s" * (exercise.points != 1)
    head = textwrap.fill(f"{exercise.title} ({points})", columns)
    parts = [f"{head}\n{'═' * max(map(width, head.splitlines()))}", text(str(exercise.question), columns=columns)]
    parts += [text(f"Convention: {line}", columns=columns) for line in exercise.conventions]
    parts += ["\n".join(_blank(answer, columns) for answer in exercise.answers)]
    if solution:
        parts += [text(f"Hint: {hint}", columns=columns) for hint in exercise.hints]
        parts += [show_solution(exercise, columns=columns)]
        mistakes = [line for answer in exercise.answers for line in _mistakes(answer, columns)]
        if mistakes:
            parts += ["Common mistakes\n───────────────", "\n".join(mistakes)]
    source = f"{exercise.id}, seed {exercise.seed}, variant {exercise.variant}"
    return _finished("\n\n".join([*filter(None, parts), source])) + "\n"


def show_solution(exercise: Exercise, *, columns: int = 80) -> str:
    """The right answers and the worked solution as text."""
    right = "\n".join(_right(answer) for answer in exercise.answers)
    worked = text(str(exercise.solution), columns=columns)
    return _finished(f"{right}\n\nSolution\n────────\n\n{worked}")


def text(markdown: str, *, columns: int = 80) -> str:
    """Markdown as plain text: displays are drawn in two dimensions, formulas within a line on one line.

    Raises:
        ExportError: for what `document.read` refuses.
    """
    return _finished(_blocks(document.read(markdown), columns))


def verbatim(said: str, *, columns: int = 80) -> str:
    """Text as it stands, wrapped: what somebody typed may look like Markdown, and is none."""
    return textwrap.fill(harmless(said), max(columns, _NARROWEST))


def text_or_verbatim(markdown: str, *, columns: int = 80) -> str:
    """As `text`; what it refuses is shown as it stands, for what somebody typed may be quoted in it."""
    try:
        return text(markdown, columns=columns)
    except (ExportError, UnicodeEncodeError):  # the latter for half a character, which is no text
        return verbatim(markdown, columns=columns)


def formula(source: str, *, display: bool) -> list[str]:
    """A formula as lines of text; one that cannot be read is shown as it stands, since here it does no harm."""
    try:
        box = draw(parse(source), display=display)
    except (ExportError, RecursionError):  # what is read within the bounds of depth may take more to draw
        return [" ".join(source.split())]
    return [line.rstrip() for line in box.lines]


def _finished(shown: str) -> str:
    """With spaces for those that no line ended at, and harmless: an exam's file can hold anything."""
    return harmless(shown.replace(_FIRM, " "))


def _blocks(blocks: tuple[Block, ...], columns: int) -> str:
    tight = any(isinstance(block, Paragraph) and block.tight for block in blocks)
    return ("\n" if tight else "\n\n").join(_block(block, columns) for block in blocks)


def _block(block: Block, columns: int) -> str:
    match block:
        case Paragraph(inside):
            return _paragraph(inside, columns)
        case CodeBlock(code):
            return textwrap.indent(code.expandtabs(4), _INDENT)
        case Quote(inside):
            return textwrap.indent(_blocks(inside, columns - len(_INDENT)), _INDENT)
        case Listing(start, items):
            return "\n".join(
                _hanging(mark, _blocks(item, columns - len(mark)))
                for mark, item in zip(_marks(start), items, strict=False)
            )
        case Table():
            return _table(block)


def _paragraph(inside: tuple[Inline, ...], columns: int) -> str:
    """Running text, wrapped, with its displays between."""
    pieces: list[str] = []
    running = ""
    for inline in inside:
        if isinstance(inline, Math) and inline.display:
            pieces += [_wrapped(running, columns), _display(inline.source, columns)]
            running = ""
        else:
            running += _inline(inline)
    return "\n\n".join(filter(None, [*pieces, _wrapped(running, columns)]))


def _wrapped(running: str, columns: int) -> str:
    lines = [" ".join(re.split(r"[ \t\n]+", line)).strip(" ") for line in running.split("\v")]
    wrap = textwrap.TextWrapper(max(columns, _NARROWEST), break_long_words=False, break_on_hyphens=False)
    return "\n".join("\n".join(wrap.wrap(line)) for line in lines if line)


def _inline(inline: Inline) -> str:
    match inline:
        case Math(source, _):
            line = formula(source, display=False)[0]
            # A short formula stays together; a long one may be broken at its spaces.
            return line.replace(" ", _FIRM) if width(line) <= 24 else line
        case Code(code):
            return f"`{code}`"
        case Emphasis(strong, inside):
            sign = "**" if strong else "*"
            return sign + "".join(map(_inline, inside)) + sign
        case Link(url, inside):
            return f"{''.join(map(_inline, inside))} <{url}>"
        case Image(_, _):
            return f"[figure: {alternative(inline)}]"
        case Break(hard):
            return "\v" if hard else " "
        case _:
            return inline.text


def _display(source: str, columns: int) -> str:
    lines = formula(source, display=True)
    room = columns - len(_INDENT)
    if max(map(width, lines)) > room and "\\begin{aligned}" not in source:
        lines = formula(_chain(source), display=True)
    return "\n".join((_INDENT + line).rstrip() for line in lines)


def _chain(source: str) -> str:
    """A chain a = b = c, with a line for each `=` and `≈` outside of brackets and environments."""
    depth, out, first = 0, [], True
    for token in re.findall(r"\\(?:[A-Za-z]+|.)|.", source, re.DOTALL):
        depth += (token in ("{", "(", "[", "\\left", "\\begin")) - (token in ("}", ")", "]", "\\right", "\\end"))
        if depth == 0 and token in ("=", "\\approx"):
            out.append(f"&{token} " if first else f"\\\\ &{token} ")
            first = False
        else:
            out.append(token)
    return f"\\begin{{aligned}}{''.join(out)}\\end{{aligned}}"


def _table(table: Table) -> str:
    rows = [["".join(map(_inline, cell)) for cell in row] for row in table.rows]
    columns = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = []
        for cell, room, side in zip(row, columns, table.alignments, strict=True):
            space = room - width(cell)
            left = {"Right": space, "Center": space // 2}.get(side, 0)
            cells.append(" " * left + cell + " " * (space - left))
        lines.append(("  " + " │ ".join(cells)).rstrip())
    lines.insert(1, "  " + "─┼─".join("─" * room for room in columns))
    return "\n".join(lines)


def _marks(start: int | None) -> Iterator[str]:
    return repeat("• ") if start is None else (f"{number}. " for number in count(start))


def _hanging(mark: str, body: str) -> str:
    """A list item: the lines after the first stand below its text."""
    indent = " " * len(mark)
    return mark + "\n".join(indent + line if line else line for line in body.split("\n")).removeprefix(indent)


def _blank(answer: Answer, columns: int) -> str:
    box = "[ ] " if answer.kind == "choice" else ""
    lines = [
        _hanging(f"{box}{choice.letter}. ", text(str(choice.text), columns=columns - 7)) for choice in answer.choices
    ]
    if answer.kind != "choice":
        return "\n".join([*lines, _hanging("• ", f"{_symbol(answer)} ({answer.format}): ______")])
    return "\n".join([f"{answer.format}:"] * bool(answer.format) + lines)


def _right(answer: Answer) -> str:
    if not is_number(answer.value):
        return f"Answer: {plain_value(answer.value)}"
    lines = formula(f"{answer.symbol or answer.name} = {latex_value(answer.value, answer)}", display=False)
    return f"Answer: {lines[0]}"


def _mistakes(answer: Answer, columns: int) -> list[str]:
    """What comes out after each known slip, and what there is to say about each choice."""
    lines = []
    for mistake in answer.mistakes:
        if is_number(mistake.value):
            value = formula(latex_value(mistake.value, answer), display=False)[0]
        else:
            value = plain_value(mistake.value)
        lines.append((value, mistake.says))
    for choice in answer.choices:
        if choice.says is not None:
            lines.append((f"{choice.letter} is {'right' if choice.right else 'wrong'}", choice.says))
    return [_hanging("• ", _explained(value, str(says), columns - 2)) for value, says in lines]


def _explained(value: str, says: str, columns: int) -> str:
    """A value and what there is to say about it: beside it, or below it where the value is long."""
    if width(value) > columns // 2:
        return f"{value}:\n{text(says, columns=columns)}"
    # The explanation is wrapped as if it began at the line's start; the value goes in front of it afterwards.
    return f"{value}: {text(says, columns=columns - width(value) - 2)}"


def _symbol(answer: Answer) -> str:
    return formula(answer.symbol, display=False)[0] if answer.symbol else answer.name
