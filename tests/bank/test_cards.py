"""Files of cards: what a card is, and every fault with its line."""

from __future__ import annotations

import pytest

from quizgen.bank.cards import read_cards
from quizgen.exercise import Card

GOOD = """- id: epoch
  kind: definition
  front: What is an epoch?
  back: One pass over the training set.
  reverse: true
  covers: [a, b]
- id: batch-size
  kind: definition
  cloze: "The number of samples in one step is the {{batch size}}."
  back: A remark.
"""


def test_cards_are_read_in_order_with_their_topic() -> None:
    cards, faults = read_cards("training/cards.yaml", "training", GOOD)
    assert faults == []
    assert cards == [
        Card("training/epoch", "training", "definition", "What is an epoch?",
        "One pass over the training set.", reverse=True, covers=("a", "b")),
        Card("training/batch-size", "training", "definition",
        "The number of samples in one step is the {{batch size}}.", "A remark.",
             cloze=True),
    ]  # fmt: skip


def test_a_file_without_cards() -> None:
    assert read_cards("p", "t", "# nothing yet\n") == ([], [])


@pytest.mark.parametrize(("text", "faults"), [
    ("text", ["p:1: cards: expected a list, one '- …' a line, found 'text'"]),
    ("- text", ["p:1: card: expected 'key: value' lines", "'id'", "'kind'", "'front'", "'back'"]),
    ("- id: a\n  kind: rule\n  front: x", ["p:1: card: the key 'back' is missing or empty"]),
    ("- id: a\n  kind: rule\n  front: x\n  back: ' '", ["p:1: card: the key 'back' is missing or empty"]),
    ("- id: A b\n  kind: rule\n  front: x\n  back: y", ["p:1: card: the id 'A b' must be made of a-z, 0-9 and '-'"]),
    ("- id: a\n  kind: riddle\n  front: x\n  back: y", ["p:2: card: unknown kind 'riddle'; known: definition"]),
    ("- id: a\n  kind: rule\n  cloze: nothing left out", ["p:3: card: expected at least one blank, {{like this}}"]),
    ("- id: a\n  kind: rule\n  cloze: '{{x}}'\n  front: y", ["p:4: card: a cloze card has no front"]),
    ("- id: a\n  kind: rule\n  front: x\n  back: y\n  reverse: perhaps", ["p:5: card: reverse is true or false"]),
    ("- id: a\n  kind: rule\n  front: x\n  bakc: y", ["p:1: card: the key 'back'",
    "p:4: card: unknown key 'bakc'; did you mean 'back'?"]),
    ("- id: a\n  kind: rule\n  front: x\n  back: [y]", ["p:4: card: back: expected a text, found a list"]),
    ("- id: a: b", ["p:1: YAML"]),
])  # fmt: skip
def test_each_fault_has_its_line(text: str, faults: list[str]) -> None:
    cards, found = read_cards("p", "t", text)
    assert cards == []
    for fault in faults:
        assert any(fault in str(error) for error in found), (fault, list(map(str, found)))


def test_a_faulty_card_does_not_hide_the_others() -> None:
    cards, faults = read_cards("p", "t", "- id: a\n" + GOOD)
    assert [card.id for card in cards] == ["t/epoch", "t/batch-size"]
    assert faults


def test_an_id_stands_there_once() -> None:
    _, faults = read_cards("p", "t", GOOD.replace("batch-size", "epoch", 1))
    assert [str(fault) for fault in faults] == ["p:7: the id 't/epoch' stands there twice"]
