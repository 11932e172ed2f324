"""`quizgen practice` as a process, with what a learner types as its input."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ran import Run


def typed(lines: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "quizgen", "practice", *map(str, arguments)]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, input=lines, capture_output=True, text=True, env=environment, check=False, timeout=60
    )


def test_giving_up_shows_the_solution_and_everything_is_kept(small_bank: Path, tmp_path: Path) -> None:
    file = tmp_path / "answers.sqlite3"
    ran = typed("solution\nquit\n", "-t", "cnn", "--bank", small_bank, "--file", file)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Solution" in ran.stdout
    assert "Answered: 1, today 1. Streak: 1 day." in ran.stdout
    again = typed("", "--stats", "--file", file, "--bank", small_bank)
    assert "Answered: 1, today 1. Streak: 1 day." in again.stdout
    assert "cnn" in again.stdout


def test_the_end_of_the_input_is_leaving(small_bank: Path, tmp_path: Path) -> None:
    ran = typed("", "--bank", small_bank, "--file", tmp_path / "p")
    assert ran.returncode == 0
    assert "Nothing has been answered yet." in ran.stdout


def test_bytes_that_are_no_text_are_an_answer_that_cannot_be_read(small_bank: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "quizgen", "practice", "--bank", str(small_bank), "--file", str(tmp_path / "p")]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    ran = subprocess.run(
        command, input=b"\xff\xfe\nquit\n", capture_output=True, env=environment, check=False, timeout=60
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "has no meaning" in ran.stdout.decode()


def test_a_file_that_is_none_is_refused(run: Run, small_bank: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("not a database " * 100, encoding="utf-8")
    ran = run("practice", "--stats", "--file", tmp_path / "notes", "--bank", small_bank)
    assert ran.status == 2
    assert "is no file of 'quizgen practice'" in ran.err
