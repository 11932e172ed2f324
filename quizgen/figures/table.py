"""The figures that a question file can name, and where each is drawn."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

#: By name the module whose function of that name draws it: `function(figure, …)`, with a Matplotlib figure and plain
#: values. A module is imported when a question that uses it is drawn from; Matplotlib not before a file is written.
FIGURES: Mapping[str, str] = {
    "activation_curve": "quizgen.figures.activation",
    "computational_graph": "quizgen.figures.graph",
    "convolution_window": "quizgen.figures.window",
    "data_points": "quizgen.figures.points",
    "edge_filter": "quizgen.figures.edges",
    "fit_curves": "quizgen.figures.fit",
    "loss_curves": "quizgen.figures.losses",
    "lstm_cell": "quizgen.figures.lstm_cell",
    "network_graph": "quizgen.figures.network",
}


def function(name: str) -> Callable[..., None]:
    """The function that draws a figure; its first argument is the Matplotlib figure to draw into."""
    found: Callable[..., None] = getattr(import_module(FIGURES[name]), name)
    return found


def bind(name: str, positional: Sequence[Any], by_name: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a call by their names.

    Raises:
        TypeError: if the function does not take them, as Python says it: `missing a required argument: 'X'`.
    """
    signature = inspect.signature(function(name))
    bound = signature.bind(None, *positional, **by_name).arguments
    return {key: value for key, value in bound.items() if key != next(iter(signature.parameters))}
