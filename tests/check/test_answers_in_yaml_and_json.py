"""Answers in YAML and JSON: what may stand there, and what is said about the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from papers import PAPER, versions

from quizgen.check.marks import mark
from quizgen.check.read import read_sheet
from quizgen.check.sheet import Sheet, SheetError

RIGHT = """\
lstm/forget-gate: {g_f: 0.51, steps: {z: 0.04}}
2:
  side: 14
  h: [1,5; -2,0]
"3": [[1, 2], [3, -4]]
activations/choose: b
5: A and C
training/order: [C, A, B]
7: the Forget Gate
"""


def read(text: str, tmp_path: Path, end: str = "yaml") -> Sheet:
    file = tmp_path / f"anna.{end}"
    file.write_text(text, encoding="utf-8")
    return read_sheet(file, [PAPER])


def fault(text: str, tmp_path: Path, end: str = "yaml") -> str:
    with pytest.raises(SheetError) as error:
        read(text, tmp_path, end)
    return str(error.value).replace(str(tmp_path) + "/", "")


def test_yaml(tmp_path: Path) -> None:
    marks = mark(read(RIGHT, tmp_path), {})
    assert [graded.points for graded in marks.exercises] == [2.0] * 7
    assert marks.exercises[0].results["z"].is_step


def test_json(tmp_path: Path) -> None:
    data = {
        "code": "1DV3-R8X0", "lstm/forget-gate": {"g_f": 0.51, "z": "0.04"}, "2": {"side": 14, "h": [1.5, -2]},
        "3": "1 2; 3 -4", "4": ["B"], "5": ["A", "C"], "6": "C > A > B", "7": "forget gate",
    }  # fmt: skip
    marks = mark(read(json.dumps(data), tmp_path, "json"), {})
    assert [graded.points for graded in marks.exercises] == [2.0] * 7


@pytest.mark.parametrize("end", ["yaml", "json"])
@pytest.mark.parametrize(
    ("written", "raw"),
    [
        ("0.50", "0.50"),
        ("1e-3", "1e-3"),
        ('"0.50"', "0.50"),
        ("true", "true"),
        ("null", None),
        ("[1, 2.50]", "[1, 2.50]"),
        ('["0,5", 2]', ["0,5", "2"]),
        ("[[1, 2], [3, 4]]", "[[1, 2], [3, 4]]"),
    ],
)
def test_what_is_written_stays_as_it_was_written(tmp_path: Path, end: str, written: str, raw: object) -> None:
    found = read(f'{{"1": {{"g_f": {written}}}}}', tmp_path, end).answers[0]["g_f"]
    if end == "json" and isinstance(raw, str) and raw.startswith("["):
        found = json.dumps(found).replace('"', "")
    assert found == raw


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("lstm/forget-gat: 1", "no exercise 'lstm/forget-gat'; did you mean 'lstm/forget-gate'?"),
        ("1: 0.5\n8: 1", "anna.yaml:2: the exam has no exercise '8'; expected a number from 1 to 7, or an id such as"),
        ("1:\n  g: 0.5", "anna.yaml:2: lstm/forget-gate: nothing is called 'g'; known are g_f, z"),
        ("2: 14", "anna.yaml:1: cnn/output-size: expected 'name: answer' for each of side, h, found '14'"),
        ("1: 0.5\nlstm/forget-gate: 0.6", "anna.yaml:2: 'lstm/forget-gate' stands here for the second time"),
        ("1: {g_f: 1, g_f: 2}", "anna.yaml:1: lstm/forget-gate: 'g_f' stands here for the second time"),
        ("1: {g_f: {a: 1}}", "anna.yaml:1: lstm/forget-gate: expected an answer (text, a number, or a list"),
        ("1: {steps: 3}", "anna.yaml:1: lstm/forget-gate: steps: expected 'name: value' lines, found '3'"),
        ("code: 9-9\n1: 2", "anna.yaml:1: expected answers to the exam with the code '1DV3-R8X0', found '9-9'"),
        ("version: B", "anna.yaml:1: expected answers to version without a letter of the exam, found 'B'"),
        ("- 1\n- 2", "anna.yaml:1: expected answers by exercise, such as 'lstm/forget-gate: {g_f: …}', found a list"),
        ("", "anna.yaml:1: expected answers by exercise, such as 'lstm/forget-gate: {g_f: …}', found nothing"),
        ("1: &a 3\n2: *a", "anna.yaml:1: found '&' or '*'"),
        ("1: !!python/object/apply:os.system [ls]", "anna.yaml:1: found a tag"),
        ("1: 2\n---\n1: 3", "anna.yaml:2: expected one document"),
        ("1:\n\tg_f: 2", "anna.yaml:2: this is no valid YAML"),
        ("? [a, b]\n: 1", "anna.yaml:1: expected a name in front of the colon"),
        ("1: [[[[[[[[[1]]]]]]]]]", "nested more than 8 deep"),
    ],
)  # fmt: skip
def test_faults_have_their_line(tmp_path: Path, text: str, message: str) -> None:
    assert message in fault(text, tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"1": {"g_f": 0.5},\n\n "9": 1}', "anna.json:3: the exam has no exercise '9'"),
        ('{"1":\n {"gf": 0.5}}', "anna.json:2: lstm/forget-gate: nothing is called 'gf'"),
        ('{"1": 1,\n "1": 2}', "anna.json:2: '1' stands here for the second time"),
        ('{"1": NaN}', "anna.json: found NaN"),
        ('{"1": 1', "anna.json:1: this is no valid JSON"),
        ("[" * 5000, "anna.json: lists and objects are nested too deeply"),
    ],
)
def test_faults_of_json_have_their_line(tmp_path: Path, text: str, message: str) -> None:
    assert message in fault(text, tmp_path, "json")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    assert fault("8: 1\n9: 1\n1: {x: 1}", tmp_path).count("anna.yaml:") == 3


def test_the_version_chooses_the_paper(tmp_path: Path) -> None:
    file = tmp_path / "anna.yaml"
    file.write_text("version: b\n4: C\n", encoding="utf-8")
    a, b = versions()
    assert read_sheet(file, [a, b]).paper is b
    file.write_text("4: C\n", encoding="utf-8")
    with pytest.raises(SheetError, match="it is not said which version is answered, A and B"):
        read_sheet(file, [a, b])


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"1: 2", "expected a file of answers, .md, .markdown, .yaml, .yml or .json"),
        ("a.yaml", b"\xff\xfe1\x00", "expected text in UTF-8"),
        ("a.md", b"x" * 1_000_001, "is larger than 1000 kB"),
    ],
)
def test_files_that_are_no_answers(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SheetError, match=message):
        read_sheet(tmp_path / name, [PAPER])


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match=r"b\.yaml: cannot be read: No such file"):
        read_sheet(tmp_path / "b.yaml", [PAPER])
