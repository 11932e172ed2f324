"""Terms: formulas with static shapes, down to single numbers.

A term is a node of the computation graph of one form. Its shape is known, and so is how many decimals its exact
value can have (`decimals`; None: endlessly many), given how many its leaves have. Tensor terms are what is
typeset; `elements` takes them apart into scalar terms, which are what is computed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product as pairs
from math import prod

from quizgen.errors import FormulaError
from quizgen.formula.functions import SCALAR_FUNCTIONS
from quizgen.formula.symbols import Symbol

Shape = tuple[int, ...]
Constant = int | float


@dataclass(frozen=True, slots=True)
class Cell:
    """One scalar variable of a form.

    Attributes:
        index: its number among the variables of the form.
        decimals: how many decimals its printed value has at most; None for significant digits.
        free: it stays a letter (the x of a formula that is asked for); it has a value only for checks.
    """

    index: int
    symbol: Symbol
    decimals: int | None
    free: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """A named array of cells, row by row: a leaf (`given`) or a step (`work`), or a part of one.

    Attributes:
        index: of a member of a family such as `h[1]`; empty otherwise.
    """

    name: str
    symbol: Symbol
    shape: Shape
    cells: tuple[Cell, ...]
    index: tuple[int, ...] = ()

    @property
    def free(self) -> bool:
        return any(cell.free for cell in self.cells)


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A node: `op` applied to `args`.

    Attributes:
        data: for `number` its value; for `quantity` and `cell` what is referred to; for `sum` the signs; for `apply`
            the function's name; for `compare` and `logic` the operator; for `series` the typeset general term.
        symbol: for a `number` that has a name (a value of the form).
    """

    op: str
    args: tuple[Term, ...] = ()
    shape: Shape = ()
    decimals: int | None = None
    data: object = None
    symbol: Symbol | None = field(default=None)

    @property
    def free(self) -> bool:
        """Whether a free letter is among its leaves."""
        if isinstance(self.data, (Cell, Quantity)):
            return self.data.free
        return any(arg.free for arg in self.args)


def number(value: Constant, symbol: Symbol | None = None) -> Term:
    return Term("number", decimals=decimals_of(value), data=value, symbol=symbol)


def leaf(quantity: Quantity) -> Term:
    """A reference to a quantity; one of a single number becomes a reference to its cell."""
    if quantity.shape == ():
        return cell(quantity.cells[0])
    return Term("quantity", (), quantity.shape, _most(c.decimals for c in quantity.cells), quantity)


def cell(variable: Cell) -> Term:
    return Term("cell", decimals=variable.decimals, data=variable)


def add(left: Term, right: Term, sign: int = 1) -> Term:
    """Left ± right, sums on the left flattened: a + b - c is one node."""
    shape = _broadcast("+" if sign > 0 else "-", left, right)
    terms, signs = ((*left.args,), _signs(left)) if left.op == "sum" and left.shape == shape else ((left,), (1,))
    if sign > 0 and right.op == "sum" and right.shape == shape:
        terms, signs = terms + right.args, signs + _signs(right)
    else:
        terms, signs = (*terms, right), (*signs, sign)
    return Term("sum", terms, shape, _most(t.decimals for t in terms), signs)


def negate(term: Term) -> Term:
    if term.op == "number" and term.symbol is None:
        return number(-_value(term))
    return Term("negative", (term,), term.shape, term.decimals)


def multiply(left: Term, right: Term) -> Term:
    """Elementwise product, or a scalar times an array; products are flattened."""
    shape = _broadcast("*", left, right)
    factors: tuple[Term, ...] = ()
    for side in (left, right):
        factors += side.args if side.op == "product" and side.shape in ((), shape) else (side,)
    return Term("product", factors, shape, _sum(f.decimals for f in factors))


def divide(left: Term, right: Term) -> Term:
    shape = _broadcast("/", left, right)
    decimals = None
    if right.op == "number" and left.decimals is not None and _value(right) != 0:
        more = decimals_of_fraction(1 / Fraction(repr(_value(right))))
        decimals = None if more is None else left.decimals + more
    return Term("quotient", (left, right), shape, decimals)


def raise_to(base: Term, exponent: Term) -> Term:
    """Base ** exponent, elementwise in the base."""
    if exponent.shape != ():
        raise FormulaError("the exponent must be a single number")
    if len(base.shape) == 2:
        raise FormulaError("a power of a matrix is not elementwise; write M * M for the squares of its entries")
    if _contains(exponent, "power"):
        raise FormulaError("a power of a power is not allowed; give the exponent a step of its own")
    decimals = None
    if exponent.op == "number" and isinstance(exponent.data, int) and exponent.data >= 0 and base.decimals is not None:
        decimals = base.decimals * exponent.data
    return Term("power", (base, exponent), base.shape, decimals)


def apply(name: str, *args: Term) -> Term:
    """A function of numbers, elementwise."""
    function = SCALAR_FUNCTIONS[name]
    if name == "linear" and len(args) == 1:
        return args[0]
    if not 1 <= len(args) <= function.parameters:
        raise FormulaError(f"{name} takes {function.parameters} argument(s), found {len(args)}")
    if any(arg.shape for arg in args[1:]):
        raise FormulaError(f"{name}: the second argument must be a single number")
    return Term("apply", args, args[0].shape, function.decimals(*(arg.decimals for arg in args)), name)


def matmul(left: Term, right: Term) -> Term:
    """A @ B for matrices and vectors: two vectors make their dot product, a vector and a matrix Bᵀ a."""
    a, b = left.shape, right.shape
    if not 1 <= len(a) <= 2 or not 1 <= len(b) <= 2 or a[-1] != b[0]:
        raise FormulaError(f"'@' needs fitting shapes, found {shape_text(a)} @ {shape_text(b)}")
    if len(a) == 1 and len(b) == 2:
        return matmul(transpose(right), left)
    return Term("matmul", (left, right), a[:-1] + b[1:], _sum((left.decimals, right.decimals)))


def outer(left: Term, right: Term) -> Term:
    """The matrix left · rightᵀ of two vectors."""
    if len(left.shape) != 1 or len(right.shape) != 1:
        raise FormulaError(f"outer needs two vectors, found {shape_text(left.shape)} and {shape_text(right.shape)}")
    return Term("outer", (left, right), left.shape + right.shape, _sum((left.decimals, right.decimals)))


def transpose(term: Term) -> Term:
    if len(term.shape) != 2:
        raise FormulaError(f"'.T' needs a matrix, found {shape_text(term.shape)}")
    if term.op == "transpose":
        return term.args[0]
    return Term("transpose", (term,), term.shape[::-1], term.decimals)


def total(term: Term) -> Term:
    """The sum of all elements."""
    if not term.shape:
        raise FormulaError("sum needs a vector, a matrix or '… for k in range(…)'")
    return Term("total", (term,), (), term.decimals)


@dataclass(frozen=True, slots=True, eq=False)
class General:
    """The general term of a sum.

    Attributes:
        summands: each with the index as a letter; where they print alike, that is the general term, and otherwise
            there is none.
        first, last: the index in print.
    """

    summands: tuple[Term, ...]
    letter: str
    first: int
    last: int


def series(terms: Sequence[Term], general: General) -> Term:
    """A sum over an index."""
    return Term("series", tuple(terms), terms[0].shape, _most(t.decimals for t in terms), general)


def extreme(name: str, *args: Term) -> Term:
    """Max or min of numbers, of an array's elements, or elementwise of an array and a number: max(0, z)."""
    if len(args) == 1:
        if not args[0].shape:
            raise FormulaError(f"{name} needs a vector, a matrix or several numbers")
        return Term("extreme", args, (), args[0].decimals, name)
    shape: Shape = ()
    for arg in args:
        shape = shape or arg.shape
        if arg.shape not in ((), shape):
            raise FormulaError(f"{name}: shapes {shape_text(shape)} and {shape_text(arg.shape)} do not fit together")
    return Term("extreme", args, shape, _most(arg.decimals for arg in args), name)


def norm(term: Term) -> Term:
    """The Euclidean norm of a vector, the Frobenius norm of a matrix."""
    if not term.shape:
        raise FormulaError("norm needs a vector or a matrix; of a single number take abs")
    return Term("norm", (term,))


def argmax(term: Term) -> Term:
    """The place of the largest element of a vector, counted from 1."""
    if len(term.shape) != 1:
        raise FormulaError(f"argmax needs a vector, found shape {shape_text(term.shape)}")
    return Term("argmax", (term,), (), 0)


def compare(operator: str, left: Term, right: Term) -> Term:
    """1 where the comparison holds, else 0; elementwise."""
    return Term("compare", (left, right), _broadcast(operator, left, right), 0, operator)


def logic(operator: str, *args: Term) -> Term:
    """and, or, not of conditions; any, all of an array of conditions."""
    if operator in ("and", "or", "not") and any(arg.shape for arg in args):
        raise FormulaError(f"'{operator}' needs single conditions; write any(…) or all(…) around an array of them")
    return Term("logic", args, (), 0, operator)


def distinct(term: Term) -> Term:
    """1 if no two elements are equal."""
    return Term("distinct", (term,), (), 0)


def conditional(test: Term, then: Term, otherwise: Term) -> Term:
    if test.shape or then.shape != otherwise.shape:
        raise FormulaError(
            "'a if test else b' needs one condition and two values of one shape, found shapes "
            f"{shape_text(then.shape)} and {shape_text(otherwise.shape)}"
        )
    return Term("conditional", (test, then, otherwise), then.shape, _most((then.decimals, otherwise.decimals)))


def stack(items: Sequence[Term]) -> Term:
    """An array of equally shaped terms, one above the other."""
    if not items:
        raise FormulaError("an array needs at least one entry")
    shapes = {item.shape for item in items}
    if len(shapes) > 1:
        raise FormulaError("the entries of an array must have one shape, found " + ", ".join(map(shape_text, shapes)))
    inner = items[0].shape
    if len(inner) > 1:
        raise FormulaError("arrays have at most two dimensions")
    return Term("stack", tuple(items), (len(items), *inner), _most(i.decimals for i in items))


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


def walk(term: Term) -> Iterator[Term]:
    """The term and everything in it."""
    yield term
    for arg in term.args:
        yield from walk(arg)


def shape_text(shape: Shape) -> str:
    """(3,) as `(3)`, () as `a single number`."""
    return "a single number" if shape == () else "(" + ", ".join(map(str, shape)) + ")"


def decimals_of(value: Constant) -> int | None:
    return decimals_of_fraction(Fraction(repr(value)))


def decimals_of_fraction(value: Fraction) -> int | None:
    """How many decimals a fraction has; None if they never end."""
    denominator, decimals = value.denominator, 0
    while denominator > 1:
        if denominator % 2 and denominator % 5:
            return None
        denominator //= 10 if denominator % 10 == 0 else (2 if denominator % 2 == 0 else 5)
        decimals += 1
    return decimals


def _signs(term: Term) -> tuple[int, ...]:
    signs = term.data
    if not isinstance(signs, tuple):
        raise TypeError("a sum carries its signs")
    return signs


def _value(term: Term) -> Constant:
    if not isinstance(term.data, (int, float)):
        raise TypeError("a number carries its value")
    return term.data


def _contains(term: Term, op: str) -> bool:
    return any(part.op == op for part in walk(term))


def _broadcast(operator: str, left: Term, right: Term) -> Shape:
    if left.shape == right.shape or right.shape == ():
        return left.shape
    if left.shape == ():
        return right.shape
    hint = "; write '@' for a matrix product" if operator == "*" else ""
    raise FormulaError(
        f"'{operator}' needs equal shapes or a single number, found "
        f"{shape_text(left.shape)} {operator} {shape_text(right.shape)}{hint}"
    )


def _most(decimals: Iterator[int | None] | Sequence[int | None]) -> int | None:
    known = list(decimals)
    return None if None in known else max((d for d in known if d is not None), default=0)


def _sum(decimals: Iterator[int | None] | Sequence[int | None]) -> int | None:
    known = list(decimals)
    return None if None in known else sum(d for d in known if d is not None)


def _spread(term: Term) -> list[Term]:
    """One scalar term per element, each argument giving its element or, being a scalar, itself."""
    columns = [elements(arg) if arg.shape else [scalar(arg)] * prod(term.shape) for arg in term.args]
    return [_same(term, args) for args in zip(*columns, strict=True)]


def _same(term: Term, args: tuple[Term, ...]) -> Term:
    """The scalar node of an elementwise one, its decimals counted anew: entries may have fewer than the array."""
    if term.op == "sum":
        return _flat_sum(args, _signs(term))
    decimals = _sum(a.decimals for a in args) if term.op == "product" else term.decimals
    return Term(term.op, args, (), decimals, term.data, term.symbol)


def _flat_sum(args: Sequence[Term], signs: Sequence[int]) -> Term:
    """A sum whose terms are no sums: a + (b - c) without the brackets; those after a minus stay."""
    parts: list[Term] = []
    flat: list[int] = []
    for sign, arg in zip(signs, args, strict=True):
        inner = arg.op == "sum" and sign > 0
        parts += arg.args if inner else (arg,)
        flat += _signs(arg) if inner else (sign,)
    return Term("sum", tuple(parts), (), _most(part.decimals for part in parts), tuple(flat))


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
