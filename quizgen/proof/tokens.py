"""The tokens of LaTeX mathematics. Reading never fails here: what is unknown becomes a token that no rule accepts."""

from __future__ import annotations

import re
from typing import NamedTuple

from quizgen.proof.errors import NotUnderstood

#: The longest formula that is read, in characters.
LONGEST_FORMULA = 20_000


class Token(NamedTuple):
    r"""One token.

    Attributes:
        kind: "number", "letter", "command" (with its backslash), "word" (the content of `\text{…}` and the like),
            "space" (the content of a `\text{…}` that joins two statements), "begin" and "end" (the name of an
            environment), "row" (`\\` or `\cr`), or "mark" (everything else).
        text: the token in its one canonical spelling.
        start, end: where it stands in the formula.
    """

    kind: str
    text: str
    start: int
    end: int


def tokenize(formula: str) -> list[Token]:
    """The tokens of a formula (LaTeX without its dollars), without white space and sizes of brackets.

    Raises:
        NotUnderstood: if the formula is longer than `LONGEST_FORMULA`.
    """
    if len(formula) > LONGEST_FORMULA:
        raise NotUnderstood(f"the formula has {len(formula)} characters; at most {LONGEST_FORMULA} are read")
    tokens: list[Token] = []
    for match in _TOKEN.finditer(formula):
        kind = match.lastgroup
        if kind == "skip" or kind is None:
            continue
        text = match[kind]
        if kind == "command":
            if text in _INVISIBLE:
                continue
            text = _SPELLINGS.get(text, text)
            if not text.startswith("\\"):
                kind = "mark"
        elif kind == "bar":
            kind, text = "command", _BARS[re.sub(r"\s", "", text)]
        elif kind == "word":
            kind, text = _word(match["word_command"], text)
        elif kind == "mark":
            text = _SPELLINGS.get(text, text)
            if text.startswith("\\") and text[1:].isalpha():
                kind = "command"
        tokens.append(Token(kind, text, match.start(), match.end()))
    return tokens


def _word(command: str, content: str) -> tuple[str, str]:
    r"""What `\text{…}` is: a single letter, a separator such as `\text{ and }`, or a word."""
    text = " ".join(content.replace("~", " ").split())
    if len(text) == 1 and text.isalpha():
        return "letter", text
    joins = content[:1].isspace() and content[-1:].isspace()
    if command.startswith("text") and (not text or joins or text.strip(" ,;.:").lower() in _JOINING):
        return "space", text
    return "word", text


_JOINING = frozenset(
    (
        "and",
        "or",
        "so",
        "with",
        "where",
        "if",
        "for",
        "because",
        "since",
        "thus",
        "hence",
        "then",
        "but",
        "therefore",
        "otherwise",
        "else",
        "while",
        "when",
    )
)

_INVISIBLE = frozenset(
    (
        r"\left",
        r"\right",
        r"\big",
        r"\Big",
        r"\bigg",
        r"\Bigg",
        r"\bigl",
        r"\bigr",
        r"\Bigl",
        r"\Bigr",
        r"\biggl",
        r"\biggr",
        r"\Biggl",
        r"\Biggr",
        r"\bigm",
        r"\middle",
        r"\displaystyle",
        r"\textstyle",
        r"\scriptstyle",
        r"\limits",
        r"\nolimits",
        r"\enspace",
        r"\thinspace",
        r"\negthinspace",
        r"\hfill",
    )
)

_SPELLINGS = {
    r"\leq": r"\le", r"\leqslant": r"\le", r"\geq": r"\ge", r"\geqslant": r"\ge", r"\neq": r"\ne", r"\lt": "<",
    r"\gt": ">", r"\gets": r"\leftarrow", r"\coloneqq": r"\leftarrow", ":=": r"\leftarrow",
    r"\dfrac": r"\frac", r"\tfrac": r"\frac", r"\cfrac": r"\frac",
    r"\boldsymbol": r"\mathbf", r"\bm": r"\mathbf", r"\symbf": r"\mathbf", r"\pmb": r"\mathbf",
    r"\widehat": r"\hat", r"\overline": r"\bar", r"\widetilde": r"\tilde",
    r"\lbrace": r"\{", r"\rbrace": r"\}", r"\lbrack": "[", r"\rbrack": "]", r"\simeq": r"\approx",
    r"\ast": "*", r"\intercal": r"\top", r"\colon": ":", r"\dots": r"\ldots", r"\cdots": r"\ldots",
    r"\implies": r"\Rightarrow", r"\iff": r"\Rightarrow", r"\Leftrightarrow": r"\Rightarrow",
    r"\Longrightarrow": r"\Rightarrow", r"\therefore": r"\Rightarrow", r"\rightarrow": r"\to",
    r"\longrightarrow": r"\to", r"\mapsto": r"\to", r"\qquad": r"\quad", r"\Vert": r"\|", r"\vert": "|",
    r"\varepsilon": r"\epsilon", r"\signum": r"\sgn",
    "−": "-", "–": "-", "·": r"\cdot", "⋅": r"\cdot", "×": r"\times", "⊙": r"\odot", "≈": r"\approx",
    "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "∈": r"\in", "→": r"\to", "⇒": r"\Rightarrow", "←": r"\leftarrow",
    "√": r"\sqrt", "∑": r"\sum", "∂": r"\partial", "∇": r"\nabla", "⊤": r"\top", "…": r"\ldots", "′": "'",
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\epsilon", "η": r"\eta", "θ": r"\theta",
    "λ": r"\lambda", "μ": r"\mu", "π": r"\pi", "σ": r"\sigma", "φ": r"\phi", "Δ": r"\Delta", "∞": r"\infty",
    "%": r"\%",
}  # fmt: skip

_BARS = {
    r"\left|": r"\lvert", r"\right|": r"\rvert", r"\left\|": r"\lVert", r"\right\|": r"\rVert",
    r"\bigl|": r"\lvert", r"\bigr|": r"\rvert", r"\bigl\|": r"\lVert", r"\bigr\|": r"\rVert",
}  # fmt: skip

_TOKEN = re.compile(
    r"""
      (?P<skip>    \s+ | ~ | \\[,;:!>\ ] )
    | (?P<number>  [1-9]\d{0,2}(?:\{,\}\d{3})+(?!\d)(?:\.\d+)? | \d+(?:\.\d+)? | \.\d+ )
    | (?P<bar>     \\(?:left|right|bigl|bigr)\s*\\?\| )
    | \\(?:begin)\s*\{(?P<begin>[a-zA-Z]+)\*?\}
    | \\(?:end)\s*\{(?P<end>[a-zA-Z]+)\*?\}
    | \\(?P<word_command>text(?:rm|bf|it|sf|tt|normal)?|mathrm|mathit|mathsf|mathtt|operatorname|mbox)\*?
          \s*\{(?P<word>[^{}]*)\}
    | (?P<row>     \\\\(?:\s*\[\s*[\d.]+\s*[a-z]{2}\s*\])? | \\cr(?![a-zA-Z])(?:\{\})? )
    | (?P<command> \\[a-zA-Z]+ )
    | (?P<letter>  [a-zA-Z] )
    | (?P<mark>    \\. | := | . )
    """,
    re.VERBOSE | re.DOTALL,
)
