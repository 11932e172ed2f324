"""Forward and backward passes: forward in NumPy and SciPy, every derivative by autograd from the loss as it is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
from autograd.scipy.special import expit
from recompute.reading import Exercise, family, real, reals
from scipy import special

#: As the question names and defines them; parametric ReLU has its slope in the exercise.
ACTIVATIONS: dict[str, Callable[[Any], Any]] = {
    "linear": lambda z: z,
    "sigmoid": expit,
    "tanh": anp.tanh,
    "relu": lambda z: anp.maximum(z, 0.0),
    "leaky_relu": lambda z: anp.where(z > 0, z, 0.01 * z),
    "softplus": lambda z: anp.log(1 + anp.exp(z)),
    "swish": lambda z: z * expit(z),
    "softmax": lambda z: anp.exp(z) / anp.sum(anp.exp(z)),
}


def activation_values(e: Exercise) -> dict[str, Any]:
    x, name = real(e["given"]["x"]), e["form"]["f"]
    if name == "parametric_relu":
        return {"g": np.maximum(float(e["given"]["alpha"]) * x, x)}
    return {"g": special.softmax(x) if name == "softmax" else ACTIVATIONS[name](x)}


def activation_derivative(e: Exercise) -> dict[str, Any]:
    a, b = e["given"]["a"], e["given"]["b"]
    outer: dict[str, Callable[[Any], Any]] = {
        **ACTIVATIONS,
        "bell": lambda u: anp.exp(-(u**2)),
        "squared": lambda u: anp.tanh(u) ** 2,
    }
    return {"d": autograd.grad(lambda x: outer[e["form"]["f"]](a * x + b))}


def computational_graph(e: Exercise) -> dict[str, Any]:
    def square(x: Any, y: Any, z: Any) -> Any:
        return (x * y + z) ** 2

    def fork(x: Any, y: Any, z: Any) -> Any:
        return (x * y) * (x + z)

    def exponential(x: Any, y: Any, z: Any) -> Any:
        return anp.exp(x * y) * z

    def maximum(x: Any, y: Any, z: Any) -> Any:
        return anp.maximum(x * y, z) * x

    def quotient(x: Any, y: Any, z: Any) -> Any:
        return (x + y) / (y * z)

    whole = next(f for f in (square, fork, exponential, maximum, quotient) if f.__name__ == e["form"]["graph"])
    point = [float(e["given"][name]) for name in "xyz"]
    return {f"{name}_bar": autograd.grad(whole, k)(*point) for k, name in enumerate("xyz")}


def dense_forward(e: Exercise) -> dict[str, Any]:
    v = reals(e)
    h = ACTIVATIONS[e["form"]["f"]](v["W_1"].dot(v["x"]) + v["b_1"])
    return {"h": h, "y_hat": ACTIVATIONS[e["form"]["g"]](v["W_2"].dot(h) + v["b_2"])}


def softmax_cross_entropy(e: Exercise) -> dict[str, Any]:
    y = real(e["given"]["y"])
    return {"dL_dz": autograd.grad(lambda z: -anp.sum(y * anp.log(ACTIVATIONS["softmax"](z))))(real(e["given"]["z"]))}


def equal_units(e: Exercise) -> dict[str, Any]:
    v, g = reals(e), ACTIVATIONS[e["form"]["f"]]
    out = np.broadcast_to(v["v"], 2)

    def loss(W: Any) -> Any:
        return (out[0] * g(W[0] @ v["x"] + v["b"]) + out[1] * g(W[1] @ v["x"] + v["b"]) + v["c"] - v["y"]) ** 2 / 2

    W = np.array([v["w"], v["w"]])
    new = W - v["alpha"] * autograd.grad(loss)(W)
    verdict = "They are equal, and they stay equal" if out[0] == out[1] else "They have become different"
    return {"w_new[1]": new[0], "w_new[2]": new[1], "verdict": verdict}


def training_step(e: Exercise) -> dict[str, Any]:
    v, g = reals(e), ACTIVATIONS[e["form"]["f"]]

    def loss(parameters: Any) -> Any:
        w_1, b_1, w_2, b_2 = parameters
        z_2 = w_2 * g(anp.dot(w_1, v["x"]) + b_1) + b_2
        if e["form"]["task"] == "regression":
            return (z_2 - v["y"]) ** 2 / 2
        return -v["y"] * anp.log(expit(z_2)) - (1 - v["y"]) * anp.log(1 - expit(z_2))

    old = [v[name] for name in ("w_1", "b_1", "w_2", "b_2")]
    new = [p - v["alpha"] * slope for p, slope in zip(old, autograd.grad(loss)(old), strict=True)]
    return {"L": float(loss(old)), "w_1_new": new[0], "w_2_new": float(new[2]), "L_new": float(loss(new))}


def two_layer_gradients(e: Exercise) -> dict[str, Any]:
    v, g = reals(e), ACTIVATIONS[e["form"]["f"]]

    def loss(W_1: Any, b_1: Any, W_2: Any, b_2: Any) -> Any:
        y_hat = ACTIVATIONS[e["form"]["last"]](anp.dot(W_2, g(anp.dot(W_1, v["x"]) + b_1)) + b_2)
        if e["form"]["last"] == "softmax":
            return -anp.sum(v["y"] * anp.log(y_hat))
        return anp.sum((y_hat - v["y"]) ** 2) / 2

    names = ("W_1", "b_1", "W_2", "b_2")
    return {f"dL_d{name}": autograd.grad(loss, k)(*(v[n] for n in names)) for k, name in enumerate(names)}


def lstm_gate(e: Exercise) -> dict[str, Any]:
    v = reals(e)
    return {"g": special.expit(v["w_h"] * v["h_prev"] + np.sum(v["w_x"] * v["x_t"]) + v["b"])}


def lstm_step(e: Exercise) -> dict[str, Any]:
    v = reals(e)

    def seen(part: str) -> Any:  # the input's weights are a column where there is one input
        return v[f"W_h{part}"].dot(v["h_prev"]) + v[f"W_x{part}"].reshape(2, -1).dot(v["x_t"].ravel()) + v[f"b_{part}"]

    forget, enter, show = (special.expit(seen(part)) for part in "fio")
    C = forget * v["C_prev"] + enter * np.tanh(seen("c"))
    return {"C_t": C, "h_t": show * ACTIVATIONS[e["form"]["out"]](C)}


def rnn_step(e: Exercise) -> dict[str, Any]:
    v = reals(e)
    z = v["W_hh"].dot(v["h_prev"]) + v["W_xh"].reshape(2, -1).dot(v["x_t"].ravel()) + v["b_h"]
    return {"h_t": ACTIVATIONS[e["form"]["g"]](z)}


def rnn_backward(e: Exercise) -> dict[str, Any]:
    v, g, targets = reals(e), ACTIVATIONS[e["form"]["g"]], family(e, "y")

    def loss(w: Any) -> Any:
        h, total = v["h_0"], 0.0
        for t, x in enumerate(v["x"], start=1):
            h = g(w * h + v["u"] * x + v["b"])
            if t in targets:  # all of them, or only the last one
                total = total + (h - float(targets[t])) ** 2 / 2
        return total

    return {"dL_dw": autograd.grad(loss)(float(v["w"]))}


def clip_by_norm(e: Exercise) -> dict[str, Any]:
    g, v = real(e["given"]["g"]), float(e["given"]["v"])
    return {"g_clipped": g * np.minimum(1.0, v / np.linalg.norm(g))}
