"""Initial weights, from the words of the questions: automatic derivatives, integrals, and units counted out."""

from __future__ import annotations

from math import sqrt
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
from numpy.polynomial import Polynomial
from recompute.networks import ACTIVATIONS
from recompute.reading import Exercise, reals
from scipy.optimize import brentq


def zero_weights(e: Exercise) -> dict[str, Any]:
    """All nine parameters of the network, one by one: W row by row, both hidden biases, both outgoing weights, c."""
    v, f, out = reals(e), e["form"]["f"], e["form"]["out"]

    def output(theta: Any) -> Any:
        h = ACTIVATIONS[f](anp.dot(theta[:4].reshape(2, 2), v["x"]) + theta[4:6])
        z = anp.dot(theta[6:8], h) + theta[8]
        return z if out == "linear" else ACTIVATIONS["sigmoid"](z)

    def loss(theta: Any) -> Any:
        y = output(theta)
        if out == "linear":
            return (y - v["y"]) ** 2 / 2
        return -v["y"] * anp.log(y) - (1 - v["y"]) * anp.log(1 - y)

    start = np.zeros(9)
    g = autograd.grad(loss)(start)
    assert not g[:6].any(), f"no line says that a hidden gradient is not zero: {g}"
    assert g[6] == g[7], f"the two outgoing weights differ: {g}"
    assert g[8] != 0, f"no line says that the output bias has no gradient: {g}"
    return {
        "dL_dc": g[8],
        "dL_dv": g[6],
        "y_new": float(output(start - v["alpha"] * g)),
        "zero": "Those of the hidden weights and biases" if g[6] else "Those of all weights and of the hidden biases",
    }


def variance(low: float, high: float) -> float:
    """Of a uniform draw: the mean of the square less the square of the mean, both as integrals."""
    density = 1 / (high - low)
    mean, square = (Polynomial([0] * power + [density]).integ() for power in (1, 2))
    return float(square(high) - square(low) - (mean(high) - mean(low)) ** 2)


def limit(wanted: float) -> float:
    """The a for which a uniform draw from [-a, a] has the variance wanted."""
    return float(brentq(lambda a: variance(-a, a) - wanted, 1e-9, 1e3, xtol=1e-15, rtol=1e-14))


def variance_of_uniform(e: Exercise) -> dict[str, Any]:
    v = {name: float(value) for name, value in e["given"].items()}
    of_weight = variance(-v["a"], v["a"])
    return {
        "V_w": of_weight,
        "V_z": sum(of_weight * v["q"] for _ in range(e["given"]["D"])),
        "a_new": limit(v["t"] / (v["D"] * v["q"])),
    }


def glorot_he(e: Exercise) -> dict[str, Any]:
    given, form = e["given"], e["form"]
    if form["layer"] == "dense":
        reads, feeds = given["D"], given["M"]
    else:  # an image so large that the middle pixel is far from the border: which windows hold it?
        k = given["k"]
        middle, places = 2 * k, range(4 * k)
        windows = sum(r <= middle < r + k and c <= middle < c + k for r in places for c in places)
        reads, feeds = np.zeros((k, k, given["c_in"])).size, windows * given["c_out"]
    wanted = 2 / reads if form["f"] == "relu" else 2 / (reads + feeds)
    return {"s": sqrt(wanted), "a": limit(wanted)}
