"""Checks for variants that stand on an edge: two largest values, the sign of 0, the slope of ReLU at 0."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from quizgen.bank.form import Form, shown_name
from quizgen.formula import terms
from quizgen.formula.compile import Emitter, compile_function
from quizgen.formula.elements import elements
from quizgen.formula.steps import Step
from quizgen.formula.terms import Term
from quizgen.verify.subject import Subject
from quizgen.verify.verdict import Fault, Verdict

#: Functions that jump at 0: what they are there is a convention, not a matter of fact.
_JUMPS = ("sgn", "relu_prime", "leaky_relu_prime")


def edges(subject: Subject, verdict: Verdict) -> Iterator[Fault]:  # noqa: ARG001 - all checks have one signature
    """No step of a solution stands on an edge, where a convention would decide."""
    tests: dict[int, Callable[[Any], list[str]]] = {}
    for exercise in subject.exercises:
        replay = subject.question.replay(seed=exercise.seed, variant=exercise.variant)
        test = tests.get(id(replay.form))
        if test is None:
            test = tests[id(replay.form)] = _test(replay.form)
        for message in dict.fromkeys(test(replay.values)):
            yield Fault("edge", f"{subject.question.source.path}:{message}", exercise.variant)


def _test(form: Form) -> Callable[[Any], list[str]]:
    """The function from a variant's values to what stands on an edge."""
    emitter = Emitter(lambda cell: f"v[{cell.index}]")
    lines = ["found = []"]
    for step in form.steps:
        for entry in elements(step.term):
            for part in terms.walk(entry):
                condition = _condition(part, emitter)
                if condition is not None:
                    lines.append(f"if {condition}: found.append({_message(step, part)!r})")
    return compile_function("edges", "v", [*lines, "return found"], {})


def _condition(part: Term, emitter: Emitter) -> str | None:
    if part.op == "apply" and part.data in _JUMPS:
        return f"snapped({emitter.expression(part.args[0])}) == 0"
    if part.op == "argmax":
        values = ", ".join(f"snapped({emitter.expression(value)})" for value in part.args)
        return f"[{values}].count(max({values})) > 1"
    return None


def _message(step: Step, part: Term) -> str:
    what = "two values are the largest" if part.op == "argmax" else f"{part.data} is asked at 0"
    return f"{step.line}: work: in '{shown_name(step.quantity)}' {what}; reject such variants"
