"""Whether one relation between two recomputed sides holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from quizgen.proof import exact, rounding
from quizgen.proof.errors import NotUnderstood
from quizgen.proof.evaluate import Evaluator
from quizgen.proof.kindness import Kindness
from quizgen.proof.nodes import Members, Name, Node, Num, Space, Span, is_literal
from quizgen.proof.report import Verdict
from quizgen.proof.substitution import misprint
from quizgen.proof.symbols import Symbols
from quizgen.proof.values import Array, Value, describe, exact_numbers, is_exact, number, show
from quizgen.proof.windows import miscopied

Mode = Literal["strict", "kind"]
Outcome = tuple[Verdict, str]

TRUE: Outcome = ("true", "")


@dataclass(slots=True)
class Side:
    """One member of a chain: what is printed, its tree, its value or why it has none, and its unit."""

    source: str
    node: Node | None = None
    value: Value | None = None
    trouble: NotUnderstood | None = None
    unit: str = ""


class Comparison:
    """Compares sides in one of the two ways of reading (see `rounding`)."""

    def __init__(
        self, symbols: Symbols, mode: Mode, decimals: int, right: Mapping[str, Sequence[Value]] | None = None
    ) -> None:
        self.symbols = symbols
        self.right = right or {}
        self.strict = mode == "strict"
        self.decimals = decimals
        self.kindness = Kindness()

    def evaluator(self) -> Evaluator:
        return Evaluator(self.symbols, None if self.strict else rounding.spread_kindly)

    def value(self, node: Node, before: Sequence[Side]) -> Value:
        """The value of a member of a chain, given the members before it.

        In a student's text a result that the numbers before come to exactly is as exact as they are.

        Raises:
            NotUnderstood: if it has none.
        """
        if self.strict:
            return self.evaluator().value(node)
        earlier = [side for side in before if side.node is not None and side.value is not None]
        numeric = [side for side in earlier if not isinstance(side.node, Name)]
        spread = self.kindness.spread(node, numeric[-1].node if numeric else None)
        value = Evaluator(self.symbols, spread).value(node)
        if is_literal(node) and numeric:
            exactly = Evaluator(self.symbols).value(node)
            if any(is_exact(side.value) and side.value == exactly for side in numeric):
                self.kindness.give(exact_numbers(exactly))
                return exactly
            self.kindness.result(node)
        return value

    def exactly(self, node: Node) -> Value:
        """The value of a member with every printed number taken as exact."""
        return Evaluator(self.symbols).value(node)

    def judge(self, operator: str, left: Side, right: Side) -> Outcome:
        """The verdict on `left operator right`; both sides have values, or `right` is a set."""
        try:
            if operator in (r"\in", r"\notin"):
                return self._in(left, right, wanted=operator == r"\in")
            if left.value is None or right.value is None:
                return "undecided", "a side has no value"
            if left.unit and right.unit and left.unit != right.unit:
                return "undecided", f"units are not converted: {left.unit} and {right.unit}"
            if operator == "=":
                return self._put_in(left, right, self._equal(left.value, right.value))
            if operator == r"\approx":
                return self._approximates(left, right)
            if operator in _ORDERS or operator == r"\ne":
                return self._ordered(operator, left.value, right.value)
        except NotUnderstood as error:
            return "undecided", str(error)
        return "undecided", f"the relation {operator} is not judged"

    def _put_in(self, left: Side, right: Side, outcome: Outcome) -> Outcome:
        """The outcome, unless the right side holds by luck only: a number in it is not the one that belongs there."""
        if not self.strict or outcome != TRUE or left.node is None or right.node is None:
            return outcome
        wrong = misprint(left.node, right.node, self.evaluator())
        wrong = wrong or miscopied(left.node, self.evaluator()) or miscopied(right.node, self.evaluator())
        return ("false", wrong) if wrong else outcome

    def agree(self, a: Value, b: Value) -> bool:
        """Whether two values are the same, as this way of reading has it."""
        if not self.strict:
            return _flat(a) == _flat(b) and all(exact.may_be_equal(x, y) for x, y in _pairs(a, b))
        return rounding.same_shape(a, b) and all(rounding.same_number(x, y) for x, y in rounding.cells_of(a, b))

    def comes_to(self, own: Value, answer: Value) -> bool:
        """Whether a value is, or rounds to, an answer that is given with the digits asked for."""
        if not rounding.same_shape(own, answer):
            return False
        pairs = _pairs(own, answer)
        return self.agree(own, answer) or all(rounding.nearly(x, y, 0 if self.strict else 1) for x, y in pairs)

    def settles(self, key: str, old: Value, new: Value) -> bool:
        """Whether a symbol's second value is right, and is its first one made a whole number."""
        return new in self.right.get(self.symbols.canonical(key), ()) and rounding.is_whole_of(old, new)

    def restates(self, old: Value, end: Side) -> bool:
        """Whether a chain with `≈` that ends in `end` restates a printed value: one is the rounding of the other."""
        if end.node is None or end.value is None:
            return False
        if rounding.round_to(old, end.node, self.decimals):
            return True
        if isinstance(old, exact.Interval | Array) or isinstance(end.value, Array):
            return False
        shown = rounding.as_printed(old)
        return shown is not None and rounding.is_rounding(end.value, shown, self.decimals)

    def _equal(self, a: Value, b: Value) -> Outcome:
        if self.agree(a, b):
            return TRUE
        if self.strict and not rounding.same_shape(a, b):
            return "false", f"the left side is {describe(a)}, the right side {describe(b)}"
        for x, y in _pairs(a, b):
            if not exact.may_be_equal(x, y):
                return "false", f"the left side is {exact.show(x)}, the right side {exact.show(y)}"
        # Equal to fifty digits: e^2 e^{-2} = 1 holds, though no interval can show it exactly.
        return TRUE

    def _approximates(self, left: Side, right: Side) -> Outcome:
        if left.value is None or right.value is None or left.node is None or right.node is None:
            return "undecided", "a side has no value"
        difference = f"the left side is {show(left.value)}, the right side {show(right.value)}"
        if not self.strict:
            a, b = _loose(left), _loose(right)
            return TRUE if self.agree(a, b) else ("false", difference)
        if not rounding.same_shape(left.value, right.value):
            return "false", difference
        held = rounding.round_to(left.value, right.node, self.decimals)
        if held is None:
            held = rounding.round_to(right.value, left.node, self.decimals) or self._nearly(left.value, right.node)
        return TRUE if held else ("false", f"{difference}, which is not its rounding")

    def _nearly(self, value: Value, node: Node) -> bool:
        """Whether an expression is equal to `value` for some numbers that round to those printed in it.

        First with its whole numbers exact, then with those taken as roundings, too (1.00003 is printed as 1).
        """
        for spread in (self._spread_decimals, self._spread_all):
            try:
                other = Evaluator(self.symbols, spread).value(node)
            except NotUnderstood:
                continue
            if _flat(value) == _flat(other) and all(exact.may_be_equal(x, y) for x, y in _pairs(value, other)):
                return True
        return False

    def _spread_decimals(self, printed: Num) -> Fraction:
        return self._spread_all(printed) if printed.decimals else Fraction(0)

    def _spread_all(self, printed: Num) -> Fraction:
        return Fraction(1, 2 * 10 ** max(printed.decimals, self.decimals))

    def _ordered(self, operator: str, a: Value, b: Value) -> Outcome:
        if operator == r"\ne":
            differ = not self.agree(a, b)
            return TRUE if differ else ("false", f"both sides are {show(a)}")
        x, y = number(a, "a side of a comparison"), number(b, "a side of a comparison")
        holds, cannot = _ORDERS[operator]
        if holds(x, y) or (not self.strict and not cannot(x, y)):
            return TRUE
        if cannot(x, y):
            return "false", f"the left side is {exact.show(x)}, the right side {exact.show(y)}"
        return "undecided", "the two sides are too close to be told apart"

    def _in(self, left: Side, right: Side, *, wanted: bool) -> Outcome:
        if left.value is None or right.node is None:
            return "undecided", "a side has no value"
        inside = self._contains(right.node, left.value)
        if inside is wanted:
            return TRUE
        return "false", f"{show(left.value)} is {'' if inside else 'not '}in the set"

    def _contains(self, node: Node, value: Value) -> bool:
        if isinstance(node, Space):
            return self._in_space(node, value)
        x = number(value, "an element of a set of numbers")
        if isinstance(node, Members):
            return any(self.agree(x, self.evaluator().value(item)) for item in node.items)
        if isinstance(node, Span):
            return self._bounded(node.low, x, strictly=node.low_open) and self._bounded(
                x, node.high, strictly=node.high_open
            )
        raise NotUnderstood("a set that is not read")

    def _bounded(self, low: Node | exact.Number, high: Node | exact.Number, *, strictly: bool) -> bool:
        """Whether low <= high (low < high, if strictly); one of them is a printed bound."""
        for bound, infinite in ((low, r"-\infty"), (high, r"\infty")):
            if isinstance(bound, Name) and bound.key == infinite:
                return True
        a, b = (self._end(end) for end in (low, high))
        return exact.certainly_less(a, b) or (not strictly and exact.may_be_equal(a, b))

    def _end(self, end: Node | exact.Number) -> exact.Number:
        if isinstance(end, int | Fraction | exact.Interval):
            return end
        return number(self.evaluator().value(end), "the end of an interval")

    def _in_space(self, node: Space, value: Value) -> bool:
        sides = [self.evaluator().value(side) for side in node.shape] or [1]
        if node.letter == "R":
            shape = (value.rows, value.columns) if isinstance(value, Array) else (1, 1)
            return shape == tuple(sides) or (len(sides) == 1 and shape in ((sides[0], 1), (1, sides[0])))
        if node.letter in ("N", "Z") and not node.shape and isinstance(value, int | Fraction):
            return Fraction(value).denominator == 1 and (node.letter == "Z" or value >= 0)
        raise NotUnderstood(f"the set \\mathbb{{{node.letter}}} is not read")


def _loose(side: Side) -> Value:
    """A student's side of `≈`; there a whole number may have been rounded, too."""
    shown = rounding.printed(side.node) if side.node is not None else None
    if shown is not None and shown.decimals == 0:
        return exact.around(shown.value, Fraction(1, 2))
    if side.value is None:
        raise NotUnderstood("a side has no value")
    return side.value


def _flat(value: Value) -> int:
    return len(value.cells) if isinstance(value, Array) else 0


def _pairs(a: Value, b: Value) -> list[tuple[exact.Number, exact.Number]]:
    if isinstance(a, Array) and isinstance(b, Array):
        return list(zip(a.cells, b.cells, strict=False))
    return [] if isinstance(a, Array) or isinstance(b, Array) else [(a, b)]


_Order = Callable[[exact.Number, exact.Number], bool]


def _greater(x: exact.Number, y: exact.Number) -> bool:
    return exact.certainly_less(y, x)


def _at_most(x: exact.Number, y: exact.Number) -> bool:
    return exact.ends(x)[1] <= exact.ends(y)[0]


def _at_least(x: exact.Number, y: exact.Number) -> bool:
    return _at_most(y, x)


#: For each order: when it certainly holds, and when it cannot hold.
_ORDERS: dict[str, tuple[_Order, _Order]] = {
    "<": (exact.certainly_less, _at_least),
    ">": (_greater, _at_most),
    r"\le": (_at_most, _greater),
    r"\ge": (_at_least, exact.certainly_less),
}
