"""A question bank: a folder per topic, a file per question, cards beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from quizgen import resources
from quizgen.bank.cards import read_cards
from quizgen.bank.question import Question
from quizgen.bank.source import read_source
from quizgen.errors import BankError, UsageError, did_you_mean
from quizgen.exercise import Card

CARDS_FILE = "cards.yaml"


@dataclass(frozen=True)
class Bank:
    """What a folder holds.

    Attributes:
        questions: by id, sorted; files with a fault are left out.
        faults: all faults of all files, in the order of the files.
        fingerprint: 24 bits of a hash of everything that is in the folder.
    """

    questions: Mapping[str, Question]
    cards: tuple[Card, ...]
    faults: tuple[BankError, ...]
    topics: tuple[str, ...]
    fingerprint: int

    def __getitem__(self, question_id: str) -> Question:
        """A question by its id.

        Raises:
            UsageError: if there is none, with the nearest ids.
        """
        found = self.questions.get(question_id)
        if found is None:
            hint = did_you_mean(question_id, list(self.questions))
            raise UsageError(f"there is no question '{question_id}'{hint or '; see quizgen list'}")
        return found


def load_bank(path: Path | str | None = None) -> Bank:
    """Reads a bank. Faults of its files do not stop it; they are in `faults`, the other files are usable.

    Args:
        path: the folder; None: the bank that comes with quizgen.

    Raises:
        UsageError: if there is no such folder.
    """
    root = resources.bank() if path is None else Path(path)
    if not root.is_dir():
        raise UsageError(f"there is no folder '{root}' to read a question bank from")
    questions: dict[str, Question] = {}
    cards: list[Card] = []
    faults: list[BankError] = []
    digest = hashlib.sha256()
    for macros in sorted((resources.templates() / "macros").glob("*.md")):  # they are part of every question's text
        digest.update(macros.read_bytes())
    topics = []
    for file in sorted((*root.rglob("*.md"), *root.rglob(CARDS_FILE)), key=lambda f: f.relative_to(root).as_posix()):
        relative = file.relative_to(root)
        shown = f"{root.name}/{relative.as_posix()}"
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            faults.append(BankError(shown, None, f"cannot be read: {error}"))
            continue
        digest.update(relative.as_posix().encode() + b"\0" + text.encode() + b"\0")
        if len(relative.parts) != 2:
            faults.append(BankError(shown, None, "expected <topic>/<question>.md, one folder deep"))
            continue
        topics.append(relative.parts[0])
        if file.name == CARDS_FILE:
            found, wrong = read_cards(shown, relative.parts[0], text)
            cards += found
        else:
            source, wrong = read_source(shown, text)
            if not wrong:
                question_id = relative.with_suffix("").as_posix()
                questions[question_id] = Question(question_id, source)
        faults += wrong
    fingerprint = int.from_bytes(digest.digest()[:3], "big")
    return Bank(questions, tuple(cards), tuple(faults), tuple(dict.fromkeys(topics)), fingerprint)
