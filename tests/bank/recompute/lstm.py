"""Gated cells in NumPy and SciPy; memory by letting it fade, gradients by autograd through a whole sequence."""

from __future__ import annotations

import re
from typing import Any

import autograd
import numpy as np
from recompute.counting import cell_size
from recompute.networks import ACTIVATIONS
from recompute.reading import Exercise, reals
from scipy import optimize, special


def input_gate(e: Exercise) -> dict[str, Any]:
    v = reals(e)
    return {"g_i": special.expit(v["w_xi"] * v["x_t"] + np.sum(v["w_hi"] * v["h_prev"]) + v["b_i"])}


def output_gate(e: Exercise) -> dict[str, Any]:
    v = reals(e)
    seen = v["W_xo"].reshape(2, -1).dot(v["x_t"].ravel()) + v["W_ho"].dot(v["h_prev"])
    return {"g_o": special.expit(seen + v["b_o"])}


def proposal(e: Exercise) -> dict[str, Any]:
    v = reals(e)
    return {"C_hat": np.tanh(np.dot(v["w_xc"], v["x_t"]) + np.dot(v["w_hc"], v["h_prev"]) + v["b_c"])}


def cell_state(e: Exercise) -> dict[str, Any]:
    v = reals(e)
    return {"C_t": np.multiply(v["C_prev"], v["g_f"]) + np.multiply(v["C_hat"], v["g_i"])}


def hidden_state(e: Exercise) -> dict[str, Any]:
    v, shown = reals(e), "sigmoid" if "activation of the output is the sigmoid" in e["question"] else "tanh"
    return {"h_t": np.multiply(v["g_o"], ACTIVATIONS[shown](v["C_t"]))}


def two_steps(e: Exercise) -> dict[str, Any]:
    v = reals(e)
    h, C = v["h[0]"], v["C[0]"]
    for x in v["x"]:
        forget, enter, show, new = (v[f"w_x{part}"] * x + v[f"w_h{part}"] * h + v[f"b_{part}"] for part in "fioc")
        C = special.expit(forget) * C + special.expit(enter) * np.tanh(new)
        h = special.expit(show) * ACTIVATIONS[e["form"]["out"]](C)
    return {"C[2]": C, "h[2]": h}


def read_the_gates(e: Exercise) -> dict[str, Any]:
    """By computing the new memory and looking which of the four ends told it has come nearest to."""
    v = reals(e)
    C = v["g_f"] * v["C_prev"] + v["g_i"] * v["C_hat"]
    ends: dict[str, Any] = {
        "It stays": v["C_prev"], "It is replaced": v["C_hat"], "The proposal is added": v["C_prev"] + v["C_hat"],
        "It is erased": 0.0,
    }  # fmt: skip
    return {"memory": min(ends, key=lambda line: abs(float(C - ends[line])))}


def half_life(e: Exercise) -> dict[str, Any]:
    v = reals(e)
    gate = special.expit(v["b"]) if "only the bias" in e["question"] else v["g"]
    steps: int = 0
    left: Any = 1.0
    while left >= v["s"]:
        steps, left = steps + 1, left * gate
    return {"n": steps, "f": optimize.brentq(lambda f: f ** v["T"] - 0.5, 0.5, 1.0, xtol=1e-15)}


def gradient_along_cell(e: Exercise) -> dict[str, Any]:
    """Both networks are run again from some start, with inputs that lead to the states told, and differentiated."""
    v, g, inverse = reals(e), ACTIVATIONS[e["form"]["act"]], {"tanh": np.arctanh, "sigmoid": special.logit}
    start = 0.3

    def cell(C: float) -> float:
        for gate in v["g_f"]:
            C = gate * C + 0.1
        return C

    inputs = inverse[e["form"]["act"]](v["h"]) - v["w"] * np.array([start, *v["h"][:-1]])

    def simple(h: Any) -> Any:
        for x in inputs:
            h = g(v["w"] * h + x)
        return h

    assert np.isclose(simple(start), v["h"][-1]), "the states told are not those of the network"
    return {"G": autograd.grad(cell)(start), "R": autograd.grad(simple)(start)}


def gru_step(e: Exercise) -> dict[str, Any]:
    v = reals(e)
    h = v["h_prev"]

    def seen(part: str, state: Any) -> Any:
        return np.dot(v[f"w_x{part}"], v["x_t"]) + v[f"w_h{part}"] * state + v[f"b_{part}"]

    update, new = special.expit(seen("z", h)), np.tanh(seen("h", special.expit(seen("r", h)) * h))
    kept = update if "$h_t = g_z h_{t-1} + (1 - g_z) \\hat{h}$" in e["question"] else 1 - update
    return {"h_t": new + kept * (h - new)}


def gru_parameters(e: Exercise) -> dict[str, Any]:
    given = e["given"]
    if told := re.search(r"P_\{\\text\{LSTM\}\} = ([\d{},]+)\$", e["question"]):
        lstm = int(told[1].replace("{,}", ""))
        assert lstm % 4 == 0, "not four equal parts"
        return {"P_G": lstm - lstm // 4, "S": lstm // 4}
    biases = 2 if "two bias vectors" in e["question"] else 1
    gru, lstm = (cell_size(given["D"], given["H"], sets=sets, biases=biases) for sets in (3, 4))
    return {"P_G": gru, "S": lstm - gru}


def parameters_two_biases(e: Exercise) -> dict[str, Any]:
    """Where tensors are told, by adding up what the framework stores."""
    given, layers = e["given"], e["form"]["layers"]
    if e["form"]["show"] == "words":
        inputs = [given["D"], given["H"]][:layers]
        one, two = (sum(cell_size(n, given["H"], sets=4, biases=b) for n in inputs) for b in (1, 2))
        return {"P_1": one, "P_2": two}
    stored = [int(rows) * int(columns) for rows, columns in re.findall(r"\$(\d+) \\times (\d+)\$", e["question"])]
    length = re.search(r"two bias vectors of length \$(\d+)\$", e["question"])
    assert length is not None, "the question tells no length of a bias vector"
    assert len(stored) == layers + 1, "not the weights expected"
    weights = sum(stored) + (stored[-1] if "two weight matrices of the shape" in e["question"] else 0)
    return {"P_1": weights + layers * int(length[1]), "P_2": weights + 2 * layers * int(length[1])}
