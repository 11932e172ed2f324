"""Difficulties of training, from the words of the questions: polynomials, all masks, all combinations, counting up."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

import autograd
import numpy as np
from numpy.polynomial import Polynomial
from recompute.networks import ACTIVATIONS
from recompute.reading import Exercise, family
from recompute.training import slope


def convexity(e: Exercise) -> dict[str, Any]:
    v = {name: float(value) for name, value in e["given"].items()}
    w = Polynomial([0, 1])
    if e["form"]["loss"] == "network":
        loss = (w * w * v["x"] - v["y"]) ** 2 / 2
    else:
        loss = v["a"] * w**4 + v["b"] * w**2 + v["c"] * w
    turning = [root.real for root in loss.deriv(3).roots() if v["w_1"] <= root.real <= v["w_2"]]
    values = [float(loss.deriv(2)(place)) for place in (v["w_1"], v["w_2"], *turning)]
    kind = (
        "It is convex on the whole range" if min(values) >= 0
        else "It is concave on the whole range" if max(values) <= 0
        else "It is convex on one part"
    )  # fmt: skip
    return {"m": min(values), "M": max(values), "kind": kind}


def derivative_chain(e: Exercise) -> dict[str, Any]:
    f = ACTIVATIONS[e["form"]["f"]]
    weights, biases = family(e, "w"), family(e, "b")

    def chain(h: Any) -> Any:
        for l in (1, 2, 3):  # noqa: E741
            bias = float(biases[l]) if e["form"]["bias"] == "with" else 0.0
            h = f(float(weights[l]) * h + bias)
        return h

    return {"D": autograd.grad(chain)(float(e["given"]["h[0]"]))}


def dropout(e: Exercise) -> dict[str, Any]:
    """What testing computes is the mean over all masks of what training computes, each with its probability."""
    given, form = e["given"], e["form"]
    keep = Fraction(given["k"]) if form["told"] == "keep" else 1 - Fraction(given["p"])
    scale = 1 / keep if form["kind"] == "inverted" else 1

    def training(mask: Any) -> Fraction:
        terms = zip(mask, given["h"], given["w"], strict=True)
        return Fraction(sum(w * h * scale for kept, h, w in terms if kept)) + given["b"]

    masks = product((0, 1), repeat=form["D"])
    mean = sum((prod(keep if kept else 1 - keep for kept in mask) * training(mask) for mask in masks), Fraction(0))
    return {"z_train": training(given["m"]), "z_test": mean}


def grid_search(e: Exercise) -> dict[str, Any]:
    given, names = e["given"], ("n_lr", "n_B", "n_L", "n_H")[: e["form"]["G"]]
    grid = list(product(*(range(given[name]) for name in names)))
    runs = grid if e["form"]["again"] == "once" else [point for point in grid for _ in range(given["k"])]
    return {"n": len(grid), "h": sum(Fraction(given["t"], 60) for _ in runs)}


def hyper_parameter(e: Exercise) -> dict[str, Any]:
    """By the words of each line: weights and biases are learned; rates, sizes and numbers of things are chosen."""
    starts = {
        "parameter": ("a weight of", "the bias of"),
        "hyper-parameter": ("the learning rate", "the batch size", "the number of"),
    }
    (asked,) = [kind for kind in starts if f"**{kind}**" in e["question"]]
    (answer,) = e["answers"]
    (line,) = [line["text"] for line in answer["choices"] if line["text"].startswith(starts[asked])]
    return {answer["name"]: line}


def l2_step(e: Exercise) -> dict[str, Any]:
    given, half = e["given"], r"penalty $\frac{\lambda}{2}" in e["question"]
    here = [Fraction(entry) for entry in given["w"]]

    def dot(one: Any, other: Any) -> Fraction:
        return sum((Fraction(a) * b for a, b in zip(one, other, strict=True)), Fraction(0))

    def penalty(w: Any) -> Fraction:
        return dot(w, w) * given["lam"] / (2 if half else 1)

    def loss(w: Any) -> Fraction:
        return dot(w, given["u"]) if e["form"]["source"] == "given" else (dot(w, given["x"]) - given["y"]) ** 2 / 2

    new = []
    for k, now in enumerate(here):
        along = [[*here[:k], now + shift, *here[k + 1 :]] for shift in (-1, 1)]
        low, high = (loss(w) + penalty(w) for w in along)
        new.append(now - given["alpha"] * (high - low) / 2)
    return {"w_new": new, "rho": 1 - given["alpha"] * slope(lambda u: penalty([u]), Fraction(1))}


def parameters_against_samples(e: Exercise) -> dict[str, Any]:
    v = e["given"]

    def parameters(width: int) -> int:
        shapes = [(width, v["D"]), (width,), (v["K"], width), (v["K"],)]
        return sum(np.zeros(shape).size for shape in shapes)

    widest = 1
    while parameters(widest + 1) < v["N"]:
        widest += 1
    return {"P": parameters(v["H"]), "r": Fraction(parameters(v["H"]), v["N"]), "H_max": widest}
