"""Figures in each format: beside the document, packaged, or in words."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
import samples
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from quizgen.errors import ExportError
from quizgen.exercise import Card, Exercise, Figure, Paper
from quizgen.export import export
from quizgen.export.anki import deck
from quizgen.export.github import to_github
from quizgen.export.html import to_html
from quizgen.export.latex_text import to_latex
from quizgen.export.terminal import show, text
from quizgen.text import Skeleton, Text, hole, plain

NOW = 1_700_000_000.0
SKELETON = Skeleton(f"Look:\n\n![A curve < 1 & through $(0, {hole(0)})$](" + hole(1) + ")\n\nWhat is it?")


def exercise(name: str = "activations-graph-0123abcd", f: str = "relu") -> Exercise:
    return replace(
        samples.gate(),
        question=Text(SKELETON, ("-2", name)),
        figures=(Figure(name, "activation_curve", {"f": f}),),
    )


def choices() -> Exercise:
    """Pictures to tick."""
    made = samples.choice()
    (answer,) = made.answers
    lines = tuple(
        replace(choice, text=plain(f"![A curve]({name})"))
        for choice, name in zip(answer.choices, ("one", "two", "three"), strict=True)
    )
    figures = tuple(
        Figure(name, "activation_curve", {"f": f}) for name, f in (("one", "relu"), ("two", "tanh"), ("three", "swish"))
    )
    return replace(made, answers=(replace(answer, choices=lines),), figures=figures)


def paper(*exercises: Exercise) -> Paper:
    return Paper("T", "C", 1, "", exercises or (exercise(), choices()))


def test_markdown_shows_the_files_beside_it() -> None:
    files = export(paper(), "markdown")
    for name in ("exam.md", "solutions.md"):
        shown = re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", files[name].decode())
        assert shown[0] == (r"A curve \< 1 \& through (0, -2)", "activations-graph-0123abcd.svg")
        assert {file for _, file in shown} == files.keys() - {"exam.md", "solutions.md"}
    for name in files:
        if name.endswith(".svg"):
            assert ElementTree.fromstring(files[name].decode()).tag.endswith("svg")  # noqa: S314 - our own


def test_latex_includes_the_files_beside_it() -> None:
    files = export(paper(), "latex")
    tex = files["exam.tex"].decode()
    included = re.findall(r"\\quizgenfigure\{([\w-]+)\}\{([^}]*)", tex)
    assert included[0][0] == "activations-graph-0123abcd"
    assert {f"{name}.pdf" for name, _ in included} == files.keys() - {"exam.tex", "solutions.tex"}
    assert r"A curve \textless{} 1 \& through (0, -2)" in tex
    assert tex.count(r"\begin{multicols}{2}") == 1
    assert all(files[name].startswith(b"%PDF") for name in files if name.endswith(".pdf"))


def test_json_says_what_is_drawn() -> None:
    first, second = json.loads(export(paper(), "json")["exam.json"])["exercises"]
    assert first["figures"] == [
        {"name": "activations-graph-0123abcd", "draw": "activation_curve", "arguments": {"f": "relu"}}
    ]
    assert "](activations-graph-0123abcd)" in first["question"]
    assert [figure["name"] for figure in second["figures"]] == ["one", "two", "three"]
    assert "figures" not in json.loads(export(paper(samples.gate()), "json")["exam.json"])["exercises"][0]


def test_a_terminal_says_it_in_words() -> None:
    assert "[figure: A curve < 1 & through (0, −2)]" in show(exercise())
    assert "[ ] A. [figure: A curve]" in show(choices())


def test_anki_packages_the_files(tmp_path: Path) -> None:
    package = tmp_path / "deck.apkg"
    collection = Collection(str(tmp_path / "collection.anki2"))

    def load(content: bytes) -> None:
        package.write_bytes(content)
        options = ImportAnkiPackageOptions(merge_notetypes=True)
        collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options))

    def media() -> set[str]:
        return {path.name for path in Path(collection.media.dir()).iterdir()}

    load(deck((exercise(), choices()), (), timestamp=NOW))
    expected = {f"quizgen-{name}.svg" for name in ("activations-graph-0123abcd", "one", "two", "three")}
    assert media() == expected
    assert collection.media.check().missing == []
    assert collection.media.check().unused == []
    load(deck((exercise(), choices()), (), timestamp=NOW + 1))
    assert media() == expected
    # Drawn otherwise by a later version: the note shows the new picture.
    load(deck((exercise(f="tanh"),), (), timestamp=NOW + 2))
    (cid,) = collection.find_cards('"deck:quizgen::lstm"')
    shown = re.search(r'<img class="figure" src="([^"]+)"', collection.get_card(cid).render_output().question_text)
    assert shown is not None
    current = (Path(collection.media.dir()) / shown[1]).read_bytes()
    assert current == export(paper(exercise(f="tanh")), "markdown")["activations-graph-0123abcd.svg"]
    assert collection.media.check().missing == []
    collection.close()


def test_a_deck_with_figures_has_the_same_bytes() -> None:
    first = deck((exercise(),), (), timestamp=NOW)
    assert first == deck((exercise(),), (), timestamp=NOW)
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert json.loads(package.read("media")) == {"0": "quizgen-activations-graph-0123abcd.svg"}
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_card_cannot_show_a_figure() -> None:
    card = Card("a/b", "a", "rule", "![x](plot)", "b")
    with pytest.raises(ExportError, match=r"shows the figure 'quizgen-plot\.svg', which no exercise of the deck has"):
        deck((), (card,), timestamp=NOW)


@pytest.mark.parametrize("target", ["cat.png", "https://example.org/x.svg", "../x", "a b", 'plot "title"', ""])
@pytest.mark.parametrize("convert", [to_html, to_latex, to_github, text], ids=lambda f: f.__module__.split(".")[-1])
def test_only_figures_are_images(convert: object, target: str) -> None:
    target = f"<{target}>" if " " in target and '"' not in target else target
    with pytest.raises(ExportError, match="an image must be a figure of the question"):
        convert(f"![x]({target})")  # type: ignore[operator]


def test_alternative_texts_cannot_break_out() -> None:
    hostile = '![" onload="alert(1) \\<b\\> \\\\end{x} % } $x_{1}$](plot)'
    assert '"alert' not in to_html(hostile).replace("&quot;", "")
    assert "<b>" not in to_html(hostile)
    assert to_html(hostile).count('"') == 6
    latex = to_latex(hostile)
    assert latex.replace("\\{", "").replace("\\}", "").count("{") == latex.replace("\\{", "").replace("\\}", "").count(
        "}"
    )
    assert "\\end{" not in latex
    assert to_github(hostile).endswith("](plot.svg)")


_BLOCKED = "import sys; sys.modules['matplotlib'] = None\n"
_EXPORT = (
    "sys.path.insert(0, sys.argv[1])\n"
    "import samples\nfrom test_export_figures import *\nfrom quizgen.export import export\n"
)


def _without_matplotlib(program: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", _BLOCKED + _EXPORT + program, str(Path(__file__).parent)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return run.stdout + run.stderr


def test_without_matplotlib_only_drawing_fails() -> None:
    assert _without_matplotlib(
        "for f in ('markdown', 'latex', 'anki', 'json'): export(paper(samples.gate()), f)\n"
        "export(paper(), 'json'); print(len(show(exercise())) > 99)"
    ).endswith("True\n")
    for name in ("markdown", "latex", "anki"):
        message = _without_matplotlib(f"export(paper(), {name!r})").splitlines()[-1]
        assert "lstm/forget-gate: the exam has figures, and drawing them needs the library matplotlib" in message
        assert "pip install 'quizgen[figures]'" in message


def test_an_exam_without_figures_imports_no_plotting() -> None:
    program = (
        "import sys; from quizgen import load_bank; from quizgen.export import export\n"
        "from quizgen.exercise import Paper\n"
        "b = load_bank(); e = b['lstm/forget-gate'].draw(seed=1); p = Paper('', '', 1, '', (e,))\n"
        "f = b['activations/name-the-graph'].draw(seed=1)\n"
        "for n in ('markdown', 'latex', 'anki', 'json'): export(p, n)\n"
        "print('matplotlib' in sys.modules, len(f.figures))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "False 1\n"
