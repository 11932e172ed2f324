"""`quizgen exam`: papers and their solutions, in files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from quizgen.blueprint import read_blueprint
from quizgen.choose import select_topics
from quizgen.cli import options
from quizgen.cli.bank import open_bank, refuse_faults
from quizgen.code import MAX_VERSIONS, decode
from quizgen.compose import exam_from_blueprint
from quizgen.errors import UsageError, did_you_mean
from quizgen.exam import Exam, exam_from_code, make_exam
from quizgen.export import FORMATS, export
from quizgen.files import write_all


@click.command("exam")
@options.topics
@options.ids
@click.option("-n", "--count", type=click.IntRange(min=1), help="How many exercises; default: 10.")
@options.levels
@options.seed
@click.option("--code", help="The code on a paper: write that exam again.")
@click.option(
    "--versions", type=click.IntRange(1, MAX_VERSIONS), help="Versions A, B, … with other numbers; default: 1."
)
@click.option("--title", help="What stands at the top.")
@click.option(
    "--blueprint",
    metavar="FILE",
    help="Sections, topics, points and minutes from a YAML file, or a ready one: midterm, final.",
)
@click.option(
    "-f", "--format", "formats", multiple=True, metavar="NAMES", help=f"Some of {','.join(FORMATS)}; default: all."
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default="exam", metavar="DIR", help="Folder; default: exam."
)
@options.force
@options.bank
def command(
    topics: tuple[str, ...],
    ids: tuple[str, ...],
    count: int | None,
    levels: tuple[int, ...],
    seed: int | None,
    code: str | None,
    versions: int | None,
    title: str | None,
    blueprint: str | None,
    formats: tuple[str, ...],
    output: Path,
    force: bool,
    folder: Path | None,
) -> None:
    """Write an exam with its solutions.

    The files go into one folder; with several versions -A, -B, … ends each name. Prints what it wrote, then the
    seed and the code that makes this exam again.
    """
    chosen = _formats(formats)
    bank = open_bank(folder)
    selected = topics or ids or levels or count is not None
    if code is not None and (selected or seed is not None or versions is not None):
        raise UsageError("a code says all about the questions; leave out -t, -q, -n, --level, --seed, --versions")
    if blueprint is not None:
        if selected:
            raise UsageError("a blueprint says which questions; leave out -t, -q, -n, --level")
        refuse_faults(bank)
        plan = read_blueprint(blueprint)
        exam = exam_from_blueprint(bank, plan, seed=seed, versions=versions, title=title, code=code)
    elif code is not None:
        selection = decode(code, bank)
        refuse_faults(bank, topics=selection.topics, ids=selection.ids)
        exam = exam_from_code(bank, code, title=title)
    else:
        refuse_faults(bank, topics=select_topics(topics, bank.topics), ids=ids)
        exam = make_exam(
            bank,
            topics=topics,
            ids=ids,
            count=count,
            levels=levels,
            seed=seed,
            versions=versions or 1,
            title=title,
        )
    files = {
        name: content for paper in exam.papers for format_ in chosen for name, content in export(paper, format_).items()
    }
    for path in write_all(output, files, force=force):
        click.echo(f"wrote {path}")
    click.echo(_minutes(exam))
    click.echo(f"seed {exam.seed}\ncode {exam.code}")


def _minutes(exam: Exam) -> str:
    """`minutes 58`, or of each version, with how far they lie apart."""
    if len(exam.papers) == 1:
        return f"minutes {exam.papers[0].minutes:.0f}"
    each = ", ".join(f"{paper.version} {paper.minutes:.0f}" for paper in exam.papers)
    return f"minutes {each}; the longest takes {exam.spread:.0%} more than the shortest"


def _formats(given: Sequence[str]) -> list[str]:
    """The names in `-f a,b -f c`, each once; without -f all formats whose libraries are installed."""
    names = list(dict.fromkeys(name.strip() for list_ in given for name in list_.split(",")))
    for name in names:
        if name not in FORMATS:
            raise UsageError(
                f"unknown format {name!r}{did_you_mean(name, list(FORMATS))} (the formats are {', '.join(FORMATS)})"
            )
        FORMATS[name].load()  # before any work: a library that is missing is an error for what was asked for
    if names:
        return names
    for format_ in FORMATS.values():
        if not format_.available:
            click.echo(
                f"quizgen: note: no {format_.name} file, for {format_.needs} is not installed; "
                f"get it with: pip install 'quizgen[{format_.name}]'",
                err=True,
            )
    return [format_.name for format_ in FORMATS.values() if format_.available]
