"""Where the files that are not Python lie: the layouts and the question bank that come with quizgen.

In a checkout, and so in an editable install, they stand beside the package; a wheel carries them inside it,
under `_data/`. Nothing else in quizgen knows this.
"""

from __future__ import annotations

from pathlib import Path

from quizgen.errors import QuizgenError

_PACKAGE = Path(__file__).resolve().parent


def templates() -> Path:
    """The folder of layouts and macros, with a folder per format.

    Raises:
        QuizgenError: if the installation is incomplete.
    """
    return _folder("templates")


def bank() -> Path:
    """The folder of the question bank that comes with quizgen, with a folder per topic.

    Raises:
        QuizgenError: if the installation is incomplete.
    """
    return _folder("question_bank")


def _folder(name: str) -> Path:
    # Inside first: beside an installed package lies whatever else is installed, and that may well have `templates`.
    inside, beside = _PACKAGE / "_data" / name, _PACKAGE.parent / name
    for folder in (inside, beside):
        if folder.is_dir():
            return folder
    raise QuizgenError(
        f"quizgen is not completely installed: there is no folder {inside} and none {beside}; install quizgen again"
    )
