"""`quizgen proof`: a written solution proof-read, line by line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizgen.cli import options
from quizgen.errors import UsageError, counted
from quizgen.proof.known import Known, KnownMistake
from quizgen.proof.sections import Section, belongs_to, sections
from quizgen.proof.student import Diagnosis, Fault, check

if TYPE_CHECKING:
    from quizgen.bank.replay import Replay
    from quizgen.exercise import Exercise

#: The largest file that is read, in bytes; the solutions of a long exam have a tenth of it.
_LARGEST = 1_000_000

#: Characters that do not show, and can make a text look like another: controls, bidirectional marks, lone surrogates.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """One section of the file, the exercise that it solves, and what was found."""

    section: Section
    exercise: str
    diagnosis: Diagnosis


@click.command("proof")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.md")
@click.option(
    "--exam", type=click.Path(path_type=Path), metavar="EXAM.json", help="The exam whose exercises are solved."
)
@click.option("--verbose", is_flag=True, help="Also list what could not be decided, and why.")
@click.option("--json", "as_json", is_flag=True, help="For programs: everything as JSON.")
@options.bank
def command(file: Path, exam: Path | None, verbose: bool, as_json: bool, folder: Path | None) -> int:
    """Proof-read a written solution: the first wrong line, and why.

    FILE.md is Markdown with LaTeX between dollars, or plain lines such as z = 0.5*2 + (-1)*3 + 0.1 = -1.9.
    Honest rounding is never wrong. With the exam, values are compared with the exercise's, and known mistakes are
    recognised; solutions of several exercises stand below headings such as "## 2. Title", "# 2", "Exercise 2" or
    "# cnn/output-size".
    The exit status is 1 if something is wrong.
    """
    text = _read(file)
    checked = list(_checked(text, _exercises(exam, folder) if exam is not None else None))
    if as_json:
        click.echo(json.dumps(_as_json(file, checked), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_lines(file, checked, verbose=verbose)))
    return int(any(each.diagnosis.faults for each in checked))


def _read(file: Path) -> str:
    """The text of the file.

    Raises:
        UsageError: if it cannot be read, is too large, or has characters that do not show.
    """
    try:
        if file.stat().st_size > _LARGEST:
            raise UsageError(f"{file}: is larger than {_LARGEST // 1000} kB, which no written solution is; split it")
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file}: expected text in UTF-8; save it in that encoding") from None
    if hidden := _INVISIBLE.search(text):
        line = text.count("\n", 0, hidden.start()) + 1
        raise UsageError(f"{file}:{line}: the character U+{ord(hidden[0]):04X} does not show; delete it and try again")
    return text


def _checked(text: str, exercises: Sequence[tuple[Exercise, Replay | None]] | None) -> Iterator[Checked]:
    names = [(exercise.id, exercise.title) for exercise, _ in exercises or ()]
    for section in sections(text):
        if exercises is None:
            yield Checked(section, section.title, check(section.text))
            continue
        place = belongs_to(section, names)
        if place is None:
            what = f"the heading {section.title!r} in line {section.line}" if section.title else "the solution"
            raise UsageError(
                f"it is not clear which exercise {what} belongs to; "
                'start each solution with a heading such as "## 1. Title" or "# cnn/output-size"'
            )
        exercise, replay = exercises[place]
        yield Checked(section, exercise.id, check(section.text, _known(exercise, replay)))


def _exercises(exam: Path, folder: Path | None) -> list[tuple[Exercise, Replay | None]]:
    """The exercises of the exam, each with its graph if the bank still has it."""
    from quizgen.cli.bank import open_bank
    from quizgen.exam_file import read_paper, replays

    paper = read_paper(exam)
    graphs = replays(paper, open_bank(folder))
    return [(exercise, graphs.get(place)) for place, exercise in enumerate(paper.exercises)]


def _known(exercise: Exercise, replay: Replay | None) -> Known:
    """What the reader is told of an exercise; without its graph it knows mistakes by their final values only."""
    symbols = {answer.name: answer.symbol for answer in exercise.answers if answer.symbol}
    mistakes: list[KnownMistake] = []
    if replay is not None:
        symbols |= {
            name: latex for name, latex in replay.symbols.items() if name in {**exercise.given, **exercise.work}
        }
        mistakes = [KnownMistake(says, values) for says, values in replay.mistakes]
    else:
        mistakes = [
            KnownMistake(str(mistake.says), {answer.name: mistake.value})
            for answer in exercise.answers
            for mistake in answer.mistakes
        ]
    constants: Mapping[str, Any] = {name: value for name, value in exercise.form.items() if not isinstance(value, str)}
    answers = {answer.name: answer.value for answer in exercise.answers if answer.kind != "choice"}
    return Known(
        question=str(exercise.question),
        solution=str(exercise.solution),
        given={**constants, **exercise.given},
        steps={**answers, **exercise.work},
        symbols=symbols,
        mistakes=tuple(mistakes),
    )


def _lines(file: Path, checked: Sequence[Checked], *, verbose: bool) -> Iterator[str]:
    for each in checked:
        diagnosis = each.diagnosis
        if len(checked) > 1 and (diagnosis.faults or (verbose and diagnosis.report.undecided)):
            yield f"{file}:{each.section.line}: {each.exercise}".rstrip(": ")
        for fault in diagnosis.faults:
            yield from _fault_lines(file, fault, first=fault is diagnosis.first)
        if verbose:
            for relation in diagnosis.report.undecided:
                printed = f"{relation.left} {relation.operator} {relation.right}".strip()
                yield f"{file}:{relation.line}: not decided: {printed}\n    {relation.reason}"
    yield _summary(checked, verbose=verbose)


def _fault_lines(file: Path, fault: Fault, *, first: bool) -> Iterator[str]:
    if fault.follows is not None:
        yield f"{file}:{fault.line}: {fault.printed}: follows from line {fault.follows}"
        return
    yield f"{file}:{fault.line}: {'first wrong line' if first else 'wrong'}: {fault.printed}"
    if fault.expected:
        yield f"    expected {fault.expected}, found {fault.found}"
    if fault.says:
        yield f"    {fault.says}" + (" (a known mistake)" if fault.known else "")


def _summary(checked: Sequence[Checked], *, verbose: bool) -> str:
    reports = [each.diagnosis.report for each in checked]
    decided = sum(len(report.true) + len(report.false) for report in reports)
    open_ = sum(len(report.undecided) for report in reports)
    faults = sum(len(each.diagnosis.faults) for each in checked)
    more = "" if verbose or not open_ else " (--verbose says why)"
    return f"{counted(decided, 'relation')} decided, {open_} not decided{more}, {counted(faults, 'line')} wrong"


def _as_json(file: Path, checked: Sequence[Checked]) -> dict[str, Any]:
    return {
        "file": str(file),
        "solutions": [
            {
                "exercise": each.exercise,
                "line": each.section.line,
                "decided": len(each.diagnosis.report.true) + len(each.diagnosis.report.false),
                "faults": [_fault_json(fault) for fault in each.diagnosis.faults],
                "undecided": [
                    {"line": relation.line, "relation": f"{relation.left} {relation.operator} {relation.right}".strip(),
                     "reason": relation.reason}
                    for relation in each.diagnosis.report.undecided
                ],
            }
            for each in checked
        ],
    }  # fmt: skip


def _fault_json(fault: Fault) -> dict[str, Any]:
    return {
        "line": fault.line,
        "column": fault.column,
        "printed": fault.printed,
        "found": fault.found,
        "expected": fault.expected,
        "says": fault.says,
        "known": fault.known,
        "follows": fault.follows,
    }
