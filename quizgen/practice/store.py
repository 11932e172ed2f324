"""What a learner did, in a small SQLite file: every answer at once, so that leaving at any moment loses nothing."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from quizgen.errors import UsageError

_LAYOUT = 1
#: Tables, indices and whatever else a learner's file can have by name.
_MOST_NAMES = 20
_SCHEMA = """
CREATE TABLE learner (layout INTEGER NOT NULL, seed INTEGER NOT NULL);
CREATE TABLE schedule (question TEXT PRIMARY KEY, due TEXT NOT NULL, card TEXT NOT NULL);
CREATE TABLE reviews (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, question TEXT NOT NULL, variant INTEGER NOT NULL,
  rating INTEGER NOT NULL, share REAL NOT NULL
);
CREATE INDEX reviews_by_question ON reviews (question);
"""


@dataclass(frozen=True, slots=True)
class Review:
    """One exercise that was answered.

    Attributes:
        at: when, in UTC.
        variant: of the learner's seed.
        rating: of FSRS, from 1 (again) to 4 (easy).
        share: of the points earned at the first try, from 0 to 1.
    """

    at: datetime
    question: str
    variant: int
    rating: int
    share: float

    @property
    def topic(self) -> str:
        return self.question.rpartition("/")[0]


class Store:
    """The learner's file. Made if it is not there.

    Attributes:
        seed: of all exercises that this learner gets; another learner gets other numbers.

    Raises:
        UsageError: if the file cannot be used, or is no file of this kind.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path)
        except (OSError, sqlite3.Error) as error:
            raise UsageError(f"{path}: cannot be opened: {error}") from None
        try:
            with self._told():
                self.seed = self._learner()
        except UsageError:
            self.close()
            raise

    def close(self) -> None:
        self._database.close()

    def card(self, question: str) -> str | None:
        """The question's card in the schedule, as FSRS writes it; None if it was never asked."""
        with self._told():
            row = self._row("SELECT card FROM schedule WHERE question = ?", question)
        return None if row is None else str(row[0])

    def due(self) -> dict[str, datetime]:
        """When each question that was asked is due, the first one first."""
        with self._told():
            rows = self._database.execute("SELECT question, due FROM schedule ORDER BY due, question").fetchall()
            return {question: datetime.fromisoformat(due) for question, due in rows}

    def next_variant(self, question: str) -> int:
        """A variant of the question that this learner has not seen."""
        with self._told():
            row = self._row("SELECT MAX(variant) + 1 FROM reviews WHERE question = ?", question)
        return int(row[0]) if row is not None and row[0] is not None else 0

    def reviews(self) -> list[Review]:
        """Everything that was answered, in order."""
        with self._told():
            rows = self._database.execute(
                "SELECT at, question, variant, rating, share FROM reviews ORDER BY id"
            ).fetchall()
            return [Review(datetime.fromisoformat(at), *rest) for at, *rest in rows]

    def record(self, review: Review, card: str, due: datetime) -> None:
        """Notes an answer and when the question is due again; both or none."""
        at, due = review.at.astimezone(UTC), due.astimezone(UTC)
        with self._told(), self._database:
            self._database.execute(
                "INSERT INTO reviews (at, question, variant, rating, share) VALUES (?, ?, ?, ?, ?)",
                (at.isoformat(), review.question, review.variant, review.rating, review.share),
            )
            self._database.execute(
                "INSERT OR REPLACE INTO schedule (question, due, card) VALUES (?, ?, ?)",
                (review.question, due.isoformat(), card),
            )

    def _learner(self) -> int:
        kinds = dict(self._database.execute("SELECT name, type FROM sqlite_master").fetchmany(_MOST_NAMES))
        if not kinds:
            seed = secrets.randbelow(2**32)
            with self._database, closing(self._database.cursor()) as cursor:
                for statement in filter(None, map(str.strip, _SCHEMA.split(";"))):
                    cursor.execute(statement)
                cursor.execute("INSERT INTO learner VALUES (?, ?)", (_LAYOUT, seed))
            return seed
        # A view in the place of a table could be an endless query.
        if {kinds.get(name) for name in ("learner", "schedule", "reviews")} != {"table"}:
            raise UsageError(f"{self.path}: is no file of 'quizgen practice'; take another file with --file")
        row = self._row("SELECT layout, seed FROM learner")
        if row is None or row[0] != _LAYOUT:
            raise UsageError(f"{self.path}: was written by another version of quizgen; take another file with --file")
        return int(row[1])

    def _row(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._database.execute(statement, values).fetchone()
        return row

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, TypeError, ValueError) as error:  # the last two: what stands there is no date
            raise UsageError(f"{self.path}: is no file of 'quizgen practice', or cannot be used: {error}") from None
