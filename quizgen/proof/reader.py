"""From a Markdown text to the report on it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from quizgen.proof.accounts import Accounts
from quizgen.proof.ascii import scientific
from quizgen.proof.compare import Comparison, Mode
from quizgen.proof.document import LONGEST_TEXT, MOST_SIGNS, Formula, Lines, formulas
from quizgen.proof.errors import NotUnderstood, ProofError
from quizgen.proof.nodes import is_literal
from quizgen.proof.parse import symbol_key
from quizgen.proof.relations import Judge, Judgement, Said
from quizgen.proof.report import Relation, Report, Statement, Stray
from quizgen.proof.spelling import shortly
from quizgen.proof.strays import Claim
from quizgen.proof.symbols import Symbols
from quizgen.proof.tables import Table, entries, tables
from quizgen.proof.tokens import tokenize
from quizgen.proof.typed import typed
from quizgen.proof.values import Value, exact_numbers, from_python, show

#: A number alone with this many decimals, and two digits that are not zeros, has been computed: it must repeat one.
_COMPUTED = 3


class Reader:
    """Reads one text, formula by formula; the arguments are those of `quizgen.proof.read`.

    Args:
        spellings: in a student's text, other names of symbols, and the symbols' canonical LaTeX.
        right: in a student's text, what symbols are worth in the end, by canonical LaTeX: H = 40.75 may become H = 40
            if 40 is right.
    """

    def __init__(
        self,
        text: str,
        *,
        context: str | None = None,
        known: Mapping[str, object] | None = None,
        values: Mapping[str, object] | None = None,
        answers: Mapping[str, object] | None = None,
        mode: Mode = "strict",
        decimals: int = 4,
        spellings: Mapping[str, str] | None = None,
        right: Mapping[str, Sequence[Value]] | None = None,
    ) -> None:
        for part in (text, context or ""):
            if len(part) > LONGEST_TEXT:
                raise ProofError(f"the text has {len(part)} characters; at most {LONGEST_TEXT} are read")
            if sum(part.count(sign) for sign in "=$≈~") > MOST_SIGNS:
                raise ProofError(f"the text has more than {MOST_SIGNS} dollars and signs of equality; split it")
        self.text = text
        self.context = context
        self.symbols = Symbols(known)
        self.values = [value for value in map(_numeric, (values or {}).values()) if value is not None]
        self.answers = _readable(answers or {})
        self.strict = mode == "strict"
        self.spellings = spellings or {}
        self.decimals = decimals
        self.comparison = Comparison(self.symbols, mode, decimals, right or {})
        self.judge = Judge(self.comparison)
        self.lines = Lines(text)
        self.accounts = Accounts(self.comparison, complete=context is not None) if self.strict else None
        self.relations: list[Relation] = []
        self.statements: list[Statement] = []

    def report(self) -> Report:
        """Reads the context and the text, and says what was found."""
        self.prepare()
        self._document(self.text)
        strays = self._strays()
        self._compare_answers()
        self.relations.sort(key=lambda relation: (relation.line, relation.column))
        return Report(tuple(self.relations), tuple(strays), dict(self.symbols), tuple(self.statements))

    def prepare(self) -> None:
        """Reads the context: what is known before the text is read."""
        if self.accounts is not None:
            for value in (*self.values, *self.answers.values(), *(value for _, value in self.symbols)):
                self.accounts.know(value)
        if self.context is not None:
            own, self.judge = self.judge, Judge(Comparison(self.symbols, "strict", self.decimals))
            self._document(self.context, context=True)
            self.judge = own
            self.relations.clear()
            self.statements.clear()
            self.comparison.kindness.exercise = True
            self.comparison.kindness.give(printed_in(self.context))
        for value in (*self.values, *(value for _, value in self.symbols)):
            self.comparison.kindness.give(exact_numbers(value))
        if not self.strict:
            self.symbols.spell_loosely(self.spellings)

    def _document(self, text: str, *, context: bool = False) -> None:
        waiting = list(tables(text))[::-1]
        found = formulas(text)
        if not self.strict and not context:
            found = iter(sorted([*found, *typed(text)], key=lambda formula: formula.offset))
        for formula in found:
            while waiting and waiting[-1].offset <= formula.offset:
                self._table(waiting.pop(), context=context)
            self._read(formula, context=context)
        for table in waiting[::-1]:
            self._table(table, context=context)
        if self.accounts is not None:
            self.accounts.words(text, context=context)

    def _read(self, formula: Formula, *, context: bool) -> None:
        if not formula.closed:
            self._unread(formula, "mathematics that starts with $$ here is never closed")
            return
        try:
            tokens = tokenize(formula.text) if formula.tokens is None else list(formula.tokens)
            tokens = tokens if self.strict else scientific(tokens)
            judgements: Sequence[Judgement] = list(self.judge.formula(formula, tokens))
        except NotUnderstood as error:
            self._unread(formula, str(error))
            return
        if self.accounts is not None:
            self.accounts.formula(formula, tokens, judgements, context=context)
        self.relations.extend(self._relation(formula, judgement) for judgement in judgements)
        self.statements.extend(self._statement(formula, said) for said in self.judge.statements)
        self.judge.statements.clear()

    def _relation(self, formula: Formula, judgement: Judgement) -> Relation:
        (verdict, reason), left, right = judgement.outcome, judgement.left, judgement.right
        left_value, right_value = (None if side.value is None else show(side.value) for side in (left, right))
        line, column = self.lines.place(formula.offset + judgement.operator.start)
        operator = judgement.operator.text
        return Relation(
            verdict, reason, left.source, right.source, operator, left_value, right_value, line, column, left.value
        )

    def _statement(self, formula: Formula, said: Said) -> Statement:
        line, column = self.lines.place(formula.offset + said.operator.start)
        return Statement(
            said.name,
            said.spelled,
            said.value,
            said.end.source,
            said.printed,
            is_literal(said.node),
            said.names,
            said.summands,
            said.numbers,
            line,
            column,
        )

    def _table(self, table: Table, *, context: bool) -> None:
        for entry in entries(table, self.comparison):
            line, column = self.lines.place(entry.offset)
            (verdict, reason), old = entry.outcome, None if entry.old is None else show(entry.old)
            value = show(entry.value)
            self.relations.append(Relation(verdict, reason, entry.name, entry.printed, "=", old, value, line, column))
        if self.accounts is not None:
            self.accounts.table(table, context=context)

    def _strays(self) -> list[Stray]:
        """The numbers that nothing accounts for; one that was computed, and stands alone, is false."""
        found: list[Stray] = []
        for claim in () if self.accounts is None else self.accounts.strays():
            line, column = self.lines.place(claim.offset)
            found.append(Stray(claim.text, line, column))
            if claim.alone and _is_computed(claim):
                reason = "no number printed before is, or rounds to, this one"
                self.relations.append(Relation("false", reason, claim.text, "", "", None, None, line, column))
        return found

    def _compare_answers(self) -> None:
        """The last value of each name that is asked for is, or rounds to, the answer."""
        last = {relation.left: (relation.line, relation.column) for relation in self.relations}
        last |= {said.name: (said.line, said.column) for said in self.statements}
        end = last[self.relations[-1].left] if self.relations else (1, 1)
        for key, answer in self.answers.items():
            own = self.symbols.of_key(key)
            if own is None or self.comparison.comes_to(own, answer):
                continue
            line, column = last.get(key, end)
            symbol = shortly(key)
            reason = f"{symbol} comes to {show(own)} in the end; the answer is {show(answer)}"
            self.relations.append(Relation("false", reason, symbol, "", "=", show(own), show(answer), line, column))

    def _unread(self, formula: Formula, reason: str) -> None:
        line, column = self.lines.place(formula.offset)
        start = formula.text[:40].strip()
        self.relations.append(Relation("undecided", reason, start, "", "", None, None, line, column))


def printed_in(text: str) -> set[Fraction]:
    """The numbers of a text, wherever they stand, without their signs."""
    return {
        Fraction(number.replace("{,}", ""))
        for number in re.findall(r"\d+(?:\{,\}\d{3})*(?:\.\d+)?", text)
        if len(number) < 60
    }


def _numeric(value: object) -> Value | None:
    """A value if it consists of numbers; exercises also have words among theirs."""
    try:
        return from_python(value, "a value")
    except NotUnderstood:
        return None


def _readable(answers: Mapping[str, object]) -> dict[str, Value]:
    """The answers that are numbers and whose symbols are read, by their canonical LaTeX."""
    found: dict[str, Value] = {}
    for latex, value in answers.items():
        number = _numeric(value)
        try:
            key = symbol_key(latex)
        except NotUnderstood:
            continue  # such as W^t, which is a power and no name
        if number is not None:
            found[key] = number
    return found


def _is_computed(claim: Claim) -> bool:
    return claim.shown.decimals >= _COMPUTED and abs(claim.shown.value) * 10**claim.shown.decimals >= 10
