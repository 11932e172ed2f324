"""Judging the chains of a text one after the other, while the table of symbols grows.

In z = w · x + b = 0.5 · 2 + 0.1 = 1.1 the leading name takes the chain's printed end as its value, unless it has one
already, which the end must then agree with. Each further pair of neighbours is recomputed. Where a member cannot be
read, the members around it are still compared: a slip is found, even if the pair stays undecided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from quizgen.proof.chains import JUDGED, Chain, split
from quizgen.proof.compare import Comparison, Outcome, Side
from quizgen.proof.document import Formula
from quizgen.proof.errors import NotUnderstood, UnknownName
from quizgen.proof.exact import around
from quizgen.proof.functions import WORDS
from quizgen.proof.nodes import Apply, Name, Node, Num, Sum, walk
from quizgen.proof.parse import parse, parse_members
from quizgen.proof.run import Run
from quizgen.proof.tokens import Token
from quizgen.proof.values import Value

_EQUATING = frozenset(("=", r"\approx", r"\leftarrow"))

#: Words before a formula that make it a condition, and words that set a name for what follows.
_CONDITIONS = frozenset(("if", "unless", "whether", "when", "whenever", "until", "once"))
_SETTINGS = frozenset(
    (
        "for",
        "at",
        "with",
        "let",
        "set",
        "take",
        "given",
        "put",
        "now",
        "where",
        "while",
        "from",
        "step",
        "epoch",
        "sample",
        "point",
        "iteration",
        "time",
        "row",
        "layer",
    )
)
_SIZE = re.compile(r"\\(?:left|[bB]igg?l?)\s*\Z")


@dataclass(slots=True)
class Judgement:
    """One relation with its verdict, before its place is turned into line and column."""

    outcome: Outcome
    left: Side
    right: Side
    operator: Token


@dataclass(frozen=True, slots=True)
class Said:
    """What a chain says that a name is worth: its end, and a sign of relation for the place."""

    name: str
    spelled: str
    end: Side
    value: Value
    printed: Value
    node: Node
    names: frozenset[str]
    summands: frozenset[str]
    numbers: frozenset[Fraction]
    operator: Token


class Judge:
    """Reads formula after formula; `symbols` holds what has been printed so far."""

    def __init__(self, comparison: Comparison) -> None:
        self.symbols = comparison.symbols
        self.comparison = comparison
        self.statements: list[Said] = []

    def formula(self, formula: Formula, tokens: list[Token]) -> Iterator[Judgement]:
        """The judgements on all relations of one formula, whose tokens are given."""
        words = formula.before[-5:]
        for chain in split(tokens):
            condition = len(chain.operators) == 1 and not _CONDITIONS.isdisjoint(words)
            setting = bool(words) and words[-1] in _SETTINGS
            sides = [self._side(member, formula.text) for member in chain.members]
            yield from self._chain(chain, sides, condition=condition, setting=setting)

    def _chain(self, chain: Chain, sides: list[Side], *, condition: bool, setting: bool) -> Iterator[Judgement]:
        operators = [operator.text for operator in chain.operators]
        if chain.doubt:
            outcomes: list[Outcome] = [("general" if chain.is_range else "undecided", chain.doubt)] * len(operators)
        else:
            outcomes = []
            self._evaluate(sides, chain.members, operators)
            start = 0
            while start < len(operators):
                stop = start
                while stop < len(operators) and operators[stop] in _EQUATING:
                    stop += 1
                if stop > start:
                    run = Run(
                        self.comparison,
                        sides[start : stop + 1],
                        operators[start:stop],
                        setting=setting,
                        condition=condition,
                    )
                    outcomes += run.outcomes()
                    self._note(run, chain.operators[start])
                else:
                    stop += 1
                    outcomes.append(self._other(operators[start], sides[start], sides[start + 1]))
                start = stop
            if condition or (setting and len(operators) == 1 and operators[0] not in _EQUATING):
                outcomes = [_as_condition(outcome) for outcome in outcomes]
        for k, outcome in enumerate(outcomes):
            yield Judgement(outcome, sides[k], sides[k + 1], chain.operators[k])

    def _note(self, run: Run, operator: Token) -> None:
        """Remembers what the run says that its names are worth; "" is the name of a computation without one."""
        if run.end is None or run.condition:
            return
        end = run.sides[run.end]
        if end.node is None or end.value is None:
            return
        canonical = self.symbols.canonical
        heads = [side for side, is_head in zip(run.sides, run.heads, strict=True) if is_head]
        keys = [(canonical(h.node.key), h.source) for h in heads if isinstance(h.node, Name | Apply)]
        parts = [part for side, is_head in zip(run.sides, run.heads, strict=True)
                 if not is_head and side.node is not None and side is not end for part in walk(side.node)]  # fmt: skip
        names = frozenset(canonical(part.key) for part in parts if isinstance(part, Name))
        terms = [term for part in parts if isinstance(part, Sum) for _, term in part.terms]
        summands = frozenset(canonical(term.key) for term in terms if isinstance(term, Name))
        numbers = frozenset(abs(Fraction(part.value)) for part in parts if isinstance(part, Num))
        value, printed = end.value, self.comparison.exactly(end.node)
        if isinstance(printed, int) and run.operators[run.end - 1] == r"\approx" and value == printed:
            value = around(printed, Fraction(1, 2))  # a whole number that was rounded
        for key, spelled in keys or [("", "")]:
            self.statements.append(
                Said(key, spelled, end, value, printed, end.node, names, summands, numbers, operator)
            )

    def _side(self, tokens: list[Token], formula: str) -> Side:
        """A member as printed, with the size of its first bracket."""
        if not tokens:
            return Side("")
        end = max(token.end for token in tokens)
        size = _SIZE.search(formula, max(0, tokens[0].start - 12), tokens[0].start)
        return Side(formula[size.start() if size else tokens[0].start : end])

    def _evaluate(self, sides: list[Side], members: list[list[Token]], operators: list[str]) -> None:
        """Parses and evaluates every side with the values printed so far."""
        for k, side in enumerate(sides):
            tokens = members[k]
            try:
                if not tokens:
                    raise NotUnderstood("nothing stands on one side of the relation")  # noqa: TRY301
                if k and operators[k - 1] in (r"\in", r"\notin"):
                    side.node = parse_members(tokens)
                    continue
                if self._ends_in_unit(tokens):
                    side.unit, tokens = tokens[-1].text, tokens[:-1]
                side.node = parse(tokens)
                side.value = self.comparison.value(side.node, sides[:k])
            except NotUnderstood as error:
                side.trouble = error

    def _ends_in_unit(self, tokens: list[Token]) -> bool:
        """Whether the last token is a word behind a number, and is not itself a symbol: 12 bytes."""
        if len(tokens) < 2 or tokens[-1].kind != "word" or tokens[-1].text in WORDS:
            return False
        counts = tokens[-2].kind == "number" or tokens[-2].text == ")"
        return counts and self.symbols.of_key(rf"\text{{{tokens[-1].text}}}") is None

    def _other(self, operator: str, left: Side, right: Side) -> Outcome:
        """A relation that gives no name a value."""
        if operator not in JUDGED:
            return "undecided", f"the relation {operator} is not judged"
        for side in (left, right):
            if isinstance(side.trouble, UnknownName):
                return "general", str(side.trouble)
            if side.trouble is not None:
                return "undecided", str(side.trouble)
        if left.value is None:
            return "undecided", "the left side is a set"
        return self.comparison.judge(operator, left, right)


def _as_condition(outcome: Outcome) -> Outcome:
    return outcome if outcome[0] == "true" else ("general", "a condition, which claims nothing by itself")
