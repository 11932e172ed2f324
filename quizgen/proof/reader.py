"""From a Markdown text to the report on it."""

from __future__ import annotations

from collections.abc import Mapping

from quizgen.proof.compare import Comparison, Mode
from quizgen.proof.document import LONGEST_TEXT, Formula, Lines, formulas
from quizgen.proof.errors import NotUnderstood, ProofError
from quizgen.proof.relations import Judge, Judgement
from quizgen.proof.report import Relation, Report, Stray
from quizgen.proof.strays import PrintedNumbers
from quizgen.proof.symbols import Symbols
from quizgen.proof.tables import Table, entries, tables
from quizgen.proof.tokens import tokenize
from quizgen.proof.values import exact_numbers, show

#: A number alone with this many decimals, and two digits that are not zeros, has been computed: it must repeat one.
_COMPUTED = 3


class Reader:
    """Reads one text, formula by formula."""

    def __init__(self, text: str, known: Mapping[str, object] | None, mode: Mode, decimals: int) -> None:
        if len(text) > LONGEST_TEXT:
            raise ProofError(f"the text has {len(text)} characters; at most {LONGEST_TEXT} are read")
        self.text = text
        self.strict = mode == "strict"
        self.symbols = Symbols(known)
        self.comparison = Comparison(self.symbols, mode, decimals)
        self.judge = Judge(self.comparison)
        self.lines = Lines(text)
        self.numbers = PrintedNumbers()
        self.numbers.add_values([number for _, value in self.symbols for number in exact_numbers(value)])
        self.relations: list[Relation] = []
        self.strays: list[Stray] = []

    def report(self) -> Report:
        waiting = list(tables(self.text))[::-1]
        for formula in formulas(self.text):
            while waiting and waiting[-1].offset <= formula.offset:
                self._table(waiting.pop())
            self._read(formula)
        for table in waiting[::-1]:
            self._table(table)
        return Report(tuple(self.relations), tuple(self.strays), dict(self.symbols))

    def _read(self, formula: Formula) -> None:
        if not formula.closed:
            self._unread(formula, "mathematics that starts with $$ here is never closed")
            return
        try:
            tokens = tokenize(formula.text)
            judgements = list(self.judge.formula(formula, tokens))
        except NotUnderstood as error:
            self._unread(formula, str(error))
            return
        if self.strict and not judgements and not formula.column:
            self._alone(formula)
        self.numbers.add(tokens)
        self.relations.extend(self._relation(formula, judgement) for judgement in judgements)

    def _relation(self, formula: Formula, judgement: Judgement) -> Relation:
        (verdict, reason), left, right = judgement.outcome, judgement.left, judgement.right
        left_value, right_value = (None if side.value is None else show(side.value) for side in (left, right))
        line, column = self.lines.place(formula.offset + judgement.operator.start)
        operator = judgement.operator.text
        return Relation(verdict, reason, left.source, right.source, operator, left_value, right_value, line, column)

    def _table(self, table: Table) -> None:
        for entry in entries(table, self.comparison):
            line, column = self.lines.place(entry.offset)
            (verdict, reason), old = entry.outcome, None if entry.old is None else show(entry.old)
            value = show(entry.value)
            self.relations.append(Relation(verdict, reason, entry.name, entry.printed, "=", old, value, line, column))

    def _alone(self, formula: Formula) -> None:
        """A formula without a relation: if it is a number, it repeats one."""
        found = self.numbers.strays(tokenize(formula.text))
        if not found:
            return
        line, column = self.lines.place(formula.offset)
        text = formula.text.strip()
        self.strays.append(Stray(text, line, column))
        if any(number.decimals >= _COMPUTED and abs(number.value) * 10**number.decimals >= 10 for number in found):
            reason = "no number printed before is, or rounds to, this one"
            self.relations.append(Relation("false", reason, text, "", "", None, None, line, column))

    def _unread(self, formula: Formula, reason: str) -> None:
        line, column = self.lines.place(formula.offset)
        start = formula.text[:40].strip()
        self.relations.append(Relation("undecided", reason, start, "", "", None, None, line, column))
