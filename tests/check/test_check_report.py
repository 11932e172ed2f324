"""What is said about a student's answers: to the student, to a program, to a spreadsheet."""

from __future__ import annotations

import contextlib
import csv
import io
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

import pytest
from papers import EXERCISES, PAPER, versions

from quizgen.check.class_list import Student, class_list
from quizgen.check.data import as_data
from quizgen.check.marks import Marks, mark
from quizgen.check.report import report
from quizgen.check.sheet import Sheet, SheetError
from quizgen.check.written import written
from quizgen.errors import ExportError
from quizgen.exercise import Mistake, Paper
from quizgen.export.harmless import harmless, one_line
from quizgen.text import plain


def marks_for(answers: Mapping[int, Mapping[str, object]], paper: Paper = PAPER) -> Marks:
    return mark(Sheet("anna.yaml", paper, answers), {})


SOME = marks_for(
    {
        0: {"g_f": "0.49", "z": "0.04"},
        1: {"side": "14", "h": ["1.5", "-2.0"]},
        2: {"W": "1 3; 2 -4"},
        3: {"pick": "A, B"},
        4: {"picks": "AC"},
        5: {"o": "a first"},
        6: {"gate": "forget gate"},
    }
)


def test_the_report_reads_like_this() -> None:
    assert report(SOME) == (
        """\
anna.yaml: A test

1. Forget gate of an LSTM                                          0 of 2 points
  ✗ g_f = 0.49: a known mistake
    Gates use the *sigmoid*, not 1.
  ✓ step z = 0.04: right

2. Output size                                                     2 of 2 points
  ✓ nₒᵤₜ = 14: right
  ✓ h′ = (1.5, -2.0): right

3. Weights: one layer                                              0 of 2 points
  ✗ W = 1 3; 2 -4: transposed
    Rows and columns are swapped: this is the transpose.

4. Which activation?                                               0 of 2 points
  ? pick = A, B: unreadable
    Found A and B, but one letter is asked for. Write one letter, A to D.

5. Which ones?                                                     2 of 2 points
  ✓ picks = AC: right

6. The order of a step                                             0 of 2 points
  ? o = a first: unreadable
    Found 'a first', but the lines have the letters A to C. Write each of the
    letters A to C once, the first one first, such as A, B, C.

7. Name the gate                                                   2 of 2 points
  ✓ gate = forget gate: right

Total: 6 of 14 points, 42.9 %
2 answers could not be read, and have no points yet: 4 (pick), 6 (o)
"""
    )


def test_solutions_of_what_is_not_right() -> None:
    lines = report(SOME, solutions=True).split("\n")
    assert lines.count("  Solution") == 4
    assert "  Answer: g_f = 0.51" in lines


def test_nothing_handed_in() -> None:
    text = report(marks_for({}))
    assert text.count("missing") == 8
    assert text.endswith("Total: 0 of 14 points, 0 %\n")


def test_undecided_answers_are_named() -> None:
    answer = replace(EXERCISES[0].answers[0], condition="g_f > 0", accept=None)
    paper = replace(PAPER, exercises=(replace(EXERCISES[0], answers=(answer,)),), sections=())
    text = report(marks_for({0: {"g_f": "0.7"}}, paper))
    assert text.endswith("1 answer was not decided: somebody has to look at it: 1 (g_f)\n")


def test_a_version_is_named() -> None:
    _, b = versions()
    assert report(marks_for({}, b)).startswith("anna.yaml: A test, version B\n")


@pytest.mark.parametrize(
    ("points", "of", "percent"), [(0, 3, 0.0), (1, 3, 33.3), (3, 3, 100.0), (0.5, 5000, 0.1), (4999.5, 5000, 99.9)]
)
def test_percent(points: float, of: int, percent: float) -> None:
    graded = replace(SOME.exercises[0], points=points, max_points=of)
    assert Marks(SOME.sheet, (graded,)).percent == percent


def test_a_paper_without_points_has_no_percent() -> None:
    assert Marks(SOME.sheet, ()).percent == 0.0


@pytest.mark.parametrize(
    ("handed_in", "shown"),
    [
        ("2/3", "2/3"),
        (" 0.50 ", "0.50"),
        (0.5, "0.5"),
        (None, ""),
        ("", ""),
        ("1 3\n  2 -4\n", "1 3 ⏎ 2 -4"),
        (["0,5", "1,5"], "(0,5; 1,5)"),
        ([["1", "2"], ["3", "4/3"]], "(1, 2; 3, 4/3)"),
        ("x\x1b[31m\u202e", "x\ufffd[31m\ufffd"),
        ({"a": 1}, ""),
        ([[[[[["1"]]]]]], ""),
        (["1"] * 100_000, ""),
        (True, ""),
        ("9" * 5_000, "9" * 60 + "…"),
        (["9" * 50] * 2, f"({'9' * 50}, {'9' * 7}…"),
    ],
)
def test_answers_are_shown_as_they_were_written(handed_in: object, shown: str) -> None:
    assert written(handed_in, 60) == shown


@pytest.mark.parametrize(
    ("handed_in", "line"),
    [
        ("2/3", "  ✗ g_f = 2/3: wrong"),
        ("g_f = 51/100", "  ✓ g_f: g_f = 51/100: right"),
        (r"g \approx 0.51", r"  ✓ g_f: g \approx 0.51: right"),
        ("0.51 m", "  ✓ g_f = 0.51 m: right"),
    ],
)
def test_the_report_repeats_what_the_student_wrote(handed_in: str, line: str) -> None:
    marks = marks_for({0: {"g_f": handed_in}})
    assert line in report(marks).split("\n")
    (answer,) = as_data(Student("anna", marks))["exercises"][0]["answers"]
    assert answer["written"] == handed_in


@pytest.mark.parametrize(
    "character", "\x00\x07\t\r\x1b\x7f\x9b\u202e\u2066\u200b\u200f\u2028\ufeff\ud800\U000e0041\u00ad"
)
def test_harmless(character: str) -> None:
    assert harmless(f"a{character}b\n") == "a\ufffdb\n"


def test_harmless_leaves_text_alone() -> None:
    text = "Çağla Ñandú 李 \n σ ≈ 𝐖⊤ − ½"
    assert harmless(text) == text
    assert one_line(f" {text} " * 9, 12) == "Çağla Ñandú …"


def test_marks_for_programs() -> None:
    data = as_data(Student("anna", SOME))
    assert (data["name"], data["points"], data["max_points"], data["percent"]) == ("anna", 6.0, 14, 42.9)
    first = data["exercises"][0]
    assert (first["number"], first["id"], first["points"], first["max_points"]) == (1, "lstm/forget-gate", 0.0, 2)
    assert first["answers"] == [
        {
            "name": "g_f",
            "written": "0.49",
            "value": 0.49,
            "verdict": "mistake",
            "says": "Gates use the *sigmoid*, not $1$.",
            "share": 0.0,
        }
    ]
    assert [step["verdict"] for step in first["steps"]] == ["right"]


def rows(students: list[Student], *papers: Paper) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(class_list(students, papers or (PAPER,)))))


def test_a_class() -> None:
    error = SheetError(["bob.md:3: expected x, found y", "bob.md:4: z"])
    anna, bob = rows([Student("anna", SOME), Student("bob", error)])
    assert anna == {
        "name": "anna", "version": "", "points": "6", "max_points": "14", "percent": "42.9", "1 lstm/forget-gate": "0",
        "2 cnn/output-size": "2", "3 dense/weights": "0", "4 activations/choose": "0", "5 activations/several": "2",
        "6 training/order": "0", "7 lstm/name": "2", "unreadable": "2", "undecided": "0", "error": "",
    }  # fmt: skip
    assert bob["error"] == "bob.md:3: expected x, found y; bob.md:4: z"
    assert {value for key, value in bob.items() if key not in ("name", "error")} == {""}


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("\x1b[31mEve\n\u202e", "\ufffd[31mEve \ufffd"),
        ("O'Neil, Ann-Marie = x", "O'Neil, Ann-Marie = x"),
    ],
)
def test_no_name_is_a_formula_or_moves_the_cursor(name: str, cell: str) -> None:
    (row,) = rows([Student(name, SOME)])
    assert row["name"] == cell


def test_versions_with_other_questions_share_a_column() -> None:
    a, b = versions()
    b = replace(b, exercises=(*b.exercises[1:], b.exercises[0]))
    students = [Student("anna", marks_for({}, a)), Student("bob", marks_for({}, b))]
    assert {"1", "2", "7"} <= set(rows(students, a, b)[0])


JUNK = [
    "<b>x</b>", "\x1b[31m", "$\\frac{", "# heading", "$$", "{" * 5000, "\\frac" * 2000, "$" + "{" * 3000 + "$",
    "^" * 3000,
    "> " * 3000, "- " * 3000, "*" * 5000, "\u202e", "![a](x)", "|a|b|\n|-|-|", "\\begin{pmatrix}1&2\\\\",
    "\\left(" * 2000,
]  # fmt: skip


@pytest.mark.parametrize("junk", JUNK)
def test_an_exam_full_of_junk_is_shown_or_refused(junk: str) -> None:
    (answer,) = EXERCISES[0].answers
    answer = replace(answer, symbol=junk, name=junk, mistakes=(Mistake(0.49, plain(junk)),))
    exercise = replace(EXERCISES[0], title=junk, answers=(answer,), work={}, solution=plain("It is 1."))
    paper = replace(PAPER, title=junk, exercises=(exercise,), sections=())
    found = marks_for({0: {junk: "0.49"}}, paper)
    text = report(found)
    assert "of 2 points" in text
    assert not {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\n"}
    solved = replace(paper, exercises=(replace(exercise, solution=plain(junk)),))
    with contextlib.suppress(ExportError):
        report(marks_for({0: {junk: "0.49"}}, solved), solutions=True)
