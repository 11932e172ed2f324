"""Recurrent layers, step by step in NumPy; what powers do by multiplying; sizes by making the arrays."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import numpy as np
from recompute.counting import cell_size, dense_size
from recompute.networks import ACTIVATIONS
from recompute.reading import Exercise, real, reals


def output_of_a_step(e: Exercise) -> dict[str, Any]:
    v = reals(e)
    return {"y_t": ACTIVATIONS[e["form"]["g"]](np.dot(v["W_hy"], v["h_t"]) + v["b_y"])}


def unroll(e: Exercise) -> dict[str, Any]:
    v, found = reals(e), {}
    h, W_hh = v["h[0]"].reshape(-1), v["W_hh"].reshape(v["b_h"].size, -1)
    for t, x in enumerate(v["x"], start=1):
        h = ACTIVATIONS[e["form"]["g"]](W_hh.dot(h) + x * v["W_xh"] + v["b_h"])
        found[f"h[{t}]"] = h if e["form"]["H"] > 1 else h[0]
    return found


def stateful(e: Exercise) -> dict[str, Any]:
    v, h, found = reals(e), 0.0, {}
    kept = "is not stateful" not in e["question"] and "reset to 0 by hand" not in e["question"]
    for t, x in enumerate(v["x"], start=1):
        if t == 3 and not kept:
            h = 0.0
        h = found[f"h[{t}]"] = ACTIVATIONS[e["form"]["g"]](v["w"] * h + v["u"] * x + v["b"])
    return {name: found[name] for name in ("h[2]", "h[4]")}


def parameters(e: Exercise) -> dict[str, Any]:
    given, biases = e["given"], 2 if "stores two bias vectors" in e["question"] else 1
    return {"P": cell_size(given["D"], given["H"], sets=1, biases=biases) + dense_size(given["H"], given["M"])}


def parameters_and_length(e: Exercise) -> dict[str, Any]:
    given = e["given"]
    sequence = np.zeros((given["T"], given["D"]))
    return {"P_R": cell_size(given["D"], given["H"], sets=1), "P_D": dense_size(sequence.size, given["H"])}


def shapes(e: Exercise) -> dict[str, Any]:
    """Of arrays of zeros that go through the layers; the recurrence itself does not change a shape."""
    given, form = e["given"], e["form"]
    states = np.zeros((given["N"], given["T"], given["D"])) @ np.zeros((given["D"], given["H"]))
    if form["top"] == "second":
        states = states @ np.zeros((given["H"], given["M"]))
    if form["end"] == "last":
        states = states[:, -1]
    if form["top"] == "dense":
        states = states @ np.zeros((given["H"], given["M"]))
    return {"S": list(states.shape)}


def clip_by_value(e: Exercise) -> dict[str, Any]:
    limit = e["given"]["v"]
    return {"g_clipped": [sorted((-limit, entry, limit))[1] for entry in e["given"]["g"]]}


def which_keeps_direction(e: Exercise) -> dict[str, Any]:
    g, v = real(e["given"]["g"]), float(e["given"]["v"])
    clipped = np.clip(g, -v, v)
    one, other = (vector / np.linalg.norm(vector) for vector in (g, clipped))
    angle = 2 * np.arctan2(np.linalg.norm(one - other), np.linalg.norm(one + other))
    return {"n_e": np.linalg.norm(clipped), "phi": angle}


def eigenvalue_powers(e: Exercise) -> dict[str, Any]:
    found = re.search(r"\\lambda = (-?[\d.]+)", e["question"])
    assert found is not None, "the question shows no eigenvalue"
    eigenvalue, bound, grows = Fraction(found[1]), Fraction(e["given"]["B"]), "first time above" in e["question"]
    steps, power = 0, Fraction(1)
    while not (abs(power) > bound if grows else abs(power) < bound):
        steps, power = steps + 1, power * eigenvalue
    return {"n": steps, "p": power}


def explode_or_vanish(e: Exercise) -> dict[str, Any]:
    """A state (or gradient) is sent through many steps; the last one tells how it grows and whether it turns."""
    text, number = e["question"], r"\$(-?[\d.]+)\$"
    if weight := re.search(r"\$w = (-?[\d.]+)\$", text):
        W = real([[Fraction(weight[1])]])
    elif pair := re.search(rf"eigenvalues {number} and {number}", text):
        W = np.diag([float(pair[1]), float(pair[2])])
    else:
        rows = re.search(r"\\begin\{pmatrix\}(.*?)\\end\{pmatrix\}", text)
        assert rows is not None, "the question shows neither a weight nor eigenvalues nor a matrix"
        W = np.array([[float(cell) for cell in row.split("&")] for row in rows[1].split(r"\\")])
    h = np.ones(len(W))
    for _ in range(3000):
        h = W @ h / np.linalg.norm(h)  # scaled to size 1 before each step, lest it run out of range
    before = h / np.linalg.norm(h)
    growth, turns = np.linalg.norm(W @ before), before @ W @ before < 0
    if growth < 1 - 1e-6:
        return {"fate": "It shrinks"}
    start = "It grows without bound" if growth > 1 + 1e-6 else "It keeps its size"
    words = {True: r"changes its sign at each|turns round at each", False: r"keeps its|and its"}[bool(turns)]
    lines = [line["text"] for line in e["answers"][0]["choices"]]
    (right,) = (line for line in lines if line.startswith(start) and re.search(words, line.removeprefix(start)))
    return {"fate": right}


def outputs_for_task(e: Exercise) -> dict[str, Any]:
    """From the words of the task: is a sequence read, is one written, and do they go in step?"""
    task = e["question"].split("\n", 1)[0]
    if re.search(r"a single vector|picks one of|as a class|chooses one of|One vector", task):
        return {"outputs": "Give one vector as the start"}
    if re.search(r"Translate|summary|written text|whole sentences|plain words", task):
        return {"outputs": "Read the whole sequence with one network"}
    if re.search(r"each word|each minute|every single frame|each second|each hour", task):
        return {"outputs": "Read the sequence and use the output of every"}
    return {"outputs": "Read the whole sequence and use the output of the last"}


def symbols(exercise: Exercise) -> dict[str, Any]:
    """What stands in h_t = σ_h(W_hh h_{t−1} + W_xh x_t + b_h), y_t = σ_y(W_hy h_t + b_y)."""
    meanings = {
        "t": "The time step", "x": "The input at", "y": "The output at", "h": "The hidden state",
        "Whh": "The weights from the old hidden state", "Wxh": "The weights from the input",
        "Why": "The weights from the hidden state to the output", "bh": "The bias of the hidden state",
        "by": "The bias of the output", "sh": "The activation function of the hidden state",
    }  # fmt: skip
    return {"meaning": meanings[exercise["form"]["s"]]}
