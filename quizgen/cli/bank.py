"""The bank that a command works with, and what happens when files of it are at fault."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

import click

from quizgen import resources
from quizgen.bank import Bank, load_bank
from quizgen.bank.library import CARDS_FILE
from quizgen.errors import BankError, UsageError


def open_bank(folder: Path | None) -> Bank:
    """The bank in a folder, or the one that comes with quizgen.

    Raises:
        UsageError: if the folder is not there, or holds no questions.
    """
    bank = load_bank(folder)
    if not (bank.questions or bank.cards or bank.faults):
        raise UsageError(f"there are no questions in {folder or resources.bank()}; start one with 'quizgen new'")
    return bank


def refuse_faults(bank: Bank, *, topics: Sequence[str] = (), ids: Sequence[str] = (), cards: bool = False) -> None:
    """Stop if the questions asked for may include one that is at fault; warn of the faults of all others.

    Args:
        bank: its `faults` are what matters here.
        topics: topics asked for; neither topics nor ids: the whole bank.
        ids: questions asked for.
        cards: whether the cards of the topics are asked for too.

    Raises:
        UsageError: with all faults that matter, each at its file and line.
    """
    matter = [fault for fault in bank.faults if _matters(fault, topics, ids, cards=cards)]
    if matter:
        faults = "a fault" if len(matter) == 1 else f"{len(matter)} faults"
        raise UsageError(
            f"nothing was written, for the question bank has {faults} in what was asked for:\n"
            + "".join(f"  {fault}\n" for fault in matter)
            + "Mend the bank, or choose other questions with -t TOPIC or -q ID."
        )
    warn(bank.faults)


def warn(faults: Iterable[BankError]) -> None:
    """Name faults that do not stop the work."""
    for fault in faults:
        click.echo(f"quizgen: warning: left out: {fault}", err=True)


def is_fault_of(fault: BankError, question: str) -> bool:
    """Whether a fault lies in the file of a question."""
    return _matters(fault, (), (question,), cards=False)


def _matters(fault: BankError, topics: Sequence[str], ids: Sequence[str], *, cards: bool) -> bool:
    file = PurePosixPath(fault.path.partition("/")[2])  # the path in the bank; before it stands the bank's own name
    topic = file.parts[0]
    if file.name == CARDS_FILE:
        return cards and (not topics or topic in topics)
    return file.with_suffix("").as_posix() in ids if ids else not topics or topic in topics
