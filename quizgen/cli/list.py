"""`quizgen list`: what the bank can ask."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from quizgen.bank import Question
from quizgen.choose import select_topics
from quizgen.cli import options
from quizgen.cli.bank import open_bank, warn
from quizgen.exercise import Card


@click.command("list")
@options.topics
@click.option("--json", "as_json", is_flag=True, help="For programs: everything as JSON.")
@options.bank
def command(topics: tuple[str, ...], as_json: bool, folder: Path | None) -> None:
    """List the questions of the bank, and count its cards.

    A question that is at fault is left out and named on standard error.
    """
    bank = open_bank(folder)
    warn(bank.faults)
    chosen = select_topics(topics, bank.topics) or bank.topics
    questions = [question for question in bank.questions.values() if question.topic in chosen]
    cards = [card for card in bank.cards if card.topic in chosen]
    click.echo(_json(questions, cards) if as_json else _table(questions, cards))


def _table(questions: Sequence[Question], cards: Sequence[Card]) -> str:
    head = ("question", "level", "points", "title")
    rows = [head, *((each.id, str(each.level), str(each.points), each.title) for each in questions)]
    width = max(len(row[0]) for row in rows)
    lines = [f"{id_:<{width}}  {level:>5}  {points:>6}  {title}" for id_, level, points, title in rows]
    return "\n".join([*lines, "", f"{_count(len(questions), 'question')}, {_count(len(cards), 'card')}"])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _json(questions: Sequence[Question], cards: Sequence[Card]) -> str:
    data = {
        "questions": [
            {"id": each.id, "title": each.title, "topic": each.topic, "level": each.level, "points": each.points}
            for each in questions
        ],
        "cards": [{"id": card.id, "topic": card.topic, "kind": card.kind} for card in cards],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)
