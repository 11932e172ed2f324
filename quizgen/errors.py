"""One tree of errors. Whatever goes wrong for a reason the user can mend is a QuizgenError."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches


class QuizgenError(Exception):
    """The root of every error that quizgen raises on purpose; its text is a sentence for the user."""


class ShapeError(QuizgenError, ValueError):
    """Arrays whose shapes do not fit together; the message names the expected and the received shapes."""


class FormulaError(QuizgenError):
    """A formula that cannot be read or has no meaning; `column` counts from 1 where it is known."""

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


@contextmanager
def at_line(line: int) -> Iterator[None]:
    """Gives a FormulaError that knows no line of its own this one."""
    try:
        yield
    except FormulaError as error:
        if error.line is None:
            error.line = line
        raise


class BankError(QuizgenError):
    """A fault in a file of a question bank: `path:line: what: problem; remedy`."""

    def __init__(self, path: str, line: int | None, message: str) -> None:
        place = path if line is None else f"{path}:{line}"
        super().__init__(f"{place}: {message}")
        self.path = path
        self.line = line
        self.message = message


class DrawError(QuizgenError):
    """A variant that could not be drawn, or whose numbers disagree with the core."""


class ExportError(QuizgenError):
    """A document that cannot be written in the format asked for."""


class UsageError(QuizgenError):
    """A request that cannot be met: an unknown topic, a full folder, a code of another bank."""


#: Nobody misspells a longer name, and comparing takes time.
_LONGEST_WORD = 100


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """The end of a sentence that offers the nearest known words, or nothing: `; did you mean 'a' or 'b'?`."""
    near = get_close_matches(word, known, n=3, cutoff=0.6) if len(word) <= _LONGEST_WORD else []
    if not near:
        return ""
    return "; did you mean " + " or ".join(repr(name) for name in near) + "?"


def counted(number: int, noun: str) -> str:
    """`1 argument`, `2 arguments`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
