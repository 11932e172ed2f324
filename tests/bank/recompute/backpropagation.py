"""Gradients of what a question describes, by autograd; checks of gradients and numbers of passes, by its words."""

from __future__ import annotations

import re
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
from recompute.networks import ACTIVATIONS
from recompute.reading import Exercise, family, real, reals
from scipy.special import logit


def batch_gradient(e: Exercise) -> dict[str, Any]:
    v, form = reals(e), e["form"]
    targets = real([target for _, target in sorted(family(e, "y").items())])

    def loss(W: Any, b: Any) -> Any:
        total = 0.0
        for x, y in zip(v["X"], targets, strict=True):
            y_hat = ACTIVATIONS[form["kind"]](anp.dot(W, x) + b)
            cross = -anp.sum(y * anp.log(y_hat)) if form["kind"] == "softmax" else 0.0
            total = total + (cross if form["kind"] == "softmax" else anp.sum((y_hat - y) ** 2) / 2)
        return total / len(targets) if form["reduction"] == "mean" else total

    return {"dL_dW": autograd.grad(loss, 0)(v["W"], v["b"]), "dL_db": autograd.grad(loss, 1)(v["W"], v["b"])}


def chain_rule(e: Exercise) -> dict[str, Any]:
    a, b = float(e["given"]["a"]), float(e["given"]["b"])
    outer = {
        "square": lambda u: u**2, "cube": lambda u: u**3, "exponential": anp.exp, "logarithm": anp.log,
        "reciprocal": lambda u: 1 / u,
    }[e["form"]["outer"]]  # fmt: skip
    inner = (lambda x: a * x + b) if e["form"]["inner"] == "line" else (lambda x: x**2 + b)
    return {"d": autograd.grad(lambda x: outer(inner(x)))(float(e["given"]["x"]))}


def delta_of_a_layer(e: Exercise) -> dict[str, Any]:
    """The errors of the next layer, taken as fixed, are what a change of its pre-activations counts for."""
    v, form = reals(e), e["form"]
    back = {"sigmoid": logit, "tanh": np.arctanh}
    z = v["z_1"] if form["kept"] == "z" else back[form["f"]](v["h_1"])
    slope = autograd.grad(lambda z: anp.dot(v["delta_2"], anp.dot(v["W_2"], ACTIVATIONS[form["f"]](z))))
    return {"delta_1": slope(z)}


def dual_numbers(e: Exercise) -> dict[str, Any]:
    a, b = float(e["given"]["a"]), float(e["given"]["b"])
    program = {
        "product": lambda x: (a * x + b) * x**2,
        "quotient": lambda x: (x**2 + b) / (x + a),
        "exponential": lambda x: x * anp.exp(a * x),
        "squared": lambda x: anp.tanh(a * x + b) ** 2,
        "logarithm": lambda x: x * anp.log(x**2 + b),
    }[e["form"]["graph"]]
    x = float(e["given"]["x"])
    return {"y": program(x), "y_dot": autograd.grad(program)(x)}


def finite_differences(e: Exercise) -> dict[str, Any]:
    """The claim is read off the page, and judged by its ratio to the difference quotient."""
    v = {name: float(value) for name, value in e["given"].items()}
    printed = re.search(r"\\frac\{dL\}\{dw\} = (-?[\d.]+)", e["question"])
    assert printed is not None, "the question claims no gradient"

    def loss(w: float) -> Any:
        return (ACTIVATIONS[e["form"]["f"]](w * v["x"] + v["b"]) - v["y"]) ** 2

    central = "central difference" in e["question"]
    behind, apart = (v["w"] - v["h"], 2 * v["h"]) if central else (v["w"], v["h"])
    d = (loss(v["w"] + v["h"]) - loss(behind)) / apart
    ratio = float(printed[1]) / d
    verdict = (
        "The program is right." if abs(ratio - 1) < 0.1
        else "The program has the wrong sign." if abs(ratio + 1) < 0.1
        else "The program's gradient is too small" if abs(ratio - 0.5) < 0.05
        else "The program's gradient lacks the slope"
    )  # fmt: skip
    assert "lacks" not in verdict or ratio > 1.3, f"{ratio} fits no verdict"
    return {"d": d, "verdict": verdict}


def layer_jacobian(e: Exercise) -> dict[str, Any]:
    v, f = reals(e), ACTIVATIONS[e["form"]["f"]]
    return {"J": autograd.jacobian(lambda h: f(anp.dot(v["W_2"], h) + v["b_2"]))(v["h_1"])}


def neuron_gradients(e: Exercise) -> dict[str, Any]:
    v, form = reals(e), e["form"]

    def loss(w: Any, b: Any, x: Any) -> Any:
        y_hat = ACTIVATIONS[form["f"]](anp.dot(w, x) + b)
        if form["loss"] == "cross":
            return -v["y"] * anp.log(y_hat) - (1 - v["y"]) * anp.log(1 - y_hat)
        return (y_hat - v["y"]) ** 2 / (2 if form["loss"] == "half" else 1)

    at = v["w"], v["b"], v["x"]
    return {f"dL_d{name}": autograd.grad(loss, place)(*at) for place, name in enumerate(("w", "b", "x"))}


def number_of_passes(e: Exercise) -> dict[str, Any]:
    """Inputs and outputs are the numbers in the words before them."""
    text = e["question"]

    def count(pattern: str) -> int:
        found = re.search(pattern, text)
        return 0 if found is None else int(np.prod([int(n.replace("{,}", "")) for n in found.groups()]))

    inputs = count(r"\$([\d{},]+)\$ (?:inputs|parameters|settings)") or count(r"\$(\d+)\$ by \$(\d+)\$ pixels")
    outputs = 1 if "loss" in text else count(r"\$(\d+)\$ (?:outputs|points|scores)")
    mode = "Forward mode, because" if inputs < outputs else "Reverse mode, because"
    return {"N_f": inputs, "N_r": outputs, "mode": mode}
