"""What attacks and fuzzers have found, mended: each is refused, with the words that tell why."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from corpus import question
from readers import read_cards_file, read_code, read_plan, read_question

from quizgen.bank import load_bank
from quizgen.blueprint import read_blueprint
from quizgen.errors import BankError, QuizgenError, UsageError

X = "given: |\n  x = integer(1, 9)"
TOWER = "\n".join(f"  y{k} = y{k - 1} ** 10" for k in range(1, 12))
SQUARES = "\n".join(f"  y{k} = y{k - 1} * y{k - 1}" for k in range(1, 40))
DOUBLES = "\n".join(f"  f{k}(a) = f{k - 1}(a) + f{k - 1}(a)" for k in range(1, 15))


def in_front(front: str, body: str = "<< y.steps >>") -> str:
    """A question file with this front matter besides a title and what is asked for."""
    text = f"## Question\nGiven << x >>.\n\n## Solution\n{body}\n"
    return f"---\ntitle: A test\n{front}\ntruth: |\n  y = x + 1\nask:\n  y: integer\n---\n{text}"


FINDINGS = {
    "powers of powers, step by step": (
        in_front(f"{X}\nwork: |\n  y0 = x + 9\n{TOWER}\n  y = x + 1"), "not finite"),
    "squares of squares": (in_front(f"{X}\nwork: |\n  y0 = x + 9\n{SQUARES}\n  y = x + 1"), "not finite"),
    "squares of squares by mistake": (
        in_front(f"{X}\nwork: |\n  y0 = 0 * x\n{SQUARES}\n  y = x + y39 + 1\n"
                 "mistakes:\n  - wrong: y0 = x + 2\n    says: No."), "not finite"),
    "definitions that double": (
        in_front(f"{X}\nwork: |\n  f0(a) = a + a\n{DOUBLES}\n  y = f14(f14(f14(x)))"), "too many|too deep|operations"),
    "products of products of matrices": (
        in_front("given: |\n  x = integer(1, 9)\n  X = matrix(9, 9, 0, 9)\nwork: |\n  Z = "
                 + " @ ".join(["X"] * 12) + "\n  y = x + 1"), "operations on single numbers"),
    "padding without end": (
        in_front("given: |\n  x = integer(1, 9)\n  v = vector(2, 0, 9)\nwork: |\n  Z = pad(v, 999999999)\n  y = x + 1"),
        "at most 100 zeros"),
    "decisions without end": (
        in_front(f"{X}\nwork: |\n" + "".join(f"  w{k} = 'a' if x > {k} else 'b'\n" for k in range(12)) + "  y = x + 1"),
        "decisions can fall in 4096 ways"),
    "a part of what has none": (question("work", "(5).T + range(2).T"), "not allowed|cannot be|matrix"),
    "rounding to thousands of millions of places": (
        question("given", "integer(1, round(5, 0 - 999999999))"), "rounded to at most 20 places"),
    "numbers of three hundred decimals": (question("given", "number(0, 1e-300, 1e-305)"), "at most 12 decimals"),
    "numbers with too many decimals": (question("given", "choice(1/3, 2/3)"), "at most 12 decimals"),
    "a truth that overwrites itself": (
        question("truth", "x + 1\nz = 5\nz[1] = 6"), "cannot be computed"),
    "a truth that takes a number apart": (question("truth", "x + 1\n(a, b) = 5"), "cannot be|not allowed|iterable"),
    "a truth that pads without end": (
        question("truth", "conv2d([[1.0]], [[1.0]], padding=10 ** 8)[0][0]"), "padding is at most 100"),
    "a truth that trains without end": (
        question("truth", "quadratic_descent(1, 0.1, 1, 10 ** 9)[0]"), "steps is at most 1000|cannot be computed"),
    "a truth that loops without end": (
        question("truth", "x + 1\nfor i in range(1000):\n  for j in range(1000):\n    z = 1"), "too many steps"),
    "a truth that calls itself": (
        question("truth", "x + 1\nf(n) = f(n - 1) + f(n - 1) if n > 0 else 1\nz = f(60)"),
        "too many steps|without end"),
    "a sum of its own in a choice": (
        question("whether a choice is right", "sum(range(10 ** 9)) > 1"), "unknown function"),
    "twenty-seven choices": (
        question("a choice", "a").replace(
            "choices:", "choices:" + "\n  - text: more\n    right: false" * 26), "at most 26"),
    "a thousand mistakes": (
        in_front(f"{X}\nwork: |\n  y = x + 1\nmistakes:" + "".join(f"\n  - wrong: y = x - {k}\n    says: No."
                                                                       for k in range(1_000))), "at most 25"),
    "a number in a form that no float holds": (question("vary", "1.0e+400"), "not a number that can be used"),
    "a size in a form that no memory holds": (question("vary", "9" * 60), "not a number that can be used"),
    "mathematics in a symbol": (question("symbols", "a$ b $c"), "without '\\$'"),
    "a symbol of two lines": (question("symbols", "a\n\n    b"), "one line"),
    "a title of two lines": (question("title", "|\n  a\n  b"), "one line"),
    "a hole of our own": (question("question", "\U000f0000"), "U\\+F0000"),
    "a mark of our own": (question("hint", "\ue002"), "U\\+E002"),
    "a mark of direction": (question("solution", "\u202e"), "right-to-left override"),
    "a mark of direction as YAML's escape": (question("title", '"a \\u202e"'), "right-to-left override"),
    "a control character as YAML's escape": (question("title", '"a \\e[2J"'), "U\\+001B"),
    "a mark of direction as a template's escape": (question("question", '<< "\\u202e" >>'), "right-to-left override"),
    "a hole of our own as a template's escape": (question("question", '<< "\\U000f0000" >>'), "U\\+F0000"),
    "a mark of direction as a formula's escape": (question("work", '"a\\u202e" if x > 3 else "b"'), "do not show"),
    "an alias that multiplies": (
        "---\ntitle: &a A\nmistakes: [*a, *a]\n---\n## Question\n## Solution\n", "an alias"),
    "a tag": (question("title", "!!str A test"), "'!' before a value"),
    "a macro that is not there": (question("question", "<% import 'nothing.md' as m %>"), "no file of macros"),
    "a macro that calls itself": (
        question("question", "<% macro f() %><< f() >><% endmacro %><< f() >>"), "without end"),
    "nested loops of Python": (
        question("question", "<% for a in [1] %>" * 25 + "<% endfor %>" * 25), "nested too deeply"),
    "a file as a template": (question("question", "<% include 'layers.md' %>"), "'include' is not used"),
    "a method of a text": (question("question", "<< 'x'.join(['a', 'b']) >>"), "'.join' is not known"),
    "TeX repeats columns": (
        question("question", r"$\begin{array}{*{999}{c}} 1 \end{array}$"), "needs its columns in braces"),
    "lists in lists": (question("question", "".join("  " * k + "- x\n" for k in range(60))), "more than 24 deep"),
    "brackets in brackets of mathematics": (question("question", "$" + "{" * 99 + "x" + "}" * 99 + "$"), "60 deep"),
}  # fmt: skip


@pytest.mark.parametrize("name", FINDINGS)
def test_is_refused_with_the_reason(name: str) -> None:
    text, words = FINDINGS[name]
    with pytest.raises(QuizgenError, match=words):
        read_question(text)


def test_sums_of_many_numbers_are_computed() -> None:
    """A sum of ninety numbers was source with more brackets than Python reads."""
    read_question(
        in_front("given: |\n  x = integer(1, 9)\n  v = vector(150, 0.1, 0.9, step=0.1)\nwork: |\n  s = mean(exp(v))\n"
                 "  y = x + 1")
    )  # fmt: skip


def test_a_line_break_takes_no_argument_in_latex() -> None:
    from quizgen.export.latex_text import to_latex

    assert to_latex("a\\\n[5cm] b") == "a\\\\{}\n[5cm] b"
    assert to_latex("a\\\n*b*") == "a\\\\\n\\emph{b}"


@pytest.mark.parametrize(
    "text", ["[latex]x[/latex]", "[SOUND:x.mp3]", "[anki:tts]x[/anki:tts]", "[$]x[/$]", "[$$]x[/$$]"]
)
def test_nothing_that_anki_would_obey_stays(text: str) -> None:
    from quizgen.export.html import math_html, text_html

    assert text_html(text).startswith("&#91;")
    assert "[" not in text_html(text)
    assert "[" not in math_html("[latex] x [/latex]")


def test_cards_and_blueprints_and_codes() -> None:
    with pytest.raises(BankError, match="at most 2000"):
        read_cards_file("- id: a\n  kind: rule\n  cloze: '" + "{{" * 50_000 + "'\n")
    with pytest.raises(BankError, match="at most 200000 characters"):
        read_cards_file("- " * 200_000)
    with pytest.raises(UsageError, match="too long for a blueprint"):
        read_plan("title: " + "x" * 10_000_000)
    with pytest.raises(UsageError, match="mistyped") as caught:
        read_code("0" * 10_000_000)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "name", ["a b.md", "a\n\\input{x}.md", "<script>.md", "\u202etxt.md", "-.md", "..md", "a" * 230 + ".md"]
)
def test_names_of_files_stand_in_documents(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "topic"
    folder.mkdir()
    (folder / name).write_text(question("title", "A test"))
    bank = load_bank(tmp_path)
    assert not bank.questions
    (fault,) = bank.faults
    assert "must be made of" in str(fault)
    assert str(fault).isprintable()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_what_is_no_ordinary_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "topic" / "folder.md").mkdir(parents=True)
    os.mkfifo(tmp_path / "topic" / "pipe.md")  # whoever reads it waits for ever
    (tmp_path / "topic" / "endless.md").symlink_to("/dev/zero")
    (tmp_path / "topic" / "nowhere.md").symlink_to(tmp_path / "nothing")
    (tmp_path / "outline.yaml").symlink_to("/dev/zero")
    bank = load_bank(tmp_path)
    assert len(bank.faults) == 5
    assert all("not an ordinary file" in str(fault) for fault in bank.faults)
    with pytest.raises(UsageError, match="not an ordinary file"):
        read_blueprint("/dev/zero")
