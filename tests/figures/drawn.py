"""A call of each figure, as a question would make it."""

from __future__ import annotations

from typing import Any

from quizgen.exercise import Figure

#: By the name of the function: what it is told.
CALLS: dict[str, dict[str, Any]] = {
    "activation_curve": {"f": "swish", "low": -4, "high": 4},
    "computational_graph": {
        "nodes": [["x", 2], ["y", -1.5], ["z", ""], ["a", "x y"], ["f", "a + z"]],
        "edges": [["x", "a"], ["y", "a"], ["a", "f"], ["z", "f"]],
    },
    "convolution_window": {"image": [[1, 2, 3], [4, 5, 6], [7, 8, 9]], "kernel": [[1, 0], [-1, 2]], "padding": 1},
    "data_points": {
        "X": [[1, 2], [2, 0], [-1, -2]], "y": [1, 1, -1], "w": [1, 2], "b": -1, "point": [3, 3], "foot": [1.4, -0.2]
    },
    "edge_filter": {"image": [[0, 0, 0, 0], [0, 9, 9, 0], [0, 9, 9, 0], [0, 0, 0, 0]], "kernel": [[-1, 1], [-1, 1]]},
    "fit_curves": {
        "X": [[-1], [0], [1]], "y": [0, 1, 1], "X_val": [[-0.5], [0.5]], "y_val": [0, 1],
        "weights": [[[1], [-1]], [[0.5, -0.5]]], "biases": [[0, 0.5], [0]], "activations": ["tanh", "sigmoid"],
        "alpha": 0.5, "epochs": 30,
    },
    "loss_curves": {
        "X": [[-1], [1]], "y": [-2, 2], "weights": [[[0]]], "biases": [[0]], "activations": ["linear"],
        "rates": [1.05, 0.2, 0.002],
    },
    "lstm_cell": {"numbers": [3, 1, 4, 2]},
    "network_graph": {"weights": [[[0.5, -1], [2, 1.5], [-1, 2]], [[1, -0.5, 2]]], "biases": [[0.5, -1, 2], [1]]},
}  # fmt: skip


def figure(draw: str, **changed: Any) -> Figure:
    """A figure that `draw` can draw, with some arguments changed."""
    return Figure(f"test-{draw}", draw, {**CALLS[draw], **changed})
