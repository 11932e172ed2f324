"""One student's answers, and what can be wrong with the file that holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizgen.errors import UsageError, counted
from quizgen.exercise import Paper
from quizgen.export.harmless import harmless, one_line

#: Somebody who reads more faults of one file than this would rather start again.
_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """One student's answers.

    Attributes:
        path: of the file, as it is shown.
        paper: the version that they answer.
        answers: by the exercise's place in the paper, from 0: as they stand in the file, by the names of what is asked
            for and of steps. What is not there was not answered.
    """

    path: str
    paper: Paper
    answers: Mapping[int, Mapping[str, object]]


class SheetError(UsageError):
    """A file of answers that cannot be read: all its faults, each as `path:line: message`."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class Faults:
    """The faults of one file, gathered so that all are told at once."""

    def __init__(self, path: str) -> None:
        self.path = harmless(path)
        self._found: list[tuple[int, str]] = []

    def add(self, line: int | None, message: str) -> None:
        self._found.append((line or 0, message))

    def fail(self, line: int | None, message: str) -> SheetError:
        """The error for a fault that ends the reading."""
        self.add(line, message)
        return self._error()

    def refuse(self) -> None:
        """Stops if there was any fault.

        Raises:
            SheetError: with all of them, by line.
        """
        if self._found:
            raise self._error()

    def _error(self) -> SheetError:
        told = [f"{self.path}:{line}: {text}" if line else f"{self.path}: {text}" for line, text in sorted(self._found)]
        more = len(told) - _MOST_TOLD
        return SheetError(
            told if more <= 0 else [*told[:_MOST_TOLD], f"{self.path}: and {counted(more, 'fault')} more"]
        )


def choose_paper(
    papers: Sequence[Paper], faults: Faults, *, code: str | None, version: str | None, line: int | None
) -> Paper:
    """The paper among the versions of one exam that a file says it answers.

    Args:
        papers: the versions; at least one.
        code, version: as the file says; None: it does not say.
        line: where the file says so.

    Raises:
        SheetError: if it answers another exam or version, or there are several versions and it does not say which.
    """
    known = " and ".join(paper.version or "without a letter" for paper in papers)
    if code is not None and code != papers[0].code:
        raise faults.fail(
            line,
            f"expected answers to the exam with the code '{one_line(papers[0].code)}', found '{one_line(code)}'; "
            "give the exam.json of the paper that was handed out",
        )
    if version is None:
        if len(papers) > 1:
            raise faults.fail(
                line,
                f"it is not said which version is answered, {known}; in Markdown keep the line with the paper's code, "
                "in YAML write 'version: A' at the top",
            )
        return papers[0]
    for paper in papers:
        if paper.version.casefold() == version.strip().casefold():
            return paper
    raise faults.fail(
        line,
        f"expected answers to version {known} of the exam, found '{one_line(version)}'; "
        "give the exam.json of that version, or the folder that holds all of them",
    )
