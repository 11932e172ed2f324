"""A folder of questions and cards: faults of one file do not hide the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from questions import question, question_file

from quizgen.bank import load_bank
from quizgen.errors import UsageError


def write(root: Path, **files: str) -> Path:
    """Files by name, `__` for `/` and `_md` for `.md`."""
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_md", ".md").replace("_yaml", ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


CARDS = "- id: x\n  kind: rule\n  front: a\n  back: b\n"


def test_a_folder_a_topic_and_a_file_a_question(tmp_path: Path) -> None:
    bank = load_bank(
        write(
            tmp_path,
            rnn__b_md=question_file(),
            cnn__z_md=question_file(),
            cnn__a_md=question_file(),
            cnn__cards_yaml=CARDS,
        )
    )
    assert list(bank.questions) == ["cnn/a", "cnn/z", "rnn/b"]
    assert bank.topics == ("cnn", "rnn")
    assert [card.id for card in bank.cards] == ["cnn/x"]
    assert bank.faults == ()
    assert (bank["cnn/a"].topic, bank["cnn/a"].title) == ("cnn", "A test")


def test_faults_of_a_file_do_not_hide_the_others(tmp_path: Path) -> None:
    bank = load_bank(
        write(
            tmp_path,
            cnn__a_md="---\ntitel: x\n---\n",
            cnn__b_md=question_file(),
            cnn__cards_yaml="- id: A\n",
            top_md="x",
        )
    )
    assert list(bank.questions) == ["cnn/b"]
    faults = [str(fault) for fault in bank.faults]
    assert any("/cnn/a.md:2: unknown key 'titel'" in fault for fault in faults)
    assert any("/cnn/cards.yaml:1: card:" in fault for fault in faults)
    assert any("top.md: expected <topic>/<question>.md" in fault for fault in faults)


def test_a_file_that_is_no_text_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, cnn__a_md="")
    (tmp_path / "cnn" / "a.md").write_bytes(b"\xff\xfe---")
    (fault,) = load_bank(tmp_path).faults
    assert "cannot be read" in str(fault)


def test_the_fingerprint_is_of_names_and_contents(tmp_path: Path) -> None:
    prints = [
        load_bank(write(tmp_path / str(k), **files)).fingerprint
        for k, files in enumerate((
            {"a__b_md": question_file()}, {"a__c_md": question_file()}, {"a__b_md": question_file() + "\n"},
            {"a__b_md": question_file(), "a__cards_yaml": CARDS},
        ))
    ]  # fmt: skip
    assert len(set(prints)) == 4
    assert all(0 <= value < 2**24 for value in prints)
    assert load_bank(write(tmp_path / "again", a__b_md=question_file())).fingerprint == prints[0]


def test_an_unknown_question_is_told_with_the_nearest(tmp_path: Path) -> None:
    bank = load_bank(write(tmp_path, cnn__size_md=question_file()))
    with pytest.raises(UsageError, match="did you mean 'cnn/size'"):
        bank["cnn/sise"]
    with pytest.raises(UsageError, match="quizgen list"):
        bank["xyz"]


def test_a_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder"):
        load_bank(tmp_path / "nowhere")


def test_the_bank_that_comes_with_quizgen_has_no_faults() -> None:
    bank = load_bank()
    assert bank.questions
    assert [str(fault) for fault in bank.faults] == []


def test_minutes_are_what_the_solution_works_out() -> None:
    """What the question shows already, and what the solution never shows, costs a student nothing."""
    parts = {"given": "a = number(1, 9)", "work": "e = exp(a / 10)\nf = exp(e)\ng = exp(f / 10)\ny = g + 1",
             "truth": "y = exp(exp(exp(a / 10)) / 10) + 1", "ask": "y: 1 decimal"}  # fmt: skip
    long = question(**parts, text="<< a >>", solution="<< e.steps >> << f.steps >> << g.steps >> << y.steps >>").draw(
        seed=1
    )
    short = question(**parts, text="<< a >> << g >>", solution="<< y.steps >>").draw(seed=1)
    assert long.minutes > short.minutes >= 1
    assert (2 * long.minutes).is_integer()


def outlined(folder: Path, covers: str) -> list[str]:
    """The faults of a bank whose outline has two sections, and whose one card covers something."""
    (folder / "cnn").mkdir()
    (folder / "outline.yaml").write_text("- Pooling Layers\n- Convolutional Layers\n", encoding="utf-8")
    card = f"- {{id: a, kind: rule, front: x, back: y, covers: {covers}}}\n"
    (folder / "cnn" / "cards.yaml").write_text(card, encoding="utf-8")
    return [fault.message for fault in load_bank(folder).faults]


def test_what_is_covered_must_be_a_section_of_the_outline(tmp_path: Path) -> None:
    (message,) = outlined(tmp_path, "Poling Layers")
    assert message.startswith("covers: 'Poling Layers' is no section of outline.yaml; did you mean 'Pooling Layers'")


def test_the_outline_is_known(tmp_path: Path) -> None:
    assert outlined(tmp_path, "[Pooling Layers]") == []
    assert load_bank(tmp_path).outline == ("Pooling Layers", "Convolutional Layers")
    assert load_bank(tmp_path).cards[0].covers == ("Pooling Layers",)


def test_an_outline_that_is_no_list_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "outline.yaml").write_text("a: b\n", encoding="utf-8")
    assert "expected a list" in load_bank(tmp_path).faults[0].message
