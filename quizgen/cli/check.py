"""`quizgen check`: students' answers graded, one student or a whole class."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen.cli import options
from quizgen.errors import UsageError, counted

if TYPE_CHECKING:
    from quizgen.bank.replay import Replay
    from quizgen.check.class_list import Student
    from quizgen.exercise import Paper

_NARROWEST, _WIDEST = 40, 100
#: So many exercises are named in a note.
_MOST_NAMED = 12


@click.command("check")
@click.argument("exam", type=click.Path(path_type=Path), metavar="EXAM.json")
@click.argument("answers", type=click.Path(path_type=Path), metavar="ANSWERS")
@click.option("--solutions", is_flag=True, help="Also show the solution of what is not completely right.")
@click.option("--json", "as_json", is_flag=True, help="For programs: everything as JSON.")
@click.option(
    "-o",
    "--csv",
    "table",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a table with a row for each student; - is standard output, the default for a folder.",
)
@options.force
@options.bank
def command(
    exam: Path, answers: Path, solutions: bool, as_json: bool, table: Path | None, force: bool, folder: Path | None
) -> int:
    """Grade a student's answers, or those of a whole class.

    EXAM.json comes from 'quizgen exam'; give its folder if there are versions. ANSWERS is the filled-in exam.md, or
    a YAML or JSON file such as {"cnn/output-size": {"side": 14}}; or a folder with such a file for each student,
    called after the student. A slip costs once: what follows from it is right, as far as the bank still draws the
    exercise.

    In YAML and JSON, steps of the solution can be handed in under 'steps:', by the names that exam.json has under
    "work". A step has no points; a slip in it costs half of the first answer that follows from it. For example, in
    YAML: 'lstm/forget-gate: {g: 0.17, steps: {z: -1.6}}'.

    The exit status is 0 when all is graded, and 2 if a file could not be read; in a class the others are graded all
    the same.
    """
    whole_class = answers.is_dir()
    tabular = table is not None or (whole_class and not as_json)
    if as_json and table is not None:
        raise UsageError("choose one of --json and --csv")
    if solutions and (tabular or as_json):
        raise UsageError("--solutions belongs to the report of one student; leave it out, or give one student's file")
    from quizgen.exam_file import read_papers

    papers = read_papers(exam)
    students = _students(answers, papers, folder, whole_class=whole_class)
    if tabular:
        _write_table(students, papers, table, force=force)
    elif as_json:
        _write_json(students)
    else:
        _write_report(students, solutions=solutions)
    return _failures(students)


def _students(answers: Path, papers: Sequence[Paper], folder: Path | None, *, whole_class: bool) -> list[Student]:
    """Everybody, graded; whose file cannot be read has the error in place of marks, unless it is the only one."""
    from quizgen.check.class_list import Student
    from quizgen.check.marks import mark
    from quizgen.check.read import answer_files, read_sheet
    from quizgen.check.sheet import Sheet, SheetError
    from quizgen.export.harmless import one_line

    if whole_class:
        files, others = answer_files(answers)
        for other in others:
            _note(f"left out {one_line(str(other), 200)}: no file of answers")
    else:
        files = [(answers.stem, answers)]
    read: list[tuple[str, Sheet | SheetError]] = []
    for name, path in files:
        try:
            read.append((name, read_sheet(path, papers)))
        except SheetError as error:
            if not whole_class:
                raise
            read.append((name, error))
    answered = [sheet.paper for _, sheet in read if not isinstance(sheet, SheetError)]
    graphs = _graphs([paper for paper in papers if paper in answered], folder)
    return [
        Student(name, sheet if isinstance(sheet, SheetError) else mark(sheet, graphs[sheet.paper.version]))
        for name, sheet in read
    ]


def _graphs(papers: Sequence[Paper], folder: Path | None) -> Mapping[str, Mapping[int, Replay]]:
    """By version and place, the exercises that the bank can run again; says which ones it cannot."""
    from quizgen.cli.bank import open_bank
    from quizgen.exam_file import replays

    bank = open_bank(folder)
    found = {paper.version: replays(paper, bank) for paper in papers}
    lost = [
        f"{k + 1}{paper.version}"
        for paper in papers
        for k in range(len(paper.exercises))
        if k not in found[paper.version]
    ]
    if lost:
        named = f"{counted(len(lost), 'exercise')} ({', '.join(lost[:_MOST_NAMED])}{', …' * (len(lost) > _MOST_NAMED)})"
        _note(f"marked without follow-through: {named}, for the question bank draws them otherwise; see --bank")
    return found


def _write_report(students: Sequence[Student], *, solutions: bool) -> None:
    from quizgen.check.marks import Marks
    from quizgen.check.report import report

    columns = max(_NARROWEST, min(shutil.get_terminal_size().columns, _WIDEST))
    for student in students:
        if isinstance(student.marks, Marks):
            click.echo(report(student.marks, columns=columns, solutions=solutions), nl=False)


def _write_json(students: Sequence[Student]) -> None:
    from quizgen.check.data import SCHEMA, as_data
    from quizgen.export.harmless import harmless

    data = {"schema": SCHEMA, "students": list(map(as_data, students))}
    click.echo(harmless(json.dumps(data, ensure_ascii=False, indent=1)))


def _write_table(students: Sequence[Student], papers: Sequence[Paper], file: Path | None, *, force: bool) -> None:
    from quizgen.check.class_list import class_list
    from quizgen.files import write_all

    rows = class_list(students, papers)
    if file is None or str(file) == "-":
        click.echo(rows, nl=False)
        return
    for path in write_all(file.parent, {file.name: rows.encode()}, force=force):
        click.echo(f"wrote {path}")


def _failures(students: Sequence[Student]) -> int:
    """Says whose files could not be read, and the exit status."""
    from quizgen.check.sheet import SheetError

    failed = [student.marks for student in students if isinstance(student.marks, SheetError)]
    for error in failed:
        click.echo(f"quizgen: error: {error}", err=True)
    return 2 if failed else 0


def _note(message: str) -> None:
    click.echo(f"quizgen: note: {message}", err=True)
