"""A class as a table, one row a student, for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizgen.answers.verdict import Verdict
from quizgen.check.marks import Marks
from quizgen.check.report import points_text
from quizgen.check.sheet import SheetError
from quizgen.exercise import Paper
from quizgen.export.harmless import one_line

#: What a spreadsheet takes for a formula when it stands at the beginning of a cell.
_FORMULA = re.compile(r"\s*[=+\-@|%＝＋－＠−]")


@dataclass(frozen=True, slots=True)
class Student:
    """A student's name, and the marks, or why there are none."""

    name: str
    marks: Marks | SheetError


def class_list(students: Sequence[Student], papers: Sequence[Paper]) -> str:
    """The table as CSV: commas, a point in decimals, a line for each student in the order given.

    Columns: name, version, points, max_points, percent, one for each exercise (`1 cnn/output-size`; the number alone
    where versions ask different questions there), the numbers of answers that could not be read and that were not
    decided, and the error where a file could not be read; the other cells of its row are then empty. A text that a
    spreadsheet would run as a formula has an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    most = max((len(paper.exercises) for paper in papers), default=0)
    head = ["name", "version", "points", "max_points", "percent"]
    head += [_column(place, papers) for place in range(most)]
    writer.writerow([*map(_cell, head), "unreadable", "undecided", "error"])
    for student in students:
        writer.writerow([_cell(student.name), *_row(student.marks, most)])
    return out.getvalue()


def _row(marks: Marks | SheetError, most: int) -> list[str]:
    if isinstance(marks, SheetError):
        return [*[""] * (most + 6), _cell("; ".join(marks.faults), 500)]
    counts = [sum(1 for _ in marks.having(verdict)) for verdict in (Verdict.UNREADABLE, Verdict.UNDECIDED)]
    exercises = [points_text(graded.points) for graded in marks.exercises]
    return [
        _cell(marks.sheet.paper.version),
        points_text(marks.points),
        str(marks.max_points),
        points_text(marks.percent),
        *exercises,
        *[""] * (most - len(exercises)),
        *map(str, counts),
        "",
    ]


def _column(place: int, papers: Sequence[Paper]) -> str:
    ids = {paper.exercises[place].id if place < len(paper.exercises) else "" for paper in papers}
    return f"{place + 1} {ids.pop()}" if len(ids) == 1 else str(place + 1)


def _cell(content: str, limit: int = 200) -> str:
    content = one_line(content, limit)
    return f"'{content}" if _FORMULA.match(content) else content
