"""The yardstick: the LSTM step as anyone would write it by hand, a function in plain Python and a template of Jinja.

It draws, computes with `math`, rounds to four decimals and carries the rounded numbers on. It does less than
quizgen: no variant is rejected, no mistake is computed, nothing is compared with a second computation.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

#: The forms of the question: how many inputs, which activation of the output.
FORMS = ((2, "tanh"), (1, "sigmoid"), (1, "tanh"), (2, "sigmoid"))
UNITS = 2

_GATES = (
    ("f", "Forget gate", ": how much of the old cell state stays.", r"\mathbf{g}_f", "sigmoid"),
    ("i", "Input gate", ": how much of the proposal enters.", r"\mathbf{g}_i", "sigmoid"),
    ("o", "Output gate", ": how much of the cell state is shown.", r"\mathbf{g}_o", "sigmoid"),
    ("c", "Proposal", ", with tanh, for it may add or take away.", r"\hat{\mathbf{C}}", "tanh"),
)
_SYMBOLS = {"sigmoid": r"\sigma", "tanh": r"\tanh"}
_WEIGHTS = (-1.0, -0.5, 0.0, 0.5, 1.0)
_BIASES = (-0.5, -0.4, -0.3, -0.2, -0.1, 0.1, 0.2, 0.3, 0.4, 0.5)
_INPUTS = (-1.5, -1.0, -0.5, 0.5, 1.0, 1.5)
_STATES = (-0.8, -0.6, -0.4, -0.2, 0.2, 0.4, 0.6, 0.8)

Given = Mapping[str, Any]


def from_seed(seed: int) -> tuple[str, str]:
    """Question and solution, Markdown."""
    inputs, out = FORMS[seed % len(FORMS)]
    return written(given(random.Random(seed), inputs), out)  # noqa: S311 -- exercises are no secrets


def given(rng: random.Random, inputs: int) -> Given:
    """The numbers of an exercise by name, drawn from the grids of the question."""
    choice = rng.choice
    found: dict[str, Any] = {
        "x_t": [choice(_INPUTS) for _ in range(inputs)],
        "h_prev": [choice(_STATES) for _ in range(UNITS)],
        "C_prev": [choice(_INPUTS) for _ in range(UNITS)],
    }
    for letter, *_ in _GATES:
        found[f"W_x{letter}"] = [[choice(_WEIGHTS) for _ in range(inputs)] for _ in range(UNITS)]
        found[f"W_h{letter}"] = [[choice(_WEIGHTS) for _ in range(UNITS)] for _ in range(UNITS)]
        found[f"b_{letter}"] = [choice(_BIASES) for _ in range(UNITS)]
    return found


def written(numbers: Given, out: str) -> tuple[str, str]:
    """Question and solution for these numbers, Markdown."""
    question, solution = _TEMPLATE.render(_computed(numbers, out)).split("\n@@\n")
    return question, solution


def _computed(numbers: Given, out: str) -> dict[str, Any]:
    """Everything that the template shows."""
    x, h_prev, C_prev = numbers["x_t"], numbers["h_prev"], numbers["C_prev"]
    gates = [_gate(numbers, x, h_prev, *gate) for gate in _GATES]
    g_f, g_i, g_o, C_hat = (gate["g"] for gate in gates)
    C, C_relation = _rounded([f * c + i * p for f, c, i, p in zip(g_f, C_prev, g_i, C_hat, strict=True)])
    a, a_relation = _rounded([_FUNCTIONS[out](c) for c in C])
    h, h_relation = _rounded([g * v for g, v in zip(g_o, a, strict=True)])
    return {
        "inputs": len(x), "x": x, "h_prev": h_prev, "C_prev": C_prev, "gates": gates,
        "out": out, "out_symbol": _SYMBOLS[out],
        "memory": list(zip(g_f, C_prev, g_i, C_hat, strict=True)), "shown": list(zip(g_o, a, strict=True)),
        "C": C, "a": a, "h": h, "C_relation": C_relation, "a_relation": a_relation, "h_relation": h_relation,
    }  # fmt: skip


def _gate(
    numbers: Given, x: Sequence[float], h_prev: Sequence[float],
    letter: str, title: str, purpose: str, symbol: str, function: str,
) -> dict[str, Any]:  # fmt: skip
    W_x, W_h, b = numbers[f"W_x{letter}"], numbers[f"W_h{letter}"], numbers[f"b_{letter}"]
    units = [
        {"products": [*zip(row_h, h_prev, strict=True), *zip(row_x, x, strict=True)], "b": bias}
        for row_h, row_x, bias in zip(W_h, W_x, b, strict=True)
    ]
    z, _ = _rounded([sum(w * v for w, v in unit["products"]) + unit["b"] for unit in units])
    g, relation = _rounded([_FUNCTIONS[function](value) for value in z])
    return {
        "letter": letter, "title": title, "purpose": purpose, "symbol": symbol, "function": _SYMBOLS[function],
        "W_x": W_x, "W_h": W_h, "b": b, "units": units, "z": z, "g": g, "relation": relation,
    }  # fmt: skip


def _rounded(values: Sequence[float]) -> tuple[list[float], str]:
    """The values to four decimals, half away from zero, and the sign between the two."""
    rounded = [math.copysign(math.floor(abs(v) * 10_000 + 0.5 + 1e-8) / 10_000, v) for v in values]
    equal = all(abs(v - r) <= 1e-12 for v, r in zip(values, rounded, strict=True))
    return rounded, "=" if equal else r"\approx"


def _sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


_FUNCTIONS: Mapping[str, Callable[[float], float]] = {"sigmoid": _sigmoid, "tanh": math.tanh}


def _number(value: float) -> str:
    return f"{value + 0.0:.4f}".rstrip("0").rstrip(".") if value else "0"


def _factor(value: float) -> str:
    return f"({_number(value)})" if value < 0 else _number(value)


def _added(value: float) -> str:
    return f" - {_number(-value)}" if value < 0 else f" + {_number(value)}"


def _template() -> Any:
    environment = Environment(  # noqa: S701 -- the output is Markdown, the input our own numbers
        loader=FileSystemLoader(Path(__file__).parent), trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    environment.filters.update(number=_number, factor=_factor, added=_added)
    return environment.get_template("lstm_step.jinja")


_TEMPLATE = _template()
