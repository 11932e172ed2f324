"""What the signs of a keyboard, and of Unicode, are in LaTeX."""

from __future__ import annotations

import re

_NAMES = (
    "alpha", "beta", "gamma", "delta", "epsilon", "eta", "theta", "lambda", "mu", "rho", "sigma", "tau", "phi", "psi",
    "omega", "pi", "xi", "nu", "kappa", "zeta", "Delta", "Sigma", "Phi", "Omega", "Theta", "Lambda", "Gamma", "Psi",
)  # fmt: skip
_LETTERS = "αβγδεηθλμρστφψωπξνκζΔΣΦΩΘΛΓΨ"

#: Greek letters, spelled or typed.
GREEK = {
    **{name: f"\\{name}" for name in _NAMES},
    **{letter: f"\\{name}" for letter, name in zip(_LETTERS, _NAMES, strict=True)},
    "lr": r"\alpha",
}

#: Signs that mean the same as a command.
SIGNS = {
    "*": r"\cdot", "·": r"\cdot", "⋅": r"\cdot", "•": r"\cdot", "×": r"\times", "@": r"\cdot", "⊙": r"\odot",
    "∘": r"\odot", "÷": "/", "−": "-", "–": "-", "**": "^", "≈": r"\approx", "≃": r"\approx", "~": r"\approx",
    "~~": r"\approx", "~=": r"\approx", "=~": r"\approx", "==": "=", "<=": r"\le", "<==": r"\Rightarrow",
    "<=>": r"\Rightarrow", "≤": r"\le", ">=": r"\ge", "≥": r"\ge", "!=": r"\ne", "≠": r"\ne", "=>": r"\Rightarrow",
    "==>": r"\Rightarrow", "⇒": r"\Rightarrow", "->": r"\to", "-->": r"\to", "--": r"\to", "→": r"\to",
    "<-": r"\leftarrow", "←": r"\leftarrow", ":=": r"\leftarrow", "∈": r"\in", "√": r"\sqrt", "||": r"\|",
    "∂": r"\partial", "′": "'", "’": "'", "%": r"\%", "…": r"\ldots", "∑": r"\sum", "Σ": r"\sum",
}  # fmt: skip

SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵀ", [*"0123456789-+", "T"], strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ₜ", [*"0123456789+-t"], strict=True))

#: A symbol with an index or a hat written at it: w1, y_hat, yhat2, delta1.
COMPOUND = re.compile(r"(?P<base>[A-Za-z]|[α-ωΑ-Ω]|ŷ|" + "|".join(_NAMES) + r")(?P<hat>_?hat)?(?P<digits>\d*)")
