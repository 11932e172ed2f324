"""The graph of an activation function."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quizgen.core.activation_derivatives import activation_derivative
from quizgen.core.activations import activation
from quizgen.errors import UsageError
from quizgen.figures import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: How far the ends of a graph may lie apart.
_WIDEST = 40
#: Points to the unit: enough for a smooth curve, and the corner of ReLU is one of them.
_FINE = 40


def activation_curve(figure: Figure, f: str, low: int = -4, high: int = 4, derivative: bool = False) -> None:
    """The graph of f from `low` to `high`, or that of its `derivative`.

    Args:
        f: a key of `core.activations.ACTIVATIONS`.
        low, high: whole numbers, at most 40 apart.

    Raises:
        UsageError: for an unknown function, or one of several arguments; for a range without length, or a long one.
    """
    if f == "softmax" or not low < high:
        raise UsageError(f"activation_curve: expected a function of one number and low < high, got {f}, {low}, {high}")
    style.within(high - low, _WIDEST, "activation_curve: high - low")
    x = np.linspace(low, high, _FINE * (high - low) + 1)
    y = activation_derivative(f, x) if derivative else activation(f, x)
    axes = style.plot(figure)
    axes.axhline(0, color=style.SOFT, linewidth=0.9, zorder=0.9)
    axes.axvline(0, color=style.SOFT, linewidth=0.9, zorder=0.9)
    for values, at in _without_jumps(x, np.asarray(y)):
        axes.plot(at, values, color=style.BLUE)
    axes.set_xlim(low, high)
    bottom, top = float(np.min(y)), float(np.max(y))
    room = 0.12 * max(top - bottom, 1.0)
    axes.set_ylim(bottom - room, top + room)
    axes.set_xticks(range(low, high + 1, 2 if high - low > 8 else 1))
    axes.set_xlabel("$x$", fontsize=11.5)


def _without_jumps(x: np.ndarray, y: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """The pieces of a curve between its jumps, which no upright line is to bridge."""
    jumps = np.flatnonzero(np.abs(np.diff(y)) > 0.4) + 1
    return list(zip(np.split(y, jumps), np.split(x, jumps), strict=True))
