"""Judging the chains of a text one after the other, while the table of symbols grows.

In z = w · x + b = 0.5 · 2 + 0.1 = 1.1 the leading name takes the chain's printed end as its value, unless it has one
already, which the end must then agree with. Each further pair of neighbours is recomputed. Where a member cannot be
read, the members around it are still compared: a slip is found, even if the pair stays undecided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizgen.proof.chains import JUDGED, Chain, split
from quizgen.proof.compare import TRUE, Comparison, Outcome, Side
from quizgen.proof.document import Formula
from quizgen.proof.errors import NotUnderstood, UnknownName
from quizgen.proof.functions import WORDS
from quizgen.proof.identities import try_identity
from quizgen.proof.nodes import Apply, FunctionName, Name, is_literal, names_in
from quizgen.proof.parse import parse, parse_members
from quizgen.proof.symbols import Function, Standing, Symbols
from quizgen.proof.tokens import Token
from quizgen.proof.values import Value, show

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
_COUNTERS = frozenset(("i", "j", "k", "l", "m", "n", "t"))


@dataclass(slots=True)
class Judgement:
    """One relation with its verdict, before its place is turned into line and column."""

    outcome: Outcome
    left: Side
    right: Side
    operator: Token


class Judge:
    """Reads formula after formula; `symbols` holds what has been printed so far."""

    def __init__(self, symbols: Symbols, comparison: Comparison) -> None:
        self.symbols = symbols
        self.comparison = comparison

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
                    run = Run(self, sides[start : stop + 1], operators[start:stop], setting, condition)
                    outcomes += run.outcomes()
                else:
                    stop += 1
                    outcomes.append(self._other(operators[start], sides[start], sides[start + 1]))
                start = stop
            if condition or (setting and len(operators) == 1 and operators[0] not in _EQUATING):
                outcomes = [_as_condition(outcome) for outcome in outcomes]
        for k, outcome in enumerate(outcomes):
            yield Judgement(outcome, sides[k], sides[k + 1], chain.operators[k])

    def _side(self, tokens: list[Token], formula: str) -> Side:
        """A member as printed, with the size of its first bracket."""
        if not tokens:
            return Side("")
        size = _SIZE.search(formula, max(0, tokens[0].start - 12), tokens[0].start)
        return Side(formula[size.start() if size else tokens[0].start : tokens[-1].end])

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
                side.value = self.comparison.evaluator().value(side.node)
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


class Run:
    """The members of a chain between which `=`, `≈` or an assignment stands."""

    def __init__(self, judge: Judge, sides: list[Side], operators: list[str], setting: bool, condition: bool) -> None:
        self.judge = judge
        self.symbols = judge.symbols
        self.sides = sides
        self.operators = operators
        self.setting = setting
        self.condition = condition
        self.heads = [self._is_head(side) for side in sides]
        self.end = self._end()

    def outcomes(self) -> list[Outcome]:
        """The verdict on each pair of neighbours."""
        if self._defines_function():
            first: list[Outcome] = [("defined", "it defines a function")]
            if len(self.operators) == 1:
                return first
        of_heads = {k: self._head(k) for k, is_head in enumerate(self.heads) if is_head}
        found: list[Outcome] = []
        anchor: int | None = None
        for k in range(len(self.operators)):
            if self._counts(k):
                anchor = k
            found.append(self._pair(k, anchor, of_heads))
        return found

    def _pair(self, k: int, anchor: int | None, of_heads: dict[int, Outcome]) -> Outcome:
        left, right = self.sides[k], self.sides[k + 1]
        if self._counts(k + 1):
            if anchor is None:
                return of_heads[k] if k in of_heads else self._without_value(k)
            operator = r"\approx" if r"\approx" in self.operators[anchor : k + 1] else self.operators[k]
            outcome = self.judge.comparison.judge(operator, self.sides[anchor], right)
            if anchor == k or outcome[0] != "true" or k in of_heads:
                return outcome
            return self._without_value(k)
        if k + 1 in of_heads and (self._counts(k) or k in of_heads):
            earlier = of_heads.get(k, TRUE)
            return earlier if earlier[0] == "false" else of_heads[k + 1]
        if k in of_heads and of_heads[k][0] != "general" and isinstance(right.trouble, UnknownName):
            return of_heads[k]
        if k in of_heads and of_heads[k][0] == "false":
            return of_heads[k]
        return self._without_value(k) if left.node is None or right.node is None else self._unknown(k)

    def _counts(self, k: int) -> bool:
        """Whether a member is recomputed: it has a value of its own and is no bare name."""
        return not self.heads[k] and self.sides[k].value is not None

    def _unknown(self, k: int) -> Outcome:
        left, right = self.sides[k], self.sides[k + 1]
        if self.end is None and left.node is not None and right.node is not None:
            troubles = [s.trouble for s in (left, right) if s.trouble is not None]
            if all(isinstance(trouble, UnknownName) for trouble in troubles):
                if self.heads[k]:
                    return "general", "it speaks of symbols without values"
                return try_identity(self.symbols, left.node, right.node)
        return self._without_value(k)

    def _without_value(self, k: int) -> Outcome:
        """A pair of which one side has no value: of interest only if the chain claims something of numbers."""
        troubles = [side.trouble for side in self.sides[k : k + 2] if side.trouble is not None]
        for trouble in troubles:
            if not isinstance(trouble, UnknownName):
                return "undecided", str(trouble)
        reason = str(troubles[0]) if troubles else "a side has no value"
        return ("general" if len(self.sides) == 2 or self.end is None else "undecided"), reason

    def _is_head(self, side: Side) -> bool:
        """Whether a side is one name, which the chain can give a value."""
        node = side.node
        if isinstance(node, Name):
            return not (node.key == "e" and side.value is not None)
        if isinstance(node, Apply):
            if node.name.key in self.symbols.aliases or node.name.key in self.symbols.functions:
                return False
            return side.value is None or self.symbols.of_key(node.key) is not None
        return False

    def _end(self) -> int | None:
        """The member whose value is the chain's: the last one, or the more precise number that it was rounded from."""
        places = [k for k in range(len(self.sides)) if self._counts(k)]
        if not places:
            return None
        k = places[-1]
        while k - 1 in places and self.operators[k - 1] == r"\approx" and self._is_literal(k - 1):
            k -= 1
        return k

    def _is_literal(self, k: int) -> bool:
        node = self.sides[k].node
        return node is not None and is_literal(node)

    def _head(self, k: int) -> Outcome:
        """What becomes of a bare name: it gets its value, or its value is compared with the chain's."""
        node = self.sides[k].node
        if not isinstance(node, Name | Apply):
            return "undecided", "it is not a name"
        key = node.key
        standing = self.symbols.standing(node) if isinstance(node, Name) else self._standing_of(key)
        old = self.sides[k].value
        if self.end is None:
            return self._alias(k, key, old)
        end = self.sides[self.end]
        value = end.value
        if value is None:
            return "undecided", "the chain has no value"
        if old is None or standing is None or r"\leftarrow" in self.operators[k : k + 1]:
            return self._define(key, value)
        if self._agrees(old, end):
            if standing is Standing.FORMULA and self._is_literal(self.end):
                self._define(key, value)
            return TRUE
        derived = any(self._counts(j) and not self._is_literal(j) for j in range(len(self.sides)))
        may_change = derived and (standing is Standing.DERIVED or standing is Standing.FORMULA)
        if may_change or self.setting or (key in _COUNTERS and isinstance(value, int)):
            return self._define(key, value)
        if self.condition:
            return "general", "a condition"
        return "false", f"{key} is {show(old)} before this place, and {show(value)} here"

    def _standing_of(self, key: str) -> Standing | None:
        return None if self.symbols.of_key(key) is None else Standing.DERIVED

    def _agrees(self, old: Value, end: Side) -> bool:
        comparison = self.judge.comparison
        values = [self.sides[j].value for j in range(len(self.sides)) if self._counts(j)]
        if any(value is not None and comparison.agree(old, value) for value in values):
            return True
        return r"\approx" in self.operators and comparison.restates(old, end)

    def _define(self, key: str, value: Value) -> Outcome:
        if self.condition:
            return "general", "a condition"
        end = self.sides[self.end].node if self.end is not None else None
        if end is not None and names_in(end):
            standing = Standing.FORMULA
        elif sum(self._counts(j) for j in range(len(self.sides))) == 1 and r"\leftarrow" not in self.operators:
            unread = any(side.trouble for side, head in zip(self.sides, self.heads, strict=True) if not head)
            standing = Standing.DERIVED if unread else Standing.GIVEN
        else:
            standing = Standing.DERIVED
        self.symbols.define(key, value, standing)
        return "defined", f"it gives {key} its value"

    def _alias(self, k: int, key: str, old: Value | None) -> Outcome:
        """A name in a chain of names: it takes the value that another of them has."""
        if old is not None:
            others = [s.value for j, s in enumerate(self.sides) if self.heads[j] and j != k and s.value is not None]
            if not others:
                return "general", "it speaks of symbols without values"
            if all(self.judge.comparison.agree(old, other) for other in others):
                return TRUE
            return "false", f"{key} is {show(old)}, and the other side is {show(others[0])}"
        for j, side in enumerate(self.sides):
            if self.heads[j] and side.value is not None and not self.condition:
                self.symbols.define(key, side.value, Standing.FORMULA)
                return "defined", f"it gives {key} its value"
        return "general", "it speaks of symbols without values"

    def _defines_function(self) -> bool:
        r"""f(x) = x^2 makes f known; \sigma_h = \tanh another name of tanh."""
        left, right = self.sides[0].node, self.sides[1].node
        if self.condition or right is None:
            return False
        if isinstance(left, Name) and isinstance(right, FunctionName):
            self.symbols.aliases[left.key] = right.function
            slope = Name(left.base + "'", left.indices, left.label).key
            self.symbols.aliases[slope] = right.function + "'"
            return True
        if not (isinstance(left, Apply) and self.heads[0]):
            return False
        parameters = [argument.key for argument in left.arguments if isinstance(argument, Name)]
        if len(parameters) != len(left.arguments) or not set(parameters) <= set(names_in(right)):
            return False
        self.symbols.functions[left.name.key] = Function(tuple(parameters), right)
        return True


def _as_condition(outcome: Outcome) -> Outcome:
    return outcome if outcome[0] == "true" else ("general", "a condition, which claims nothing by itself")
