"""The proof reader: parses printed mathematics and recomputes every relation in it, from the printed numbers alone.

It is a second opinion. It shares no code with what computes and typesets the exercises, and whatever it does not
understand for certain it reports as undecided, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping

from quizgen.proof.compare import Mode
from quizgen.proof.errors import ProofError
from quizgen.proof.reader import Reader
from quizgen.proof.report import Relation, Report, Stray, Verdict

__all__ = ["Mode", "ProofError", "Relation", "Report", "Stray", "Verdict", "read"]


def read(text: str, *, known: Mapping[str, object] | None = None, mode: Mode = "strict", decimals: int = 4) -> Report:
    """Recomputes every relation in a Markdown text.

    Args:
        text: Markdown with `$…$` and `$$…$$`; a question followed by its solution, so that the given values are
            read before they are used.
        known: values of symbols that the text need not state, by their LaTeX: numbers, decimal texts, or nested lists
            row by row. A float means the decimal that it prints as.
        mode: "strict" for text whose numbers are exact or correctly rounded, "kind" for a student's.
        decimals: how many decimals the work carries; answers have two fewer. See `quizgen.proof.rounding`.

    Raises:
        ProofError: if the text is longer than `document.LONGEST_TEXT`, or a known symbol or value cannot be read.
    """
    return Reader(text, known, mode, decimals).report()
