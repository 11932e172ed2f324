"""Cards: facts worth recalling, many to a file, beside the questions of their topic."""

from __future__ import annotations

import re

import yaml

from quizgen.bank.yaml_nodes import YamlFile
from quizgen.errors import BankError, did_you_mean
from quizgen.exercise import Card

KINDS = ("definition", "formula", "list", "reason", "rule", "comparison", "correction")
MAX_FILE = 200_000
#: Nobody recalls more at once.
MAX_TEXT = 2_000
MAX_COVERS = 50
KEYS = ("id", "kind", "front", "back", "cloze", "reverse", "covers")

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BLANK = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)


def read_cards(path: str, topic: str, text: str) -> tuple[list[Card], list[BankError]]:
    """The cards of a file and all its faults.

    Args:
        path: as it is shown in errors.
        topic: the folder that the file lies in.
    """
    if len(text) > MAX_FILE:
        return [], [
            BankError(path, None, f"is too long: at most {MAX_FILE} characters; cards may stand in more topics")
        ]
    try:
        nodes = YamlFile(path, text)
    except BankError as error:
        return [], [error]
    if nodes.root is None:
        return [], []
    cards: dict[str, Card] = {}
    for item in nodes.items(nodes.root, "cards"):
        card = _card(nodes, item, topic)
        if card is None:
            continue
        if card.id in cards:
            nodes.fault(item, f"the id '{card.id}' stands there twice")
        cards[card.id] = card
    return list(cards.values()), nodes.faults


def _card(nodes: YamlFile, item: yaml.Node, topic: str) -> Card | None:
    before = len(nodes.faults)
    entries = dict(nodes.mapping(item, "card"))
    for key, node in entries.items():
        if key not in KEYS:
            nodes.fault(node, f"card: unknown key '{key}'{did_you_mean(key, KEYS)}; known: {', '.join(KEYS)}")
    texts = {key: nodes.text(node, f"card: {key}").text.strip() for key, node in entries.items() if key != "covers"}
    for key, text in texts.items():
        if len(text) > MAX_TEXT:
            nodes.fault(entries[key], f"card: {key}: is too long: {len(text)} characters, at most {MAX_TEXT}")
            texts[key] = text[:MAX_TEXT]
    cloze = "cloze" in texts
    for key in ("id", "kind", *(() if cloze else ("front", "back"))):
        if not texts.get(key):
            nodes.fault(item, f"card: the key '{key}' is missing or empty")
    if "id" in texts and not _NAME.fullmatch(texts["id"]):
        nodes.fault(entries["id"], f"card: the id '{texts['id']}' must be made of a-z, 0-9 and '-'")
    if "kind" in texts and texts["kind"] not in KINDS:
        nodes.fault(entries["kind"], f"card: unknown kind '{texts['kind']}'; known: {', '.join(KINDS)}")
    if cloze and "front" in texts:
        nodes.fault(entries["front"], "card: a cloze card has no front")
    if cloze and not _BLANK.search(texts["cloze"]):
        nodes.fault(entries["cloze"], "card: expected at least one blank, {{like this}}")
    if texts.get("reverse", "false") not in ("true", "false"):
        nodes.fault(entries["reverse"], "card: reverse is true or false")
    covers = nodes.texts(entries["covers"], "card: covers") if "covers" in entries else []
    if len(covers) > MAX_COVERS or max(map(len, covers), default=0) > MAX_TEXT // 10:
        nodes.fault(entries["covers"], f"card: covers: expected at most {MAX_COVERS} sections, as the outline has them")
    if len(nodes.faults) > before:
        return None
    return Card(
        id=f"{topic}/{texts['id']}",
        topic=topic,
        kind=texts["kind"],
        front=texts["cloze"] if cloze else texts["front"],
        back=texts.get("back", ""),
        cloze=cloze,
        reverse=texts.get("reverse") == "true",
        covers=tuple(covers),
    )
