"""The catalogue as Markdown: an overview, and a page a topic with an example of each question, solved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from quizgen.catalogue.facts import Facts, facts_of
from quizgen.catalogue.sections import coverage
from quizgen.choose import in_order
from quizgen.export.drawings import drawings
from quizgen.export.layout import fill
from quizgen.export.markdown import solved

if TYPE_CHECKING:
    from quizgen.bank import Bank

#: The examples are variant 0 of this seed.
SEED = 7


def pages(bank: Bank) -> dict[str, bytes]:
    """`README.md`, `<topic>.md` for each topic, and a file for each figure.

    Raises:
        DrawError, BankError, ExportError: if a question cannot be drawn or written.
    """
    facts = [facts_of(question) for question in in_order(bank.questions.values())]
    topics: dict[str, list[Facts]] = {}
    for each in facts:
        topics.setdefault(each.question.topic, []).append(each)
    found = {"README.md": _overview(bank, topics).encode()}
    for topic, questions in topics.items():
        found |= _topic(topic, questions, [card.front for card in bank.cards if card.topic == topic])
    return found


def _overview(bank: Bank, topics: Mapping[str, Sequence[Facts]]) -> str:
    page = fill(
        "markdown/catalogue.md",
        topics=topics,
        questions=len(bank.questions),
        cards=len(bank.cards),
        coverage=coverage(bank),
    )
    return page.rstrip() + "\n"


def _topic(topic: str, facts: Sequence[Facts], cards: Sequence[str]) -> dict[str, bytes]:
    exercises = [each.question.draw(seed=SEED, variant=0) for each in facts]
    examples = [{"facts": each, **solved(exercise)} for each, exercise in zip(facts, exercises, strict=True)]
    page = fill("markdown/catalogue-topic.md", topic=topic, examples=examples, cards=len(cards), seed=SEED)
    return {f"{topic}.md": (page.rstrip() + "\n").encode()} | drawings(exercises, "svg")
