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


def read(
    text: str,
    *,
    context: str | None = None,
    known: Mapping[str, object] | None = None,
    values: Mapping[str, object] | None = None,
    answers: Mapping[str, object] | None = None,
    mode: Mode = "strict",
    decimals: int = 4,
) -> Report:
    """Recomputes every relation in a Markdown text.

    Args:
        text: Markdown with `$…$` and `$$…$$`: a solution; or a question followed by its solution, so that the given
            values are read before they are used.
        context: the question, if `text` is the solution alone. Its values are known, its relations are not reported.
            With a context every number of the text, also in words and tables, must be accounted for: by a relation,
            or as a number that the context, `values` or `answers` have. The others are the report's strays.
        known: values of symbols that the text need not state, by their LaTeX: numbers, decimal texts, or nested lists
            row by row. A float means the decimal that it prints as.
        values: the exercise's values, by any names: their numbers may appear in the text.
        answers: what symbols must come to in the end, by their LaTeX, rounded as asked for.
        mode: "strict" for text whose numbers are exact or correctly rounded, "kind" for a student's.
        decimals: how many decimals the work carries; answers have two fewer. See `quizgen.proof.rounding`.

    Raises:
        ProofError: if the text is longer than `document.LONGEST_TEXT`, or a symbol or value cannot be read.
    """
    reader = Reader(text, context=context, known=known, values=values, answers=answers, mode=mode, decimals=decimals)
    return reader.report()
