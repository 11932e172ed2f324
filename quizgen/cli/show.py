"""`quizgen show`: one exercise, to read at once."""

from __future__ import annotations

from pathlib import Path

import click

from quizgen.cli import options
from quizgen.cli.bank import is_fault_of, open_bank
from quizgen.errors import UsageError, did_you_mean
from quizgen.exercise import Exercise, Paper
from quizgen.export import FORMATS, export

#: For each format that is text the file that holds all of an exercise, its solution included.
_WHOLE = {"markdown": "solutions.md", "latex": "exam.tex", "json": "exam.json"}


@click.command("show")
@click.argument("question", metavar="ID")
@options.seed
@click.option(
    "--variant", type=click.IntRange(min=0), default=0, metavar="K", help="Other numbers of the same seed; default: 0."
)
@click.option(
    "-f", "--format", "format_", default="terminal", metavar="NAME", help=f"terminal (default), {', '.join(_WHOLE)}."
)
@options.bank
def command(question: str, seed: int | None, variant: int, format_: str, folder: Path | None) -> None:
    """Show one exercise with its solution.

    ID is a question as `quizgen list` names it, such as lstm/forget-gate.
    """
    if format_ != "terminal" and format_ not in _WHOLE:
        raise UsageError(_not_shown(format_))
    bank = open_bank(folder)
    faults = [str(fault) for fault in bank.faults if is_fault_of(fault, question)]
    if faults:
        raise UsageError(
            "\n  ".join([f"{question} has a fault:" if len(faults) == 1 else f"{question} has faults:", *faults])
        )
    seed = options.fresh_seed(seed)
    exercise = bank[question].draw(seed=seed, variant=variant)
    click.echo(f"{exercise.id}, seed {seed}, variant {variant}", err=True)
    click.echo(_shown(exercise, format_), nl=False)


def _shown(exercise: Exercise, format_: str) -> str:
    paper = Paper(title=exercise.title, code="", seed=exercise.seed, version="", exercises=(exercise,))
    if format_ != "terminal":
        return export(paper, format_)[_WHOLE[format_]].decode()
    from quizgen.export.latex import sources
    from quizgen.export.terminal import show

    sources(paper)  # the strictest format: whoever reads an exercise here wants to know whether it can be printed
    return show(exercise).rstrip("\n") + "\n"


def _not_shown(format_: str) -> str:
    known = ["terminal", *_WHOLE]
    if format_ in FORMATS:
        return f"the format {format_!r} is not text, so it cannot be shown; make a file with 'quizgen {format_}'"
    return f"unknown format {format_!r}{did_you_mean(format_, known)} (the formats are {', '.join(known)})"
