"""The figures of exercises as files."""

from __future__ import annotations

from collections.abc import Iterable

from quizgen.errors import ExportError
from quizgen.exercise import Exercise
from quizgen.figures.draw import Format, draw


def drawings(exercises: Iterable[Exercise], suffix: Format) -> dict[str, bytes]:
    """A file for each figure, `name.svg` or `name.pdf`; without figures nothing is imported that draws.

    Raises:
        ExportError: if Matplotlib is not installed, or a figure cannot be drawn; the exercise is named.
    """
    files = {}
    for exercise in exercises:
        for figure in exercise.figures:
            try:
                files[f"{figure.name}.{suffix}"] = draw(figure, suffix)
            except ExportError as error:
                raise ExportError(f"{exercise.id}: {error}") from error
    return files
