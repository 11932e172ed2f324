"""One after the other, so that an error says which one it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from quizgen.errors import ExportError
from quizgen.exercise import Card, Exercise

Item = TypeVar("Item", Exercise, Card)
Made = TypeVar("Made")


def each(make: Callable[[Item], Made], items: Iterable[Item]) -> list[Made]:
    """What `make` makes of each exercise or card.

    Raises:
        ExportError: as `make` does, with the id in front.
    """
    made = []
    for item in items:
        try:
            made.append(make(item))
        except ExportError as error:
            raise ExportError(f"{item.id}: {error}") from error
    return made
