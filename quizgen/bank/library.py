"""A question bank: a folder per topic, a file per question, cards beside them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from quizgen import resources
from quizgen.bank.cards import read_cards
from quizgen.bank.question import Question
from quizgen.bank.question_file import MAX_FILE, read_source
from quizgen.bank.reading import read_text
from quizgen.bank.yaml_nodes import YamlFile
from quizgen.errors import BankError, UsageError, did_you_mean
from quizgen.exercise import Card

CARDS_FILE = "cards.yaml"

#: The sections of the lecture that a bank belongs to, in their order; a bank need not have one.
OUTLINE_FILE = "outline.yaml"

#: Topics and questions stand in documents of every format, in tags and in names of files.
_NAME = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
_MAX_NAME = 200
_MAX_SECTIONS = 500


@dataclass(frozen=True)
class Bank:
    """What a folder holds.

    Attributes:
        questions: by id, sorted; files with a fault are left out.
        faults: all faults of all files, in the order of the files.
        outline: the sections of the lecture, which `covers` names; empty if the bank does not list them.
        fingerprint: 24 bits of a hash of everything that is in the folder.
    """

    questions: Mapping[str, Question]
    cards: tuple[Card, ...]
    faults: tuple[BankError, ...]
    topics: tuple[str, ...]
    outline: tuple[str, ...]
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
    outline, outline_faults = _read_outline(root)
    faults += outline_faults
    topics = []
    for file in sorted((*root.rglob("*.md"), *root.rglob(CARDS_FILE)), key=lambda f: f.relative_to(root).as_posix()):
        relative = file.relative_to(root)
        shown = f"{root.name}/{relative.as_posix()}"
        unusable = _unusable(relative)
        if unusable:
            faults.append(BankError(ascii(shown)[1:-1], None, unusable))
            continue
        try:
            text = read_text(file, MAX_FILE, "a file of a question bank")
        except UsageError as error:
            faults.append(BankError(shown, None, str(error)))
            continue
        digest.update(relative.as_posix().encode() + b"\0" + text.encode() + b"\0")
        topics.append(relative.parts[0])
        if file.name == CARDS_FILE:
            found, wrong = read_cards(shown, relative.parts[0], text)
            wrong += [fault for card in found for fault in _unknown_sections(shown, None, card.covers, outline)]
            cards += found
        else:
            source, wrong = read_source(shown, text)
            wrong += _unknown_sections(shown, source.lines.get("covers"), source.covers, outline)
            if not wrong:
                question_id = relative.with_suffix("").as_posix()
                questions[question_id] = Question(question_id, source)
        faults += wrong
    fingerprint = int.from_bytes(digest.digest()[:3], "big")
    return Bank(questions, tuple(cards), tuple(faults), tuple(dict.fromkeys(topics)), outline, fingerprint)


def _unusable(relative: Path) -> str:
    """What is wrong with where a file lies, or nothing."""
    if len(relative.parts) != 2:
        return "expected <topic>/<question>.md, one folder deep"
    for name in (relative.parts[0], relative.stem):
        if not _NAME.fullmatch(name) or len(name) > _MAX_NAME:
            return f"the name {name[:_MAX_NAME]!r} must be made of letters a-z, digits and '-', such as output-shape"
    return ""


def _read_outline(root: Path) -> tuple[tuple[str, ...], list[BankError]]:
    file = root / OUTLINE_FILE
    shown = f"{root.name}/{OUTLINE_FILE}"
    if not file.exists() and not file.is_symlink():
        return (), []
    try:
        nodes = YamlFile(shown, read_text(file, MAX_FILE, "a file of a question bank"))
    except BankError as error:
        return (), [error]
    except UsageError as error:
        return (), [BankError(shown, None, str(error))]
    sections = [] if nodes.root is None else nodes.texts(nodes.root, "outline")
    if len(sections) > _MAX_SECTIONS or max(map(len, sections), default=0) > _MAX_NAME:
        nodes.fault(1, f"outline: expected at most {_MAX_SECTIONS} sections of at most {_MAX_NAME} characters each")
        return (), nodes.faults
    return tuple(sections), nodes.faults


def _unknown_sections(
    path: str, line: int | None, covers: Sequence[str], outline: Sequence[str]
) -> Iterator[BankError]:
    for section in covers:
        if outline and section not in outline:
            hint = did_you_mean(section, list(outline))
            yield BankError(path, line, f"covers: '{section}' is no section of {OUTLINE_FILE}{hint}")
