"""The guide for students: each command prints what the guide shows, in the order in which it stands there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from quizgen.answers import Verdict, grade_answer
from quizgen.answers.asked import parse_asked
from quizgen.exercise import Answer, Choice, Value
from quizgen.text import plain

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "students.md").read_text(encoding="utf-8")
#: A file that the reader saves, or a console with commands.
STEP = re.compile(
    r"(?:Save [^`]*`(?P<file>[^`]+)`:\s+)?^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
#: The statuses that are no failure: `proof` ends with 1 where it has found a wrong line.
STATUSES = {"proof": 1}


def run(command: str, folder: Path) -> str:
    """What the command prints; whatever it asks for is answered with the end of the input."""
    program, *arguments = shlex.split(command)
    assert program == "quizgen"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", "HOME": str(folder), "COLUMNS": "80"}
    done = subprocess.run(
        [sys.executable, "-m", "quizgen", *arguments], cwd=folder, env=environment, capture_output=True, text=True,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == STATUSES.get(arguments[0], 0), done.stderr
    return done.stdout


def test_every_example_prints_what_the_guide_shows(tmp_path: Path) -> None:
    commands = []
    for step in STEP.finditer(GUIDE):
        if step["kind"] != "console":
            file = tmp_path / step["file"]
            file.parent.mkdir(exist_ok=True)
            file.write_text(step["body"], encoding="utf-8")
            continue
        command, _, shown = step["body"].removeprefix("$ ").partition("\n")
        printed = run(command, tmp_path)
        commands.append(command.split()[1])
        start, rest, _ = shown.partition("…\n")
        assert printed.startswith(start) if rest else printed == shown, f"{command}\n{printed}"
    assert sorted(set(commands)) == ["check", "exam", "practice", "proof"]


def test_every_verdict_is_explained() -> None:
    table = GUIDE.partition("## What the verdicts mean")[2]
    assert [verdict for verdict in Verdict if verdict.value not in table] == []


def test_the_json_and_the_versions_of_the_guide(tmp_path: Path) -> None:
    """What is said within a line works as well."""
    run("quizgen exam -q lstm/forget-gate -q cnn/output-size --seed 5 -f markdown,json", tmp_path)
    (same,) = re.findall(r"In JSON the same is `(.*?)`", GUIDE)
    (tmp_path / "anna.json").write_text(same, encoding="utf-8")
    assert "Total: 4 of 4 points" in run("quizgen check exam/exam.json anna.json", tmp_path)
    run("quizgen exam -q lstm/forget-gate --versions 2 --seed 5 -f json -o versions", tmp_path)
    (tmp_path / "anna.yaml").write_text("version: A\n1: 0.5\n", encoding="utf-8")
    assert "version A" in run("quizgen check versions anna.yaml", tmp_path)


def asked(how: str, value: Value, shape: tuple[int, ...] = ()) -> Answer:
    form = parse_asked(how)
    accept = None if isinstance(value, str) else form.accept(value)
    choices = tuple(Choice(letter, plain(letter), letter in "AC", None) for letter in "ABC")
    return Answer(
        name="g", symbol="g", kind=form.kind(shape), value=value, decimals=form.decimals, digits=form.digits,
        accept=accept, format=form.phrase(several=True), choices=choices if form.choice or how == "ordering" else (),
    )  # fmt: skip


#: An answer of each kind in the table; any spelling of it is read, whether right or not.
KINDS = {
    "a number": asked("2 decimals", 0.17),
    "a whole number": asked("integer", 35760),
    "a vector": asked("exact", [1, 2], (2,)),
    "a matrix": asked("exact", [[1, 2], [3, 4]], (2, 2)),
    "a shape": asked("shape", [28, 28, 8], (3,)),
    "a formula": asked("formula in x", "1 - tanh(x)^2"),
    "letters": asked("choice", "AC"),
}


def test_the_spellings_of_the_guide_are_read() -> None:
    table = GUIDE.partition("## Which spellings are read")[2].partition("Not read")[0]
    rows = dict(re.findall(r"^\| ([a-z ]+) \| (.*) \|$", table, re.MULTILINE))
    assert set(rows) - {"kind", "words"} == set(KINDS)
    for kind, answer in KINDS.items():
        spellings = [text for text in re.findall(r"`([^`]+)`", rows[kind]) if text != "pmatrix"]
        assert len(spellings) >= 2
        for text in spellings:
            order = text.startswith("C")
            result = grade_answer(text, asked("ordering", "CAB") if order else answer)
            assert result.verdict not in (Verdict.UNREADABLE, Verdict.MISSING), text
            if order or kind in ("a shape", "letters", "a matrix"):
                wrong = text == "A"
                assert (result.verdict is Verdict.RIGHT) is not wrong, text


def test_what_the_guide_says_is_not_read_is_not() -> None:
    for text in ("2 million", "17 percent", "35 kB", "24h"):
        assert grade_answer(text, asked("integer", 24)).verdict is Verdict.UNREADABLE


def test_the_files_that_the_guide_and_the_readme_name_exist() -> None:
    titles = re.findall(r"^## (.*)$", GUIDE, re.MULTILINE)
    headings = {title.lower().replace(" ", "-") for title in titles}
    assert {target[1:] for target in re.findall(r"\]\((#[^)]+)\)", GUIDE)} <= headings
    assert "](docs/students.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
