"""`quizgen practice`: exercises in the terminal, asked again when they are due."""

from __future__ import annotations

import io
import shutil
import sys
import textwrap
from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from quizgen.choose import candidates, select_topics
from quizgen.cli import options
from quizgen.cli.bank import open_bank, warn
from quizgen.practice.statistics import Statistics, statistics
from quizgen.practice.store import Store

_WIDEST = 100


@click.command("practice")
@options.topics
@options.levels
@click.option(
    "-n", "--count", type=click.IntRange(min=1), help="Stop after so many exercises; default: when you leave."
)
@click.option("--stats", is_flag=True, help="How practising goes: days in a row, weak topics, what is due.")
@click.option(
    "--file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where your answers are kept; default: in your folder for such files.",
)
@options.bank
def command(
    topics: tuple[str, ...],
    levels: tuple[int, ...],
    count: int | None,
    stats: bool,
    file: Path | None,
    folder: Path | None,
) -> None:
    """Practise: an exercise at a time, with hints and explanations.

    What is due comes first, then what is new; what went wrong comes again with other numbers. Every answer is kept at
    once, so you can leave at any moment: type quit, or press Ctrl-D.
    """
    bank = open_bank(folder)
    chosen = select_topics(topics, bank.topics)
    path = file or Path(click.get_app_dir("quizgen")) / "practice.sqlite3"
    with closing(Store(path)) as store:
        if not stats:
            warn(bank.faults)
            from quizgen.practice.schedule import Schedule
            from quizgen.practice.session import WORDS, Session

            if isinstance(sys.stdin, io.TextIOWrapper):
                sys.stdin.reconfigure(errors="replace")  # bytes that are no text are an answer that cannot be read
            columns = min(shutil.get_terminal_size().columns, _WIDEST)
            words = "; ".join(f"{word} ({what})" for word, what in WORDS.items())
            click.echo(textwrap.fill(f"Type an answer, or: {words}.", columns) + "\n")
            session = Session(store, Schedule(store), input, click.echo, columns)
            session.run(candidates(bank, chosen, levels), count)
        # Days are those of the learner, not of UTC.
        click.echo(_table(statistics(store.reviews(), store.due(), datetime.now().astimezone())))


def _table(found: Statistics) -> str:
    if not found.answered:
        return "Nothing has been answered yet."
    days = "day" if found.streak == 1 else "days"
    lines = [
        f"Answered: {found.answered}, today {found.today}. Streak: {found.streak} {days}.",
        f"Due now: {found.due}, by the end of tomorrow: {found.tomorrow}.",
        "",
        f"{'topic':<20}{'answered':>10}{'right at once':>16}",
    ]
    lines += [f"{topic.topic:<20}{topic.answered:>10}{topic.share:>16.0%}" for topic in found.topics]
    return "\n".join(lines)
