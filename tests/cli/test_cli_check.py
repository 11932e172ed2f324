"""`quizgen check`: from the paper that was handed out to marks, for one student and for a class."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ran import Ran, Run

PAPER = Path("exam/exam.md")
EXAM = Path("exam/exam.json")


def values(exam: Path = EXAM) -> list[dict[str, object]]:
    """The right answers, by name, of each exercise."""
    data = json.loads(exam.read_text(encoding="utf-8"))
    return [{answer["name"]: answer["value"] for answer in each["answers"]} for each in data["exercises"]]


def fill(paper: Path, file: Path, *, wrong: int = 0, exam: Path = EXAM) -> None:
    """Writes the right answers into the blanks, and nonsense into the first `wrong` of them."""
    answers = [str(value) for each in values(exam) for value in each.values()]
    answers[:wrong] = ["123456789"] * wrong
    text = paper.read_text(encoding="utf-8")
    assert len(re.findall("______$", text, re.MULTILINE)) == len(answers) + 1  # the name's line is the first
    head, name, rest = text.partition("____________________")
    for answer in answers:
        rest = rest.replace("______\n" if "______\n" in rest else "______", answer + "\n", 1)
    file.parent.mkdir(exist_ok=True)
    file.write_text(head + name + rest, encoding="utf-8")


@pytest.fixture
def exam(run: Run, small_bank: Path) -> Path:
    """An exam of five questions in ./exam."""
    assert run("exam", "--seed", 7, "--bank", small_bank, "-f", "markdown,json").status == 0
    return small_bank


def test_a_filled_in_paper(run: Run, exam: Path) -> None:
    fill(PAPER, Path("anna.md"))
    ran = run("check", EXAM, "anna.md", "--bank", exam)
    assert (ran.status, ran.err) == (0, "")
    total = ran.out.splitlines()[-1]
    assert re.fullmatch(r"Total: (\d+) of \1 points, 100 %", total), total


def test_wrong_answers_with_solutions(run: Run, exam: Path) -> None:
    fill(PAPER, Path("anna.md"), wrong=1)
    plain = run("check", EXAM, "anna.md", "--bank", exam)
    assert plain.out.count("✗") == 1
    assert "Solution" not in plain.out
    solved = run("check", EXAM, "anna.md", "--bank", exam, "--solutions")
    assert (solved.status, solved.out.count("Solution\n")) == (0, 1)


def test_yaml_and_json(run: Run, exam: Path) -> None:
    ids = [each["id"] for each in json.loads(EXAM.read_text(encoding="utf-8"))["exercises"]]
    answers = dict(zip(ids, values(), strict=True))
    Path("anna.json").write_text(json.dumps(answers), encoding="utf-8")
    lines = [f'"{number}": {json.dumps(each)}' for number, each in enumerate(values(), 1)]
    Path("anna.yaml").write_text("\n".join(lines), encoding="utf-8")
    for file in ("anna.json", "anna.yaml"):
        ran = run("check", EXAM, file, "--bank", exam)
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.endswith(" points, 100 %\n")


def test_marks_as_json(run: Run, exam: Path) -> None:
    fill(PAPER, Path("anna.md"), wrong=1)
    data = json.loads(run("check", EXAM, "anna.md", "--bank", exam, "--json").out)
    assert data["schema"] == "quizgen.marks/1"
    (anna,) = data["students"]
    assert (anna["name"], len(anna["exercises"])) == ("anna", 5)
    assert anna["exercises"][0]["answers"][0]["verdict"] != "right"
    assert anna["exercises"][1]["answers"][0]["verdict"] == "right"


def class_of(run: Run, exam: Path, *arguments: object) -> tuple[Ran, list[dict[str, str]]]:
    ran = run("check", EXAM, "class", "--bank", exam, *arguments)
    return ran, list(csv.DictReader(ran.out.splitlines()))


def test_a_class(run: Run, exam: Path) -> None:
    fill(PAPER, Path("class/zoe.md"))
    fill(PAPER, Path("class/=1+1.md"), wrong=2)
    Path("class/anna.yaml").write_text("1: what?\n", encoding="utf-8")
    Path("class/.hidden.md").write_text("x", encoding="utf-8")
    Path("class/notes.txt").write_text("x", encoding="utf-8")
    ran, rows = class_of(run, exam)
    assert ran.status == 0
    assert ran.err == "quizgen: note: left out class/notes.txt: no file of answers\n"
    assert [(row["name"], row["unreadable"]) for row in rows] == [("'=1+1", "0"), ("anna", "1"), ("zoe", "0")]
    assert [row["percent"] for row in rows][1:] == ["0", "100"]
    assert 0 < float(rows[0]["percent"]) < 100


def test_a_class_in_which_one_file_cannot_be_read(run: Run, exam: Path) -> None:
    fill(PAPER, Path("class/anna.md"))
    Path("class/bob.yaml").write_text("1: 1\n9: 1\n", encoding="utf-8")
    ran, rows = class_of(run, exam)
    assert ran.status == 2
    message = "class/bob.yaml:2: the exam has no exercise '9'"
    assert ran.err.startswith(f"quizgen: error: {message}")
    assert [row["percent"] for row in rows] == ["100", ""]
    assert rows[1]["error"].startswith(message)
    as_json = run("check", EXAM, "class", "--bank", exam, "--json")
    assert as_json.status == 2
    assert [("errors" in student) for student in json.loads(as_json.out)["students"]] == [False, True]


def test_two_files_of_one_name(run: Run, exam: Path) -> None:
    fill(PAPER, Path("class/anna.md"))
    Path("class/anna.yaml").write_text("1: 1\n", encoding="utf-8")
    assert [row["name"] for row in class_of(run, exam)[1]] == ["anna.md", "anna.yaml"]


def test_the_table_goes_into_a_file(run: Run, exam: Path) -> None:
    fill(PAPER, Path("class/anna.md"))
    on_screen, _ = class_of(run, exam)
    ran, _ = class_of(run, exam, "--csv", "marks/class.csv")
    assert (ran.status, ran.out) == (0, "wrote marks/class.csv\n")
    assert Path("marks/class.csv").read_text(encoding="utf-8") == on_screen.out
    again, _ = class_of(run, exam, "--csv", "marks/class.csv")
    assert (again.status, "exists already" in again.err) == (2, True)
    assert class_of(run, exam, "--csv", "marks/class.csv", "--force")[0].status == 0
    assert class_of(run, exam, "--csv", "-")[0].out == on_screen.out
    one = run("check", EXAM, "class/anna.md", "--bank", exam, "--csv", "-")
    assert one.out == on_screen.out


def test_versions(run: Run, small_bank: Path) -> None:
    run("exam", "--seed", 7, "--bank", small_bank, "-f", "markdown,json", "--versions", 2)
    for version, name in (("A", "anna"), ("B", "bob")):
        fill(Path(f"exam/exam-{version}.md"), Path(f"class/{name}.md"), exam=Path(f"exam/exam-{version}.json"))
    first = values(Path("exam/exam-B.json"))[0]
    Path("class/cleo.yaml").write_text(f"version: B\n1: {json.dumps(first)}\n", encoding="utf-8")
    ran = run("check", "exam", "class", "--bank", small_bank)
    rows = list(csv.DictReader(ran.out.splitlines()))
    assert (ran.status, ran.err) == (0, "")
    assert [(row["name"], row["version"], row["percent"] == "100") for row in rows] == [
        ("anna", "A", True),
        ("bob", "B", True),
        ("cleo", "B", False),
    ]
    wrong = run("check", "exam/exam-A.json", "class/bob.md", "--bank", small_bank)
    assert wrong.status == 2
    assert "class/bob.md:3: expected answers to version A of the exam, found 'B'" in wrong.err


def test_another_bank_marks_without_follow_through(run: Run, exam: Path) -> None:
    fill(PAPER, Path("anna.md"))
    (exam / "lstm" / "a.md").unlink()
    ran = run("check", EXAM, "anna.md", "--bank", exam)
    assert ran.status == 0
    assert ran.err.startswith("quizgen: note: marked without follow-through: 1 exercise (")
    assert ran.err.count("\n") == 1
    assert ran.out.endswith(", 100 %\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.json", "anna.md"], "nowhere.json: cannot be read: No such file or directory"),
        ([EXAM, "nobody.md"], "nobody.md: cannot be read: No such file or directory"),
        ([EXAM, "exam/exam.tex"], "expected a file of answers, .md, .markdown, .yaml, .yml or .json"),
        (["anna.md", "anna.md"], "anna.md: expected the exam.json of an exam, found no valid JSON"),
        (["empty", "anna.md"], "empty: there is no exam.json in this folder"),
        ([EXAM, "empty"], "empty: expected a file of answers for each student"),
        ([EXAM, "anna.md", "--json", "--csv", "x"], "choose one of --json and --csv"),
        ([EXAM, "empty", "--solutions"], "--solutions belongs to the report of one student"),
        ([EXAM, "anna.md", "--bank", "empty/x"], "there is no folder 'empty/x' to read a question bank from"),
        ([EXAM], "Missing argument 'ANSWERS'"),
    ],
)
def test_bad_usage(run: Run, exam: Path, arguments: list[object], message: str) -> None:
    Path("empty").mkdir()
    fill(PAPER, Path("anna.md"))
    ran = run("check", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err


def test_names_of_files_cannot_move_the_cursor(run: Run, exam: Path) -> None:
    name = "eve\x1b[2J\u202e.md"
    fill(PAPER, Path("class") / name)
    for arguments in (("class",), (Path("class") / name,), ("class", "--json")):
        ran = run("check", EXAM, *arguments, "--bank", exam)
        assert ran.status == 0
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", ran.out + ran.err)


def test_help_needs_neither_numpy_nor_sympy(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom quizgen.cli import main\nmain(['check', '--help'])\n"
        "print(sorted({'numpy', 'sympy', 'yaml', 'jinja2', 'pyromark'} & set(sys.modules)), file=sys.stderr)"
    )
    start = time.monotonic()
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, env=os.environ)
    assert "Grade a student's answers" in ran.stdout
    assert ran.stderr == "[]\n"
    assert time.monotonic() - start < 5
