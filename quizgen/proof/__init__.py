"""The proof reader: parses printed mathematics and recomputes every relation in it, from the printed numbers alone.

It is a second opinion. It shares no code with what computes and typesets the exercises, and whatever it does not
understand for certain it reports as undecided, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping

from quizgen.proof.compare import Comparison, Mode
from quizgen.proof.document import LONGEST_TEXT, Formula, Lines, formulas
from quizgen.proof.errors import NotUnderstood, ProofError
from quizgen.proof.relations import Judge
from quizgen.proof.report import Relation, Report, Verdict
from quizgen.proof.symbols import Symbols
from quizgen.proof.values import show

__all__ = ["ProofError", "Relation", "Report", "Verdict", "read"]


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
        ProofError: if the text is longer than `LONGEST_TEXT`, or a known symbol or value cannot be read.
    """
    if len(text) > LONGEST_TEXT:
        raise ProofError(f"the text has {len(text)} characters; at most {LONGEST_TEXT} are read")
    symbols = Symbols(known)
    judge = Judge(symbols, Comparison(symbols, mode, decimals))
    lines = Lines(text)
    relations: list[Relation] = []
    for formula in formulas(text):
        relations.extend(_relations(judge, formula, lines))
    return Report(tuple(relations), dict(symbols))


def _relations(judge: Judge, formula: Formula, lines: Lines) -> list[Relation]:
    if not formula.closed:
        return [_unread(formula, lines, "mathematics that starts with $$ here is never closed")]
    try:
        judgements = list(judge.formula(formula))
    except NotUnderstood as error:
        return [_unread(formula, lines, str(error))]
    found = []
    for judgement in judgements:
        (verdict, reason), left, right = judgement.outcome, judgement.left, judgement.right
        values = [None if side.value is None else show(side.value) for side in (left, right)]
        line, column = lines.place(formula.offset + judgement.operator.start)
        found.append(
            Relation(
                verdict, reason, left.source, right.source, judgement.operator.text, values[0], values[1], line, column
            )
        )
    return found


def _unread(formula: Formula, lines: Lines, reason: str) -> Relation:
    line, column = lines.place(formula.offset)
    start = formula.text[:40].strip()
    return Relation("undecided", reason, start, "", "", None, None, line, column)
