"""How a student did, as text for a terminal: each exercise, each answer as it was written, and what there is to say."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from quizgen.answers.verdict import Verdict
from quizgen.check.marks import Marks
from quizgen.check.written import written
from quizgen.errors import ExportError, counted
from quizgen.exercise import Exercise
from quizgen.export.harmless import harmless, one_line
from quizgen.export.mathbox import width
from quizgen.export.terminal import formula, show_solution, text_or_verbatim, verbatim
from quizgen.grade import GradedExercise, Result

_INDENT = "  "
#: The longest answer that is repeated, in characters.
_LONGEST = 60
#: A longer symbol than this is no symbol, and could be nested too deeply to be drawn.
_LONGEST_SYMBOL = 200
#: What a student may have written between a label and a value.
_EQUALS = re.compile(r"[=≈≃≅≐:]|\\approx")
#: What stands in front of answers that have earned nothing; the others have a tick, or a tilde for a part.
_MARKS = {Verdict.UNREADABLE: "?", Verdict.UNDECIDED: "?", Verdict.MISSING: "–"}


def report(marks: Marks, *, columns: int = 80, solutions: bool = False) -> str:
    """The marks of one student.

    Args:
        columns: how wide the terminal is.
        solutions: with the worked solution of each exercise that is not completely right.

    Raises:
        ExportError: if a solution uses more of Markdown than can be shown.
    """
    paper = marks.sheet.paper
    version = f", version {paper.version}" if paper.version else ""
    blocks = [one_line(f"{marks.sheet.path}: {paper.title}{version}", 200)]
    for number, (exercise, graded) in enumerate(zip(paper.exercises, marks.exercises, strict=True), 1):
        handed_in = marks.sheet.answers.get(number - 1, {})
        lines = [_headline(number, exercise, graded, columns)]
        for result in graded.results.values():
            lines += _result(result, handed_in.get(result.name), columns)
        blocks.append("\n".join(lines))
        if solutions and graded.points < graded.max_points:
            blocks.append(textwrap.indent(_solution(exercise, columns - len(_INDENT)), _INDENT))
    return harmless("\n\n".join([*blocks, "\n".join(_totals(marks))])) + "\n"


def points_text(points: float) -> str:
    """`2` or `2.5`."""
    return f"{points:g}"


def _solution(exercise: Exercise, columns: int) -> str:
    try:
        return show_solution(exercise, columns=columns)
    except RecursionError:
        raise ExportError(f"{one_line(exercise.id)}: its solution is nested too deeply to be shown") from None


def _headline(number: int, exercise: Exercise, graded: GradedExercise, columns: int) -> str:
    title = one_line(f"{number}. {exercise.title}", 200)
    earned = f"{points_text(graded.points)} of {counted(graded.max_points, 'point')}"
    room = columns - width(title) - len(earned)
    return f"{title}{' ' * max(room, 2)}{earned}"


def _result(result: Result, handed_in: object, columns: int) -> Iterator[str]:
    graded = result.graded
    share = graded.points_share
    mark = "✓" if share == 1 else "~" if share else _MARKS.get(graded.verdict, "✗")
    yield f"{_INDENT}{mark} {_name(result)}{_written(handed_in)}{graded.verdict}"
    if graded.says:
        room = columns - 2 * len(_INDENT)
        # What could not be read is quoted, and is no Markdown.
        shown = verbatim if graded.verdict is Verdict.UNREADABLE else text_or_verbatim
        yield textwrap.indent(shown(graded.says, columns=room), 2 * _INDENT)


def _name(result: Result) -> str:
    if result.is_step:
        return f"step {one_line(result.name)}"
    if not result.symbol or len(result.symbol) > _LONGEST_SYMBOL:
        return one_line(result.symbol or result.name)
    return formula(result.symbol, display=False)[0]


def _written(handed_in: object) -> str:
    """What the student wrote, behind the name: ` = 2/3: `, or `: x = 2/3: ` where it has a sign of its own."""
    text = written(handed_in, _LONGEST)
    if not text:
        return ": "
    return f": {text}: " if _EQUALS.search(text) else f" = {text}: "


def _totals(marks: Marks) -> Iterator[str]:
    points = f"{points_text(marks.points)} of {counted(marks.max_points, 'point')}"
    yield f"Total: {points}, {points_text(marks.percent)} %"
    for verdict, what in (
        (Verdict.UNREADABLE, "could not be read, and {has} no points yet"),
        (Verdict.UNDECIDED, "{was} not decided: somebody has to look at {it}"),
    ):
        found = list(marks.having(verdict))
        if found:
            few = len(found) == 1
            words = {"has": "has", "was": "was", "it": "it"} if few else {"has": "have", "was": "were", "it": "them"}
            places = ", ".join(f"{number} ({_name(result)})" for number, result in found)
            yield f"{counted(len(found), 'answer')} {what.format(**words)}: {places}"
