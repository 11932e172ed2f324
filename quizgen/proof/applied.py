"""Functions that the text defines, at their arguments, and their derivatives."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from quizgen.proof import exact
from quizgen.proof.errors import NotUnderstood
from quizgen.proof.nodes import Apply, Node
from quizgen.proof.spelling import shortly
from quizgen.proof.symbols import Function
from quizgen.proof.values import Value, number

if TYPE_CHECKING:
    from quizgen.proof.evaluate import Evaluator  # which calls this file

#: Half the distance of the points between which a derivative is taken, and the relative error that this may make.
_STEP = Fraction(1, 10**15)
_ERROR = Fraction(1, 10**15)


def applied(evaluator: Evaluator, function: Function, node: Apply) -> Value:
    """A function of the text at its arguments."""
    if len(function.parameters) != len(node.arguments):
        wanted, found = len(function.parameters), len(node.arguments)
        raise NotUnderstood(f"{shortly(node.name.key)} takes {wanted} arguments, not {found}")
    arguments = [evaluator.value(argument) for argument in node.arguments]
    outer = evaluator.bound
    evaluator.bound = {**outer, **dict(zip(function.parameters, arguments, strict=True))}
    try:
        return evaluator.value(function.body)
    finally:
        evaluator.bound = outer


def slope_at(evaluator: Evaluator, function: Function, argument: Node) -> Value:
    """The derivative of a function of one number, by a difference quotient that is good to fifteen digits."""
    at = number(evaluator.value(argument), "an argument")
    outer = evaluator.bound
    ends = []
    try:
        for step in (_STEP, -_STEP):
            evaluator.bound = {**outer, function.parameters[0]: exact.add(at, step)}
            ends.append(number(evaluator.value(function.body), "a function's value"))
    finally:
        evaluator.bound = outer
    return exact.about(exact.divide(exact.subtract(ends[0], ends[1]), 2 * _STEP), _ERROR)
