"""The README's commands and code do what the README says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
COMMANDS = [line[2:] for kind, block in BLOCKS if kind == "console" for line in block.splitlines() if line[:2] == "$ "]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}


def test_the_set_up_lines_are_the_ones_that_ci_runs() -> None:
    set_up = [command for command in COMMANDS if not command.startswith("quizgen ")]
    assert [command.split("&&")[0].strip() for command in set_up] == ["python3 -m venv .venv"] * 2
    assert [word for word in ("quizgen exam", "pytest") for command in set_up if word in command] == [
        "quizgen exam",
        "pytest",
    ]


def test_the_quizgen_commands_of_the_readme(tmp_path: Path) -> None:
    """In the order in which they stand there, in one folder: later ones use what earlier ones wrote."""
    commands = [command for command in COMMANDS if command.startswith("quizgen ")]
    commands += [command.rpartition(".venv/bin/")[2] for command in COMMANDS if ".venv/bin/quizgen" in command]
    assert len(commands) >= 6
    for command in commands:
        arguments = shlex.split(command)[1:]
        done = subprocess.run(
            [sys.executable, "-m", "quizgen", *arguments],
            cwd=tmp_path,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        assert done.stdout, command
    assert (tmp_path / "midterm" / "exam-B.tex").exists()
    assert (tmp_path / "exam" / "solutions.md").exists()
    assert (tmp_path / "lstm.apkg").exists()


def test_the_python_of_the_readme(tmp_path: Path) -> None:
    scripts = [block for kind, block in BLOCKS if kind == "python"]
    assert scripts
    for script in scripts:
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()


def test_the_files_that_the_readme_names_exist() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target
