"""What a student may do to the Markdown paper, and what is read from it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from filling import filled, markdown_of
from papers import PAPER, RIGHT, versions

from quizgen.check.marks import mark
from quizgen.check.read import read_sheet
from quizgen.check.sheet import Sheet, SheetError
from quizgen.exercise import Paper
from quizgen.export import export

BLANK = markdown_of(PAPER)
GATE = "- $g_f$ (to 2 decimals): ______"
VECTOR = "- $\\mathbf{h}'$ (to 1 decimal): ______"
MATRIX = "- $\\mathbf{W}$ (exactly): ______"
ORDER = "- o (all letters in the right order): ______"


def read(text: str, tmp_path: Path, papers: Sequence[Paper] = (PAPER,)) -> Sheet:
    file = tmp_path / "anna.md"
    file.write_text(text, encoding="utf-8")
    return read_sheet(file, papers)


def faults(text: str, tmp_path: Path, papers: Sequence[Paper] = (PAPER,)) -> str:
    with pytest.raises(SheetError) as error:
        read(text, tmp_path, papers)
    return str(error.value).replace(str(tmp_path / "anna.md"), "anna.md")


def changed(old: str, new: str, text: str = BLANK) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def line_of(text: str, needle: str) -> int:
    return text[: text.rindex(needle)].count("\n") + 1


def test_every_kind_of_answer(tmp_path: Path) -> None:
    sheet = read(filled(PAPER, RIGHT), tmp_path)
    assert {(p, n): raw for p, names in sheet.answers.items() for n, raw in names.items()} == {
        **RIGHT,
        (4, "picks"): "A, C",
    }
    assert mark(sheet, {}).points == PAPER.points


@pytest.mark.parametrize(
    ("place", "line"),
    [
        pytest.param("right behind the colon", "- $g_f$ (to 2 decimals):0.51", id="no space"),
        pytest.param("", "- $g_f$ (to 2 decimals): ______ 0.51", id="behind the blank"),
        pytest.param("", "- $g_f$ (to 2 decimals): __0.51__", id="into the blank"),
        pytest.param("", "- $g_f$ (to 2 decimals): 0.51 ______", id="in front of the blank"),
        pytest.param("", "- $g_f$ (to 2 decimals): \\_\\_0.51\\_\\_", id="escaped by an editor"),
        pytest.param("", "- $g_f$ (to 2 decimals): **0.51**", id="bold"),
        pytest.param("", "- $g_f$ (to 2 decimals): `0.51`", id="code"),
        pytest.param("", "- $g_f$ (to 2 decimals): $0.51$", id="mathematics"),
        pytest.param("", "* $g\\_f$ (to 2  decimals) : 0.51", id="reformatted"),
        pytest.param("", "- $g_f$ (to 2 decimals): ______\n  0.51", id="below the blank"),
        pytest.param("", "- $g_f$ (to 2 decimals):\n\n  0.51\n\nbecause $z = 1$", id="below, with working"),
        pytest.param("", "- $g_f$ (to 2 decimals):\n```\n0.51\n```", id="code block"),
        pytest.param("", "- $g_f$ (to 2 decimals):\n\n$$0.51$$", id="display"),
        pytest.param("", "- $g_f$ (to 2 decimals): 0.51\nbecause $z = 0.04$", id="working directly below"),
        pytest.param("", "- $g_f$ (to 2 decimals): 0.51\n- 0.3 + 0.21", id="working in a list"),
        pytest.param("", "- $g_f$ (to 2 decimals): 0.51\n\n## My working\n\n### 1. Step one\n\n- x: 3", id="headings"),
        pytest.param("", "- $g_f$ (to 2 decimals): 0.51\n\n```python\n# 2. Output size\n## 3. x\n```", id="code below"),
        pytest.param("", "- $g_f$ (to 2 decimals): 0.51\n- [ ] check again\n- [x] Done", id="own boxes"),
    ],
)
def test_where_a_number_is_found(tmp_path: Path, place: str, line: str) -> None:
    sheet = read(changed(GATE, line), tmp_path)
    assert sheet.answers[0] == {"g_f": "0.51"}


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("- $\\mathbf{W}$ (exactly): [[1, 2],\n [3, -4]]", "[[1, 2],\n[3, -4]]"),
        ("- $\\mathbf{W}$ (exactly): 1 2\n  3 -4\n  that is it", "1 2\n3 -4"),
        ("- $\\mathbf{W}$ (exactly): ______\n1 2\n3 -4", "1 2\n3 -4"),
        ("- $\\mathbf{W}$ (exactly):\n$$\n\\begin{pmatrix} 1 & 2 \\\\\n3 & -4 \\end{pmatrix}\n$$", None),
        ("- $\\mathbf{W}$ (exactly): $$\\begin{pmatrix} 1 & 2 \\\\\n3 & -4\n\\end{pmatrix}$$\nwords", None),
        ("- $\\mathbf{W}$ (exactly): ______\n```\n1  2\n3 -4\n```\n", "1  2\n3 -4"),
    ],
)
def test_an_answer_of_several_lines(tmp_path: Path, line: str, typed: str | None) -> None:
    sheet = read(changed(MATRIX, line), tmp_path)
    if typed is not None:
        assert sheet.answers[2] == {"W": typed}
    assert mark(sheet, {}).exercises[2].points == 2


def test_letters_below_each_other(tmp_path: Path) -> None:
    sheet = read(changed(ORDER, "- o (all letters in the right order): ______\n1. C\n2. A\n3. B"), tmp_path)
    assert mark(sheet, {}).exercises[5].points == 2


@pytest.mark.parametrize("tick", ["x", "X", "✓", "✔", " x ", "*"])
def test_ticks(tmp_path: Path, tick: str) -> None:
    box = "- [ ] B. $\\tanh$"
    first = BLANK.index(box)
    text = BLANK[:first] + f"- [{tick}] B. $\\tanh$ <- this one" + BLANK[first + len(box) :]
    assert read(text, tmp_path).answers[3] == {"pick": "B"}


@pytest.mark.parametrize("sign", ["?", "✗", "no", "-"])
def test_a_mark_that_is_no_tick_is_not_read_as_one(tmp_path: Path, sign: str) -> None:
    text = BLANK.replace("- [ ] B.", f"- [{sign}] B.", 1)
    marks = mark(read(text, tmp_path), {})
    assert marks.exercises[3].results["pick"].graded.verdict.name == "UNREADABLE"


def test_an_empty_paper_answers_nothing(tmp_path: Path) -> None:
    sheet = read(BLANK, tmp_path)
    assert all(not raw for names in sheet.answers.values() for raw in names.values())


def test_an_emptied_blank_does_not_swallow_what_follows(tmp_path: Path) -> None:
    sheet = read(BLANK.replace(" ______", ""), tmp_path)
    assert all(not raw for names in sheet.answers.values() for raw in names.values())


def test_exercises_in_another_order_or_deleted(tmp_path: Path) -> None:
    head, *parts = filled(PAPER, RIGHT).split("\n## ")
    text = "\n## ".join([head, *reversed(parts[2:])])
    sheet = read(text, tmp_path)
    assert sorted(sheet.answers) == [2, 3, 4, 5, 6]
    assert mark(sheet, {}).points == 10


def test_headings_without_number_sign_points_or_title(tmp_path: Path) -> None:
    text = filled(PAPER, RIGHT).replace("## 1. Forget gate of an LSTM (2 points)", "# 1. forget gate of an LSTM")
    text = text.replace("## 2. Output size (2 points)", "### Exercise 2")
    text = text.replace("## 7. Name the gate", "## 8. Name the gate")
    assert mark(read(text, tmp_path), {}).points == PAPER.points


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (
            "`1DV3-R8X0`",
            "`9999-0000`",
            "code `9999",
            "expected answers to the exam with the code '1DV3-R8X0', found '9999-0000'",
        ),
        ("seed 7", "seed 7 · version C", "version C", "found 'C'"),
        ("## 2. Output size", "## 2. Another title", "Another", "the exam has no exercise called"),
        (GATE, f"{GATE}\n\n{GATE}", "$g_f$", "the place for 'g_f' stands here for the second time, after line"),
        (VECTOR, VECTOR.replace("______", "\n  - 1.5\n  - 2.0"), "- 1.5", "could be an item of a list or a number"),
        (MATRIX, MATRIX.replace("______", "1 2\n- 3 4"), "- 3 4", "could be an item of a list or a number"),
        (GATE, f"{GATE}\n```\nx", "```", "the code block that begins here is never closed"),
        ("## 3. Weights: one layer", "## 2. Output size", "## 2", "exercise 2 stands here for the second time"),
    ],
)
def test_faults_have_their_line(tmp_path: Path, old: str, new: str, line: str, message: str) -> None:
    text = changed(old, new)
    found = faults(text, tmp_path)
    assert found.startswith(f"anna.md:{line_of(text, line)}: "), found
    assert message in found


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = changed(GATE, f"{GATE}\n{GATE}")
    text = changed(MATRIX, f"{MATRIX}\n{MATRIX}", text)
    assert faults(text, tmp_path).count("second time") == 2


def test_no_paper_at_all(tmp_path: Path) -> None:
    assert "expected a filled-in paper with a heading for each exercise" in faults("0.51\n", tmp_path)


def test_the_solutions_are_no_paper(tmp_path: Path) -> None:
    key = export(PAPER, "markdown")["solutions.md"].decode()
    assert "no line of this paper has a place for an answer; hand in exam.md" in faults(key, tmp_path)


def test_versions(tmp_path: Path) -> None:
    a, b = versions()
    ticked = {"A": {(3, "pick"): "B"}, "B": {(3, "pick"): "C"}}
    for paper in (a, b):
        sheet = read(filled(paper, ticked[paper.version]), tmp_path, (a, b))
        assert sheet.paper is paper
    assert "found 'B'; give the exam.json of that version" in faults(filled(b, {}), tmp_path, (a,))
    nameless = filled(b, {}).replace("· version B", "")
    assert "found ''" in faults(nameless, tmp_path, (a, b))
    assert "it is not said which version" in faults(nameless.replace("code `", "code"), tmp_path, (a, b))


def test_boxes_of_another_version_are_noticed(tmp_path: Path) -> None:
    a, b = versions()
    foreign = filled(b, {}).replace("version B", "version A")
    assert "is this a paper of another version?" in faults(foreign, tmp_path, (a,))
