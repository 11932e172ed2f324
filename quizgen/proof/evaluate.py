"""The value of a tree: exact where everything is rational, within bounds otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from quizgen.proof import exact
from quizgen.proof.applied import applied, slope_at
from quizgen.proof.errors import NotUnderstood, UnknownName
from quizgen.proof.exact import Interval
from quizgen.proof.functions import FUNCTIONS, squared_norm
from quizgen.proof.indices import bound_index, with_indices
from quizgen.proof.nodes import (
    Apply,
    Big,
    Call,
    Cases,
    Element,
    FunctionName,
    Matrix,
    Members,
    Name,
    Negative,
    Node,
    Num,
    Power,
    Product,
    Quotient,
    Space,
    Span,
    Sum,
    Transpose,
)
from quizgen.proof.spelling import shortly
from quizgen.proof.sums import big_value
from quizgen.proof.symbols import Symbols
from quizgen.proof.values import (
    ONES,
    Array,
    Value,
    array,
    each,
    element,
    matrix_power,
    number,
    pairwise,
    product,
    transpose,
)

#: Nodes visited for one side of a relation.
MOST_STEPS = 50_000

#: How deep nodes may nest, with the bodies of applied functions.
DEEPEST = 150

_PI = Interval(Decimal("3.14159265358979323846264338327950288419"), Decimal("3.14159265358979323846264338327950288420"))


class Evaluator:
    """Evaluates trees.

    Args:
        symbols: the values of names.
        spread: the half width within which a printed number is known, from the number; None: it is exact.
        bound: values of names that hold for this evaluation only, by key.
    """

    def __init__(
        self,
        symbols: Symbols,
        spread: Callable[[Num], Fraction] | None = None,
        bound: Mapping[str, Value] | None = None,
    ) -> None:
        self.symbols = symbols
        self.spread = spread
        self.bound: dict[str, Value] = dict(bound or {})
        self.replaced: tuple[Node, Fraction] | None = None
        self.steps = 0
        self.depth = 0

    def value(self, node: Node) -> Value:
        """The value of a tree.

        Raises:
            UnknownName: for a symbol without a value.
            NotUnderstood: for everything that is not defined, or too large.
        """
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise NotUnderstood(f"one side takes more than {MOST_STEPS} steps")
        if self.replaced is not None and self.replaced[0] is node:
            return self.replaced[1]
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotUnderstood(f"one side is nested more than {DEEPEST} deep")
        try:
            return _RULES[type(node)](self, node)
        finally:
            self.depth -= 1

    def exactly(self, node: Node) -> Value:
        """The value, with every printed number taken as exact: for exponents and bounds."""
        spread, self.spread = self.spread, None
        try:
            return self.value(node)
        finally:
            self.spread = spread

    def replacing(self, node: Node, value: Fraction) -> Evaluator:
        """An evaluator for which one node (that very object) has another value."""
        other = Evaluator(self.symbols, self.spread, self.bound)
        other.replaced = (node, value)
        return other

    def _num(self, node: Num) -> Value:
        half_width = self.spread(node) if self.spread else Fraction(0)
        return exact.around(node.value, half_width) if half_width else node.value

    def _name(self, node: Name) -> Value:
        if self.bound:
            if node.key in self.bound:
                return self.bound[node.key]
            node = with_indices(node, self.bound)
        try:
            return self.symbols.value(node)
        except UnknownName:
            if node.base == "e" and node.key == "e":
                return exact.exp(1)
            if node.key == r"\mathbf{1}":
                return ONES
            raise

    def _is_eulers(self, value: Value | None) -> bool:
        """Whether e means Euler's number: it has no value of its own, or one that is a rounding of it."""
        return value is None or (
            isinstance(value, Fraction | int) and abs(value - Fraction(2718, 1000)) < Fraction(1, 100)
        )

    def _negative(self, node: Negative) -> Value:
        return each(exact.negate, self.value(node.operand))

    def _sum(self, node: Sum) -> Value:
        total: Value | None = None
        for sign, term in node.terms:
            value = self.value(term)
            if total is None:
                total = value if sign > 0 else each(exact.negate, value)
            elif sign > 0:
                total = pairwise(exact.add, total, value, "sum")
            else:
                total = pairwise(exact.subtract, total, value, "difference")
        return 0 if total is None else total

    def _product(self, node: Product) -> Value:
        factors: list[tuple[str, Node]] = []
        first: Node = node
        while isinstance(first, Product):  # a long product is a deep tree on its left side
            factors.append((first.sign, first.right))
            first = first.left
        total = self.value(first)
        for sign, factor in reversed(factors):
            total = product(sign, total, self.value(factor))
        return total

    def _quotient(self, node: Quotient) -> Value:
        denominators: list[Node] = []
        first: Node = node
        while isinstance(first, Quotient):  # so is a / b / c
            denominators.append(first.denominator)
            first = first.numerator
        total = self.value(first)
        for each_node in reversed(denominators):
            total = _divided(total, self.value(each_node))
        return total

    def _power(self, node: Power) -> Value:
        if isinstance(node.base, Apply) and not self._is_application(node.base):
            raise NotUnderstood(f"it is not certain whether {shortly(node.base.key)} is a function or a product")
        exponent = self.exactly(node.exponent)
        if isinstance(node.base, Name) and node.base.key == "e" and self._is_eulers(self.symbols.of_key("e")):
            return each(exact.exp, self.value(node.exponent))
        if isinstance(node.base, Call) and node.base.function == "norm" and exponent == 2:
            return squared_norm(self.value(node.base.arguments[0]))  # exact, without the root
        base = self.value(node.base)
        if node.elementwise:
            return each(lambda x: exact.power(x, number(exponent, "an exponent")), base)
        if isinstance(base, Array):
            return matrix_power(base, exponent)
        return exact.power(base, number(exponent, "an exponent"))

    def _transpose(self, node: Transpose) -> Value:
        value = self.value(node.operand)
        if isinstance(node.operand, Matrix) and node.operand.open and isinstance(value, Array):
            return Array(len(value.cells), 1, value.cells)  # (a, b) with a T is a row turned into a column
        if isinstance(value, Array) or not node.letter:
            return transpose(value)
        return exact.power(value, number(self.symbols.value(Name("T")), "an exponent"))

    def _call(self, node: Call) -> Value:
        if node.function == "pi":
            return _PI
        if node.function == "norm" and isinstance(node.arguments[0], Name):
            printed = self.symbols.norms.get(self.symbols.canonical(node.arguments[0].key))
            if printed is not None:
                return printed
        function = FUNCTIONS.get(node.function)
        if function is None:
            raise NotUnderstood(f"the function {node.function} is not known")
        return function([self.value(argument) for argument in node.arguments])

    def _is_application(self, node: Apply) -> bool:
        key = node.name.key
        return key in self.symbols.aliases or key in self.symbols.functions or self.symbols.of_key(node.key) is not None

    def _apply(self, node: Apply) -> Value:
        key = node.name.key
        alias = self.symbols.aliases.get(key)
        if alias is not None:
            return self._call(Call(alias, node.arguments))
        function = self.symbols.functions.get(key)
        if function is not None:
            return applied(self, function, node)
        slope = self.symbols.slope_of(node.name)
        if slope is not None and len(node.arguments) == 1:
            return slope_at(self, slope, node.arguments[0])
        if node.key in self.bound:
            return self.bound[node.key]
        stated = self.symbols.of_key(node.key)
        if stated is not None:
            return stated
        if len(node.arguments) == 1 and not _is_simple(node.arguments[0]) and not node.name.base.startswith("\\text"):
            return product("", self.value(node.name), self.value(node.arguments[0]))
        raise UnknownName(node.key)

    def _matrix(self, node: Matrix) -> Value:
        return array([[self.value(cell) for cell in row] for row in node.rows], open_=node.open)

    def _element(self, node: Element) -> Value:
        indices = ["".join(bound_index(index, self.bound)) for index in node.indices]
        if not indices or not all(text.isdigit() and len(text) < 7 for text in indices):
            raise NotUnderstood("an index at a bracket that is not a whole number")
        return element(self.value(node.operand), [int(text) for text in indices])

    def _big(self, node: Big) -> Value:
        return big_value(self, node)

    def _cases(self, node: Cases) -> Value:
        for value, conditions in node.rows:
            if all(self._holds(left, sign, right) for left, sign, right in conditions):
                return self.value(value)
        raise NotUnderstood("no case applies")

    def _holds(self, left: Node, sign: str, right: Node) -> bool:
        a = number(self.value(left), "the left side of a condition")
        b = number(self.value(right), "the right side of a condition")
        difference = exact.sign(exact.subtract(a, b))
        signs = {"=": (0,), r"\approx": (0,), "<": (-1,), ">": (1,), r"\le": (-1, 0), r"\ge": (0, 1), r"\ne": (-1, 1)}
        return difference in signs[sign]

    def _refused(self, node: Node) -> Value:
        what = "a function without its argument" if isinstance(node, FunctionName) else "a set"
        raise NotUnderstood(f"{what} where a number should stand")


def _divided(numerator: Value, denominator: Value) -> Value:
    if isinstance(denominator, Array):
        return pairwise(exact.divide, numerator, denominator, "quotient")
    return each(lambda x: exact.divide(x, denominator), numerator)


def _is_simple(node: Node) -> bool:
    """Whether brackets around it look like an argument: `f(x)`, `f(2)`."""
    return isinstance(node, Num | Name) or (isinstance(node, Negative) and isinstance(node.operand, Num))


_RULES: dict[type[object], Callable[..., Value]] = {
    Num: Evaluator._num,
    Name: Evaluator._name,
    Negative: Evaluator._negative,
    Sum: Evaluator._sum,
    Product: Evaluator._product,
    Quotient: Evaluator._quotient,
    Power: Evaluator._power,
    Transpose: Evaluator._transpose,
    Call: Evaluator._call,
    Apply: Evaluator._apply,
    Matrix: Evaluator._matrix,
    Element: Evaluator._element,
    Big: Evaluator._big,
    Cases: Evaluator._cases,
    FunctionName: Evaluator._refused,
    Span: Evaluator._refused,
    Members: Evaluator._refused,
    Space: Evaluator._refused,
}
