"""Compares what `exam.json` says about its answers with what an oracle came to."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
from recompute.reading import Exercise

#: Where two formulas in one letter are compared.
POINTS = (-1.7, -0.9, -0.35, 0.0, 0.15, 0.8, 1.3, 2.1)


def complaints(exercise: Exercise, expected: dict[str, Any], *, all_of_them: bool = True) -> list[str]:
    """What is wrong with the answers of an exercise; nothing, if all is well.

    Args:
        expected: by the answer's name: a number, nested lists or an array; for a choice the right line, or the
            beginning of it, or the number that it shows, or a function that tells of each line whether it is right;
            for a word the word; for a formula a function of its letter; where whatever
            fulfils a condition is right, a function of all answers by name that tells whether they are right.
        all_of_them: whether `expected` has to say something about every answer.
    """
    answers = {answer["name"]: answer for answer in exercise["answers"]}
    found = [f"no answer is called {name!r}" for name in expected.keys() - answers.keys()]
    if all_of_them:
        found += [f"{name}: not recomputed" for name in answers.keys() - expected.keys()]
    values = {name: answer["value"] for name, answer in answers.items()}
    for name in answers.keys() & expected.keys():
        kind = answers[name]["kind"]
        if answers[name].get("condition"):
            found += [] if expected[name](values) else [f"{name}: {values} is not what the question demands"]
            continue
        mark = {"choice": _choice, "formula": _formula, "text": _word}.get(kind, _numbers)
        found += [f"{name}: {fault}" for fault in mark(answers[name], expected[name])]
    return found


def evaluate(formula: str, x: float) -> float:
    """The value of a formula in x as a student types it: `4*sigmoid(4*x + 2)`."""
    return _value(ast.parse(formula.replace("^", "**"), mode="eval").body, x)


def _numbers(answer: Exercise, expected: Any) -> Iterator[str]:
    value, result = answer["value"], expected.tolist() if isinstance(expected, np.ndarray) else expected
    if _shape(value) != _shape(result):
        yield f"its shape is {_shape(value)}, recomputed {_shape(result)}"
        return
    ranges = _flat(answer["accept"])
    for shown, low, high, mine in zip(_flat(value), ranges[::2], ranges[1::2], _flat(result), strict=True):
        exact = _snapped(mine)
        toward_zero, away = (shown - low, high - shown) if shown >= 0 else (high - shown, shown - low)
        unit = 2 * Fraction(away)  # of the last place asked for; 0 where the answer is exact
        if answer["decimals"] is not None and unit != Fraction(1, 10 ** answer["decimals"]):
            yield f"accepts {float(low)} to {float(high)}, which is not {answer['decimals']} decimals"
        finer = answer["decimals"] is None and _power_of_ten(shown)  # 0.0999 is given with a place more than 0.100
        if toward_zero != (away / 10 if finer else away):
            yield f"{float(shown)} is not in the middle of {float(low)} to {float(high)}"
        if not low <= exact <= high:
            yield f"{float(low)} to {float(high)} is accepted, recomputed {float(exact)}"
        if shown != _rounded(exact, unit):
            yield f"{float(shown)} is not {float(exact)}, rounded to {float(unit)}"
    for one, other in combinations([value, *(mistake["value"] for mistake in answer["mistakes"])], 2):
        if one == other:
            yield f"two of the right answer and the mistakes are one: {np.array(one, dtype=float)}"


def _word(answer: Exercise, expected: str) -> Iterator[str]:
    right = [answer["value"], *answer.get("synonyms", [])]
    if expected not in right:
        yield f"{right} are called right, recomputed {expected!r}"
    if wrong := {mistake["value"] for mistake in answer["mistakes"]} & set(right):
        yield f"{wrong} are called right and wrong"


def _choice(answer: Exercise, expected: str | int | Callable[[str], bool]) -> Iterator[str]:
    lines = answer["choices"]
    if callable(expected):
        right = [line["letter"] for line in lines if expected(line["text"])]
    elif isinstance(expected, str):
        same = [line["letter"] for line in lines if line["text"] == expected]
        right = same or [line["letter"] for line in lines if line["text"].startswith(expected)]
    else:
        right = [line["letter"] for line in lines if int(re.sub(r"\$|\{,\}", "", line["text"])) == expected]
    if len(right) != 1 and not callable(expected):
        yield f"{len(right)} lines say {expected!r}, expected one"
    if "".join(right) != answer["value"]:
        yield f"{answer['value']!r} is called right, recomputed {right}: {expected!r}"
    if [line["letter"] for line in lines if line["right"]] != list(answer["value"]):
        yield "the lines marked as right are not those in the answer's value"
    if len({line["text"] for line in lines}) != len(lines):
        yield "two lines are the same"


def _formula(answer: Exercise, expected: Callable[[float], float]) -> Iterator[str]:
    mine = [expected(x) for x in POINTS]
    if not np.allclose([evaluate(answer["value"], x) for x in POINTS], mine, rtol=1e-10, atol=1e-12):
        yield f"{answer['value']!r} is not the derivative"
    values = [np.array(mine)]
    for mistake in answer["mistakes"]:
        values.append(np.array([evaluate(mistake["value"], x) for x in POINTS]))
    for one, other in combinations(values, 2):
        if np.allclose(one, other, rtol=1e-6, atol=1e-9):
            yield "two of the right formula and the mistakes are equal"


def _snapped(number: Any) -> Fraction:
    """A result without the noise of floating point: 12 significant digits; fractions as they are."""
    return Fraction(number) if isinstance(number, int | Fraction) else Fraction(f"{float(number):.11e}")


def _rounded(number: Fraction, unit: Fraction) -> Fraction:
    """To a multiple of the unit, half away from zero."""
    if unit == 0:
        return number
    size = math.floor(abs(number) / unit + Fraction(1, 2)) * unit
    return size if number >= 0 else -size


def _power_of_ten(number: Any) -> bool:
    """Whether it is 0.001, 1, 100 or the like, but for its sign."""
    digits = f"{abs(float(number)):.12e}".split("e")[0]
    return float(digits) == 1


def _flat(nested: Any) -> list[Any]:
    return [entry for member in nested for entry in _flat(member)] if isinstance(nested, list) else [nested]


def _shape(nested: Any) -> tuple[int, ...]:
    return (len(nested), *_shape(nested[0])) if isinstance(nested, list) else ()


_OPERATIONS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}  # fmt: skip
_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": math.exp, "tanh": math.tanh, "sigmoid": lambda u: 1 / (1 + math.exp(-u)),
}  # fmt: skip


def _value(node: ast.expr, x: float) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id="x"):
            return x
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner, x)
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATIONS[type(op)](_value(left, x), _value(right, x))
        case ast.Call(func=ast.Name(id=name), args=[inner]):
            return _FUNCTIONS[name](_value(inner, x))
    raise ValueError(f"no part of a formula in x: {ast.unparse(node)}")
