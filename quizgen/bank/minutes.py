"""How long a form takes a student: counted on its graph, once per form."""

from __future__ import annotations

from collections.abc import Set

from quizgen.bank.form import Form
from quizgen.formula.elements import elements
from quizgen.formula.terms import Cell, Term

# Seconds with a pocket calculator, writing included.
_READ = 60.0
_PER_ANSWER = 10.0
_PER_CHOICE = 10.0
_PER_FIGURE = 30.0
_PER_STEP = 10.0
_SECONDS = {"sum": 4.0, "product": 5.0, "quotient": 8.0, "power": 6.0, "compare": 2.0, "extreme": 2.0, "argmax": 3.0}
_FUNCTION = 10.0
_JUMP = 3.0
_PER_EXTRA_DECIMAL = 1.5


def minutes(form: Form, worked_out: Set[Cell], figures: int = 0) -> float:
    """The estimated minutes for one variant of a form, to half a minute.

    Args:
        worked_out: the numbers that the solution shows and the question does not: what a student computes.
        figures: how many there are to look at.
    """
    seconds = _READ + _PER_FIGURE * figures
    for step in form.steps:
        if not worked_out.isdisjoint(step.quantity.cells) or step.quantity.free:
            seconds += _PER_STEP
        for cell, term in zip(step.quantity.cells, elements(step.term), strict=True):
            if cell in worked_out or cell.free:
                seconds += _seconds(term)
    for wanted in form.wanted:
        seconds += _PER_ANSWER if wanted.quantity is None else _PER_ANSWER * len(wanted.quantity.cells) ** 0.5
    seconds += _PER_CHOICE * len(form.source.choices)
    return max(1.0, round(2 * seconds / 60) / 2)


def _seconds(term: Term) -> float:
    """Each operation with what its numbers cost: one with 0 costs nothing, long decimals cost more."""
    if term.op == "product" and any(arg.op == "number" and arg.data == 0 for arg in term.args):
        return 0.0
    total = sum(_seconds(arg) for arg in term.args)
    operations = max(1, len(term.args) - 1)
    if term.op == "apply":
        return total + (_FUNCTION if term.decimals is None else _JUMP)
    if term.op in _SECONDS:
        return total + operations * (_SECONDS[term.op] + _PER_EXTRA_DECIMAL * _long(term))
    return total


def _long(term: Term) -> int:
    """How many decimals beyond one its numbers have at most."""
    decimals = [arg.data.decimals for arg in term.args if isinstance(arg.data, Cell) and arg.data.decimals is not None]
    return max(0, max(decimals, default=0) - 1)
