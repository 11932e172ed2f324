"""The figures of a variant: what they are told, computed from the numbers as printed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import numpy as np

from quizgen.bank.form import Form, placed
from quizgen.bank.images import FigureSource
from quizgen.errors import FormulaError
from quizgen.exercise import Figure, Value
from quizgen.figures.table import bind
from quizgen.formula.evaluate import evaluate
from quizgen.formula.scope import CONSTANT_FUNCTIONS

_PATH = "/"

#: What the arguments of a figure can call.
_FUNCTIONS: Mapping[str, Callable[..., Any]] = {**CONSTANT_FUNCTIONS, "array": np.array}


def figure_name(question_id: str, seed: int, variant: int, name: str) -> str:
    """What a figure is called in one exercise: the question's id and eight digits that no other figure has.

    The author's own name is not part of it, for files can be seen by whoever answers: `separable` would tell.
    """
    identity = f"{question_id} {seed} {variant} {name}"
    return f"{question_id.replace(_PATH, '-')}-{sha256(identity.encode()).hexdigest()[:8]}"


def check_calls(form: Form) -> None:
    """Refuses a figure whose function does not take the arguments that the file gives it.

    Raises:
        BankError: with the line of the file.
    """
    for figure in form.source.figures.values():
        with placed(form.source.path, "figures", figure.call.lineno):
            _bound(figure, [None] * len(figure.call.args), {k.arg: None for k in figure.call.keywords if k.arg})


def figures(
    form: Form,
    shown: Sequence[str],
    names: Mapping[str, str],
    given: Mapping[str, Any],
    work: Mapping[str, Any],
    outcomes: Mapping[str, str],
) -> tuple[Figure, ...]:
    """The figures that an exercise shows.

    Args:
        shown: as the file names them.
        names: what each is called in this exercise.
        given, work: the numbers of the exercise as printed, by name, members of families as `h[1]`.
        outcomes: what its decisions came to.

    Raises:
        BankError: for arguments that cannot be computed, with the line of the file.
    """
    values: dict[str, Any] = {**form.constants, **outcomes}
    for name, quantity in (*form.named(), *form.computed()):
        if quantity.free:
            continue
        value = given[name] if name in given else work[name]
        value = np.array(value) if quantity.shape else value
        if quantity.index:
            index = quantity.index[0] if len(quantity.index) == 1 else quantity.index
            values.setdefault(quantity.name, {})[index] = value
        else:
            values[quantity.name] = value
    found = []
    for name in shown:
        figure = form.source.figures[name]
        with placed(form.source.path, "figures", figure.call.lineno):
            found.append(Figure(names[name], figure.draw, _arguments(figure, values)))
    return tuple(found)


def _arguments(figure: FigureSource, values: Mapping[str, Any]) -> dict[str, Value]:
    call = figure.call
    positional = [_plain(evaluate(arg, values, _FUNCTIONS)) for arg in call.args]
    by_name = {k.arg: _plain(evaluate(k.value, values, _FUNCTIONS)) for k in call.keywords if k.arg}
    return _bound(figure, positional, by_name)


def _bound(figure: FigureSource, positional: Sequence[Any], by_name: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return bind(figure.draw, positional, by_name)
    except TypeError as error:
        raise FormulaError(f"'{figure.name}': {figure.draw}: {error}") from None


def _plain(value: Any) -> Value:
    """A value as JSON has it."""
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, str):
        return str(value)  # an outcome's text is more than a str
    if isinstance(value, int | float) and math.isfinite(value):
        return value
    raise FormulaError(f"a figure is told numbers, texts and lists of them, not {value!r}")
