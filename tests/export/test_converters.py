"""What every converter of Markdown has to keep: the holes, and the refusal of what some format cannot show."""

from __future__ import annotations

import math_core
import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from quizgen.errors import ExportError
from quizgen.exercise import Exercise
from quizgen.export import document
from quizgen.export.github import to_github
from quizgen.export.html import to_html, to_html_inline
from quizgen.export.latex_text import to_latex
from quizgen.export.terminal import text as to_terminal
from quizgen.text import Converter, Skeleton, Text, hole

CONVERTERS = [to_github, to_html, to_html_inline, to_latex]

_NUMBERS = st.sampled_from(["0", "-1.5", "61{,}100{,}840", "(-2)", "1.23 \\cdot 10^{-5}"])
_PIECES = st.sampled_from(
    [
        "text ", "$w = #$ ", "*then* $x_{#} < #$, ", "\n\n$$\\begin{aligned} a &= # \\\\ &= # \\end{aligned}$$\n\n",
        "\n\n| a | b |\n|:--|--:|\n| $#$ | $\\lvert # \\rvert$ |\n\n",
        "\n\n- $\\begin{pmatrix} # \\\\ # \\end{pmatrix}$\n\n",
    ]
)  # fmt: skip


@pytest.mark.parametrize("convert", CONVERTERS)
@given(pieces=st.lists(_PIECES, min_size=1, max_size=6), numbers=st.lists(_NUMBERS, min_size=4, max_size=4))
def test_filling_a_converted_skeleton_is_converting_the_filled_text(
    convert: Converter, pieces: list[str], numbers: list[str]
) -> None:
    source, *rest = "".join(pieces).split("#")
    for index, piece in enumerate(rest):
        source += hole(index % 4) + piece
    text = Text(Skeleton(source), numbers)
    assert text.render(convert) == convert(str(text))


@pytest.mark.parametrize(
    ("markdown", "named"),
    [
        ("# Title", "heading"),
        ("a\n\n---\n\nb", "horizontal rule"),
        ("a <b>c</b>", "raw HTML"),
        ("<div>\nx\n</div>", "raw HTML"),
        ("![a](b.png)", "image"),
        ("[a](javascript:alert(1))", "https://"),
        ("[a](<https://x.org/}{>)", "https://"),
        ("*" * 3000 + "a" + "*" * 3000, "nests"),
    ],
)
@pytest.mark.parametrize("convert", [*CONVERTERS, to_terminal])
def test_refuses_what_some_format_cannot_show(convert: Converter, markdown: str, named: str) -> None:
    with pytest.raises(ExportError, match=named):
        convert(markdown)


def test_a_list_item_holds_blocks() -> None:
    (listing,) = document.read("3. a *b*\n   - c\n4. d")
    assert isinstance(listing, document.Listing)
    assert listing.start == 3
    first, nested = listing.items[0]
    assert first == document.Paragraph(
        (document.Words("a "), document.Emphasis(False, (document.Words("b"),))), tight=True
    )
    assert isinstance(nested, document.Listing)


def _formulas(markdown: str) -> list[tuple[str, bool]]:
    def within(part: object) -> list[tuple[str, bool]]:
        if isinstance(part, document.Math):
            return [(part.source, part.display)]
        if isinstance(part, tuple):
            return [formula for inner in part for formula in within(inner)]
        names = ("inside", "items", "rows")
        return [formula for name in names if hasattr(part, name) for formula in within(getattr(part, name))]

    return within(document.read(markdown))


@pytest.mark.parametrize("exercise", samples.paper().exercises, ids=lambda exercise: exercise.id)
def test_github_gets_the_same_mathematics(exercise: Exercise) -> None:
    """The hardened formulas draw the same MathML as the author's own."""
    draw = math_core.LatexToMathML().convert_with_local_state
    for text in (exercise.question, exercise.solution):
        before, after = _formulas(str(text)), _formulas(text.render(to_github))
        assert len(before) == len(after)
        for (source, display), (hardened, same) in zip(before, after, strict=True):
            assert display == same
            assert draw(hardened.replace("\\cr", "\\\\"), displaystyle=display) == draw(source, displaystyle=display)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("$\\{1\\}$", "$\\lbrace 1\\rbrace$"),
        ("$a<b$", "$a < b$"),
        ("$\\mathbf{h}_{t-1}$ and $W_{hh}$", "$\\mathbf{h} _{t-1}$ and $W _{hh}$"),
        ("$x_t$", "$x_t$"),
        ("$\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}$", "$\\begin{pmatrix} 1 \\cr 2 \\end{pmatrix}$"),
        ("a $$x$$ b", "a\n\n$$\nx\n$$\n\n b"),
        ("- $$x$$", "- $$\n  x\n  $$"),
        ("- a\n  $$x$$\n- b", "- a\n\n  $$\n  x\n  $$\n\n- b"),
        ("$$\\begin{pmatrix} 1 \\\\ - 2 \\end{pmatrix}$$", "$$\n\\begin{pmatrix} 1 \\\\\n{-} 2 \\end{pmatrix}\n$$"),
        ("\\$5 and `$x_{1}$`", "\\$5 and `$x_{1}$`"),
    ],
)
def test_github_markdown(markdown: str, expected: str) -> None:
    assert to_github(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a < b & c", "<p>a &lt; b &amp; c</p>\n"),
        ("$a < b$", "<p>\\(a &lt; b\\)</p>\n"),
        ("\\\\(x\\\\)", "<p>&#92;(x&#92;)</p>\n"),
        ("{{c1::x}}", "<p>{&#123;c1::x}}</p>\n"),
        ("$\\frac{{a}}{b}$", "<p>\\(\\frac{ {a}}{b}\\)</p>\n"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("a  \nb", "<p>a<br>\nb</p>\n"),
    ],
)
def test_html(markdown: str, expected: str) -> None:
    assert to_html(markdown) == expected
