"""Python's operators on values of formulas, without those uses that make texts, lists and numbers of gigabytes."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from quizgen.errors import FormulaError
from quizgen.formula.budget import spend
from quizgen.formula.functions import power

#: Numbers that a result of two arrays may have; products of whole numbers may have as many bits as the second says.
_MOST_NUMBERS = 2_000_000
_MOST_BITS = 1_000
_MOST_VALUES = 1_000
_MOST_PLACES = 20

T = TypeVar("T")

_BINARY: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.MatMult: operator.matmul,
    ast.Pow: operator.pow,
}


def binary(operation: ast.operator, left: Any, right: Any) -> Any:
    """The value of `left operation right`: of numbers, of arrays and what behaves like them; `+` also of texts.

    Raises:
        FormulaError: for lists and texts that would be repeated, and for what becomes too large.
        TypeError, ValueError, ArithmeticError: as the operator does.
    """
    compute = _BINARY[type(operation)]
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        if isinstance(operation, ast.Pow):
            return power(left, right)
        return _bounded(compute(left, right))
    if isinstance(left, (str, list, tuple)) and isinstance(right, (str, list, tuple)):
        if not isinstance(operation, ast.Add):
            raise FormulaError("lists and texts are not computed with; of arrays take array([1, 2])")
        spend(len(left) + len(right))
        return compute(left, right)
    if any(isinstance(side, (str, list, tuple)) for side in (left, right)):
        raise FormulaError("lists and texts are not computed with; of arrays take array([1, 2])")
    if _count(left) * _count(right) > _MOST_NUMBERS:
        raise FormulaError(f"the result may have more than {_MOST_NUMBERS} numbers; make the arrays smaller")
    return compute(left, right)


def paid(value: T) -> T:
    """A list or tuple, everything in it paid for: lists of lists of the same list grow without any arithmetic."""
    spend()
    if isinstance(value, (list, tuple)):
        for entry in value:
            paid(entry)
    return value


def bounded_range(*ends: int) -> range:
    """`range` with at most a thousand values.

    Raises:
        FormulaError: for more.
    """
    found = range(*ends)
    if found and abs(found[-1] - found[0]) // abs(found.step) >= _MOST_VALUES:
        raise FormulaError(f"a range is too long, at most {_MOST_VALUES} values")
    return found


def bounded_round(value: Any, places: int = 0) -> Any:
    """`round`, to places that a number has.

    Raises:
        FormulaError: for others.
    """
    if abs(places) > _MOST_PLACES:
        raise FormulaError(f"numbers are rounded to at most {_MOST_PLACES} places, found {places}")
    return round(value, places) if places else round(value)


def _bounded(value: Any) -> Any:
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        raise FormulaError(f"a whole number becomes too large: more than {_MOST_BITS} bits")
    return value


def _count(value: Any) -> int:
    """How many numbers a value has; one that is no array has one."""
    size = getattr(value, "size", 1)
    return size if isinstance(size, int) else 1
