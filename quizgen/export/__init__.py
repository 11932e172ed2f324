"""Finished exercises in the formats that people use: one format per file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Protocol

from quizgen.errors import ExportError, did_you_mean
from quizgen.exercise import Paper
from quizgen.files import write_all

Exporter = Callable[[Paper], dict[str, bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how it is called, what it is for, and where its exporter is.

    Attributes:
        module: imported when the format is first used; its `export` makes the files.
        needs: a library that comes with the extra of the format's name, or None.
    """

    name: str
    description: str
    module: str
    needs: str | None = None

    @property
    def available(self) -> bool:
        """Whether the library that the format needs is installed."""
        return self.needs is None or find_spec(self.needs) is not None

    def load(self) -> Exporter:
        """The function that turns a paper into files.

        Raises:
            ExportError: if the library that the format needs is not installed.
        """
        if not self.available:
            raise ExportError(
                f"the format {self.name!r} needs the library {self.needs!r}, which is not installed;"
                f" install it with: pip install 'quizgen[{self.name}]'"
            )
        exporter: Exporter = import_module(self.module).export
        return exporter


FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        Format("markdown", "exam and solutions to read on GitHub or in an editor", "quizgen.export.markdown"),
        Format("latex", "exam and key to print, class exam, any LaTeX", "quizgen.export.latex"),
        Format("anki", "a deck of the exercises for spaced repetition", "quizgen.export.anki", needs="genanki"),
        Format("json", "everything, for programs: schema quizgen.exam/1", "quizgen.export.json"),
    )
}


def export(paper: Paper, format: str) -> dict[str, bytes]:  # noqa: A002 - the word that everyone uses for it
    """The files of one paper in one format: file name -> content.

    Args:
        paper: one version of an exam; its suffix ends the stem of each file name.
        format: a key of `FORMATS`.

    Raises:
        ExportError: for an unknown format, a missing library, or something that the format cannot show.
    """
    known = FORMATS.get(format)
    if known is None:
        raise ExportError(
            f"unknown format {format!r}{did_you_mean(format, list(FORMATS))}; the formats are {', '.join(FORMATS)}"
        )
    return known.load()(paper)


class HasPapers(Protocol):
    """An exam: whatever has papers, one a version."""

    @property
    def papers(self) -> tuple[Paper, ...]: ...


def write(
    exam: HasPapers | Paper,
    format: str,  # noqa: A002
    directory: str | Path,
    *,
    force: bool = False,
) -> tuple[Path, ...]:
    """Writes an exam, or one version of it, into a folder: all files whole, or none.

    Args:
        exam: from `make_exam`, or one of its papers.
        format: a key of `FORMATS`.
        directory: made if it is not there.
        force: replace files that exist.

    Returns:
        The files written.

    Raises:
        ExportError: as `export`.
        UsageError: if a file exists, or the folder cannot be written to.
    """
    papers = (exam,) if isinstance(exam, Paper) else exam.papers
    files = {name: content for paper in papers for name, content in export(paper, format).items()}
    return write_all(Path(directory), files, force=force)


class _Callable(ModuleType):
    """A package that can be called: `quizgen.export` names it, whoever imported it first."""

    def __call__(
        self,
        exam: HasPapers | Paper,
        format: str,  # noqa: A002
        directory: str | Path,
        *,
        force: bool = False,
    ) -> tuple[Path, ...]:
        return write(exam, format, directory, force=force)


sys.modules[__name__].__class__ = _Callable
