"""Numbers put in for symbols: w · x + b = 1.5 · 0 + 2 · 1 + 0.1 can hold although the 1.5 is a misprint.

Where a factor is 0, or a maximum or a rounding swallows a number, recomputing cannot see that number. It is compared
with what the symbols are worth instead: if both sides consist of the same numbers but for a single one, and the right
one in its place leaves the value as it is, it is a misprint. (x^2 = 3 · 3 differs in a number, too, but 3 · 2 is no 9.)
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from quizgen.proof.errors import NotUnderstood
from quizgen.proof.evaluate import Evaluator
from quizgen.proof.exact import Interval, show
from quizgen.proof.nodes import (
    Call,
    Matrix,
    Name,
    Negative,
    Node,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    Transpose,
    is_literal,
    names_in,
    walk,
)
from quizgen.proof.values import Array, Value

_Leaves = Counter[Fraction]


def misprint(left: Node, right: Node, evaluator: Evaluator) -> str:
    """What is wrong with the numbers on the right, which stand for what the left consists of; "" if nothing is.

    Signs are left out of it: 3 - 0.5 and 3 + (-0.5) are the same numbers. A product of matrices may be printed as
    matrices, or written out, where elements recur.
    """
    stands_for_others = names_in(left) or any(isinstance(part, Matrix) for part in walk(left))
    if not stands_for_others or is_literal(left) or is_literal(right) or names_in(right):
        return ""
    try:
        printed = _leaves(right, evaluator, written_out=False)
        # Where the entries of an array are computations, every number stands as often as entries have it.
        entries = isinstance(right, Matrix) and not all(is_literal(cell) for row in right.rows for cell in row)
        for written_out in (True,) if entries else (False, True):
            meant = _leaves(left, evaluator, written_out=written_out)
            if meant.total() != printed.total():
                continue
            missing, extra = meant - printed, printed - meant
            if not missing:
                return ""
            if missing.total() == 1:
                (belongs,), (found,) = missing, extra
                if _is_swallowed(right, found, belongs, evaluator):
                    return f"{show(found)} is put in where {show(belongs)} belongs"
    except NotUnderstood:
        return ""
    return ""


def _is_swallowed(node: Node, found: Fraction, belongs: Fraction, evaluator: Evaluator) -> bool:
    """Whether putting one number in the place of another leaves the value of a side as it is."""
    value = evaluator.value(node)
    for part in walk(node):
        if isinstance(part, Num) and part.value == found:
            try:
                if evaluator.replacing(part, belongs).value(node) == value:
                    return True
            except NotUnderstood:
                continue
    return False


def _leaves(node: Node, evaluator: Evaluator, *, written_out: bool) -> _Leaves:
    """The numbers that a tree consists of, without signs.

    Raises:
        NotUnderstood: if the tree has parts that are not simply made of numbers.
    """
    match node:
        case Num():
            return Counter((Fraction(node.value),))
        case Name():
            return _cells(evaluator.value(node))
        case Negative() | Transpose():
            return _leaves(node.operand, evaluator, written_out=written_out)
        case Product():
            return _of_product(node, evaluator, written_out=written_out)
    total: _Leaves = Counter()
    for part in _parts(node):
        total += _leaves(part, evaluator, written_out=written_out)
    return total


def _parts(node: Node) -> list[Node]:
    match node:
        case Sum():
            return [term for _, term in node.terms]
        case Quotient():
            return [node.numerator, node.denominator]
        case Power():
            return [node.base, node.exponent]
        case Call():
            return node.arguments
        case Matrix():
            return [cell for row in node.rows for cell in row]
    raise NotUnderstood("a part that is not made of numbers")


def _of_product(node: Product, evaluator: Evaluator, *, written_out: bool) -> _Leaves:
    left = _leaves(node.left, evaluator, written_out=written_out)
    right = _leaves(node.right, evaluator, written_out=written_out)
    if written_out and node.sign != r"\odot":
        if any(isinstance(part, Product) for side in (node.left, node.right) for part in walk(side)):
            raise NotUnderstood("a product of products, whose numbers recur in more ways than one")
        a, b = evaluator.value(node.left), evaluator.value(node.right)
        left, right = _times(left, _recurrence(b, a, of_left=True)), _times(right, _recurrence(a, b, of_left=False))
    return left + right


def _recurrence(other: Value, own: Value, *, of_left: bool) -> int:
    """How often each element of one factor appears in a written-out product."""
    if not isinstance(other, Array):
        return 1
    if not isinstance(own, Array):
        return len(other.cells)
    if own.is_vector and other.is_vector and len(own.cells) == len(other.cells) and own.columns != other.rows:
        return 1  # a dot product
    return other.columns if of_left else other.rows


def _times(leaves: _Leaves, n: int) -> _Leaves:
    return leaves if n == 1 else Counter({number: n * count for number, count in leaves.items()})


def _cells(value: Value) -> _Leaves:
    cells = value.cells if isinstance(value, Array) else (value,)
    if any(isinstance(cell, Interval) for cell in cells):
        raise NotUnderstood("a number that is not printed exactly")
    return Counter(abs(Fraction(cell)) for cell in cells if not isinstance(cell, Interval))
