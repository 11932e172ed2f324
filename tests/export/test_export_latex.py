from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import samples

from quizgen.errors import ExportError
from quizgen.exercise import Exercise
from quizgen.export import export
from quizgen.export import mathematics as tables
from quizgen.export.latex_chars import UNICODE
from quizgen.export.latex_text import escape, to_latex
from quizgen.text import plain

#: What a log may not say, after as many passes as the document asks for.
_WARNING = re.compile(r"^.*(?:Warning:|Overfull|Underfull|Missing character|^!).*$", re.MULTILINE)


def _compile(engine: str, folder: Path, stem: str) -> str:
    """The log of the last of at most three passes."""
    if shutil.which(engine) is None:
        pytest.skip(f"{engine} is not installed")
    log = ""
    for _ in range(3):
        command = [engine, "-interaction=nonstopmode", "-halt-on-error", f"{stem}.tex"]
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
        log = (folder / f"{stem}.log").read_text(encoding="utf-8", errors="replace")
        assert done.returncode == 0, log[-1500:]
        if "Rerun" not in log:
            break
    return log


def _long() -> Exercise:
    """A chain of more than a page, and a display and a table wider than the line."""
    chain = "".join(f" \\\\ &= \\frac{{{k}}}{{2}} + {k} \\cdot 2" for k in range(45))
    wide = " + ".join(f"x_{{{k}}} \\cdot {k}" for k in range(30))
    table = f"|{' column |' * 16}\n|{'--|' * 16}\n|{' $0.1234$ |' * 16}"
    solution = f"$$\\begin{{aligned}} z &= a{chain} \\end{{aligned}}$$\n\nand\n$$z = {wide}$$\n\n{table}"
    return replace(samples.gate(), title="A long chain", solution=plain(solution))


@pytest.mark.parametrize("engine", ["pdflatex", "xelatex", "lualatex"])
@pytest.mark.parametrize("stem", ["exam-A", "solutions-A"])
def test_compiles_without_a_warning(engine: str, stem: str, tmp_path: Path) -> None:
    paper = samples.paper("A")
    for name, content in export(replace(paper, exercises=(*paper.exercises, _long())), "latex").items():
        (tmp_path / name).write_bytes(content)
    log = _compile(engine, tmp_path, stem)
    assert _WARNING.findall(log) == []
    pages = re.search(r"\((\d+) pages?", log)
    assert pages is not None
    # The key breaks the chain of 45 lines across pages instead of running off the paper.
    assert int(pages[1]) >= (4 if stem == "solutions-A" else 1)


def test_every_allowed_command_and_character_compiles(tmp_path: Path) -> None:
    """What `mathematics.check` lets through, LaTeX must know."""
    formulas = [f"\\left( x \\middle{name} y \\right." for name in ("|", "/", "\\|")]
    formulas += [f"x \\{name} y" for table in (tables.RELATIONS, tables.OPERATIONS) for name in table]
    formulas += [f"\\{name} x" for table in (tables.LETTERS, tables.BIG_OPERATORS, tables.SPACES) for name in table]
    formulas += [f"\\{name} x" for name in tables.FUNCTIONS]
    formulas += [f"\\{name}{{x}}" for name in [*tables.ACCENTS, *tables.FONTS, *tables.WORDS]]
    formulas += [f"\\{name}{{x}}{{y}}" for name in [*tables.FRACTIONS, "binom", "underset", "overset", "stackrel"]]
    formulas += [f"\\{name}( x" for name in tables.SIZES - {"middle"}]
    formulas += [f"\\{name}{{x}}" for name in ("sqrt", "boxed", "cancel", "phantom", "pmod", "underbrace", "substack")]
    formulas += [f"\\left{'' if len(n) == 1 and n not in '{}' else chr(92)}{n} x \\right." for n in _BRACKETS]
    formulas += [f"\\begin{{{name}}} x & y \\\\ x \\cr y \\end{{{name}}}" for name in _ENVIRONMENTS]
    text = "\n\n".join([*(f"${formula}$" for formula in formulas), *UNICODE, *(f"$x {char} y$" for char in "αβ≤·⊙−")])
    exercise = replace(samples.gate(), question=plain(text.replace("\u00a0", "a\u00a0b")))
    for name, content in export(replace(samples.paper(), exercises=(exercise,)), "latex").items():
        (tmp_path / name).write_bytes(content)
    log = _compile("pdflatex", tmp_path, "exam")
    assert re.findall(r"^.*(?:Missing character|Undefined|^!).*$", log, re.MULTILINE) == []


_BRACKETS = [name for name in tables.BRACKETS if name != "\\|"]
_ENVIRONMENTS = [name for name in tables.ENVIRONMENTS if name not in ("array", "alignedat", "gathered")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50% & #1 $5 a_b {x}", "50\\% \\& \\#1 \\$5 a\\_b \\{x\\}"),
        ("\\input{x}", "\\textbackslash{}input\\{x\\}"),
        ("~ ^", "\\textasciitilde{} \\textasciicircum{}"),
        ("a -- b", "a -{}- b"),
        ("é → σ", "é \\ensuremath{\\to} \\ensuremath{\\sigma}"),
    ],
)
def test_escape(text: str, expected: str) -> None:
    assert escape(text) == expected


@pytest.mark.parametrize("char", ["中", "🙂", "\x1b", "\u202e", "И"])
def test_names_a_character_that_the_fonts_lack(char: str) -> None:
    with pytest.raises(ExportError, match=re.escape(f"U+{ord(char):04X}")):
        to_latex(f"a {char} b")


def test_nothing_from_a_stranger_becomes_a_command() -> None:
    source = export(samples.paper(), "latex")["exam.tex"].decode()
    assert "\\input" not in source
    with pytest.raises(ExportError, match="unknown command"):
        to_latex("$\\input{/etc/passwd}$")


def test_a_display_has_no_blank_line() -> None:
    assert to_latex("$$\na\n$$") == "\n\\quizgendisplay{a}\n".strip()
    assert to_latex("$$\\begin{aligned}\na &= b\n\\end{aligned}$$") == "\\quizgenaligned{a &= b}"


def test_a_paper_without_exercises_is_refused() -> None:
    with pytest.raises(ExportError, match="no exercises"):
        export(replace(samples.paper(), exercises=()), "latex")
