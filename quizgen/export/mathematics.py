r"""The LaTeX mathematics that may be exported: its commands, as tables, and the check that nothing else is used.

Question files come from strangers, and `\input`, `\write18` or `\href` would run where the document is opened. So
mathematics is held to a list of what is allowed, not of what is forbidden, and its braces, environments and
`\left … \right` must close, or they would swallow the document around it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from quizgen.errors import ExportError, did_you_mean


def _names(spaced: str) -> frozenset[str]:
    return frozenset(spaced.split())


#: Commands that stand for one character. Relations and binary operations are set with space around them.
RELATIONS = {
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "equiv": "≡", "sim": "∼",
    "simeq": "≃", "cong": "≅", "propto": "∝", "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆",
    "supset": "⊃", "supseteq": "⊇", "ll": "≪", "gg": "≫", "lt": "<", "gt": ">", "to": "→", "rightarrow": "→",
    "leftarrow": "←", "gets": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "implies": "⇒", "Leftarrow": "⇐",
    "Leftrightarrow": "⇔", "iff": "⇔", "mapsto": "↦", "longrightarrow": "⟶", "longmapsto": "⟼", "mid": "∣",
    "parallel": "∥", "perp": "⊥", "coloneqq": "≔", "nearrow": "↗", "searrow": "↘", "uparrow": "↑", "downarrow": "↓",
}  # fmt: skip
OPERATIONS = {
    "cdot": "·", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "ast": "∗", "star": "⋆", "circ": "∘", "bullet": "•",
    "odot": "⊙", "oplus": "⊕", "ominus": "⊖", "otimes": "⊗", "cup": "∪", "cap": "∩", "setminus": "∖", "land": "∧",
    "wedge": "∧", "lor": "∨", "vee": "∨", "bmod": "mod",
}  # fmt: skip
LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "pi": "π", "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "ϕ",
    "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ",
    "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "partial": "∂",
    "nabla": "∇", "infty": "∞", "ell": "ℓ", "hbar": "ℏ", "top": "⊤", "bot": "⊥", "emptyset": "∅", "varnothing": "∅",
    "forall": "∀", "exists": "∃", "neg": "¬", "lnot": "¬", "dots": "…", "ldots": "…", "cdots": "⋯", "dotsc": "…",
    "dotsb": "⋯", "vdots": "⋮", "ddots": "⋱", "prime": "′", "angle": "∠", "triangle": "△", "Re": "ℜ", "Im": "ℑ",
    "aleph": "ℵ", "therefore": "∴", "because": "∵", "square": "□", "checkmark": "✓", "dagger": "†",
    "%": "%", "#": "#", "&": "&", "$": "$", "_": "_", "imath": "ı", "jmath": "ȷ", "colon": ":",
}  # fmt: skip
#: Brackets, which `\left`, `\right` and `\big…` may enlarge; `.` draws nothing.
BRACKETS = {
    "(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "/": "/", ".": "", "{": "{", "}": "}", "lbrace": "{",
    "rbrace": "}", "lbrack": "[", "rbrack": "]", "vert": "|", "lvert": "|", "rvert": "|", "Vert": "‖", "lVert": "‖",
    "rVert": "‖", "\\|": "‖", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "langle": "⟨", "rangle": "⟩",
}  # fmt: skip
#: Signs that carry limits below and above them in a display.
BIG_OPERATORS = {
    "sum": "∑", "prod": "∏", "int": "∫", "bigcup": "⋃", "bigcap": "⋂", "bigoplus": "⨁", "bigotimes": "⨂",
}  # fmt: skip
#: Function names, printed as they are.
FUNCTIONS = _names(
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth exp ln log lg max min sup inf lim det dim ker"
    " arg gcd deg Pr"
)
SPACES = {
    ",": " ", ":": " ", ";": " ", "!": "", " ": " ", "quad": "  ", "qquad": "    ", "thinspace": " ", "medspace": " ",
    "thickspace": " ", "negthinspace": "", "enspace": " ", ">": " ", "hfill": " ",
}  # fmt: skip
ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0305", "tilde": "\u0303",
    "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c",
    "underline": "\u0332",
}  # fmt: skip
FONTS = _names("mathbf mathrm mathit mathsf mathtt mathcal mathbb mathfrak boldsymbol bm pmb operatorname")
WORDS = _names("text textbf textit textrm textsf texttt mbox")
SIZES = _names("big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm middle")
STYLES = _names("displaystyle textstyle scriptstyle limits nolimits")
FRACTIONS = frozenset({"frac", "tfrac", "dfrac", "cfrac"})
STRUCTURES = _names(
    "sqrt binom left right begin end cr hline underbrace overbrace underset overset stackrel boxed cancel phantom"
    " substack pmod not"
)
#: Environments, with the brackets that each draws.
ENVIRONMENTS = {
    "aligned": ("", ""), "alignedat": ("", ""), "gathered": ("", ""), "matrix": ("", ""),
    "smallmatrix": ("", ""), "array": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"), "Vmatrix": ("‖", "‖"), "cases": ("{", ""),
}  # fmt: skip
ALLOWED = (
    RELATIONS.keys() | OPERATIONS.keys() | LETTERS.keys() | BRACKETS.keys() | BIG_OPERATORS.keys() | FUNCTIONS
    | SPACES.keys() | ACCENTS.keys() | FONTS | WORDS | SIZES | STYLES | FRACTIONS | STRUCTURES | {"\\", "|"}
)  # fmt: skip

#: TeX itself gives up at 255 groups.
MAX_DEPTH = 60
_MAX_SHOWN = 200

_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|.", re.DOTALL)
_ENVIRONMENT = re.compile(r"\s*\{([A-Za-z]*\*?)\}")
#: What may stand behind `\\begin{array}`: letters and rules; TeX can repeat a column, and put commands between.
_COLUMNS = re.compile(r"\s*(?:\[[bct]\]\s*)?\{(?:[lcr|\s]{1,99}|\d{1,2})\}")
_CLOSES = {"}": "{", "\\right": "\\left"}


@lru_cache(maxsize=4096)
def check(source: str) -> None:
    """Refuse mathematics that names an unknown command or does not close what it opens.

    Args:
        source: LaTeX without its dollars; hole characters may stand in it.

    Raises:
        ExportError: naming the command or the bracket, and the formula.
    """
    open_: list[str] = []
    for match in _TOKEN.finditer(source):
        piece = match[0]
        if piece[0] == "\\":
            _check_command(piece, source)
        problem = _follow(piece, source, match.end(), open_)
        if len(open_) > MAX_DEPTH:
            problem = f"brackets and environments are nested more than {MAX_DEPTH} deep"
        if problem:
            raise _fault(problem, source)
    if open_:
        raise _fault(f"{open_[-1]} is never closed", source)


def _check_command(piece: str, source: str) -> None:
    name = piece[1:]
    if name not in ALLOWED:
        near = did_you_mean(name, sorted(ALLOWED)) if name.isalpha() else ""
        raise _fault(f"unknown command {piece}{near}", source)


def _follow(piece: str, source: str, end: int, open_: list[str]) -> str | None:
    """Keep the stack of what is open; the problem, if there is one."""
    match piece:
        case "{" | "\\left":
            open_.append(piece)
        case "}" | "\\right":
            if not open_ or open_.pop() != _CLOSES[piece]:
                return f"{piece} closes nothing that is open"
        case "\\begin" | "\\end":
            return _follow_environment(piece, source, end, open_)
        case "&":
            if not any(name.startswith("\\begin") for name in open_):
                return "& stands outside of an environment"
        case "%" | "#" | "$" | "~":
            return f"a bare {piece}; write \\{' ' if piece == '~' else piece}"
        case "^" if source.startswith("^", end):
            return "^^ has a second meaning in TeX; write one ^ and braces"
    return None


def _follow_environment(piece: str, source: str, end: int, open_: list[str]) -> str | None:
    match = _ENVIRONMENT.match(source, end)
    name = match[1] if match else ""
    if name not in ENVIRONMENTS:
        return f"unknown environment {name!r}{did_you_mean(name, sorted(ENVIRONMENTS))}"
    if piece == "\\begin":
        # The braces around the name follow as tokens of their own, and close before anything else opens.
        columns = _COLUMNS.match(source, match.end()) if match else None
        if name in ("array", "alignedat") and columns is None:
            return f"{name} needs its columns in braces, such as {{lcr}} or {{2}}"
        open_.append(f"\\begin{{{name}}}")
    elif not open_ or open_.pop() != f"\\begin{{{name}}}":
        return f"\\end{{{name}}} closes nothing that is open"
    return None


def _fault(problem: str, source: str) -> ExportError:
    shown = source if len(source) <= _MAX_SHOWN else f"{source[:_MAX_SHOWN]}…"
    return ExportError(f"mathematics that cannot be exported: {problem}; in ${shown}$")
