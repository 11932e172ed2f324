"""What a learner did is kept at once, and nothing else is taken for it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from quizgen.errors import UsageError
from quizgen.practice.store import Review, Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def review(question: str = "cnn/a", variant: int = 0, rating: int = 3) -> Review:
    return Review(NOW, question, variant, rating, 1.0)


def test_what_is_recorded_is_there_when_the_file_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "practice.sqlite3"
    first = Store(path)
    first.record(review(), "card 1", NOW + timedelta(days=2))
    # Not closed: a process that is killed does not close its files either.
    with closing(Store(path)) as again:
        assert again.seed == first.seed
        assert again.reviews() == [review()]
        assert again.card("cnn/a") == "card 1"
        assert again.due() == {"cnn/a": NOW + timedelta(days=2)}
    first.close()


def test_the_first_due_comes_first_whatever_the_time_zone(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "p")) as store:
        store.record(review("b"), "", datetime(2026, 3, 2, 1, tzinfo=timezone(timedelta(hours=9))))
        store.record(review("a"), "", datetime(2026, 3, 1, 20, tzinfo=UTC))
        assert list(store.due()) == ["b", "a"]


def test_each_time_another_variant(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "p")) as store:
        assert store.next_variant("cnn/a") == 0
        store.record(review(variant=0), "", NOW)
        store.record(review(variant=1), "", NOW)
        assert store.next_variant("cnn/a") == 2
        assert store.next_variant("cnn/b") == 0


def test_learners_get_other_numbers(tmp_path: Path) -> None:
    seeds = set()
    for name in "abc":
        with closing(Store(tmp_path / name)) as store:
            seeds.add(store.seed)
    assert len(seeds) == 3


def test_what_is_no_date_is_told_with_the_file(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "p")) as store:
        store.record(review(), "card", NOW)
        with closing(sqlite3.connect(tmp_path / "p")) as other, other:
            other.execute("UPDATE schedule SET due = 'tomorrow'")
            other.execute("UPDATE reviews SET at = 7")
        for read in (store.due, store.reviews):
            with pytest.raises(UsageError, match="p: is no file of 'quizgen practice', or cannot be used"):
                read()


def test_a_file_of_another_kind_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to look like a file that somebody needs" * 20, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(UsageError, match="is no file of 'quizgen practice'"):
        Store(path)
    assert path.read_bytes() == before


def test_a_database_of_somebody_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE mine (x)")
    with pytest.raises(UsageError, match="is no file of 'quizgen practice'"):
        Store(path)


def test_a_later_layout_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p"
    Store(path).close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE learner SET layout = 99")
        database.commit()
    with pytest.raises(UsageError, match="another version of quizgen"):
        Store(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be opened"):
        Store(tmp_path)


def test_a_view_in_the_place_of_a_table_is_refused(tmp_path: Path) -> None:
    """It could be endless."""
    path = tmp_path / "p"
    Store(path).close()
    endless = "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n) SELECT k AS question, '' AS due FROM n"
    with closing(sqlite3.connect(path)) as database:
        database.execute("DROP TABLE schedule")
        database.execute(f"CREATE VIEW schedule AS {endless}")
    with pytest.raises(UsageError, match="is no file of 'quizgen practice'"):
        Store(path)
