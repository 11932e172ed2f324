"""Convolutional networks: windows slid by SciPy, weights counted by making them, gradients by autograd.

What a question prints but does not draw (the side of an image, a target) is read from `work`.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
from numpy.typing import NDArray
from recompute.counting import dense_size, filters_size, stops
from recompute.reading import Exercise, family, real, reals
from scipy import ndimage, signal

Array = NDArray[np.float64]


def slid(X: Array, K: Array, *, padding: int = 0, stride: int = 1) -> Array:
    """The kernel laid as it is on every place of the padded image where it fits, and every stride-th place kept."""
    places = signal.correlate(np.pad(X, padding), K, mode="valid", method="direct")
    return np.asarray(places[(slice(None, None, stride),) * X.ndim])


def windows(X: Any, k: int, s: int) -> Array:
    """All windows of k x k that are full, by row and column of their place."""
    return np.lib.stride_tricks.sliding_window_view(real(X), (k, k))[::s, ::s]


def sides(e: Exercise, window: int, *, padding: int = 0, stride: int = 1) -> tuple[int, int]:
    """Places of a window along the width and along the height."""
    width, height = (stops(e["given"][name], window, padding=padding, stride=stride) for name in ("w", "h"))
    return width, height


def weights(*shape: int) -> int:
    return np.zeros(shape).size


def average_pooling(e: Exercise) -> dict[str, Any]:
    return {"Y": windows(e["given"]["X"], e["form"]["k"], e["form"]["s"]).mean(axis=(2, 3))}


def max_pooling(e: Exercise) -> dict[str, Any]:
    return {"Y": windows(e["given"]["X"], e["form"]["k"], e["form"]["s"]).max(axis=(2, 3))}


def max_pooling_gradient(e: Exercise) -> dict[str, Any]:
    form, dY = e["form"], real(e["given"]["dY"])

    def loss(X: Any) -> Any:  # any loss with this gradient at the output
        k, s = form["k"], form["s"]
        return sum(dY[i, j] * anp.max(X[s * i : s * i + k, s * j : s * j + k]) for i, j in np.ndindex(dY.shape))

    return {"dX": autograd.grad(loss)(real(e["given"]["X"]))}


def global_pooling(e: Exercise) -> dict[str, Any]:
    maps = np.stack([real(X) for _, X in sorted(family(e, "X").items())])
    return {"M": maps.max(axis=(1, 2)), "A": maps.mean(axis=(1, 2))}


def convolution_layer(e: Exercise) -> dict[str, Any]:
    v, form = reals(e), e["form"]
    slope = {"relu": 0.0, "leaky_relu": 0.01}[form["g"]]
    answers = {}
    for m in (1, 2):
        maps = [slid(v[f"X[{c}]"], v[f"K[{m},{c}]"], padding=form["p"], stride=form["s"]) for c in (1, 2)]
        Z = sum(maps) + v[f"b[{m}]"]
        answers[f"Y[{m}]"] = np.where(Z > 0, Z, slope * Z)
    return answers


def convolve_image(e: Exercise) -> dict[str, Any]:
    v, form = reals(e), e["form"]
    return {"Y": slid(v["X"], v["K"], padding=form["p"], stride=form["s"]) + v["b"]}


def convolve_sequence(e: Exercise) -> dict[str, Any]:
    v, form = reals(e), e["form"]
    return {"Y": slid(v["x"], v["k"], padding=form["p"], stride=form["s"])}


def true_convolution(e: Exercise) -> dict[str, Any]:
    v = reals(e)
    return {"Y": slid(v["X"], v["K"]), "Z": signal.convolve2d(v["X"], v["K"], mode="valid")}


def kernel_gradient(e: Exercise) -> dict[str, Any]:
    v, T = reals(e), real(e["work"]["T"])
    half, s = 0.5 if e["form"]["loss"] == "half" else 1.0, e["form"]["s"]

    def loss(K: Any, b: Any) -> Any:
        patches = [v["X"][s * i : s * i + 2, s * j : s * j + 2] for i, j in product(range(2), repeat=2)]
        y = anp.array([anp.sum(patch * K) + b for patch in patches])
        return half * anp.sum((y - T.ravel()) ** 2)

    dK, db = (autograd.grad(loss, k)(v["K"], float(v["b"])) for k in (0, 1))
    return {"dL_dK": dK, "dL_db": db, "K_new": v["K"] - v["alpha"] * dK}


def equivariance(e: Exercise) -> dict[str, Any]:
    s, k = e["form"]["s"], real(e["given"]["k"])
    before, after = real(e["work"]["x"]), ndimage.shift(real(e["work"]["x"]), e["form"]["d"], order=0)
    assert np.array_equal(after, real(e["work"]["x_new"])), "the second input printed is not the first one, moved"
    Y, Z = slid(before, k, stride=s), slid(after, k, stride=s)
    if e["form"]["end"] == "pooled":
        effect = "It stays the same" if Y.max() == Z.max() else "It holds other numbers"
    else:
        moved = [by for by in range(1, len(Y)) if np.array_equal(np.r_[np.zeros(by), Y[:-by]], Z)]
        effect = "It holds other numbers"
        if moved:
            effect = f"It moves along, by {'as many' if moved == [e['form']['d']] else 'fewer'} places"
    return {"Y": Y, "Z": Z, "effect": effect}


def dense_on_image(e: Exercise) -> dict[str, Any]:
    given, form = e["given"], e["form"]
    zoom = given["k"] if form["size"] == "grows" else 1
    return {"n": dense_size(weights(zoom * given["W"], zoom * given["H"], form["C"]), given["M"], bias=False)}


def dense_or_convolution(e: Exercise) -> dict[str, Any]:
    W, H = e["work"]["W"], e["work"]["H"]
    C, f, M = e["form"]["C"], e["form"]["f"], e["given"]["M"]
    dense, convolution = dense_size(weights(W, H, C), M, bias=False), weights(M, f, f, C)
    return {"n_dense": dense, "n_conv": convolution, "r": Fraction(dense, convolution)}


def neighbourhood_connections(e: Exercise) -> dict[str, Any]:
    given, M = e["given"], e["form"]["M"]
    width, height = sides(e, given["f"], stride=e["form"]["s"])
    window = (given["f"], given["f"])
    return {
        "n_full": dense_size(weights(given["w"], given["h"]), weights(M, width, height), bias=False),
        "n_local": weights(M, width, height, *window),
        "n_shared": weights(M, *window),
    }


def layer_parameters(e: Exercise) -> dict[str, Any]:
    given, form = e["given"], e["form"]
    height = given["q"] if form["place"] == "oblong" else given["f"]
    biases = weights(given["m"]) if form["bias"] == "with" else 0
    return {"n": weights(given["m"], given["c"], height, given["f"]) + biases}


def multiply_accumulates(e: Exercise) -> dict[str, Any]:
    """Counted window by window: each place of the output costs all weights of its filter."""
    given, form = e["given"], e["form"]
    width, height = sides(e, given["f"], padding=form["p"], stride=form["s"])
    kernel = given["c"] * given["f"] * given["f"]
    operations = sum(kernel for _ in range(width) for _ in range(height)) * given["M"]
    return {"n": filters_size(given["c"], given["M"], given["f"]) - given["M"], "N": operations}


def convolution_shape(e: Exercise) -> dict[str, Any]:
    width, height = sides(e, e["given"]["f"], padding=e["form"]["p"], stride=e["form"]["s"])
    return {"o": [width, height, e["given"]["M"]]}


def pooling_shape(e: Exercise) -> dict[str, Any]:
    given = e["given"]
    stride = given["s"] if e["form"]["stride"] == "own" else given["f"]  # the window's side where none is stated
    return {"o": [*sides(e, given["f"], stride=stride), given["c"]]}


def global_pooling_shape(e: Exercise) -> dict[str, Any]:
    given = e["given"]
    maps = given["c"] if e["form"]["before"] == "maps" else given["m"]
    return {"o": [1, 1, maps], "n": dense_size(maps, given["K"])}


def flatten_shape(e: Exercise) -> dict[str, Any]:
    given, work = e["given"], e["work"]
    if e["form"]["before"] == "pooling":
        width, height = (stops(work[name], 2, stride=2) for name in ("w_in", "h_in"))
    else:
        width, height = given["w"], given["h"]
    length = np.zeros((width, height, given["c"])).ravel().size
    return {"D": length, "n": dense_size(length, given["M"], bias=e["form"]["bias"] == "with")}


def dense_shape(e: Exercise) -> dict[str, Any]:
    given = e["given"]
    shape = (*(given[name] for name in ("w", "h")[: e["form"]["axes"] - 1]), given["D"])
    out = (np.zeros(shape) @ np.zeros((given["M"], given["D"])).T).shape
    return {"o": list(out), "N": prod(out), "n": dense_size(given["D"], given["M"])}


def same_padding(e: Exercise) -> dict[str, Any]:
    given, wanted = e["given"], e["form"]["wanted"]
    side = given["x"]
    if wanted == "p":
        return {"a": next(p for p in range(side) if stops(side, given["f"], padding=p) == side)}
    if wanted == "f":
        fits = (f for f in range(1, 3 * side) if stops(side, f, padding=given["p"]) == side)
        return {"a": next(fits)}
    for _ in range(given["L"]):
        side = stops(side, given["f"])
    return {"a": given["x"] - side}


def find_hyperparameters(e: Exercise) -> dict[str, Any]:
    """What the three conditions of the question say, for any kernel, padding and stride."""
    side, wanted, demand = e["work"]["x"], e["given"]["m"], e["form"]["demand"]

    def right(values: dict[str, Any]) -> bool:
        f, p, s = (values[name] for name in "fps")
        if not (3 <= f <= 9 and 0 <= p < f and s >= 1 and stops(side, f, padding=p, stride=s) == wanted):
            return False
        end = (wanted - 1) * s + f  # of the last window, in the padded image
        return {"exact": end == side + 2 * p, "odd": f % 2 == 1, "bare": p == 0}[demand]

    return dict.fromkeys("fps", right)


def network_table(e: Exercise) -> dict[str, Any]:
    given, form = e["given"], e["form"]
    side, channels, counts = given["x"], form["C_0"], []
    f, p, C = (family(e, name) for name in "fpC")
    for block in (1, 2):
        counts.append(filters_size(channels, C[block], f[block]))
        side, channels = stops(stops(side, f[block], padding=p[block]), 2, stride=2), C[block]
    vector = weights(side, side, channels) if form["end"] == "flatten" else channels
    counts.append(dense_size(vector, given["K"]))
    return {"m[2]": side, "D": vector, "P_all": counts, "T": sum(counts)}


def receptive_field(e: Exercise) -> dict[str, Any]:
    """The pixels are followed backwards, one by one: which of a layer's inputs its wanted outputs see."""
    f, s, seen = family(e, "f"), family(e, "s"), {e["given"]["k"] - 1}
    for layer in sorted(f, reverse=True):
        seen = {place * s[layer] + offset for place in seen for offset in range(f[layer])}
    return {"R": max(seen) - min(seen) + 1, "a": min(seen) + 1, "b": max(seen) + 1}


def two_size_formulas(e: Exercise) -> dict[str, Any]:
    side, window, form = e["work"]["x"], e["given"]["f"], e["form"]
    q = Fraction(side - window + 2 * form["p"] + 1, form["s"])
    size = stops(side, window, padding=form["p"], stride=form["s"])
    ways = {-(-q // 1): "up", q // 1: "down"}
    return {"q": q, "n": size, "reason": f"It must be rounded {ways[size]}"}
