"""Learning rules, descent, and what can be told from the words of a question."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from math import sqrt
from typing import Any

import autograd
import numpy as np
from recompute.reading import Exercise, family, reals


def perceptron_step(
    w: list[Fraction], b: Fraction, x: list[Any], y: int, alpha: Fraction
) -> tuple[list[Fraction], Fraction]:
    """In fractions, so that a sample on the boundary would be seen as one; its output is +1."""
    z = sum((one * other for one, other in zip(w, x, strict=True)), b)
    error = y - (1 if z >= 0 else -1)
    return [one + alpha * error * other for one, other in zip(w, x, strict=True)], b + alpha * error


def perceptron_update(e: Exercise) -> dict[str, Any]:
    given = e["given"]
    w, b = perceptron_step(given["w"], given["b"], given["x"], e["form"]["y"], given["alpha"])
    return {"w_new": w, "b_new": b}


def perceptron_epoch(e: Exercise) -> dict[str, Any]:
    w, b, labels = e["given"]["w[0]"], e["given"]["b[0]"], family(e, "y")
    for k, x in enumerate(e["given"]["X"], start=1):
        w, b = perceptron_step(w, b, x, labels[k], e["given"]["alpha"])
    return {"w_new": w, "b_new": b}


def adam(e: Exercise) -> dict[str, Any]:
    v, done = {name: float(value) for name, value in e["given"].items()}, e["form"]["done"]
    parabola = e["form"]["loss"] == "parabola"
    slope = autograd.grad(
        lambda w: v["a"] / 2 * (w - v["c"]) ** 2 if parabola else (w * v["x"] - v["y"]) ** 2,
    )
    w, mean, square = (v[f"{name}[{done}]"] for name in "wmv")
    for t in range(done + 1, 3 if done == 0 else done + 2):
        g = slope(w)
        mean += (1 - v["beta_1"]) * (g - mean)
        square += (1 - v["beta_2"]) * (g * g - square)
        step = mean / (1 - v["beta_1"] ** t) / (sqrt(square / (1 - v["beta_2"] ** t)) + v["epsilon"])
        w -= v["alpha"] * step
    return {"w_new": w}


def descent(e: Exercise) -> dict[str, Any]:
    given, bowl = e["given"], e["form"]["bowl"]
    a, b, c, rate = (Fraction(given[name]) for name in ("a", "b", "c", "alpha"))
    w = [Fraction(entry) for entry in (given["w[0]"] if bowl == "two" else [given["w[0]"]])]
    # the loss is curvature / 2 times the squared distance from the minimum, in each coordinate, and a constant
    curvatures, minima = {
        "centred": ([a], [c]), "expanded": ([2 * a], [-b / (2 * a)]), "two": ([a, b], [Fraction(0)] * 2),
    }[bowl]  # fmt: skip
    for _ in range(3):
        w = [p - rate * m * (p - low) for p, m, low in zip(w, curvatures, minima, strict=True)]
    factor = 1 - rate * max(curvatures)
    behaviour = (
        "It converges and stays on one side" if factor > 0
        else "It converges, leaping" if factor > -1
        else "It oscillates for ever" if factor == -1
        else "It diverges"
    )  # fmt: skip
    return {"w[3]": w if bowl == "two" else w[0], "alpha_max": 2 / max(curvatures), "behaviour": behaviour}


def diagnosis(e: Exercise) -> dict[str, Any]:
    """From the printed losses alone, as a student reads them: a rise means too high; little gained means too low."""
    row = re.search(r"^\| loss \|(.*)\|\s*$", e["question"], re.MULTILINE)
    assert row is not None, "the question has no table of losses"
    losses = [float(cell.strip(" $").replace("{,}", "")) for cell in row[1].split("|")]
    if any(after > before for before, after in pairwise(losses)):
        return {"diagnosis": "The learning rate is too high. Divide it by 10"}
    if losses[-1] > losses[0] / 2:
        return {"diagnosis": "The learning rate is too low. Raise it by a factor"}
    assert losses[-1] < losses[0] / 10, f"neither good nor bad: {losses}"
    return {"diagnosis": "The learning rate is good"}


def network_for_data(e: Exercise) -> dict[str, Any]:
    """By two questions about the words: is one example made of pictures, and has it an order in time?"""
    task = e["question"].split(">", 1)[1].split("\n", 1)[0]
    pictures = re.search(r"\bpixels\b|\bgrid\b|\bcamera pictures\b", task) is not None
    time = re.search(
        r"\bclips\b|\bfilms?\b|[Ss]equences?\b|\bseries\b|\bHourly\b|\bper second\b|\bof different lengths\b|\bmoves\b",
        task,
    )
    if pictures and time:
        return {"network": "A convolutional network whose outputs feed"}
    if pictures:
        return {"network": "A convolutional network"}
    return {"network": "A recurrent network" if time else "A multi-layer perceptron"}


def hessian(e: Exercise) -> dict[str, Any]:
    v, loss = reals(e), e["form"]["loss"]
    point = np.zeros(2) if loss == "network" else np.array([v["u_0"], v["v_0"]])
    terms = {name: float(value) for name, value in re.findall(r"\$([st]) = (-?[\d.]+)\$", e["question"])}

    def whole(w: Any) -> Any:
        if loss == "network":
            return (w[0] * w[1] * v["x"] - v["y"]) ** 2 / 2 + v["mu"] / 2 * (w[0] ** 2 + w[1] ** 2)
        power = w[0] ** (2 if loss == "quadratic" else 3)
        return v["p"] * power + v["q"] * w[0] * w[1] + v["r"] * w[1] ** 2 + terms["s"] * w[0] + terms["t"] * w[1]

    assert np.allclose(autograd.grad(whole)(point), 0), "the point is not critical"
    H = autograd.hessian(whole)(point)
    low, high = np.linalg.eigvalsh(H)
    kind = "a minimum" if low > 0 else "a maximum" if high < 0 else "a saddle point"
    return {"D": np.linalg.det(H), "lambda_1": high, "lambda_2": low, "kind": kind}


def vanishing_bound(e: Exercise) -> dict[str, Any]:
    given, chain = e["given"], e["form"]["chain"]
    z = np.linspace(0, 8, 80_001)  # the slopes are even and fall with |z|: the largest one is the first one allowed
    if chain in ("sigmoid_far", "tanh_far"):
        z = z + float(given["z_min"])
    slopes = 1 / np.cosh(z) ** 2 if chain == "tanh_far" else 1 / (2 + np.exp(z) + np.exp(-z))
    factor = float(slopes.max()) * (float(given["w_max"]) if chain == "weighted" else 1)
    layers, bound = 0, 1.0
    while bound >= float(given["epsilon"]):
        layers, bound = layers + 1, bound * factor
    return {"B": factor ** given["L"], "n": layers}


def matrix_power(e: Exercise) -> dict[str, Any]:
    """From the printed matrix, multiplied out as often as it says."""
    rows = re.search(r"\\mathbf\{W\} = \\begin\{pmatrix\}(.*?)\\end\{pmatrix\}", e["question"])
    assert rows is not None, "the question shows no matrix"
    W = [[Fraction(cell.strip()) for cell in row.split("&")] for row in rows[1].split(r"\\")]
    power = W
    for _ in range(e["form"]["t"] - 1):
        power = [[row[0] * W[0][j] + row[1] * W[1][j] for j in range(2)] for row in power]
    return {"W_t": power}
