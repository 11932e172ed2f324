"""Values of expressions: numbers and matrices of numbers, with the operations that linear algebra defines on them.

A vector is a matrix of one column, a row vector one of one row; a 1 x 1 matrix is its number. What linear algebra
does not define (a number plus a vector) raises.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quizgen.proof import exact
from quizgen.proof.errors import NotUnderstood
from quizgen.proof.exact import Interval, Number

#: The most multiplications that one product of matrices may take, and the most elements that a matrix may have.
MOST_WORK = 100_000

#: Rows, and elements of a row, that a message shows.
_MOST_SHOWN = 9


@dataclass(frozen=True, slots=True)
class Array:
    """A matrix of `rows` x `columns` numbers, row by row in `cells`.

    `open` marks a printed tuple `(a, b)`: a vector that may stand for a row or for a column. `ones` marks the bold 1
    that takes the shape of what it is added to.
    """

    rows: int
    columns: int
    cells: tuple[Number, ...]
    open: bool = False
    ones: bool = False

    @property
    def is_vector(self) -> bool:
        return self.rows == 1 or self.columns == 1

    def row(self, i: int) -> tuple[Number, ...]:
        return self.cells[i * self.columns : (i + 1) * self.columns]


Value = int | Fraction | Interval | Array

ONES = Array(0, 0, (), ones=True)


def array(rows: Sequence[Sequence[Value]], *, open_: bool = False) -> Value:
    """A matrix from rows of numbers; from rows of blocks of equal height, the blocks joined from left to right.

    Raises:
        NotUnderstood: if rows differ in length, or an element is a matrix.
    """
    columns = len(rows[0])
    cells = tuple(cell for row in rows for cell in row)
    if any(len(row) != columns for row in rows):
        raise NotUnderstood(f"a matrix whose rows have {', '.join(str(len(row)) for row in rows)} elements")
    if len(cells) > MOST_WORK:
        raise NotUnderstood(f"a matrix with more than {MOST_WORK} elements")
    numbers = tuple([number(cell, "an element of a matrix") for cell in cells])
    return numbers[0] if len(numbers) == 1 else Array(len(rows), columns, numbers, open_)


def number(value: Value, what: str) -> Number:
    """The value, if it is a number."""
    if isinstance(value, Array):
        raise NotUnderstood(f"{what} must be a number, and is {describe(value)}")
    return value


def describe(value: Value) -> str:
    """What kind of value it is, for a reason."""
    if not isinstance(value, Array):
        return "a number"
    if value.ones:
        return "a vector of ones"
    if value.is_vector:
        return f"a {'row' if value.rows == 1 else 'column'} of {len(value.cells)} numbers"
    return f"a matrix of {value.rows} x {value.columns}"


def show(value: Value) -> str:
    """The value for a reason: the rows of a matrix parted by semicolons; what is too long is shortened."""
    if not isinstance(value, Array):
        return exact.show(value)
    rows = [value.cells] if value.is_vector else [value.row(i) for i in range(value.rows)]
    shown = [_show_row(row) for row in rows[:_MOST_SHOWN]] + ["…"] * (len(rows) > _MOST_SHOWN)
    return f"({'; '.join(shown)})"


def each(function: Callable[[Number], Number], value: Value) -> Value:
    """The function applied to a number, or to each element."""
    if not isinstance(value, Array):
        return function(value)
    return Array(value.rows, value.columns, tuple([function(cell) for cell in value.cells]), value.open)


def pairwise(function: Callable[[Number, Number], Number], a: Value, b: Value, what: str) -> Value:
    """The function applied to two numbers, or to the elements at each place of two matrices of one shape."""
    if not isinstance(a, Array) and not isinstance(b, Array):
        return function(a, b)
    if not (isinstance(a, Array) and isinstance(b, Array)) or (a.ones and b.ones):
        raise NotUnderstood(f"the {what} of {describe(a)} and {describe(b)} is not defined")
    a, b = _fit(a, b), _fit(b, a)
    if (a.rows, a.columns) != (b.rows, b.columns):
        raise NotUnderstood(f"the {what} of {describe(a)} and {describe(b)} is not defined")
    cells = tuple([function(x, y) for x, y in zip(a.cells, b.cells, strict=True)])
    return Array(a.rows, a.columns, cells, a.open and b.open)


def product(sign: str, a: Value, b: Value) -> Value:
    """The product as its printed sign means it: `·` of two vectors is their dot product, `⊙` goes by elements."""
    if sign == r"\odot":
        return pairwise(exact.multiply, a, b, "elementwise product")
    if not isinstance(a, Array):
        return each(lambda x: exact.multiply(a, x), b) if isinstance(b, Array) else exact.multiply(a, b)
    if not isinstance(b, Array):
        return each(lambda x: exact.multiply(x, b), a)
    if sign == r"\times":
        raise NotUnderstood(f"the cross product of {describe(a)} and {describe(b)} is not read")
    if sign == r"\cdot" and a.is_vector and b.is_vector and len(a.cells) == len(b.cells):
        return dot(a.cells, b.cells)
    return _matrix_product(a, b)


def dot(a: Sequence[Number], b: Sequence[Number]) -> Number:
    total: Number = 0
    for x, y in zip(a, b, strict=True):
        total = exact.add(total, exact.multiply(x, y))
    return total


def matrix_power(a: Array, n: Value) -> Value:
    """A A … A for a square matrix."""
    if a.rows != a.columns or not isinstance(n, int | Fraction) or Fraction(n).denominator != 1 or not 1 <= n <= 1000:
        raise NotUnderstood(f"{describe(a)} to this power is not defined")
    result: Value = a
    for _ in range(int(n) - 1):
        result = product("", result, a)
    return result


def transpose(value: Value) -> Value:
    if not isinstance(value, Array):
        return value
    cells = tuple([value.cells[i * value.columns + j] for j in range(value.columns) for i in range(value.rows)])
    return Array(value.columns, value.rows, cells, value.open)


def element(value: Value, indices: Sequence[int]) -> Number:
    """The element at printed indices, which count from 1: one for a vector, two for a matrix."""
    if not isinstance(value, Array):
        raise NotUnderstood("an index at a number")
    if len(indices) == 1 and value.is_vector and 1 <= indices[0] <= len(value.cells):
        return value.cells[indices[0] - 1]
    if len(indices) == 2 and 1 <= indices[0] <= value.rows and 1 <= indices[1] <= value.columns:
        return value.cells[(indices[0] - 1) * value.columns + indices[1] - 1]
    raise NotUnderstood(f"{describe(value)} has no element {', '.join(map(str, indices))}")


def determinant(value: Value) -> Number:
    """By the first row; for matrices up to 5 x 5."""
    if not isinstance(value, Array):
        return value
    if value.rows != value.columns or value.rows > 5:
        raise NotUnderstood(f"the determinant of {describe(value)} is not read")
    rows = [value.row(i) for i in range(value.rows)]
    return _determinant(rows)


def from_python(value: object, what: str) -> Value:
    """A value from a number, a decimal text, or nested lists of them; a float means the decimal it prints as.

    Raises:
        NotUnderstood: if it is something else, or not finite.
    """
    if isinstance(value, int | Fraction | Interval | Array):
        return int(value) if isinstance(value, bool) else value
    if isinstance(value, list | tuple):
        if not value:
            raise NotUnderstood(f"{what} is empty")
        is_matrix = isinstance(value[0], list | tuple)
        rows = [[from_python(cell, what) for cell in (row if is_matrix else [row])] for row in value]
        return array(rows)
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise NotUnderstood(f"{what} is {value!r}; expected a finite number, or lists of numbers") from None


def is_exact(value: Value | None) -> bool:
    """Whether every number of a value is known exactly."""
    cells = value.cells if isinstance(value, Array) else (value,)
    return all(isinstance(cell, int | Fraction) for cell in cells)


def exact_numbers(value: Value) -> list[Fraction]:
    """The elements of a value that are known exactly."""
    cells = value.cells if isinstance(value, Array) else (value,)
    return [Fraction(cell) for cell in cells if not isinstance(cell, Interval)]


def _show_row(row: Sequence[Number]) -> str:
    return ", ".join([exact.show(cell) for cell in row[:_MOST_SHOWN]] + ["…"] * (len(row) > _MOST_SHOWN))


def _fit(a: Array, to: Array) -> Array:
    if a.ones:
        return Array(to.rows, to.columns, (1,) * len(to.cells), to.open)
    if a.open and to.is_vector and not to.open and len(a.cells) == len(to.cells):
        return Array(to.rows, to.columns, a.cells)
    return a


def _matrix_product(a: Array, b: Array) -> Value:
    if a.columns != b.rows or a.ones or b.ones:
        raise NotUnderstood(f"the product of {describe(a)} and {describe(b)} is not defined")
    if a.rows * a.columns * b.columns > MOST_WORK:
        raise NotUnderstood(f"a product of matrices that takes more than {MOST_WORK} multiplications")
    columns = [b.cells[j :: b.columns] for j in range(b.columns)]
    cells = tuple([dot(a.row(i), column) for i in range(a.rows) for column in columns])
    return cells[0] if len(cells) == 1 else Array(a.rows, b.columns, cells)


def _determinant(rows: list[tuple[Number, ...]]) -> Number:
    if len(rows) == 1:
        return rows[0][0]
    total: Number = 0
    for j, first in enumerate(rows[0]):
        minor = exact.multiply(first, _determinant([row[:j] + row[j + 1 :] for row in rows[1:]]))
        total = exact.add(total, minor) if j % 2 == 0 else exact.subtract(total, minor)
    return total
