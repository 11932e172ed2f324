"""An exercise run again with a student's numbers put in: what follows from a slip, and what fulfils `accept`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from quizgen.bank.form import Form, shown_name
from quizgen.errors import UsageError, did_you_mean
from quizgen.exercise import Value
from quizgen.formula.compile import Emitter, compile_function, rounding_name
from quizgen.formula.elements import elements
from quizgen.formula.steps import Step, cells_of
from quizgen.formula.terms import Quantity, Term


class Replay:
    """The graph of one drawn exercise, to be run again.

    Attributes:
        form: of the exercise.
        values: of its cells, as printed.

    Args:
        decisions: how its outcomes fell; they tell which mistakes make sense.
        explanations: what each mistake of the form says in this exercise.
    """

    def __init__(
        self, form: Form, values: Sequence[float], decisions: Sequence[int], explanations: Sequence[str]
    ) -> None:
        self.form = form
        self.values = values
        self._outcomes = tuple(decisions[: len(form.outcomes)])
        self._explanations = explanations
        self._steps = {name: quantity for name, quantity in form.computed() if not quantity.free}

    @cached_property
    def symbols(self) -> dict[str, str]:
        """The LaTeX of everything that has a value, by name as in `exercise.given` and `exercise.work`."""
        named = [*self.form.named(), *self.form.computed()]
        constants = {name: str(self.form.scope.symbol(name, 0)) for name in self.form.constants}
        return constants | {name: str(quantity.symbol) for name, quantity in named}

    def replay(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """All steps by name, as they come out where some have another value.

        Args:
            values: of steps (what is asked for is one of them), shaped as they are; what is computed from them
                follows, everything else stays as it was.

        Returns:
            Each step rounded as the solution prints it.

        Raises:
            UsageError: for a name that is no step, or a value of another shape or one that nothing can follow from.
        """
        return self._run(values)[0]

    def satisfies(self, name: str, values: Mapping[str, Value]) -> bool:  # noqa: ARG002 - all conditions belong together
        """Whether the values of asked quantities, among them `name`, fulfil the conditions under `accept`.

        Raises:
            UsageError: as `replay`.
        """
        return self._run(values)[1]

    @property
    def mistakes(self) -> Iterator[tuple[str, dict[str, Value]]]:
        """What each known mistake says, and all steps that come out differently with it, rounded as printed."""
        for mistake, says in zip(self.form.mistakes, self._explanations, strict=True):
            if mistake.when is None or self._outcomes in mistake.when:
                # A shape of another length has no place among the steps; nothing is computed from it.
                replaced = {step: term for step, term in mistake.steps if step.quantity not in mistake.sizes}
                run = compile_function("run", "v, s", _lines(self.form, replaced), {})
                try:
                    found, _ = run(self.values, {})
                except (ArithmeticError, ValueError):
                    continue
                changed = {shown_name(step.quantity) for step in replaced}
                yield says, {name: value for name, value in self._shaped(found).items() if name in changed}

    def _run(self, values: Mapping[str, Value]) -> tuple[dict[str, Value], bool]:
        put_in: dict[int, float] = {}
        for name, value in values.items():
            quantity = self._steps.get(name)
            if quantity is None:
                raise UsageError(f"'{name}' is no step of this exercise{did_you_mean(name, list(self._steps))}")
            numbers = _flat(value)
            if len(numbers) != len(quantity.cells):
                raise UsageError(f"'{name}' consists of {len(quantity.cells)} numbers, found {len(numbers)}")
            put_in |= {cell.index: number for cell, number in zip(quantity.cells, numbers, strict=True)}
        try:
            found, fits = self._function(self.values, put_in)
        except (ArithmeticError, ValueError):
            raise UsageError(f"nothing follows from {', '.join(values)} with such values") from None
        return self._shaped(found), bool(fits)

    @cached_property
    def _function(self) -> Any:
        return compile_function("run", "v, s", _lines(self.form, {}), {})

    def _shaped(self, found: Mapping[int, float]) -> dict[str, Value]:
        return {name: _nested(quantity, found) for name, quantity in self._steps.items()}


def _lines(form: Form, replaced: Mapping[Step, Term]) -> list[str]:
    """The body of `run(v, s)`: v the values as printed, s those put in; returns the steps' values by cell."""
    emitter = Emitter(lambda cell: f"v{cell.index}")
    lines = [f"v{cell.index} = v[{cell.index}]" for leaf in form.leaves for q in leaf.quantities for cell in q.cells]
    computed = []
    for step in form.steps:
        if step.quantity.free:
            continue
        term = replaced.get(step, step.term)
        for cell, entry in zip(step.quantity.cells, elements(term), strict=True):
            k = cell.index
            lines.append(f"v{k} = s[{k}] if {k} in s else {_rounded(step, emitter.expression(entry))}")
            computed.append(f"{k}: v{k}")
    usable = [term for term in form.accepts if not any(cell.free for cell in cells_of(term))]
    fits = " and ".join(map(emitter.expression, usable)) or "True"
    return [*lines, f"return {{{', '.join(computed)}}}, {fits}"]


def _rounded(step: Step, expression: str) -> str:
    """As the solution prints it; an exact step keeps all decimals that a student's value brings."""
    return f"r12({expression})" if step.exact else f"{rounding_name(step.carry)}({expression})"


def _flat(value: Value) -> list[float]:
    if isinstance(value, list):
        return [number for entry in value for number in _flat(entry)]
    if isinstance(value, str):
        raise UsageError(f"a number was expected, found '{value}'")
    return [float(value)]


def _nested(quantity: Quantity, found: Mapping[int, float]) -> Value:
    numbers: list[Value] = [found[cell.index] for cell in quantity.cells]
    if not quantity.shape:
        return numbers[0]
    if len(quantity.shape) == 1:
        return numbers
    width = quantity.shape[1]
    return [numbers[k : k + width] for k in range(0, len(numbers), width)]
