"""From names in formulas to symbols in print: `w_x` → w_x, `y_hat` → ŷ, `dL_dw` → ∂L/∂w, `h[t]` → h_t."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

GREEK = frozenset((
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu", "nu", "xi"),
    *("rho", "sigma", "tau", "phi", "chi", "psi", "omega"),
    *("Gamma", "Delta", "Theta", "Lambda", "Sigma", "Phi", "Psi", "Omega"),
))  # fmt: skip
_SPELLED = {"lam": "lambda"}  # Python keeps the word lambda for itself
_ACCENTS = {"hat": r"\hat", "bar": r"\bar", "tilde": r"\tilde"}
_SUPERSCRIPTS = {"new": r"\text{new}", "old": r"\text{old}", "star": "*"}
_DERIVATIVE = re.compile(r"d([A-Za-z]\w*?)_d([A-Za-z]\w*)")
#: A subscript at the end, or before a superscript at the end.
_SUBSCRIPT = re.compile(
    r"(?P<head>.*[^\\_{])_(?:\{(?P<long>[^{}]*(?:\{[^{}]*\}[^{}]*)*)\}|(?P<short>\\?\w+))(?P<above>\^(?:\{[^{}]*\}|\w)|'+)?\Z",
    re.DOTALL,
)
_SUPERSCRIPT = re.compile(r"(?P<head>[^^]+)(?P<above>\^(?:\{[^{}]*\}|\w))")
_BOLD = re.compile(r"\\(?:mathbf|boldsymbol)\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol with room for indices.

    Attributes:
        head: LaTeX of the letter with its accents.
        indices: what stands below it, in order.
        above: its superscript, as `^{…}`, or nothing.
        closed: the whole is one piece, such as a fraction, that takes an index only around square brackets.
    """

    head: str
    indices: tuple[str, ...] = ()
    closed: bool = False
    above: str = ""

    def __str__(self) -> str:
        if not self.indices:
            return self.head + self.above
        below = ",".join(self.indices)
        head = rf"\left[{self.head}\right]" if self.closed else self.head
        index = below if len(below) == 1 else f"{{{below}}}"
        return f"{head}_{index}{self.above}"

    def at(self, *indices: str) -> Symbol:
        """The symbol of an entry: not bold, with the indices added."""
        head = self.head if self.closed else _BOLD.sub(lambda match: _letter(match[1].lstrip("\\"), 0), self.head)
        return replace(self, head=head, indices=self.indices + indices)

    def row(self, index: str) -> Symbol:
        """The symbol of a row of a matrix: the small bold letter with an index."""
        small = _BOLD.sub(lambda match: _letter(match[1].lstrip("\\").lower(), 1), self.head)
        return replace(self, head=small, indices=(*self.indices, index))


def symbol_of(name: str, rank: int = 0) -> Symbol:
    """The symbol of a name by the rules of the field.

    Args:
        name: `alpha`, `W_1`, `y_hat`, `h_prev`, `w_new`, `dL_dw`, …
        rank: 0 for a scalar, 1 for a vector (bold), 2 for a matrix (bold).
    """
    derivative = _DERIVATIVE.fullmatch(name)
    if derivative:
        of, by = symbol_of(derivative[1]), symbol_of(derivative[2], rank)
        return Symbol(rf"\frac{{\partial {of}}}{{\partial {by}}}", closed=True)
    base, *marks = [part for part in name.split("_") if part]
    numbered = re.fullmatch(r"([A-Za-z]+?)(\d+)", base)
    if numbered:
        base, marks = numbered[1], [numbered[2], *marks]
    head = _letter(base, rank)
    above = ""
    indices: list[str] = []
    for mark in marks:
        if mark in _ACCENTS:
            head = f"{_ACCENTS[mark]}{{{head}}}"
        elif mark in _SUPERSCRIPTS:
            above = f"^{{{_SUPERSCRIPTS[mark]}}}"
        elif mark == "prev":
            indices.append("t-1")
        else:
            indices.append(_index(mark))
    return Symbol(head, tuple(indices), above=above)


def symbol_from_latex(latex: str) -> Symbol:
    """The symbol that an author wrote, its subscript recognised so that indices can be added to it."""
    latex = latex.strip()
    if latex.startswith(r"\frac"):
        return Symbol(latex, closed=True)
    found = _SUBSCRIPT.fullmatch(latex)
    if found:
        return Symbol(found["head"], (found["long"] or found["short"],), above=found["above"] or "")
    raised = _SUPERSCRIPT.fullmatch(latex)
    return Symbol(raised["head"], above=raised["above"]) if raised else Symbol(latex)


def _letter(base: str, rank: int) -> str:
    base = _SPELLED.get(base, base)
    if base in GREEK:
        return rf"\boldsymbol{{\{base}}}" if rank else f"\\{base}"
    if len(base) == 1:
        return rf"\mathbf{{{base}}}" if rank else base
    return rf"\mathbf{{{base}}}" if rank else rf"\mathrm{{{base}}}"


def _index(mark: str) -> str:
    if mark in GREEK and mark != "xi":  # W_xi is the weight from the input x to the gate i
        return f"\\{mark}"
    return mark if len(mark) <= 2 else rf"\text{{{mark}}}"
