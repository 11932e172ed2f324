"""`quizgen exam`: what it writes and prints, and what it says when it cannot."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from ran import Run, files_in

ALL_FILES = {"exam.md", "solutions.md", "exam.tex", "solutions.tex", "exam.apkg", "exam.json"}


def code_in(out: str) -> str:
    (code,) = re.findall(r"^code (\S+)$", out, re.MULTILINE)
    return str(code)


def test_writes_all_formats_and_prints_what_it_wrote(run: Run, small_bank: Path) -> None:
    ran = run("exam", "--seed", 7, "--bank", small_bank)
    assert (ran.status, ran.err) == (0, "")
    *wrote, minutes, seed, code = ran.out.splitlines()
    assert {Path(line.removeprefix("wrote ")) for line in wrote} == {Path("exam", name) for name in ALL_FILES}
    assert minutes.startswith("minutes ")
    assert seed == "seed 7"
    assert set(files_in(Path("exam"))) == ALL_FILES
    data = json.loads(Path("exam/exam.json").read_text(encoding="utf-8"))
    assert (data["seed"], f"code {data['code']}") == (7, code)
    assert len(data["exercises"]) == 5
    assert data["code"] in Path("exam/exam.md").read_text(encoding="utf-8")


def test_versions_have_letters_and_other_numbers(run: Run, small_bank: Path) -> None:
    run("exam", "--seed", 7, "--bank", small_bank, "--versions", 2, "-f", "json,markdown", "--title", "Mid-term")
    assert set(files_in(Path("exam"))) == {
        f"{stem}-{v}.{e}" for v in "AB" for stem, e in (("exam", "md"), ("solutions", "md"), ("exam", "json"))
    }
    a, b = (json.loads(Path(f"exam/exam-{v}.json").read_text(encoding="utf-8")) for v in "AB")
    assert (a["version"], b["version"], a["title"], a["code"]) == ("A", "B", "Mid-term", b["code"])
    assert [each["id"] for each in a["exercises"]] == [each["id"] for each in b["exercises"]]
    for one, other in zip(a["exercises"], b["exercises"], strict=True):
        assert one["given"] != other["given"]


def test_the_code_on_the_paper_makes_the_same_files(
    run: Run, small_bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first = run("exam", "-t", "cnn", "-t", "rnn", "--versions", 3, "-n", 2, "--bank", small_bank, "-o", "one")
    again = run("exam", "--code", code_in(first.out).lower(), "--bank", small_bank, "-o", "two")
    assert again.status == 0
    assert files_in(Path("one")) == files_in(Path("two"))


def test_the_same_bytes_in_every_process(small_bank: Path, tmp_path: Path) -> None:
    for hash_seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-m", "quizgen", "exam", "--seed", "3", "--bank", small_bank, "-o", tmp_path / hash_seed],
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "SOURCE_DATE_EPOCH": "1700000000"},
            check=True,
            capture_output=True,
        )
    assert files_in(tmp_path / "1") == files_in(tmp_path / "2")


def test_named_questions_in_their_order(run: Run, small_bank: Path) -> None:
    run("exam", "-q", "rnn/a", "-q", "cnn/b", "--bank", small_bank, "-f", "json")
    data = json.loads(Path("exam/exam.json").read_text(encoding="utf-8"))
    assert [each["id"] for each in data["exercises"]] == ["rnn/a", "cnn/b"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-t", "lstn"], "unknown topic 'lstn'; did you mean 'lstm'"),
        (["-q", "cnn/aa"], "'cnn/aa'"),
        (["-n", "6"], "the bank has only 5 questions; ask for fewer"),
        (["-q", "cnn/a", "-t", "cnn"], "not by both"),
        (["-f", "markdwon"], "unknown format 'markdwon'; did you mean 'markdown'"),
        (["-f", ""], "unknown format ''"),
        (["--code", "nonsense"], "the exam code 'nonsense' is mistyped"),
        (["--code", "nonsense", "--seed", "1"], "a code says all about the questions"),
    ],
)
def test_what_cannot_be_met_is_said_and_nothing_written(
    run: Run, small_bank: Path, arguments: list[str], message: str
) -> None:
    ran = run("exam", *arguments, "--bank", small_bank)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("quizgen: error: ")
    assert message in ran.err
    assert not Path("exam").exists()


def test_no_bank(run: Run, tmp_path: Path) -> None:
    assert "there is no folder 'nowhere'" in run("exam", "--bank", "nowhere").err
    (tmp_path / "empty").mkdir()
    ran = run("exam", "--bank", "empty")
    assert (ran.status, ran.out) == (2, "")
    assert "there are no questions in empty" in ran.err


def test_a_code_with_a_slip_and_a_code_of_a_bank_that_has_changed(run: Run, small_bank: Path) -> None:
    code = code_in(run("exam", "--bank", small_bank, "-f", "json").out)
    slip = code[:-1] + ("0" if code[-1] != "0" else "1")
    ran = run("exam", "--code", slip, "--bank", small_bank, "-o", "again")
    assert ran.status == 2
    assert "is mistyped" in ran.err
    file = small_bank / "cnn" / "a.md"
    file.write_text(file.read_text(encoding="utf-8").replace("step=0.5", "step=0.25"), encoding="utf-8")
    ran = run("exam", "--code", code, "--bank", small_bank, "-o", "again")
    assert ran.status == 2
    assert "another question bank, or another version of this one" in ran.err
    assert not Path("again").exists()


def test_existing_files_are_kept_without_force(run: Run, small_bank: Path) -> None:
    ask = ("exam", "--bank", small_bank, "-f", "json,markdown", "--seed")
    run(*ask, 1)
    before = files_in(Path("exam"))
    ran = run(*ask, 2)
    assert (ran.status, ran.out) == (2, "")
    assert "exist already; replace with --force, or write to another place with -o" in ran.err
    assert files_in(Path("exam")) == before
    assert run(*ask, 2, "--force").status == 0
    assert files_in(Path("exam")) != before


def test_an_output_that_cannot_be_a_folder(run: Run, small_bank: Path) -> None:
    Path("taken").write_text("mine", encoding="utf-8")
    ran = run("exam", "--bank", small_bank, "-o", "taken")
    assert (ran.status, ran.out) == (2, "")
    assert "a file is in the way" in ran.err
    assert Path("taken").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("arguments", [[], ["-t", "rnn"], ["-q", "rnn/broken"]])
def test_a_broken_question_that_could_be_asked_stops_everything(
    run: Run, broken_bank: Path, arguments: list[str]
) -> None:
    ran = run("exam", *arguments, "--bank", broken_bank)
    assert (ran.status, ran.out) == (2, "")
    assert len(re.findall(r"rnn/broken\.md(:\d+)?: ", ran.err)) >= 2
    assert "titel" in ran.err
    assert "-t TOPIC or -q ID" in ran.err
    assert not Path("exam").exists()


@pytest.mark.parametrize("arguments", [["-t", "cnn"], ["-q", "rnn/a"]])
def test_a_broken_question_elsewhere_is_a_warning(run: Run, broken_bank: Path, arguments: list[str]) -> None:
    ran = run("exam", *arguments, "--bank", broken_bank, "-f", "json")
    assert ran.status == 0
    assert "quizgen: warning: left out: " in ran.err
    assert Path("exam/exam.json").exists()


@pytest.fixture
def no_genanki(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(
        "quizgen.export.find_spec", lambda name, *rest: None if name == "genanki" else real(name, *rest)
    )


@pytest.mark.usefixtures("no_genanki")
def test_without_genanki_the_deck_is_left_out_with_a_note(run: Run, small_bank: Path) -> None:
    ran = run("exam", "--bank", small_bank)
    assert ran.status == 0
    assert "pip install 'quizgen[anki]'" in ran.err
    assert set(files_in(Path("exam"))) == ALL_FILES - {"exam.apkg"}


@pytest.mark.usefixtures("no_genanki")
def test_without_genanki_a_deck_that_was_asked_for_is_an_error(run: Run, small_bank: Path) -> None:
    for command in (["exam", "-f", "markdown,anki"], ["anki"]):
        ran = run(*command, "--bank", small_bank)
        assert (ran.status, ran.out) == (2, "")
        assert "pip install 'quizgen[anki]'" in ran.err
    assert not Path("exam").exists()
