"""Losses: probabilities and logarithms from SciPy, slopes by autograd, numbers from the printed question."""

from __future__ import annotations

import re
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
from recompute.reading import Exercise, family, real, reals
from scipy import special


def softmax(e: Exercise) -> dict[str, Any]:
    v = real(e["given"]["v"])
    return {"p": special.softmax(v) if e["form"]["told"] == "z" else v / np.sum(v)}


def softmax_shift(e: Exercise) -> dict[str, Any]:
    """With the printed logits, in the double precision that the question asks about."""
    printed = re.search(r"\\mathbf\{z\} = \(([^)]*)\)", e["question"])
    assert printed is not None, "the question shows no logits"
    z = np.array([float(number) for number in printed[1].split(",")])
    p = special.softmax(z)
    if e["form"]["about"] == "shift":
        moved = re.search(r"if \$(\d+)\$ were added", e["question"])
        assert moved is not None, "the question names no shift"
        assert np.allclose(special.softmax(z + float(moved[1])), p, rtol=1e-12)
        return {"p": p, "why": "They stay exactly as they are."}
    with np.errstate(over="ignore", under="ignore"):
        u = np.exp(z)
    if np.isinf(u).all():
        return {"p": p, "why": "Every exponential would become infinite"}
    assert not u.any(), f"neither infinite nor 0: {u}"
    return {"p": p, "why": "Every exponential would become 0"}


def binary_cross_entropy(e: Exercise) -> dict[str, Any]:
    x, y = real(e["given"]["x"]), np.array(list(family(e, "y").values()))
    sides = np.where(y == 1, x, 1 - x) if e["form"]["told"] == "p" else special.expit(np.where(y == 1, x, -x))
    terms = -np.log(sides)
    return {"L": terms.mean() if e["form"]["reduction"] == "mean" else terms.sum()}


def cross_entropy(e: Exercise) -> dict[str, Any]:
    """From the printed table: probabilities, and the class or the one-hot vector in the last column."""
    terms = []
    for line in re.findall(r"^\| \d \|(.*)\|$", e["question"], re.MULTILINE):
        *cells, target = [cell.strip().replace("$", "") for cell in line.split("|")]
        p = np.array([float(cell) for cell in cells])
        assert np.isclose(p.sum(), 1), f"probabilities add up to {p.sum()}"
        place = int(target.split()[1]) - 1 if "class" in target else target.strip("()").split(", ").index("1")
        terms.append(float(special.entr(p[place]) / p[place]))
    return {"l[1]": terms[0], "L": np.mean(terms) if e["form"]["reduction"] == "mean" else np.sum(terms)}


def mean_squared_error(e: Exercise) -> dict[str, Any]:
    v = reals(e)
    return {"L": np.mean((v["y_hat"] - v["y"]) ** 2) / (2 if "factor $\\frac{1}{2}$" in e["question"] else 1)}


def normalise_target(e: Exercise) -> dict[str, Any]:
    """A straight line through (smallest, 0) and (largest, 1), and its inverse."""
    low, high, y, o = (
        float(found[1])
        for name in (r"y_\{?\\min\}?", r"y_\{?\\max\}?", "y", "o")
        if (found := re.search(rf"\${name} = (-?[\d.]+)\$", e["question"].replace("{,}", ""))) is not None
    )
    return {"t": np.interp(y, [low, high], [0, 1]), "y_hat": np.interp(o, [0, 1], [low, high])}


def sum_or_mean(e: Exercise) -> dict[str, Any]:
    v, known = reals(e), e["form"]["known"]
    losses = {
        "sum": lambda w: anp.sum((w * v["x"] - v["y"]) ** 2),
        "mean": lambda w: anp.mean((w * v["x"] - v["y"]) ** 2),
    }
    w, alpha = float(v["w"]), float(v["alpha"])
    slope, other = (autograd.grad(losses[name])(w) for name in (known, "mean" if known == "sum" else "sum"))
    return {
        "L_sum": losses["sum"](w),
        "L_mean": losses["mean"](w),
        "w_new": w - alpha * slope,
        "beta": alpha * slope / other,  # beta times the other slope is the same step
    }
