from __future__ import annotations

import sys
import unicodedata
from dataclasses import replace

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from quizgen.export.harmless import harmless
from quizgen.export.mathbox import width
from quizgen.export.terminal import formula, show, text, text_or_verbatim, verbatim
from quizgen.text import plain


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (r"\frac{\partial L}{\partial W_{hh}}", "∂L/∂Wₕₕ"),
        (r"\frac{a+b}{2c}", "(a + b)/(2c)"),
        (r"\sum_{i=1}^{n} w_i x_i + b", "∑ᵢ₌₁ⁿ wᵢ xᵢ + b"),
        (r"h_t = g_o \odot \tanh(C_t)", "hₜ = gₒ ⊙ tanh(Cₜ)"),
        (r"g_f = \sigma'(z)", "g_f = σ′(z)"),
        (r"2 \cdot (-3) - -1", "2 · (−3) − −1"),
        (r"\begin{pmatrix}1 & 2\\3&4\end{pmatrix}^\top", "[1 2; 3 4]ᵀ"),
        (r"\begin{pmatrix} a + b & 2 \end{pmatrix}", "[a + b, 2]"),
        (r"61{,}100{,}840", "61,100,840"),
        (r"\left\lfloor \frac{29 - 5}{2} \right\rfloor + 1", "⌊(29 − 5)/2⌋ + 1"),
        (r"\lVert g \rVert > v", "‖g‖ > v"),
        (r"\operatorname{ReLU}(x) = \max(0, x)", "ReLU(x) = max(0, x)"),
        (r"\hat{y} \in \mathbb{R}^{n}", "ŷ ∈ ℝⁿ".replace("ŷ", "y\u0302")),
        (r"e^{-x} \approx 1.23 \cdot 10^{-5}", "e⁻ˣ ≈ 1.23 · 10⁻⁵"),
        (r"\sqrt{x + 1}", "√(x + 1)"),
        (r"\unknown{x}", "\\unknown x"),
        (r"\left( a", r"\left( a"),
        ("{" * 5000 + "}" * 5000, "{" * 5000 + "}" * 5000),
    ],
)
def test_a_formula_on_one_line(source: str, line: str) -> None:
    assert formula(source, display=False) == [line]


@pytest.mark.parametrize(
    ("source", "drawing"),
    [
        (r"x = \frac{a + b}{2}", "     a + b\nx = ───────\n       2"),
        (
            r"\begin{aligned} z &= w x \\ &= \begin{pmatrix} 1 & 2 \\ 3 & 40 \end{pmatrix} \odot A \end{aligned}",
            "z = wx\n\n  = ⎛1   2⎞ ⊙ A\n    ⎝3  40⎠",
        ),
        (
            r"f(x) = \begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
            "f(x) = ⎧x  if  x > 0\n       ⎩0  otherwise",
        ),
        (r"\begin{bmatrix} a \\ b \\ c \end{bmatrix}^\top", "⎡a⎤ᵀ\n⎢b⎥\n⎣c⎦"),
        (r"\sum_{i=1}^{n} x_i", "  n\n  ∑   xᵢ\ni = 1"),
        (r"\left\lfloor \frac{29}{2} \right\rfloor", "⎢ 29 ⎥\n⎢────⎥\n⎣ 2  ⎦"),
    ],
)
def test_a_display_is_drawn(source: str, drawing: str) -> None:
    assert "\n".join(formula(source, display=True)) == drawing


@given(st.text(alphabet="\\{}[]()^_&=+-.,' x1\nfracbeginedmtlhp", max_size=40), st.booleans())
def test_whatever_it_is_it_is_shown(source: str, display: bool) -> None:
    lines = formula(source, display=display)
    assert lines
    assert display or len(lines) == 1


def test_lines_are_wrapped_and_a_long_chain_is_broken() -> None:
    chain = " = ".join(["0.5 \\cdot 2 + (-1) \\cdot 3 + 0.1"] * 4)
    shown = text(f"{'word ' * 40}\n\n$$z {'= ' + chain}$$", columns=60)
    assert max(map(width, shown.splitlines())) <= 60
    assert shown.count("= 0.5 · 2 + (−1) · 3 + 0.1") == 4


def test_a_terminal_obeys_nothing_from_a_question() -> None:
    exercise = replace(samples.gate(), title="a\x1b[31mb", question=plain("c \x1b]0;x\x07 \x9b d"))
    shown = show(exercise)
    assert not any((char < " " and char != "\n") or "\x7f" <= char <= "\x9f" for char in shown)


def _forbidden() -> str:
    """Every character that a terminal obeys, that does not show, or that turns the direction of text."""
    every = map(chr, range(sys.maxunicode + 1))
    return "".join(c for c in every if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") and c != "\n")


FORBIDDEN = _forbidden()


def test_every_control_and_bidirectional_character_is_replaced() -> None:
    assert set("\x00\x1b\x7f\x9b\u200e\u200f\u061c\u202a\u202e\u2066\u2069\u2028") < set(FORBIDDEN)
    assert set(harmless(FORBIDDEN)) == {"\ufffd"}
    some = "".join(c for c in FORBIDDEN if unicodedata.category(c) != "Cs")[1:300]  # U+0000 is Markdown's affair
    assert not set(text(f"a{some}b")) & set(FORBIDDEN)
    assert not set(verbatim(some)) & set(FORBIDDEN)


@given(st.text())
def test_no_text_leaves_as_more_than_characters(typed: str) -> None:
    shown = verbatim(typed) + text_or_verbatim(typed)
    assert not set(shown) & set(FORBIDDEN)


@pytest.mark.parametrize("typed", ["<b>", "a <script>", "# heading", "> " * 3_000, "$" + "^" * 3_000 + "$"])
def test_what_is_no_markdown_is_shown_as_it_stands(typed: str) -> None:
    assert text_or_verbatim(typed, columns=10_000).strip() in (typed.strip(), typed.strip("$"))


def test_half_a_character_is_shown_as_a_replacement() -> None:
    assert text_or_verbatim("a\ud800b") == "a\ufffdb"


def test_what_is_markdown_is_shown_as_it_is_meant() -> None:
    says = "Gates use the *sigmoid*, $\\sigma(z)$."
    assert text_or_verbatim(says) == text(says) == "Gates use the *sigmoid*, σ(z)."
    assert verbatim(says) == says


@pytest.mark.parametrize("display", [False, True])
@pytest.mark.parametrize("piece", ["^", "_", "^{", "x^", "'", "\\sqrt", "\\hat", "\\frac{", "\\left("])
def test_depth_without_end_is_shown_as_it_stands(piece: str, display: bool) -> None:
    for count in (200, 400, 800, 3_000):
        assert formula(piece * count, display=display)


def test_question_alone() -> None:
    shown = show(samples.gate(), solution=False)
    assert "g_f (to 2 decimals): ______" in shown
    assert "Solution" not in shown
    assert "0.13" not in shown
