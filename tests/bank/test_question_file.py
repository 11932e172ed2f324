"""Question files: every fault at once, each with its line and what was expected there."""

from __future__ import annotations

import pytest

from quizgen.bank.question_file import read_source
from quizgen.bank.source import QuestionSource
from quizgen.bank.yaml_nodes import Located
from quizgen.formula.steps import Carry

BODY = "## Question\nQ\n\n## Solution\nS\n"
#: Lines 2 to 4 of a file.
MINIMAL = "title: T\nask:\n  y: exact\n"


def read(front: str, body: str = BODY) -> tuple[QuestionSource, list[str]]:
    source, faults = read_source("topic/q.md", f"---\n{front}---\n{body}")
    return source, [str(fault).removeprefix("topic/q.md") for fault in faults]


#: Front matter (from line 2 on) and the faults: how each begins, and words in it.
BROKEN: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "empty": ("", [(":1:", "front matter is empty"), (":1:", "'title' is missing"), (":1:", "'ask' is missing")]),
    "nothing asked": ("title: T\n", [(":1:", "'ask' is missing")]),
    "asked nothing": ("title: T\nask: {}\n", [(":3:", "needs one or more lines such as 'z: 2 decimals'")]),
    "twice": ("title: T\ntitle: U\nask: {y: exact}\n", [(":3:", "'title' is not a name or stands there twice")]),
    "misspelt": ("titel: T\nask: {y: exact}\n", [(":1:", "'title' is missing"), (":2:", "did you mean 'title'?")]),
    "a list": ("- a\n- b\n", [(":1:", "'title'"), (":1:", "'ask'"), (":2:",
    "expected 'key: value' lines, found a list")]),
    "a text": ("text\n", [(":1:", "'title'"), (":1:", "'ask'"), (":2:", "found 'text'")]),
    "level and points": (
        MINIMAL + "level: 9\npoints: x\n",
        [(":5:", "level: expected a whole number from 1 to 3, found 9"), (":6:",
        "points: expected a whole number from 1 to 100, found 'x'")],
    ),
    "a level that is nearly one": (MINIMAL + "level: true\n", [(":5:", "found True")]),
    "no colon in YAML": (MINIMAL + "covers: a: b\n", [(":5:", "needs quotation marks")]),
    "a tab": (MINIMAL + "\tcovers: a\n", [(":5:", "tab")]),
    "formulas": (
        MINIMAL + "given: |\n\n\n  a = 1\n  b = import\nwork: |\n  y = a.b\nreject: |\n  a = 1\ntruth: |\n"
        "  z = 1\n  y = {}\n",
        [(":9:", "given: cannot be read"), (":11:", "work: '.b' is not allowed"), (":13:",
        "reject: expected a condition"),
         (":16:", "truth: '{}' is not allowed")],
    ),
    "a formula that is no block": (MINIMAL + "work: y = a.b\n", [(":5:", "work: '.b'")]),
    "mistakes": (
        MINIMAL + "mistakes:\n  - wrong: y = 2\n  - says: x\n  - wrong: y = (\n    says: z\n  - wrong: y = 1\n"
        "    says: a\n    wen: b\n",
        [(":6:", "'says' is missing"), (":7:", "'wrong' is missing"), (":8:", "never closed"), (":12:",
        "did you mean 'when'?")],
    ),
    "a mistake that is a text": (MINIMAL + "mistakes: text\n", [(":5:",
    "expected a list, one '- …' a line, found 'text'")]),
    "choices": (
        MINIMAL + "choices:\n  - text: A\n    right: maybe it\n  - text: B\n  - right: true\n  - text: C\n"
        "    right: false\n    why: x\n",
        [(":7:", "right: cannot be read"), (":8:", "'right' is missing"), (":9:", "'text' is missing"), (":12:",
        "unknown key 'why'")],
    ),
    "vary": (
        MINIMAL + "vary:\n  D: []\n  2x: [1]\n  E: 3\n  F: [[1]]\n",
        [(":6:", "'D' needs one or more values"), (":7:", "'2x' is not a name"), (":8:", "expected a list"),
        (":8:", "'E' needs"),
         (":9:", "F: expected a text, found a list")],
    ),
    "vary without end": (MINIMAL + "vary:\n  D: [.inf, .nan, 12:30]\n", [(":6:", "'.inf'"), (":6:", "'.nan'"),
    (":6:", "'12:30'")]),
    "asked for otherwise": (
        "title: T\nask:\n  y: exact\n  z: 2 decimal places\n", [(":5:", "z: expected '2 decimals', '3 digits'")]),
    "carry": (MINIMAL + "carry: 20 decimals\n", [(":5:",
    "expected '4 decimals' or '6 digits' (1 to 12), found '20 decimals'")]),
    "symbols": (MINIMAL + "symbols:\n  z: {a: b}\n", [(":6:", "expected a text, found a mapping")]),
    "a key that is a list": (MINIMAL + "? [a, b]\n: c\n", [(":5:", "not a name")]),
    "a merge key": (MINIMAL + "<<: {level: 2}\n", [(":5:", "unknown key '<<'")]),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_every_fault_is_told_at_once_with_its_line(name: str) -> None:
    front, expected = BROKEN[name]
    _, faults = read(front)
    assert len(faults) == len(expected), faults
    for fault, (line, words) in zip(faults, expected, strict=True):
        assert fault.startswith(line), faults
        assert words in fault, faults


@pytest.mark.parametrize(("body", "line", "words"), [
    ("", ": ", "'## Question' is missing or empty"),
    ("## Question\nQ\n## Solution\n\n", ": ", "'## Solution' is missing or empty"),
    ("stray\n## Question\nQ\n## Solution\nS", ":6:", "text before the first '## …' heading"),
    ("# Question\n## Question\nQ\n## Solution\nS", ":6:", "text before the first"),
    ("## Question\nQ\n## Answer\nA\n## Solution\nS", ":8:",
    "unknown section '## Answer'; known: Question, Hint, Solution"),
    ("## Question\nQ\n## Solution\nR\n## Solution\nS", ":10:", "stands there twice"),
])  # fmt: skip
def test_sections_that_are_missing_or_too_many(body: str, line: str, words: str) -> None:
    _, faults = read(MINIMAL, body)
    assert any(fault.startswith(line) and words in fault for fault in faults), faults


@pytest.mark.parametrize("text", ["", "no front matter", "\n---\ntitle: T\n---\n"])
def test_a_file_begins_with_front_matter(text: str) -> None:
    (fault,) = read_source("p", text)[1]
    assert str(fault) == "p:1: expected the file to begin with front matter between two lines of '---'"


def test_front_matter_has_an_end() -> None:
    (fault,) = read_source("p", "---\ntitle: T\n")[1]
    assert str(fault) == "p:1: the front matter is not closed by a second line of '---'"


def test_a_file_has_a_bound() -> None:
    (fault,) = read_source("p", "---\n" + "a" * 200_001)[1]
    assert "too long" in str(fault)


def test_a_whole_file_is_read_with_its_lines() -> None:
    front = """title: Forget gate
level: 2
vary: {D: [2, 3], f: [relu, tanh], eta: [0.1], both: [true, false]}
given: |
  x = number(0, 1)
work: |
  z = 2 * x
  y = exp(z)
reject: |
  z > 1                    # why
truth: |
  y = exp(2 * x)
ask:
  y: 3 decimals
mistakes:
  - wrong: z = x
    says: "Twice: the factor."
    when: D > 2
choices:
  - text: A
    right: true
symbols:
  z: z^{(1)}
conventions: One.
covers: [a, b]
"""
    source, faults = read(front, "## Question\n\n\nQ << x >>\n\n## Hint\nA\n## Hint\nB\n## Solution\nS\n### Sub\nx\n")
    assert faults == []
    assert (source.title, source.level, source.points) == ("Forget gate", 2, 4)
    assert source.vary == {"D": [2, 3], "f": ["relu", "tanh"], "eta": [0.1], "both": [True, False]}
    assert [statement.lineno for statement in source.work] == [8, 9]
    assert [condition.lineno for condition in source.reject] == [11]
    assert (source.mistakes[0].says.text, source.mistakes[0].says.line) == ("Twice: the factor.", 18)
    assert source.choices[0].text.text == "A"
    assert source.symbols == {"z": "z^{(1)}"}
    assert [convention.text for convention in source.conventions] == ["One."]
    assert source.covers == ["a", "b"]
    assert source.question == Located("Q << x >>", 31)
    assert source.hints == [Located("A", 34), Located("B", 36)]
    assert source.solution == Located("S\n### Sub\nx", 38)


def test_windows_line_ends_do_not_matter() -> None:
    text = f"---\n{MINIMAL}work: |\n  y = 1\n---\n{BODY}"
    unix, windows = read_source("p", text), read_source("p", text.replace("\n", "\r\n"))
    assert unix[1] == windows[1] == []
    assert unix[0].question == windows[0].question
    assert [s.lineno for s in unix[0].work] == [s.lineno for s in windows[0].work]


@pytest.mark.parametrize(("asked", "carry"), [
    ("y: 2 decimals", Carry(4, None)), ("y: 0 decimals", Carry(2, None)), ("y: exact", Carry(4, None)),
    ("y: 3 digits", Carry(None, 5)),
    ("y: 2 decimals\n  z: 5 decimals", Carry(7, None)), ("y: 3 digits\n  z: 1 decimals", Carry(3, None)),
])  # fmt: skip
def test_the_work_carries_two_places_more_than_are_asked_for(asked: str, carry: Carry) -> None:
    assert read(f"title: T\nask:\n  {asked}\n")[0].carry == carry


def test_the_author_says_what_is_carried() -> None:
    assert read(MINIMAL + "carry: 6 decimals\n")[0].carry == Carry(6, None)
    assert read(MINIMAL + "carry: 5 digits\n")[0].carry == Carry(None, 5)


def test_points_follow_from_the_level_or_are_given() -> None:
    assert [read(MINIMAL + f"level: {level}\n")[0].points for level in (1, 2, 3)] == [2, 4, 6]
    assert read(MINIMAL + "points: 7\n")[0].points == 7


def test_an_empty_title_is_a_fault() -> None:
    assert read("title:\nask: {y: exact}\n")[1]


def test_a_heading_inside_of_code_is_no_section() -> None:
    assert read(MINIMAL, "## Question\n```\n## comment\n```\n\n## Solution\nS\n")[1] == []


def test_a_number_with_an_exponent_is_a_number() -> None:
    assert read(MINIMAL + "vary:\n  eta: [1e-3, 1e-4]\n")[0].vary == {"eta": [0.001, 0.0001]}
