"""Whatever a file of answers holds: it is read or refused with a sentence, quickly, and nothing in it is obeyed."""

from __future__ import annotations

import random
import re
import time
import tracemalloc
import unicodedata
from pathlib import Path

import pytest
from filling import filled, markdown_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from papers import PAPER, RIGHT

from quizgen.check.class_list import Student, class_list
from quizgen.check.data import as_data
from quizgen.check.marks import mark
from quizgen.check.read import MAX_BYTES, READERS, read_sheet
from quizgen.check.report import report
from quizgen.check.sheet import SheetError

PAGE = filled(PAPER, RIGHT)
GATE = "- $g_f$ (to 2 decimals): "
HEAD = markdown_of(PAPER).partition(GATE)[0]

BOMB = "a: &a [x, x]\n" + "\n".join(f"{k}: &{k} [*a, *a, *a]" for k in "bcdefghij")
YAML = [
    BOMB, "[" * 900_000, "{a: " * 200_000, "- " * 400_000, "? " * 400_000, "- a\n" * 240_000, "[" + "a," * 400_000,
    "1: !!python/object/apply:os.system ['touch hacked']", "1: !!binary aGk=", "%YAML 9.9\n---\n1: 2", "1: .nan",
    "1: .inf",
    "1: \x07", "1: \u202e15.0", "\x00", '1: "\\ud800"', '1: "\\e[31m"', "1: " + "9" * 900_000, "1: 9**9**9",
    "'" * 900_000,
    "<<: {1: 2}", "1: [[1, 2], [3]]", "1: {}", "1: []", "null: 1", "~", "1: |\n" + " x\n" * 300_000,
    "{" * 5 + "}" * 5,
    "\ufeff1: 0.5", "1:" * 300_000, "#" * 900_000, "version: [1]\ncode: {a: b}", "1: <script>alert(1)</script>",
]  # fmt: skip
JSON = [
    "[" * 900_000, '{"1":' * 100_000, "[" + "1," * 400_000 + "1]", '{"1": NaN}', '{"1": -Infinity}', '{"1": 1e999}',
    '{"1": ' + "9" * 900_000 + "}", '{"1": "\\u0000"}', '{"1": "\\ud800"}', '{"1": "\\u202e15.0"}', '{"1": true}', "",
    '{"1": [[[[1]]]]}', '{"\\u001b[31m": 1}', '{"1": {"\\u202e": 1}}', '"', "\x00", "nul",
    '{"1": "' + "(" * 900_000 + '"}',
]  # fmt: skip
MARKDOWN = [
    HEAD + GATE + text
    for text in (
        "\x1b[31m0.51", "\u202e15.0", "9**9**9", "<script>alert(1)</script>", "nan", "$(ls)", "_" * 900_000,
        " " * 900_000 + "1", "*" * 900_000, "`" * 900_000, "(" * 900_000, "[\n" * 400_000, "$$\n" * 300_000,
        "\\begin{a}\n" * 90_000, "1\n" * 450_000, "\n" * 900_000, "\n  - 1\n" * 100_000, "\\_" * 450_000,
        "__import__('os')",
    )
] + [
    "## 1. x\n" * 100_000, "## 1. x (2 points)\n" * 40_000, "# " * 400_000, "```\n" * 100_001, "- [x] A. b\n" * 80_000,
    PAGE + "- [x] A. ReLU\n" * 60_000, PAGE + (GATE + "1\n") * 20_000,
    "## 1. " + "(2 points) " * 80_000, "- " * 400_000,
    "\x00" * 900_000, "code `" * 150_000, "(1 points)" * 90_000 + "x", HEAD + ("- " + "$" * 200 + "\n") * 4_000,
    PAGE.replace("[[1, 2], [3, -4]]", "1\n1" + "\\eeeeee" * 9_000 + "!"), "~" * 900_000,
    "<!-- " * 150_000,
    PAGE.replace("## 1.", "## \u202e1."), PAGE + "\n\nmine: " + "é" * 300_000, "- [" * 250_000,
    "## 1. " + "#" * 800_000,
]  # fmt: skip
FILES = [(end, text) for end, texts in ((".yaml", YAML), (".json", JSON), (".md", MARKDOWN)) for text in texts]


def outcome(file: Path) -> str:
    """Everything that is said about a file."""
    try:
        marks = mark(read_sheet(file, [PAPER]), {})
    except SheetError as error:
        rows = class_list([Student(file.stem, error)], [PAPER])
        return f"{error}\n{rows}{as_data(Student(file.stem, error))['errors'][0]}"
    assert 0 <= marks.points <= PAPER.points
    return report(marks, solutions=True) + class_list([Student(file.stem, marks)], [PAPER])


def harmful(said: str) -> set[str]:
    return {c for c in said if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\n"}


@pytest.mark.parametrize(("end", "text"), FILES, ids=[f"{end[1:]}-{k}" for k, (end, _) in enumerate(FILES)])
def test_hostile_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str, text: str) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / f"mallory{end}"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    start = time.process_time()
    said = outcome(file)
    assert time.process_time() - start < 2.0
    assert harmful(said) == set()
    assert len(said) < 20_000
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("end", READERS)
def test_ten_megabytes_are_not_even_read(tmp_path: Path, end: str) -> None:
    file = tmp_path / f"large{end}"
    file.write_bytes(b"1: " + b"9" * 10_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(SheetError, match=r"is larger than 1000 kB"):
            read_sheet(file, [PAPER])
        assert tracemalloc.get_traced_memory()[1] < 4 * MAX_BYTES
    finally:
        tracemalloc.stop()


PIECES = [
    "1", "2", "9", ": ", "- ", "\n", "\n\n", "{", "}", "[", "]", ", ", '"', "'", "steps", "g_f", "side",
    "cnn/output-size",
    "0.51", "-2", "version: A", "code", "&a", "*a", "!!x", "---", "null", "\t", "# ", "## 2. ", "Output size",
    " (2 points)",
    GATE, "______", "```", "$$", "- [x] A. ReLU", "- [ ] B. ", "(1, 2", "\\begin{pmatrix}", "NaN", "\u202e",
    "\x00", "\ud800",
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.tuples(st.integers(0, len(PAGE)), st.lists(st.sampled_from(PIECES), max_size=8).map("".join)).map(
        lambda put: PAGE[: put[0]] + put[1] + PAGE[put[0] :]
    ),
)


@pytest.mark.parametrize("end", [".yaml", ".json", ".md"])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts)
def test_any_text_is_read_or_refused(tmp_path: Path, end: str, text: str) -> None:
    file = tmp_path / f"any{end}"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert harmful(outcome(file)) == set()


def test_any_lines_of_a_paper_may_be_missing_or_moved(tmp_path: Path) -> None:
    """What is left of a torn paper is read, or the student is told what does not fit."""
    random_ = random.Random(5)  # noqa: S311  not for secrets
    lines = PAGE.split("\n")
    for _ in range(200):
        kept = [line for line in lines if random_.random() < 0.9]
        file = tmp_path / "torn.md"
        file.write_text("\n".join(kept), encoding="utf-8")
        said = outcome(file)
        assert re.search(r"Total: |torn\.md", said)
