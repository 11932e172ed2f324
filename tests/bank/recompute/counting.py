"""Shapes and parameters, counted: windows by sliding them, parameters by making the arrays and asking their size."""

from __future__ import annotations

from typing import Any

import numpy as np
from recompute.reading import Exercise, family


def stops(side: int, window: int, *, padding: int = 0, stride: int = 1) -> int:
    """At how many places a window can lie without hanging over."""
    return sum(1 for left in range(0, side + 2 * padding, stride) if left + window <= side + 2 * padding)


def dense_size(inputs: int, outputs: int, *, bias: bool = True) -> int:
    return np.zeros((outputs, inputs)).size + (np.zeros(outputs).size if bias else 0)


def filters_size(channels: int, filters: int, side: int) -> int:
    return np.zeros((filters, channels, side, side)).size + np.zeros(filters).size


def cell_size(inputs: int, units: int, *, sets: int, biases: int = 1) -> int:
    """A recurrent layer: for each set the weights of the input, those of the hidden state, and the biases."""
    return sets * (np.zeros((units, inputs)).size + np.zeros((units, units)).size + biases * np.zeros(units).size)


def layer_parameters(e: Exercise) -> dict[str, Any]:
    given, form = e["given"], e["form"]
    inputs = np.zeros((given["h"], given["w"], 3)).size if form["input"] == "image" else given["D"]
    return {"n": dense_size(inputs, given["M"], bias=form["bias"] == "with")}


def mlp_parameters(e: Exercise) -> dict[str, Any]:
    n = family(e, "n")
    return {"P_all": sum(dense_size(n[layer - 1], n[layer]) for layer in range(1, e["form"]["L"] + 1))}


def lstm_parameters(e: Exercise) -> dict[str, Any]:
    given, form = e["given"], e["form"]
    lstm = cell_size(given["D"], given["H"], sets=4, biases=1 if form["biases"] == "one" else 2)
    return {"T": lstm + (dense_size(given["H"], form["M"]) if form["M"] else 0)}


def output_size(e: Exercise) -> dict[str, Any]:
    return {"n": stops(e["given"]["x"], e["given"]["f"], padding=e["form"]["p"], stride=e["form"]["s"])}


def cnn_to_rnn(e: Exercise) -> dict[str, Any]:
    given, form = e["given"], e["form"]
    width, height = (stops(stops(given[name], given["f"]), given["m"], stride=given["m"]) for name in ("w", "h"))
    maps = np.zeros((width, height, given["K"]))
    steps = width if form["source"] == "line" else given["T"]
    length = {"flat": maps.size, "global": maps[0, 0].size, "line": maps[0].size}[form["source"]]
    parameters = (
        filters_size(form["c"], given["K"], given["f"])
        + cell_size(length, given["H"], sets=4 if form["cell"] == "LSTM" else 1)
        + dense_size(given["H"], given["C"])
    )
    outputs = given["C"] * (steps if form["end"] == "all" else 1)
    return {"n": steps, "D": length, "P": parameters, "o": outputs}
