"""`quizgen anki`: a deck to learn from."""

from __future__ import annotations

from pathlib import Path

import click

from quizgen.bank import Bank, Question
from quizgen.choose import select_topics
from quizgen.cli import options
from quizgen.cli.bank import open_bank, refuse_faults
from quizgen.errors import UsageError
from quizgen.exercise import Card
from quizgen.export import FORMATS
from quizgen.files import write_all


@click.command("anki")
@options.topics
@options.ids
@click.option(
    "--variants", type=click.IntRange(min=1), default=3, metavar="K", help="Exercises per question; default: 3."
)
@click.option(
    "--cards/--no-cards",
    default=None,
    help="The flashcards of the topics too; default: yes, and no for single questions (-q).",
)
@options.seed
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="quizgen.apkg",
    metavar="FILE",
    help="Default: quizgen.apkg.",
)
@options.force
@options.bank
def command(
    topics: tuple[str, ...],
    ids: tuple[str, ...],
    variants: int,
    cards: bool | None,
    seed: int | None,
    output: Path,
    force: bool,
    folder: Path | None,
) -> None:
    """Write an Anki deck of exercises and flashcards.

    Import the file into Anki. Importing a newer one updates the cards and keeps what you have learnt. Prints the
    file and the seed.
    """
    FORMATS["anki"].load()  # a missing library is told before any work
    if topics and ids:
        raise UsageError("questions are chosen by topic (-t) or by id (-q), not by both")
    if output.is_dir():
        raise UsageError(f"{output} is a folder; name the file to write, such as {output / 'quizgen.apkg'}")
    cards = not ids if cards is None else cards
    bank = open_bank(folder)
    refuse_faults(bank, topics=select_topics(topics, bank.topics), ids=ids, cards=cards)
    questions = _questions(bank, topics, ids)
    facts = _cards(bank, topics, questions) if cards else []
    if not (questions or facts):
        raise UsageError("there is nothing to put into the deck: no question and no card in what was asked for")
    seed = options.fresh_seed(seed)
    exercises = [question.draw(seed=seed, variant=k) for question in questions for k in range(variants)]

    from quizgen.export.anki import deck

    (path,) = write_all(output.parent, {output.name: deck(exercises, facts, timestamp=None)}, force=force)
    click.echo(f"wrote {path}\nseed {seed}")
    click.echo(f"{len(exercises)} exercises, {len(facts)} cards", err=True)


def _questions(bank: Bank, topics: tuple[str, ...], ids: tuple[str, ...]) -> list[Question]:
    if ids:
        return [bank[name] for name in dict.fromkeys(ids)]
    chosen = select_topics(topics, bank.topics) or bank.topics
    return [question for question in bank.questions.values() if question.topic in chosen]


def _cards(bank: Bank, topics: tuple[str, ...], questions: list[Question]) -> list[Card]:
    """The cards of the topics asked for; of the questions' topics if it was questions that were asked for."""
    if topics:
        chosen = set(select_topics(topics, bank.topics))
        return [card for card in bank.cards if card.topic in chosen]
    of_questions = {question.topic for question in questions}
    everything = len(questions) == len(bank.questions)
    return [card for card in bank.cards if everything or card.topic in of_questions]
