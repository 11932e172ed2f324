"""`quizgen list`: what the bank can ask."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from pathlib import Path

import click

from quizgen.bank import Bank, Question
from quizgen.catalogue import coverage, facts_of
from quizgen.choose import select_topics
from quizgen.cli import options
from quizgen.cli.bank import open_bank, warn
from quizgen.errors import UsageError, counted
from quizgen.exercise import Card
from quizgen.files import write_all


@click.command("list")
@options.topics
@click.option("--full", is_flag=True, help="With estimated minutes, forms, and the number of variants; takes a while.")
@click.option("--coverage", "sections", is_flag=True, help="By section of the lecture: the questions and cards on it.")
@click.option(
    "--pages", type=click.Path(path_type=Path), metavar="DIR", help="Write a catalogue with examples, in Markdown."
)
@click.option("--json", "as_json", is_flag=True, help="For programs: everything as JSON.")
@options.force
@options.bank
def command(
    topics: tuple[str, ...],
    full: bool,
    sections: bool,
    pages: Path | None,
    as_json: bool,
    force: bool,
    folder: Path | None,
) -> None:
    """List the questions of the bank, and count its cards.

    A question that is at fault is left out and named on standard error.
    """
    if sum((full, sections, pages is not None, as_json)) > 1:
        raise UsageError("--full, --coverage, --pages and --json are different lists; choose one")
    if topics and (sections or pages is not None):
        raise UsageError("--coverage and --pages are about the whole bank; leave out -t")
    bank = open_bank(folder)
    warn(bank.faults)
    chosen = select_topics(topics, bank.topics) or bank.topics
    questions = [question for question in bank.questions.values() if question.topic in chosen]
    cards = [card for card in bank.cards if card.topic in chosen]
    if pages is not None:
        _write_pages(bank, pages, force=force)
    elif sections:
        click.echo(_coverage(bank))
    elif full:
        click.echo(_full(questions))
    else:
        click.echo(_json(questions, cards) if as_json else _table(questions, cards))


def _write_pages(bank: Bank, folder: Path, *, force: bool) -> None:
    from quizgen.catalogue.pages import pages

    for path in write_all(folder, pages(bank), force=force):
        click.echo(f"wrote {path}")


def _coverage(bank: Bank) -> str:
    """A line for each section of the lecture, and below it what asks it."""
    lines = []
    for row in coverage(bank):
        lines.append(f"{row.section}: {counted(len(row.questions), 'question')}, {counted(len(row.cards), 'card')}")
        lines += textwrap.wrap(", ".join(row.questions), 100, initial_indent="    ", subsequent_indent="    ")
    return "\n".join(lines) or "The bank has no outline.yaml, so there are no sections."


def _full(questions: Sequence[Question]) -> str:
    head = ("question", "level", "points", "minutes", "forms", "variants")
    rows = [head]
    for question in questions:
        facts = facts_of(question)
        rows.append((
            question.id, str(question.level), str(question.points), facts.minutes_text, str(question.forms),
            facts.variants_text,
        ))  # fmt: skip
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join("  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows)


def _table(questions: Sequence[Question], cards: Sequence[Card]) -> str:
    head = ("question", "level", "points", "title")
    rows = [head, *((each.id, str(each.level), str(each.points), each.title) for each in questions)]
    width = max(len(row[0]) for row in rows)
    lines = [f"{id_:<{width}}  {level:>5}  {points:>6}  {title}" for id_, level, points, title in rows]
    return "\n".join([*lines, "", f"{counted(len(questions), 'question')}, {counted(len(cards), 'card')}"])


def _json(questions: Sequence[Question], cards: Sequence[Card]) -> str:
    data = {
        "questions": [
            {
                "id": each.id,
                "title": each.title,
                "topic": each.topic,
                "level": each.level,
                "points": each.points,
                "covers": each.covers,
            }
            for each in questions
        ],
        "cards": [{"id": card.id, "topic": card.topic, "kind": card.kind, "covers": card.covers} for card in cards],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)
