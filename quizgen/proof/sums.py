r"""Sums and products over an index, as `\sum` and `\prod` print them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from quizgen.proof import exact
from quizgen.proof.errors import NotUnderstood, UnknownName
from quizgen.proof.exact import Interval
from quizgen.proof.functions import FUNCTIONS
from quizgen.proof.nodes import Big, Node, names_in
from quizgen.proof.values import Array, Value, describe, pairwise, product

if TYPE_CHECKING:
    from quizgen.proof.evaluate import Evaluator  # which calls this file


def big_value(evaluator: Evaluator, node: Big) -> Value:
    if not node.bounds:
        value = evaluator.value(node.body)
        if node.operator == r"\sum" and isinstance(value, Array):
            return FUNCTIONS["total"]([value])
        raise NotUnderstood(f"{node.operator} without an index, over {describe(value)}")
    return _over(evaluator, node, 0)


def _over(evaluator: Evaluator, node: Big, place: int) -> Value:
    """The sum or product over the index at this place and those after it."""
    if place == len(node.bounds):
        return evaluator.value(node.body)
    index, first, last = node.bounds[place]
    low = 1 if first is None else _whole(evaluator, first, "the first value of an index")
    high = (
        _length(evaluator, index, node.body) if last is None else _whole(evaluator, last, "the last value of an index")
    )
    if first is not None and last is None:
        raise NotUnderstood(f"{node.operator} over {index} without a last value")
    outer = evaluator.bound
    total: Value | None = None
    try:
        for k in range(low, high + 1):
            evaluator.bound = {**outer, index: k}
            value = _over(evaluator, node, place + 1)
            if total is None:
                total = value
            elif node.operator == r"\sum":
                total = pairwise(exact.add, total, value, "sum")
            else:
                total = product("", total, value)
    finally:
        evaluator.bound = outer
    if total is None:
        return 0 if node.operator == r"\sum" else 1
    return total


def _whole(evaluator: Evaluator, node: Node, what: str) -> int:
    value = evaluator.exactly(node)
    if isinstance(value, Array | Interval) or Fraction(value).denominator != 1 or not -(10**6) <= value <= 10**6:
        raise NotUnderstood(f"{what} is not a whole number up to a million")
    return int(value)


def _length(evaluator: Evaluator, index: str, body: Node) -> int:
    """How far an index without bounds runs: the length of the vectors that it picks elements from."""
    lengths = set()
    for name in names_in(body).values():
        if (index,) in name.indices:
            found = evaluator.symbols.container(name)
            if found is None:
                raise UnknownName(name.key)
            if found.is_vector:
                lengths.add(len(found.cells))
            else:
                lengths.add((found.rows, found.columns)[min(name.indices.index((index,)), 1)])
    if len(lengths) != 1:
        raise NotUnderstood(f"it is not certain how far the index {index} runs")
    return lengths.pop()
