"""The catalogue: what is said of questions and sections, and that the pages under docs/ are those of the bank.

Write the pages anew with REGENERATE=1 after a question has changed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from questions import question

from quizgen.bank import load_bank
from quizgen.catalogue import coverage, facts_of
from quizgen.catalogue.pages import pages

DOCS = Path(__file__).parents[1] / "docs" / "catalogue"
BANK = load_bank()


@pytest.fixture(scope="module")
def made() -> Mapping[str, bytes]:
    return pages(BANK)


def test_the_pages_are_those_of_the_bank(made: Mapping[str, bytes]) -> None:
    if os.environ.get("REGENERATE"):
        DOCS.mkdir(parents=True, exist_ok=True)
        for old in DOCS.iterdir():
            old.unlink()
        for name, content in made.items():
            (DOCS / name).write_bytes(content)
    assert {file.name for file in DOCS.iterdir()} == set(made)
    for name, content in made.items():
        if name.endswith(".md"):  # the drawings' bytes depend on the version of Matplotlib
            assert (DOCS / name).read_bytes() == content, f"{name}: write it anew with REGENERATE=1"


def test_every_question_has_an_example_with_its_solution(made: Mapping[str, bytes]) -> None:
    text = {name: content.decode() for name, content in made.items() if name.endswith(".md")}
    for each in BANK.questions.values():
        assert f"| [{each.id}]({each.topic}.md#{each.id.replace('/', '')}) |" in text["README.md"]
        assert f"\n## {each.id}\n" in text[f"{each.topic}.md"]
    assert sum(page.count("\n### Solution\n") for page in text.values()) == len(BANK.questions)


def test_every_section_of_the_lecture_has_cards_and_nearly_every_one_questions() -> None:
    rows = coverage(BANK)
    assert [row.section for row in rows if not row.cards] == []
    # What is only said in words is asked by cards.
    assert {row.section for row in rows if not row.questions} <= {"Take Home Messages", "What You Must Learn"}


def test_facts_are_counted() -> None:
    made = question(
        given="a = integer(1, 4)", work="y = k * a", truth="y = k * a", more="vary:\n  k: [2, 3]",
        text="<< k >> << a >> << y.symbol >>",
    )  # fmt: skip
    facts = facts_of(made)
    assert (facts.variants, facts.variants_text) == (8, "8")
    assert facts.minutes[0] <= facts.minutes[1]
    assert facts_of(BANK["lstm/full-step"]).variants_text == "200+"
