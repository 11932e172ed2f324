"""Accounting for every printed number of a text: by a relation that confirms it, or as one that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate

from quizgen.proof.compare import Comparison, Side
from quizgen.proof.confirmed import confirms
from quizgen.proof.document import Formula
from quizgen.proof.errors import NotUnderstood
from quizgen.proof.misfits import miscopied_cells, misfits, odd_siblings
from quizgen.proof.nodes import Matrix, Name, Negative, Node, Num, Transpose, is_literal
from quizgen.proof.parse import parse
from quizgen.proof.prose import out_of_step, spoken
from quizgen.proof.relations import Judgement
from quizgen.proof.rounding import Printed, printed
from quizgen.proof.strays import Claim, Ledger, Role, roles
from quizgen.proof.tables import Table
from quizgen.proof.tokens import Token
from quizgen.proof.values import Array, Value, exact_numbers

_NUMBER = re.compile(r"[\d.]+(?:\{,\}\d+)*(?:\.\d+)?")


class Accounts:
    """What is known of the numbers of one text.

    Args:
        complete: whether all numbers must be accounted for. Otherwise only those that stand alone must, and each
            number printed in a relation is known.
    """

    def __init__(self, comparison: Comparison, *, complete: bool) -> None:
        self.comparison = comparison
        self.complete = complete
        self.ledger = Ledger()

    def know(self, value: Value) -> None:
        """Adds the numbers of a value."""
        self.ledger.know(exact_numbers(value), cells=isinstance(value, Array))

    def words(self, text: str, *, context: bool) -> None:
        """The numbers outside of the mathematics."""
        if not self.complete:
            return
        if context:
            for number in spoken(text):
                self.ledger.hear(number.shown.value)
                self.ledger.know([number.shown.value])
            return
        numbers = list(spoken(text))
        broken = out_of_step(numbers)
        for number in numbers:
            role = "out of step" if number.offset in broken else number.role
            self.ledger.claims.append(Claim(number.shown, number.text, number.offset, role))

    def formula(
        self, formula: Formula, tokens: Sequence[Token], judgements: Sequence[Judgement], *, context: bool
    ) -> None:
        """The numbers of one formula, whose relations have just been judged."""
        if context or not self.complete:
            if judgements or context:
                depth = accumulate((token.kind == "begin") - (token.kind == "end") for token in tokens)
                inside = list(zip(tokens, depth, strict=True))
                self.ledger.know(_numbers([token for token, level in inside if level > 0]), cells=True)
                self.ledger.know(_numbers([token for token, level in inside if level <= 0]))
            if context:
                for side in _sides(judgements):
                    if side.node is not None:
                        self.ledger.learn(side.node)
        if context:
            return
        if not judgements:
            self._alone(formula, tokens)
        elif self.complete:
            for side in _sides(judgements):
                self._side(formula, side, [j for j in judgements if side is j.left or side is j.right])

    def table(self, table: Table, *, context: bool) -> None:
        """The cells that spoil the pattern of a table."""
        if self.complete and not context:
            for cell in misfits(table, self.comparison.symbols):
                number = Fraction(cell.text)
                shown = Printed(number, len(cell.text.partition(".")[2]))
                self.ledger.claims.append(Claim(shown, cell.text, cell.offset, "out of step"))

    def strays(self) -> Iterator[Claim]:
        return self.ledger.strays()

    def _side(self, formula: Formula, side: Side, judgements: list[Judgement]) -> None:
        """The numbers of one member of a chain."""
        node = side.node
        if node is None:
            return  # not read, so undecided as a whole
        true = [judgement for judgement in judgements if judgement.outcome[0] == "true"]
        literal = is_literal(node)
        if literal and not true:
            self._array(formula, node, _heads(judgements))
        odd = [] if literal or not isinstance(node, Matrix) else list(odd_siblings(node))
        for number, role in roles(node):
            role = "out of step" if any(number is other for other in odd) else role
            if self._is_accounted(number, role, literal, true):
                continue
            if any(self._confirms(judgement, number) for judgement in true):
                self.ledger.learn_role(role, number)
            else:
                self._claim(formula, number, role)
        if true:
            self.ledger.learn_indices(node)

    def _is_accounted(self, number: Num, role: Role, literal: bool, true: list[Judgement]) -> bool:
        """Whether a number needs no further look: the result of an equality, or known already."""
        if literal and any(judgement.operator.text in ("=", r"\approx") for judgement in true):
            self.ledger.know([number.value], cells=role == "cell")
            return True
        known = role not in ("exponent", "out of step") and self.ledger.knows(Printed(number.value, number.decimals))
        return known or self.ledger.has_role(role, number)

    def _array(self, formula: Formula, node: Node, own: set[str]) -> None:
        """An array that is written down as the value of `own` names: nearly another known one, it is a misprint."""
        while isinstance(node, Transpose | Negative):
            node = node.operand
        if isinstance(node, Matrix):
            for number in miscopied_cells(node, self.comparison.symbols, own):
                self._claim(formula, number, "out of step")

    def _confirms(self, judgement: Judgement, number: Num) -> bool:
        return confirms(self.comparison, judgement.operator.text, judgement.left, judgement.right, number)

    def _alone(self, formula: Formula, tokens: Sequence[Token]) -> None:
        """A formula without a relation."""
        if not any(token.kind == "number" for token in tokens):
            return
        try:
            node = parse(tokens)
        except NotUnderstood:
            if self.complete:
                for token in tokens:
                    if token.kind == "number" and len(token.text) <= 60:
                        self._claim(formula, _num(token), "alone")
            return
        cells = _cells(node)
        shown = [printed(cell) for cell in cells]
        if all(number is not None for number in shown):
            if self.complete:
                self._array(formula, node, set())
            for cell, number in zip(cells, shown, strict=True):
                if number is not None:
                    self._literal(formula, cell, number, "alone" if cell is node else "cell")
        elif self.complete:
            for num, role in roles(node):
                self._claim(formula, num, role)

    def _literal(self, formula: Formula, cell: Node, shown: Printed, role: Role) -> None:
        """A number that stands alone, or in a matrix or vector that does."""
        first = next(roles(cell), None)
        if first is None or (formula.column and not self.complete):
            return
        offset = formula.offset + first[0].start
        claim = Claim(shown, _text(formula, first[0]), offset, role, alone=not formula.column)
        self.ledger.claims.append(claim)

    def _claim(self, formula: Formula, number: Num, role: Role) -> None:
        shown = Printed(number.value, number.decimals)
        self.ledger.claims.append(Claim(shown, _text(formula, number), formula.offset + number.start, role))


def _sides(judgements: Sequence[Judgement]) -> list[Side]:
    """The members of all chains of a formula, each once."""
    found = {id(side): side for judgement in judgements for side in (judgement.left, judgement.right)}
    return list(found.values())


def _heads(judgements: Sequence[Judgement]) -> set[str]:
    return {side.node.key for side in _sides(judgements) if isinstance(side.node, Name)}


def _text(formula: Formula, number: Num) -> str:
    match = _NUMBER.match(formula.text, number.start)
    return match[0] if match else str(number.value)


def _num(token: Token) -> Num:
    digits = token.text.replace("{,}", "")
    return Num(Fraction(digits), len(digits.partition(".")[2]), token.start)


def _numbers(tokens: Sequence[Token]) -> list[Fraction]:
    return [Fraction(t.text.replace("{,}", "")) for t in tokens if t.kind == "number" and len(t.text) <= 60]


def _cells(node: Node) -> list[Node]:
    """The elements of a printed array, seen through signs and transposes; the node itself if it is no array."""
    inner = node
    while isinstance(inner, Transpose | Negative):
        inner = inner.operand
    return [cell for row in inner.rows for cell in row] if isinstance(inner, Matrix) else [node]
