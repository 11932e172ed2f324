"""Scalar terms as Python source, built from our own checked nodes only.

Names in the source are ours (`v12`), literals are written by `repr`, and nothing from a file reaches it as text.
The same term is emitted under several policies: as printed, with full precision, and rounded after every operation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from quizgen.errors import FormulaError
from quizgen.formula.functions import SCALAR_FUNCTIONS, power
from quizgen.formula.holes import WAYS
from quizgen.formula.rounding import decimals_rounding, digits_rounding, ending, snapped
from quizgen.formula.steps import Carry
from quizgen.formula.terms import Cell, Term
from quizgen.numerals import Number, places_text

Namer = Callable[[Cell], str]

_SIGNS = {"==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_SMALL_EXPONENT = 10
_MOST_NESTED = 8
_LARGEST = 10**15


class Emitter:
    """Writes scalar terms as expressions.

    Args:
        name: the Python name of a cell's value.
        per_operation: the rounding after every operation, as a person does who writes each one down; None: no
            rounding inside of a term.
    """

    def __init__(self, name: Namer, per_operation: Carry | None = None) -> None:
        self.name = name
        self.carry = per_operation

    def expression(self, term: Term) -> str:
        """The term as a Python expression that can stand anywhere."""
        text: str = getattr(self, f"_{term.op}")(term)
        return text

    def _rounded(self, text: str, decimals: int | None) -> str:
        if self.carry is None or self.carry.holds(decimals):
            return text
        return f"{rounding_name(self.carry)}({text})"

    def _number(self, term: Term) -> str:
        if type(term.data) not in (int, float):
            raise TypeError(f"a number expected, found {term.data!r}")
        return f"({term.data!r})"

    def _cell(self, term: Term) -> str:
        if not isinstance(term.data, Cell):
            raise TypeError("a cell expected")
        return self.name(term.data)

    def _computed(self, term: Term) -> str:
        return self.expression(term.args[0])

    def _sum(self, term: Term) -> str:
        signs = term.data if isinstance(term.data, tuple) else ()
        words = ["+" if sign > 0 else "-" for sign in signs[1:]]
        return self._chained(term, words)

    def _product(self, term: Term) -> str:
        return self._chained(term, ["*"] * (len(term.args) - 1))

    def _chained(self, term: Term, signs: Sequence[str]) -> str:
        """Arguments one after the other, from left to right, each operation rounded if operations are."""
        first, *others = map(self.expression, term.args)
        if self.carry is None or self.carry.holds(term.decimals):
            rest = "".join(f" {sign} {part}" for sign, part in zip(signs, others, strict=True))
            return f"({first}{rest})"
        name = rounding_name(self.carry)
        if len(others) > _MOST_NESTED:  # Python refuses source with brackets as deep as a long sum is wide
            return f"folded({name}, {''.join(signs)!r}, {first}, {', '.join(others)})"
        text = first
        for sign, part in zip(signs, others, strict=True):
            text = f"{name}(({text} {sign} {part}))"
        return text

    def _quotient(self, term: Term) -> str:
        above, below = map(self.expression, term.args)
        return self._rounded(f"({above} / {below})", term.decimals)

    def _negative(self, term: Term) -> str:
        return f"(-{self.expression(term.args[0])})"

    def _power(self, term: Term) -> str:
        base, exponent = map(self.expression, term.args)
        literal = term.args[1].data
        # Of a power or a product, the power of a whole number can become too large even so.
        small = type(literal) is int and 0 <= literal <= _SMALL_EXPONENT and term.args[0].op in ("cell", "number")
        return self._rounded(f"({base} ** {exponent})" if small else f"power({base}, {exponent})", term.decimals)

    def _apply(self, term: Term) -> str:
        name = str(term.data)
        args = ", ".join(map(self.expression, term.args))
        if self.carry is not None and SCALAR_FUNCTIONS[name].steps is not None:
            return f"{name}_keys({rounding_name(self.carry)}, {args})"
        return self._rounded(f"{name}({args})", term.decimals)

    def _extreme(self, term: Term) -> str:
        return f"{term.data}({', '.join(map(self.expression, term.args))})"

    def _argmax(self, term: Term) -> str:
        return f"argmax({', '.join(map(self.expression, term.args))})"

    def _distinct(self, term: Term) -> str:
        return f"distinct({', '.join(map(self.expression, term.args))})"

    def _compare(self, term: Term) -> str:
        left, right = map(self.expression, term.args)
        return f"(1 if snapped({left} - {right}) {_SIGNS[str(term.data)]} 0 else 0)"

    def _logic(self, term: Term) -> str:
        if term.data == "not":
            return f"(0 if {self.expression(term.args[0])} else 1)"
        word = " or " if term.data in ("or", "any") else " and "
        return f"(1 if {word.join(map(self.expression, term.args))} else 0)"

    def _conditional(self, term: Term) -> str:
        test, then, otherwise = map(self.expression, term.args)
        return f"({then} if {test} else {otherwise})"


def rounding_name(carry: Carry) -> str:
    """The name under which generated code finds a rounding: r4 to 4 decimals, s3 to 3 digits."""
    return f"r{carry.decimals}" if carry.decimals is not None else f"s{carry.digits}"


def folded(rounding: Callable[[Number], Number], signs: str, first: Number, *others: Number) -> Number:
    """The value of `first + b - c …`, or of a product, rounded after every operation."""
    value = first
    for sign, other in zip(signs, others, strict=True):
        value = rounding(value * other if sign == "*" else value + other if sign == "+" else value - other)
    return value


def bounded(value: Number) -> Number:
    """A whole number that computing on cannot make endless.

    Raises:
        OverflowError: for one that no exercise has.
    """
    if abs(value) >= _LARGEST:
        raise OverflowError("a number is out of bounds")
    return value


def argmax(*values: Number) -> int:
    """The place of the largest value, from 1; of equal ones the first."""
    exact = [snapped(value) for value in values]
    return exact.index(max(exact)) + 1


def distinct(*values: Number) -> int:
    """1 if no two values are equal."""
    return int(len({snapped(value) for value in values}) == len(values))


def fraction_text(above: Number, below: Number) -> str:
    """The fraction half-way through a computation: 29/2 as a fraction, but 29/1 as 29."""
    if below == 1:
        return WAYS["plain"][above]
    return rf"\frac{{{WAYS['plain'][above]}}}{{{WAYS['plain'][below]}}}"


def tail_text(*parts: str) -> str:
    """` = 2 - 5 = -3`: stages, the sign before the result, the result; what is repeated is shown once."""
    *stages, relation, result = parts
    text, last = "", ""
    for stage in stages:
        if stage != last:
            text += f" = {stage}"
        last = stage
    return text if result == last else f"{text} {relation} {result}"


def compile_function(name: str, parameters: str, lines: Sequence[str], extra: Mapping[str, Any]) -> Callable[..., Any]:
    """A function from generated lines.

    Args:
        lines: the body, without the first indentation.
        extra: further names that the body uses; ours, never a file's.

    Raises:
        FormulaError: where Python cannot compile it for its size.
    """
    source = f"def {name}({parameters}):\n" + "\n".join(f"    {line}" for line in lines) + "\n"
    namespace: dict[str, Any] = {**_RUNTIME, **extra}
    try:
        code = compile(source, f"<{name}>", "exec")
    except (SyntaxError, RecursionError, MemoryError):
        raise FormulaError("a step is nested too deeply, or too long, to be computed; split it into steps") from None
    exec(code, namespace)  # noqa: S102 -- the source is made of our own nodes only
    function: Callable[..., Any] = namespace[name]
    return function


_RUNTIME: dict[str, Any] = {
    "__builtins__": {"abs": abs, "max": max, "min": min, "ArithmeticError": ArithmeticError, "ValueError": ValueError},
    "largest": _LARGEST,
    "bounded": bounded,
    "folded": folded,
    "snapped": snapped,
    "ending": ending,
    "power": power,
    "argmax": argmax,
    "distinct": distinct,
    "fraction_text": fraction_text,
    "tail_text": tail_text,
    "places_text": places_text,
    **{f"r{d}": decimals_rounding(d) for d in range(16)},
    **{f"s{d}": digits_rounding(d) for d in range(1, 16)},
    **{f"w_{way}": table for way, table in WAYS.items()},
    **{name: function.value for name, function in SCALAR_FUNCTIONS.items()},
    **{f"{name}_keys": partial(function.steps) for name, function in SCALAR_FUNCTIONS.items() if function.steps},
}
