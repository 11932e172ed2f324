"""The deck, read by Anki's own importer."""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import genanki
import math_core
import pytest
import samples
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from quizgen.errors import ExportError
from quizgen.exercise import Card, Exercise
from quizgen.export.anki import _deck_id, deck, export
from quizgen.export.anki_models import CLOZE, EXERCISE, FACT
from quizgen.export.cloze import to_cloze
from quizgen.text import plain

NOW = 1_700_000_000.0


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    opened = Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def _load(collection: Collection, tmp_path: Path, package: bytes) -> dict[str, int]:
    path = tmp_path / "deck.apkg"
    path.write_bytes(package)
    options = ImportAnkiPackageOptions(merge_notetypes=True)
    log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options)).log
    return {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")}


def _deck(exercises: tuple[Exercise, ...] | None = None, at: float = NOW) -> bytes:
    return deck(samples.paper().exercises if exercises is None else exercises, samples.cards(), timestamp=at)


def test_second_import_changes_nothing(collection: Collection, tmp_path: Path) -> None:
    assert _load(collection, tmp_path, _deck()) == {"new": 7, "updated": 0, "duplicate": 0, "conflicting": 0}
    assert _load(collection, tmp_path, _deck()) == {"new": 0, "updated": 0, "duplicate": 7, "conflicting": 0}
    assert collection.note_count() == 7
    assert collection.media.check().missing == []


def test_a_new_wording_updates_the_note_and_keeps_its_schedule(collection: Collection, tmp_path: Path) -> None:
    _load(collection, tmp_path, _deck())
    (cid,) = collection.find_cards('"deck:quizgen::lstm" tag:quizgen::kind::exercise')
    collection.sched.set_due_date([cid], "12")
    due = collection.get_card(cid).due
    reworded = replace(samples.gate(), title="Another title", question=plain("Said otherwise."))
    assert _load(collection, tmp_path, _deck((reworded,), NOW + 100))["updated"] >= 1
    card = collection.get_card(cid)
    assert card.note()["Title"] == "Another title"
    assert "Said otherwise." in card.note()["Question"]
    assert card.due == due
    assert card.type == 2  # still a review card


def test_every_card_renders(collection: Collection, tmp_path: Path) -> None:
    _load(collection, tmp_path, _deck())
    draw = math_core.LatexToMathML().convert_with_local_state
    cards = [collection.get_card(cid) for cid in collection.find_cards("")]
    assert len(cards) == 4 + 1 + 2 + 5
    for card in cards:
        note = card.note()
        assert note.fields_check() == 0
        output = card.render_output()
        page = output.question_text + output.answer_text
        assert "<script" not in page
        assert "{{" not in page
        assert 'id="answer"' in output.answer_text
        for formula in re.findall(r"\\\((.*?)\\\)|\\\[(.*?)\\\]", page, re.DOTALL):
            source = "".join(formula).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            assert "<math" in draw(source.replace("[...]", "x"), displaystyle=True)


def test_decks_tags_and_order(collection: Collection, tmp_path: Path) -> None:
    _load(collection, tmp_path, _deck())
    names = {entry.name for entry in collection.decks.all_names_and_ids()}
    assert {"quizgen", "quizgen::lstm", "quizgen::dense", "quizgen::losses"} <= names
    (nid,) = collection.find_notes("tag:quizgen::kind::definition")
    assert collection.get_note(nid).tags == ["quizgen::kind::definition", "quizgen::topic::lstm"]
    with zipfile.ZipFile(io.BytesIO(_deck())) as package:
        (tmp_path / "raw.db").write_bytes(package.read("collection.anki2"))
    with sqlite3.connect(tmp_path / "raw.db") as raw:
        dues = {due for (due,) in raw.execute("SELECT due FROM cards")}
        stored = dict(raw.execute("SELECT guid, id FROM notes"))
    raw.close()
    assert dues == set(range(1, 8))
    assert genanki.guid_for("quizgen", "lstm/forget-gate", 0) in stored


def test_same_input_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _deck() == _deck()
    with zipfile.ZipFile(io.BytesIO(_deck())) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert export(samples.paper())["exam.apkg"] == deck(samples.paper().exercises, (), timestamp=NOW)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(ExportError, match="SOURCE_DATE_EPOCH must be a whole number"):
        export(samples.paper())


def test_identities_are_frozen() -> None:
    """A learner's collection knows these; a change here would make a second deck beside the first."""
    assert [kind.model_id for kind in (EXERCISE, FACT, CLOZE)] == [1607392841, 1607392842, 1607392843]
    assert EXERCISE.fields == (
        "ID", "Title", "Question", "Hint", "Answer", "Solution", "Mistakes", "Conventions", "Topic", "Level", "Source",
        "Spare1", "Spare2", "Spare3",
    )  # fmt: skip
    assert FACT.fields == ("ID", "Front", "Back", "Reverse", "Topic", "Kind", "Source", "Spare1", "Spare2", "Spare3")
    assert CLOZE.fields == ("ID", "Text", "Extra", "Topic", "Kind", "Source", "Spare1", "Spare2", "Spare3")
    assert _deck_id("quizgen::cnn") == 1755226320


def test_ids_that_look_alike_are_two_notes(collection: Collection, tmp_path: Path) -> None:
    one, two = replace(samples.gate(), id="a__1", variant=2), replace(samples.gate(), id="a", variant=12)
    card = Card("a__1", "lstm", "rule", "f", "b")
    assert _load(collection, tmp_path, deck((one, two), (card,), timestamp=NOW))["new"] == 3


def test_an_empty_deck_is_refused() -> None:
    with pytest.raises(ExportError, match="nothing to put into the deck"):
        deck((), (), timestamp=NOW)


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("{{a}} and {{b}}", "{{c1::a}} and {{c2::b}}"),
        ("{{$x_{a_{b}}$}}", "{{c1::\\(x_{a_{b} }\\)}}"),
        ("$y = {{a}} x$", "\\(y = { {{c1::a}} } x\\)"),
        ("$x_{{ij}}$, {{b}}", "\\(x_{ {{c1::ij}} }\\), {{c2::b}}"),
        ("$\\frac{{a}_b}{c}$ {{b::c}}", "\\(\\frac{ {a}_b}{c}\\) {{c1::b:&#58;c}}"),
    ],
)
def test_cloze(front: str, expected: str) -> None:
    assert to_cloze(front) == expected


@pytest.mark.parametrize(("front", "problem"), [("no blank", "has no blank"), ("{{a", "not closed"), ("a}}", "closed")])
def test_bad_cloze(front: str, problem: str) -> None:
    with pytest.raises(ExportError, match=problem):
        to_cloze(front)
