"""Dense layers: run in NumPy, counted by making their arrays, and chosen by the words of a task."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from recompute.counting import dense_size
from recompute.networks import ACTIVATIONS
from recompute.reading import Exercise, family, reals


def neuron_output(e: Exercise) -> dict[str, Any]:
    v = reals(e)
    return {"y": ACTIVATIONS[e["form"]["f"]](np.sum(v["w"] * v["x"]) + v["b"])}


def layer_output(e: Exercise) -> dict[str, Any]:
    v = reals(e)
    return {"y": ACTIVATIONS[e["form"]["f"]](np.einsum("jk,k->j", v["W"], v["x"]) + v["b"])}


def transposed_convention(e: Exercise) -> dict[str, Any]:
    """The sums are taken down the columns of the matrix."""
    v = reals(e)
    return {"h_1": ACTIVATIONS[e["form"]["f"]](np.einsum("kj,k->j", v["W"], v["h_0"]) + v["b"])}


def collapse(e: Exercise) -> dict[str, Any]:
    """From what the network does: it takes 0 to the bias, and a unit vector to a column of the matrix more."""
    v = reals(e)

    def network(x: Any) -> Any:
        return v["W_2"].dot(v["W_1"].dot(x) + v["b_1"]) + v["b_2"]

    b = network(np.zeros(e["form"]["D"]))
    return {"W": np.column_stack([network(unit) - b for unit in np.eye(e["form"]["D"])]), "b": b}


def shapes(e: Exercise) -> dict[str, Any]:
    """From the arrays of the whole network, with a batch sent through."""
    n, form = family(e, "n"), e["form"]
    H = np.zeros((e["given"]["B"], n[0]))
    for layer in range(1, form["l"] + 1):
        W = np.zeros((n[layer], n[layer - 1]) if form["order"] == "outputs" else (n[layer - 1], n[layer]))
        b = np.zeros(n[layer])
        H = H @ (W.T if form["order"] == "outputs" else W) + b
    return {"S_W": list(W.shape), "S_b": b.size, "S_H": list(H.shape)}


def width_budget(e: Exercise) -> dict[str, Any]:
    """By trying one width after the other."""
    given, net = e["given"], e["form"]["net"]

    def parameters(H: int) -> int:
        hidden = {"two": [H, H], "three": [H, H, H], "half": [2 * H, H]}[net]
        return sum(map(dense_size, [given["D"], *hidden], [*hidden, given["C"]]))

    H = 1
    while parameters(H + 1) <= given["P_max"]:
        H += 1
    return {"H": H}


def xor_network(e: Exercise) -> dict[str, Any]:
    """From the weights that the question prints."""
    name, number = r"\\mathbf\{%s\}_%d = ", r"(-?[\d.]+)"
    pair = rf"\({number}, {number}\)"
    cells = rf"\\begin\{{pmatrix\}} {number} & {number} \\\\ {number} & {number} \\end"
    found = [
        re.search(pattern, e["question"])
        for pattern in (name % ("W", 1) + cells, name % ("b", 1) + pair, name % ("w", 2) + pair, "b_2 = " + number)
    ]
    W, b, w, c = (np.array([float(cell) for cell in match.groups()]) for match in found if match is not None)
    sign = e["form"]["unit"] == "sgn"
    g = np.sign if sign else lambda z: np.maximum(z, 0)
    H = g(np.array([[0, 0], [0, 1], [1, 0], [1, 1]]) @ W.reshape(2, 2).T + b)
    y = H @ w + c
    assert not sign or (H.all() and y.all()), "a sign is asked at 0"
    return {"H": H, "y_all": g(y) if sign else y}


def last_layer(e: Exercise) -> dict[str, Any]:
    """By the words: normalised or not, several at once or not."""
    task, K = e["question"].split("It is to predict", 1)[1], e["given"]["K"]
    if "each normalised to $[0, 1]$" in task:
        end = "a sigmoid each, and the mean squared error"
    elif "not normalised" in task or "millimetres" in task:
        return {"design": f"${K}$ linear neurons, and the mean squared error"}
    elif re.search(r"\bseveral\b", task):
        end = "a sigmoid each, and the binary cross-entropy"
    else:
        end = "softmax, and the cross-entropy"
    return {"design": f"${K}$ neurons with {end}"}
