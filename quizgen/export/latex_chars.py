"""How LaTeX writes the characters that are not plain ASCII letters, in text and in mathematics alike."""

from __future__ import annotations

from quizgen.export.mathematics import BIG_OPERATORS, LETTERS, OPERATIONS, RELATIONS

#: Characters of ASCII that mean something to LaTeX, or that its old font encodings draw as something else.
SPECIAL = {
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "%": "\\%", "#": "\\#", "_": "\\_",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "<": "\\textless{}", ">": "\\textgreater{}",
    "|": "\\textbar{}", '"': "\\textquotedbl{}", "`": "\\textasciigrave{}",
}  # fmt: skip

_PUNCTUATION = {
    "\u00a0": "~", "\u2009": "\\,", "\u202f": "\\,", "\u00ad": "\\-", "–": "\\textendash{}", "—": "\\textemdash{}",
    "‘": "\\textquoteleft{}", "’": "\\textquoteright{}", "“": "\\textquotedblleft{}", "”": "\\textquotedblright{}",
    "„": "\\quotedblbase{}", "«": "\\guillemotleft{}", "»": "\\guillemotright{}", "…": "\\ldots{}",
    "•": "\\textbullet{}", "§": "\\S{}", "€": "\\texteuro{}", "£": "\\textsterling{}", "©": "\\textcopyright{}",
    "°": "\\textdegree{}", "¿": "\\textquestiondown{}", "¡": "\\textexclamdown{}", "†": "\\dag{}",
}  # fmt: skip

_MATHEMATICS = {
    "−": "-", "‖": "\\lVert", "′": "'", "″": "''", "⊤": "\\top", "ᵀ": "^{\\top}", "√": "\\surd",
    "²": "^{2}", "³": "^{3}", "¹": "^{1}", "½": "\\tfrac{1}{2}", "¼": "\\tfrac{1}{4}", "¾": "\\tfrac{3}{4}",
    "µ": "\\mu", "∗": "\\ast", "⌊": "\\lfloor", "⌋": "\\rfloor", "⌈": "\\lceil", "⌉": "\\rceil", "⟨": "\\langle",
    "⟩": "\\rangle", "✓": "\\checkmark",
    **{chr(0x2080 + digit): f"_{{{digit}}}" for digit in range(10)},
    **{char: f"^{{{digit}}}" for digit, char in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
}  # fmt: skip

#: `\ensuremath` serves in text and in mathematics.
UNICODE = {
    **{
        char: f"\\ensuremath{{\\{name}}}"
        for table in (RELATIONS, OPERATIONS, LETTERS, BIG_OPERATORS)
        for name, char in reversed(table.items())
        if not char.isascii()
    },
    **{char: f"\\ensuremath{{{latex}}}" for char, latex in _MATHEMATICS.items()},
    **_PUNCTUATION,
}
