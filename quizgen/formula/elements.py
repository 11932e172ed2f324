"""Array terms taken apart into the terms of their single numbers, which are what is computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product as pairs
from math import prod

from quizgen.formula.terms import (
    Quantity,
    Term,
    apply,
    cell,
    most_decimals,
    multiply,
    number,
    raise_to,
    signs_of,
    sum_decimals,
)


def elements(term: Term) -> list[Term]:
    """The scalar terms of a term, row by row, with no array left in them."""
    if term.shape == ():
        return [scalar(term)]
    return [scalar(entry) for entry in _ELEMENTS[term.op](term)]


def grid(term: Term) -> list[list[Term]]:
    """The scalar terms in rows; a vector is one column."""
    flat = elements(term)
    width = term.shape[1] if len(term.shape) == 2 else 1
    return [flat[k : k + width] for k in range(0, len(flat), width)]


def scalar(term: Term) -> Term:
    """The term of a single number with its arrays taken apart down to the cells."""
    if term.op == "series" or any(arg.shape for arg in term.args):
        (single,) = _ELEMENTS[term.op](term)
        return scalar(single)
    if not term.args:
        return term
    return _same(term, tuple(scalar(arg) for arg in term.args))


def _spread(term: Term) -> list[Term]:
    """One scalar term per element, each argument giving its element or, being a scalar, itself."""
    columns = [elements(arg) if arg.shape else [scalar(arg)] * prod(term.shape) for arg in term.args]
    return [_same(term, args) for args in zip(*columns, strict=True)]


def _same(term: Term, args: tuple[Term, ...]) -> Term:
    """The scalar node of an elementwise one, its decimals counted anew: entries may have fewer than the array."""
    if term.op == "sum":
        return _flat_sum(args, signs_of(term))
    decimals = sum_decimals(a.decimals for a in args) if term.op == "product" else term.decimals
    return Term(term.op, args, (), decimals, term.data, term.symbol)


def _flat_sum(args: Sequence[Term], signs: Sequence[int]) -> Term:
    """A sum whose terms are no sums: a + (b - c) without the brackets; those after a minus stay."""
    parts: list[Term] = []
    flat: list[int] = []
    for sign, arg in zip(signs, args, strict=True):
        inner = arg.op == "sum" and sign > 0
        parts += arg.args if inner else (arg,)
        flat += signs_of(arg) if inner else (sign,)
    return Term("sum", tuple(parts), (), most_decimals(part.decimals for part in parts), tuple(flat))


def _quantity_elements(term: Term) -> list[Term]:
    if not isinstance(term.data, Quantity):
        raise TypeError("a leaf refers to a quantity")
    return [cell(c) for c in term.data.cells]


def _matmul_elements(term: Term) -> list[Term]:
    left, right = term.args
    a, b = elements(left), elements(right)
    inner = right.shape[0]
    rows = left.shape[0] if len(left.shape) == 2 else 1
    columns = right.shape[1] if len(right.shape) == 2 else 1
    return [
        _dot([(a[i * inner + k], b[k * columns + j]) for k in range(inner)])
        for i, j in pairs(range(rows), range(columns))
    ]


def _dot(factors: list[tuple[Term, Term]]) -> Term:
    return _plain_sum([multiply(x, y) for x, y in factors])


def _plain_sum(terms: Sequence[Term]) -> Term:
    if len(terms) == 1:
        return terms[0]
    return _flat_sum(terms, (1,) * len(terms))


def _outer_elements(term: Term) -> list[Term]:
    left, right = term.args
    return [multiply(x, y) for x, y in pairs(elements(left), elements(right))]


def _transpose_elements(term: Term) -> list[Term]:
    rows = grid(term.args[0])
    return [rows[i][j] for j in range(term.shape[0]) for i in range(term.shape[1])]


def _stack_elements(term: Term) -> list[Term]:
    return [scalar(e) for item in term.args for e in elements(item)]


def _total_elements(term: Term) -> list[Term]:
    return [_plain_sum(elements(term.args[0]))]


def _series_elements(term: Term) -> list[Term]:
    columns = [elements(arg) for arg in term.args]
    return [_plain_sum(entries) for entries in zip(*columns, strict=True)]


def _extreme_elements(term: Term) -> list[Term]:
    if len(term.args) == 1:
        return [Term("extreme", tuple(elements(term.args[0])), (), term.decimals, term.data)]
    return _spread(term)


def _norm_elements(term: Term) -> list[Term]:
    squares = [raise_to(e, number(2)) for e in elements(term.args[0])]
    return [apply("sqrt", _plain_sum(squares))]


def _all_elements(term: Term) -> list[Term]:
    inside = tuple(scalar(e) for arg in term.args for e in elements(arg))
    return [Term(term.op, inside, (), term.decimals, term.data)]


def _conditional_elements(term: Term) -> list[Term]:
    test, then, otherwise = term.args
    both = zip(elements(then), elements(otherwise), strict=True)
    return [Term("conditional", (scalar(test), a, b), (), term.decimals) for a, b in both]


_ELEMENTS: dict[str, Callable[[Term], list[Term]]] = {
    "quantity": _quantity_elements,
    "sum": _spread,
    "negative": _spread,
    "product": _spread,
    "quotient": _spread,
    "power": _spread,
    "apply": _spread,
    "compare": _spread,
    "matmul": _matmul_elements,
    "outer": _outer_elements,
    "transpose": _transpose_elements,
    "stack": _stack_elements,
    "total": _total_elements,
    "series": _series_elements,
    "extreme": _extreme_elements,
    "norm": _norm_elements,
    "argmax": _all_elements,
    "distinct": _all_elements,
    "logic": _all_elements,
    "conditional": _conditional_elements,
}
