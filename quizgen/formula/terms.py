"""Terms: formulas with static shapes, down to single numbers.

A term is a node of the computation graph of one form. Its shape is known, and so is how many decimals its exact
value can have (`decimals`; None: endlessly many), given how many its leaves have. Tensor terms are what is
typeset; `elements` takes them apart into scalar terms, which are what is computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod

from quizgen.errors import FormulaError
from quizgen.formula.functions import SCALAR_FUNCTIONS
from quizgen.formula.symbols import Symbol

#: Bounds that no step of a person reaches. Python refuses source nested more than some two hundred brackets deep.
MAX_DEPTH = 50
MAX_WEIGHT = 20_000

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
        weight: how many scalar terms it comes to when its arrays are taken apart.
        depth: how deep it is nested.

    Raises:
        FormulaError: where a term would be too large to be computed, or nested too deeply.
    """

    op: str
    args: tuple[Term, ...] = ()
    shape: Shape = ()
    decimals: int | None = None
    data: object = None
    symbol: Symbol | None = field(default=None)
    weight: int = field(init=False, repr=False, default=1)
    depth: int = field(init=False, repr=False, default=1)

    def __post_init__(self) -> None:
        depth = 1 + max((arg.depth for arg in self.args), default=0)
        weight = _weight(self)
        if depth > MAX_DEPTH:
            raise FormulaError(
                f"is nested deeper than {MAX_DEPTH} levels, definitions written out; split it into steps"
            )
        if weight > MAX_WEIGHT:
            raise FormulaError(f"has more than {MAX_WEIGHT} operations on single numbers; split it into steps")
        object.__setattr__(self, "depth", depth)
        object.__setattr__(self, "weight", weight)

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
    return Term("quantity", (), quantity.shape, most_decimals(c.decimals for c in quantity.cells), quantity)


def cell(variable: Cell) -> Term:
    return Term("cell", decimals=variable.decimals, data=variable)


def add(left: Term, right: Term, sign: int = 1) -> Term:
    """Left ± right, sums on the left flattened: a + b - c is one node."""
    shape = _broadcast("+" if sign > 0 else "-", left, right)
    terms, signs = ((*left.args,), signs_of(left)) if left.op == "sum" and left.shape == shape else ((left,), (1,))
    if sign > 0 and right.op == "sum" and right.shape == shape:
        terms, signs = terms + right.args, signs + signs_of(right)
    else:
        terms, signs = (*terms, right), (*signs, sign)
    return Term("sum", terms, shape, most_decimals(t.decimals for t in terms), signs)


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
    return Term("product", factors, shape, sum_decimals(f.decimals for f in factors))


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
    if len(args) != 1:
        raise FormulaError(f"{name} takes 1 argument, found {len(args)}")
    (arg,) = args
    if name == "linear":
        return arg
    return Term("apply", args, arg.shape, SCALAR_FUNCTIONS[name].decimals(arg.decimals), name)


def matmul(left: Term, right: Term) -> Term:
    """A @ B for matrices and vectors: two vectors make their dot product, a vector and a matrix Bᵀ a."""
    a, b = left.shape, right.shape
    if not 1 <= len(a) <= 2 or not 1 <= len(b) <= 2 or a[-1] != b[0]:
        raise FormulaError(f"'@' needs fitting shapes, found {shape_text(a)} @ {shape_text(b)}")
    if len(a) == 1 and len(b) == 2:
        return matmul(transpose(right), left)
    return Term("matmul", (left, right), a[:-1] + b[1:], sum_decimals((left.decimals, right.decimals)))


def outer(left: Term, right: Term) -> Term:
    """The matrix left · rightᵀ of two vectors."""
    if len(left.shape) != 1 or len(right.shape) != 1:
        raise FormulaError(f"outer needs two vectors, found {shape_text(left.shape)} and {shape_text(right.shape)}")
    return Term("outer", (left, right), left.shape + right.shape, sum_decimals((left.decimals, right.decimals)))


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
    return Term("series", tuple(terms), terms[0].shape, most_decimals(t.decimals for t in terms), general)


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
    return Term("extreme", args, shape, most_decimals(arg.decimals for arg in args), name)


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
    return Term("conditional", (test, then, otherwise), then.shape, most_decimals((then.decimals, otherwise.decimals)))


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
    return Term("stack", tuple(items), (len(items), *inner), most_decimals(i.decimals for i in items))


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


def signs_of(term: Term) -> tuple[int, ...]:
    signs = term.data
    if not isinstance(signs, tuple):
        raise TypeError("a sum carries its signs")
    return signs


def _weight(term: Term) -> int:
    count = prod(term.shape)
    if term.op in ("matmul", "outer"):
        left, right = term.args
        columns, rows = prod(right.shape[1:]), prod(left.shape[:-1])
        if term.op == "outer":
            columns, rows = right.shape[0], left.shape[0]
        return left.weight * columns + right.weight * rows + 2 * rows * left.shape[-1] * columns
    return count + sum(arg.weight if arg.shape else arg.weight * count for arg in term.args)


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


def most_decimals(decimals: Iterator[int | None] | Sequence[int | None]) -> int | None:
    known = list(decimals)
    return None if None in known else max((d for d in known if d is not None), default=0)


def sum_decimals(decimals: Iterator[int | None] | Sequence[int | None]) -> int | None:
    known = list(decimals)
    return None if None in known else sum(d for d in known if d is not None)
