"""What every answer kind can do. Each is a module of its own; `kinds.py` lists them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from quizgen.answers.clean import Unreadable
from quizgen.answers.verdict import Graded
from quizgen.exercise import Answer, Value

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Reading(Generic[C]):
    """One way to read an answer.

    Attributes:
        content: what the answer says, in the way of its kind.
        remark: for the student, where the spelling could be misread: `1,5` was read as 1.5. Markdown.
    """

    content: C
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Samples:
    """Texts that a kind makes of an answer, to test a bank with.

    Attributes:
        right: in many honest spellings; each is graded RIGHT.
        wrong: readable, and without any points.
        malformed: not readable.
        mistaken: one for each of the answer's mistakes, in their order; each is graded MISTAKE.
    """

    right: tuple[str, ...]
    wrong: tuple[str, ...]
    malformed: tuple[str, ...]
    mistaken: tuple[str, ...]


class AnswerKind(Protocol[C]):
    """A module that reads and judges one kind of answer."""

    def read(self, text: str, answer: Answer) -> Sequence[Reading[C]]:
        """The ways to read an answer, the likeliest first; more than one only where the spelling is ambiguous.

        Raises:
            Unreadable: if there is none; the message says what was found and shows what is expected.
        """

    def judge(self, content: C, answer: Answer) -> Graded:
        """The verdict on what was read, by itself: never FOLLOWS, UNREADABLE or MISSING."""

    def plain(self, content: C) -> Value:
        """What was read, as JSON has it."""

    def samples(self, answer: Answer) -> Samples:
        """Right, wrong and malformed answers."""


@contextmanager
def expecting(phrase: str) -> Iterator[None]:
    """Ends the message of an `Unreadable` with what to write: `a whole number, such as 12`."""
    try:
        yield
    except Unreadable as error:
        found = str(error)
        end = "" if found.endswith("?") else "."
        raise Unreadable(f"{found[:1].upper()}{found[1:]}{end} Write {phrase}.") from error
