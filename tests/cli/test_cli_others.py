"""`quizgen list`, `show`, `new` and `anki`."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from questions import question_file
from ran import Run

from quizgen.bank import load_bank


def test_list_is_a_table(run: Run, small_bank: Path) -> None:
    ran = run("list", "--bank", small_bank)
    assert (ran.status, ran.err) == (0, "")
    head, *rows, empty, count = ran.out.splitlines()
    assert head.split() == ["question", "level", "points", "title"]
    assert [row.split()[0] for row in rows] == ["cnn/a", "cnn/b", "lstm/a", "lstm/b", "rnn/a"]
    assert len({row.rindex(row.split()[-1]) for row in [head, *rows]}) == 1
    assert (empty, count) == ("", "5 questions, 0 cards")


def test_list_of_a_topic_as_json(run: Run, small_bank: Path) -> None:
    ran = run("list", "-t", "lstm", "--json", "--bank", small_bank)
    data = json.loads(ran.out)
    assert [each["id"] for each in data["questions"]] == ["lstm/a", "lstm/b"]
    assert data["questions"][1].items() >= {"title": "lstm/b", "topic": "lstm", "level": 3}.items()
    assert data["cards"] == []


def test_list_leaves_out_what_is_broken_and_says_so(run: Run, broken_bank: Path) -> None:
    ran = run("list", "--bank", broken_bank)
    assert ran.status == 0
    assert "rnn/broken" not in ran.out
    assert "rnn/broken.md" in ran.err


def test_lists_about_the_whole_bank_take_no_topic(run: Run, small_bank: Path, tmp_path: Path) -> None:
    for option in (["--coverage"], ["--pages", tmp_path / "pages"]):
        ran = run("list", "-t", "lstm", *option, "--bank", small_bank)
        assert (ran.status, ran.out) == (2, "")
        assert "are about the whole bank; leave out -t" in ran.err
    assert not (tmp_path / "pages").exists()


def test_list_of_an_unknown_topic(run: Run, small_bank: Path) -> None:
    ran = run("list", "-t", "cmn", "--bank", small_bank)
    assert (ran.status, ran.out) == (2, "")
    assert "did you mean 'cnn'" in ran.err


def test_show_in_the_terminal(run: Run, small_bank: Path) -> None:
    ran = run("show", "cnn/a", "--seed", 7, "--bank", small_bank)
    assert ran.status == 0
    assert ran.err == "cnn/a, seed 7, variant 0\n"
    assert "A neuron with the activation function σ" in ran.out
    assert "$" not in ran.out
    assert ran.out == run("show", "cnn/a", "--seed", 7, "--bank", small_bank).out
    assert ran.out != run("show", "cnn/a", "--seed", 7, "--variant", 1, "--bank", small_bank).out


@pytest.mark.parametrize("format_", ["markdown", "latex", "json"])
def test_show_as_a_format_has_question_and_solution(run: Run, small_bank: Path, format_: str) -> None:
    ran = run("show", "cnn/a", "--seed", 7, "-f", format_, "--bank", small_bank)
    assert ran.status == 0
    assert "A neuron with the activation function" in ran.out
    assert "The activation function turns it into the output" in ran.out
    if format_ == "json":
        (exercise,) = json.loads(ran.out)["exercises"]
        assert exercise["id"] == "cnn/a"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["cnn/aa"], "'cnn/aa'"),
        (["cnn/a", "-f", "anki"], "is not text, so it cannot be shown; make a file with 'quizgen anki'"),
        (["cnn/a", "-f", "jsn"], "unknown format 'jsn'; did you mean 'json'"),
    ],
)
def test_show_says_what_it_cannot(run: Run, small_bank: Path, arguments: list[str], message: str) -> None:
    ran = run("show", *arguments, "--bank", small_bank)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err


def test_show_of_a_broken_question_names_its_faults(run: Run, broken_bank: Path) -> None:
    ran = run("show", "rnn/broken", "--bank", broken_bank)
    assert (ran.status, ran.out) == (2, "")
    assert "rnn/broken.md" in ran.err


def test_new_writes_a_question_that_works(run: Run) -> None:
    ran = run("new", "my-topic/first-question")
    assert (ran.status, ran.out) == (0, f"wrote {Path('question_bank/my-topic/first-question.md')}\n")
    bank = load_bank(Path("question_bank"))
    assert bank.faults == ()
    question = bank["my-topic/first-question"]
    assert question.title == "First question"
    for variant in range(50):
        exercise = question.draw(seed=1, variant=variant)
        assert len(exercise.answers[0].mistakes) == 2
    assert run("show", "my-topic/first-question", "--bank", "question_bank").status == 0


def test_new_never_replaces(run: Run) -> None:
    run("new", "cnn/mine", "--bank", "own")
    Path("own/cnn/mine.md").write_text("my work", encoding="utf-8")
    ran = run("new", "cnn/mine", "--bank", "own")
    assert (ran.status, ran.out) == (2, "")
    assert "exists already" in ran.err
    assert Path("own/cnn/mine.md").read_text(encoding="utf-8") == "my work"


@pytest.mark.parametrize(
    "name", ["cnn", "cnn/", "/x", "cnn/X", "cnn/a_b", "cnn/a--b", "../x", "cnn/../x", "a/b/c", "é/x"]
)
def test_new_wants_a_proper_name(run: Run, name: str) -> None:
    ran = run("new", name)
    assert (ran.status, ran.out) == (2, "")
    assert "expected TOPIC/NAME in lowercase letters, digits and single hyphens" in ran.err
    assert not Path("question_bank").exists()


def notes_in(deck: Path) -> int:
    with zipfile.ZipFile(deck) as archive:
        archive.extract("collection.anki2", deck.parent)
    connection = sqlite3.connect(deck.parent / "collection.anki2")
    try:
        (count,) = connection.execute("select count(*) from notes").fetchone()
    finally:
        connection.close()
    return int(count)


def test_anki_writes_one_deck(run: Run, small_bank: Path, tmp_path: Path) -> None:
    ran = run("anki", "-t", "cnn", "--variants", 4, "--seed", 7, "--bank", small_bank, "-o", "decks/cnn.apkg")
    assert (ran.status, ran.out) == (0, f"wrote {Path('decks/cnn.apkg')}\nseed 7\n")
    assert notes_in(tmp_path / "decks" / "cnn.apkg") == 8


def test_anki_keeps_existing_files_without_force(run: Run, small_bank: Path) -> None:
    assert run("anki", "--bank", small_bank).status == 0
    ran = run("anki", "--bank", small_bank)
    assert (ran.status, ran.out) == (2, "")
    assert "quizgen.apkg exists already" in ran.err
    assert run("anki", "--bank", small_bank, "--force").status == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-t", "nowhere"], "unknown topic 'nowhere'"),
        (["-t", "cnn", "-q", "cnn/a"], "not by both"),
        (["-o", "."], "is a folder; name the file to write"),
    ],
)
def test_anki_says_what_it_cannot(run: Run, small_bank: Path, arguments: list[str], message: str) -> None:
    ran = run("anki", *arguments, "--bank", small_bank)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err


def test_anki_is_stopped_by_a_broken_question(run: Run, broken_bank: Path) -> None:
    ran = run("anki", "--bank", broken_bank)
    assert (ran.status, ran.out) == (2, "")
    assert "rnn/broken.md" in ran.err
    assert not Path("quizgen.apkg").exists()
    assert run("anki", "-t", "cnn", "--bank", broken_bank).status == 0


def test_show_tells_mathematics_that_cannot_be_printed(run: Run, tmp_path: Path) -> None:
    topic = tmp_path / "bank" / "cnn"
    topic.mkdir(parents=True)
    (topic / "q.md").write_text(question_file(solution="<< y.steps >>\nand $\\lamda$."), encoding="utf-8")
    ran = run("show", "cnn/q", "--bank", tmp_path / "bank")
    assert (ran.status, ran.out) == (2, "")
    assert "cnn/q: " in ran.err
    assert "unknown command \\lamda; did you mean" in ran.err


def test_show_tells_all_faults_of_its_question_and_none_of_others(run: Run, broken_bank: Path) -> None:
    ran = run("show", "rnn/broken", "--bank", broken_bank)
    assert (ran.status, ran.out) == (2, "")
    assert "rnn/broken.md:" in ran.err
    assert run("show", "cnn/a", "--bank", broken_bank).err.startswith("cnn/a, seed")
