"""The core's word on an exercise: `truth` computed from the same leaves, compared with the graph's full precision."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from quizgen.bank.form import Form, indexed_name, shown_name
from quizgen.core.table import FUNCTIONS
from quizgen.errors import BankError, DrawError, FormulaError
from quizgen.formula.budget import limited, spend
from quizgen.formula.evaluate import as_function, evaluate, integer_range
from quizgen.formula.scope import CONSTANT_FUNCTIONS, Scope, loop
from quizgen.formula.steps import target_of, targets_in
from quizgen.formula.terms import Quantity

#: Two correct computations in double precision differ by less.
_RELATIVE, _ABSOLUTE = 1e-9, 1e-11

#: What decides how long a function of the core runs and how large its result is, and the most that makes sense here.
_MOST: Mapping[str, int] = {
    "padding": 100, "dilation": 100, "k": 100, "max_epochs": 1_000, "epochs": 1_000, "steps": 1_000, "t": 1_000_000,
}  # fmt: skip
#: These only count.
_COUNTING = ("conv_output_size", "pool_output_size", "same_padding", "training_steps", "steps_per_epoch")


def _within_bounds(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, refusing arguments that would make it run for ever or take all memory."""
    signature = inspect.signature(function)
    costly = [name for name in signature.parameters if name in _MOST]
    if not costly or function.__name__ in _COUNTING:
        return function

    def bounded(*args: Any, **keywords: Any) -> Any:
        given = signature.bind(*args, **keywords).arguments
        for name in costly:
            if any(abs(number) > _MOST[name] for number in _numbers(given.get(name))):
                raise FormulaError(f"{function.__name__}: {name} is at most {_MOST[name]} here")
        return function(*args, **keywords)

    return bounded


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, (int, float, np.number)):
        yield float(value)
    elif isinstance(value, (list, tuple, np.ndarray)):
        for entry in value:
            yield from _numbers(entry)


_CALLABLE = {**CONSTANT_FUNCTIONS, **{name: _within_bounds(function) for name, function in FUNCTIONS.items()}}


def targets(form: Form) -> list[Quantity]:
    """The quantities that `truth` gives a value to, in its order.

    Raises:
        BankError: if a number that is asked for has no truth, or a truth is no step.
    """
    source = form.source
    known = dict(form.computed())
    found = []
    for name, line in _assigned(source.truth, Scope(dict(form.constants))):
        if name in known:
            found.append(known[name])
        elif name in dict(form.named()):
            raise BankError(source.path, line, f"truth: '{name}' is given, not computed")
    named = {shown_name(quantity) for quantity in found}
    first = source.lines.get("truth")
    for wanted in form.wanted:
        if wanted.quantity is not None and not wanted.any_fitting and shown_name(wanted.quantity) not in named:
            raise BankError(
                source.path, first, f"truth: '{wanted.name}' is asked for, but the core is not asked for it"
            )
    if form.accepts and not found:
        raise BankError(source.path, first, "truth: the core is to confirm what 'accept' looks at; it is not asked")
    return found


def confirm(
    form: Form,
    values: Sequence[float],
    exact: Sequence[float],
    found: Sequence[Quantity],
    outcomes: Mapping[str, str],
) -> None:
    """Asks the core for every target and compares.

    Args:
        values: the values of the form's cells; those of the leaves are used.
        exact: the full-precision values of the targets' cells, one after the other.
        found: the targets.
        outcomes: what the exercise's decisions came to, by name; those that `truth` names are compared too.

    Raises:
        DrawError: if the core comes to another value.
        BankError: if the truth cannot be computed.
    """
    names = _given(form, values)
    path, line = form.source.path, form.source.lines.get("truth")
    try:
        with limited(), np.errstate(all="ignore"):  # what is not finite is a difference below
            _run(form.source.truth, names)
    except FormulaError as error:
        raise BankError(path, error.line or line, f"truth: {error}") from None
    except (TypeError, ValueError, LookupError, ArithmeticError, RecursionError) as error:
        raise BankError(path, line, f"truth: cannot be computed: {error}") from None
    start = 0
    for quantity in found:
        count = len(quantity.cells)
        try:
            value = _looked_up(names, quantity)
        except (TypeError, LookupError):
            raise BankError(path, line, f"truth: '{shown_name(quantity)}' is overwritten by a later line") from None
        _compare(path, line, quantity, value, exact[start : start + count])
        start += count
    for name, text in outcomes.items():
        if name in names and names[name] != text:
            raise DrawError(f"{path}:{line}: the core says {name} is '{names[name]}', 'work' says '{text}'")


def _given(form: Form, values: Sequence[float]) -> dict[str, Any]:
    """The constants and leaves by name, arrays as arrays; also the one answer of many that the solution gives."""
    names: dict[str, Any] = {**form.constants}
    numbers = np.array(values[: len(form.scope.cells)], dtype=float)
    given = [quantity for leaf in form.leaves for quantity in leaf.quantities]
    given += [wanted.quantity for wanted in form.wanted if wanted.any_fitting and wanted.quantity is not None]
    for quantity in given:
        first = quantity.cells[0].index
        value: Any = values[first]
        if quantity.shape:
            value = numbers[first : first + len(quantity.cells)].reshape(quantity.shape)
        _store(names, quantity.name, quantity.index, value)
    return names


def _compare(path: str, line: int | None, quantity: Quantity, value: Any, exact: Sequence[float]) -> None:
    try:
        core = np.asarray(value, dtype=float)
    except (TypeError, ValueError, OverflowError):
        message = f"truth: '{shown_name(quantity)}' is no number but {value!r:.80}"
        raise BankError(path, line, message) from None
    if core.shape != quantity.shape:
        raise DrawError(
            f"{path}:{line}: the core makes '{shown_name(quantity)}' of shape {core.shape}, 'work' of {quantity.shape}"
        )
    for found, expected in zip(core.ravel().tolist(), exact, strict=True):
        # Written so that a NaN is a difference.
        if not abs(found - expected) <= _ABSOLUTE + _RELATIVE * abs(expected):
            both = f"{shown_name(quantity)} = {core.tolist()}, 'work' computes {list(exact)}"
            raise DrawError(f"{path}:{line}: the core computes {both}")


def _assigned(statements: Sequence[ast.stmt], scope: Scope) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for statement in statements:
        if isinstance(statement, ast.For):
            for _ in loop(statement, scope):
                found += _assigned(statement.body, scope)
        elif isinstance(statement, ast.Assign):
            for target in targets_in(statement):
                found.append((indexed_name(*target_of(target, scope)), statement.lineno))
    return found


def _run(statements: Sequence[ast.stmt], names: dict[str, Any]) -> None:
    for statement in statements:
        spend()
        if isinstance(statement, ast.For):
            letter = statement.target.id if isinstance(statement.target, ast.Name) else ""
            for k in integer_range(statement.iter, names, CONSTANT_FUNCTIONS):
                names[letter] = k
                _run(statement.body, names)
        elif isinstance(statement, ast.Assign):
            _assign(statement.targets[0], _value(statement.value, names), names)


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.Lambda):
        return as_function(node, names, _CALLABLE)
    return evaluate(node, names, _CALLABLE)


def _assign(target: ast.expr, value: Any, names: dict[str, Any]) -> None:
    if isinstance(target, ast.Name):
        names[target.id] = value
        return
    if isinstance(target, ast.Tuple):
        parts = list(value)
        if len(parts) != len(target.elts):
            raise FormulaError(
                f"{len(target.elts)} names stand before '=', {len(parts)} values behind", line=target.lineno
            )
        for name, part in zip(target.elts, parts, strict=True):
            _assign(name, part, names)
        return
    key, index = target_of(target, Scope(names))
    _store(names, key, index, value)


def _looked_up(names: Mapping[str, Any], quantity: Quantity) -> Any:
    value = names[quantity.name]
    if not quantity.index:
        return value
    return value[quantity.index[0] if len(quantity.index) == 1 else quantity.index]


def _store(names: dict[str, Any], name: str, index: tuple[int, ...], value: Any) -> None:
    if not index:
        names[name] = value
        return
    family = names.setdefault(name, {})
    family[index[0] if len(index) == 1 else index] = value
