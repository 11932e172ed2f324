"""Batches, steps and learning rates, from the words of the questions: counted out, or by differences of the loss."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
from recompute.reading import Exercise, family, real


def slope(loss: Callable[[Fraction], Fraction], at: Fraction) -> Fraction:
    """The derivative of a polynomial of degree 2, without any rule: its symmetric difference quotient is exact."""
    return (loss(at + 1) - loss(at - 1)) / 2


def batch_memory(e: Exercise) -> dict[str, Any]:
    widths, size, given = [width for _, width in sorted(family(e, "n").items())], e["form"]["k"], e["given"]
    stored = [np.zeros((m, n)).size + np.zeros(m).size for n, m in pairwise(widths)]

    def needed(samples: int) -> int:
        return int(size) * (sum(stored) + sum(stored) + sum(np.zeros((samples, n)).size for n in widths))

    largest = 1
    while needed(largest + 1) <= given["M"]:
        largest += 1
    return {"m": needed(given["B"]), "B_max": largest}


def batches_split(e: Exercise) -> dict[str, Any]:
    given, order = e["given"], e["form"]["order"]
    first = 0 if order == "zero" else 1
    samples = given["s"] if order == "shuffled" else list(range(first, first + given["N"]))
    batches = [samples[k : k + given["B"]] for k in range(0, len(samples), given["B"])]
    wanted = re.search(r"batch with sample \$(\d+)\$", e["question"])
    assert wanted is not None, "the question names no sample"
    (place,) = [k for k, batch in enumerate(batches, start=first) if int(wanted[1]) in batch]
    return {"n": len(batches), "r": len(batches[-1]), "k": place}


def full_or_mini_batch(e: Exercise) -> dict[str, Any]:
    x, y, rate = family(e, "x"), family(e, "y"), e["given"]["alpha"]

    def gradient(w: Fraction, *parts: int) -> Fraction:
        samples = [pair for k in parts for pair in zip(x[k], y[k], strict=True)]
        whole = 1 if e["form"]["reduction"] == "sum" else len(samples)
        return slope(lambda u: Fraction(sum((u * a - b) ** 2 for a, b in samples)) / whole, w)

    start = Fraction(e["given"]["w_0"])
    after = start - rate * gradient(start, 1)
    return {
        "d": gradient(start, 1) - gradient(start, 1, 2),
        "w_full": start - rate * gradient(start, 1, 2),
        "w_mini": after - rate * gradient(after, 2),
    }


def gradient_descent_step(e: Exercise) -> dict[str, Any]:
    given = e["given"]
    return {"w_new": real(given["w"]) - float(given["alpha"]) * real(given["g"])}


def learning_rate_rules(e: Exercise) -> dict[str, Any]:
    """From the table alone: what the loss does in one run decides the rate of the next."""
    runs = re.findall(r"^\| (\d) \|.*\| (.*) \|$", e["question"], re.MULTILINE)
    assert [number for number, _ in runs] == list("1234"), f"not four runs: {runs}"
    rate, rates = Fraction(e["given"]["alpha[1]"]), {}
    for number, what in runs[:3]:
        high, low = re.search("grows|jumps", what), re.search("slowly|hardly falls|only a little", what)
        assert (high is None) != (low is None), f"too high or too low? {what!r}"
        rate = rate / 10 if high else rate * e["given"]["f"]
        rates[f"alpha[{int(number) + 1}]"] = rate
    return rates


def linear_model_step(e: Exercise) -> dict[str, Any]:
    given, one = e["given"], e["form"]["D"] == 1
    inputs = [[x] for x in given["x"]] if one else given["X"]
    place = [Fraction(entry) for entry in ([given["w"]] if one else given["w"])] + [Fraction(given["b"])]

    def loss(theta: list[Fraction]) -> Fraction:
        outputs = [sum((w * x for w, x in zip(theta, [*row, 1], strict=True)), Fraction(0)) for row in inputs]
        squares = sum(((out - y) ** 2 for out, y in zip(outputs, given["y"], strict=True)), Fraction(0))
        return squares if "**sum**" in e["question"] else squares / len(inputs)

    new = [
        now - given["alpha"] * slope(lambda u, k=k: loss([*place[:k], u, *place[k + 1 :]]), now)  # type: ignore[misc]
        for k, now in enumerate(place)
    ]
    return {"w_new": new[0] if one else new[:-1], "b_new": new[-1]}


def method_by_batch_size(e: Exercise) -> dict[str, Any]:
    """From the words: how many samples are behind one change of the weights?"""
    text = e["question"].replace("{,}", "").replace("$", "").split("\n")[0]

    def number(pattern: str) -> int:
        found = re.search(pattern, text)
        return int(found[1]) if found else 0

    N, E = number(r"(\d+) training samples") or number(r"trained on (\d+) samples"), number(r"(\d+) (?:epochs|times\.)")
    changes, updates = number(r"changed (\d+) times"), number(r"makes (\d+) updates")
    stated = number(r"batch size is set to (\d+)\.") or number(r"^The gradients of (\d+) samples are averaged")
    if stated or "of one sample" in text:
        share = Fraction(stated or 1)
    elif changes or updates:
        share = Fraction(N) / (updates or Fraction(changes, E))
    else:
        assert "losses of all" in text or "at the end of each pass" in text, text
        share = Fraction(N)
    assert share >= 1, text
    if share == 1:
        return {"method_name": "stochastic gradient descent"}
    return {"method_name": "full-batch" if share == N else "mini-batch"}


def momentum_step(e: Exercise) -> dict[str, Any]:
    given, two = e["given"], e["form"]["T"] == 2
    rate, share = given["alpha"], given["beta"]
    inside = r"v_t = \beta v_{t-1} - \alpha g_t$ and $w_t = w_{t-1} + v_t" in e["question"]
    assert inside or r"v_t = \beta v_{t-1} + g_t$ and $w_t = w_{t-1} - \alpha v_t" in e["question"], "no rule"

    def path(w: Fraction, v: Fraction, gradient: Callable[[Fraction], Fraction], steps: int) -> tuple[Fraction, ...]:
        for _ in range(steps):
            v = share * v - rate * gradient(w) if inside else share * v + gradient(w)
            w = w + v if inside else w - rate * v
        return v, w

    if two:
        bowl = lambda u: given["a"] * (u - given["c"]) ** 2 / Fraction(2)  # noqa: E731
        v, w = path(Fraction(given["w[0]"]), Fraction(given["v[0]"]), lambda u: slope(bowl, u), 2)
        return {"v_new": v, "w_new": w}
    weights = zip(given["w[0]"], given["v[0]"], given["u"], strict=True)
    ends = [path(Fraction(w), Fraction(v), lambda _, g=g: Fraction(g), 1) for w, v, g in weights]  # type: ignore[misc]
    return {"v_new": [v for v, _ in ends], "w_new": [w for _, w in ends]}


def steps_per_epoch(e: Exercise) -> dict[str, Any]:
    given, kept = e["given"], "form a smaller batch" in e["question"]
    samples = given["N"] if e["form"]["data"] == "all" else Fraction(given["N"] * given["p"], 100)
    assert samples == int(samples), "part of a sample"
    steps, left = 0, int(samples)
    while left >= given["B"] or (kept and left > 0):
        steps, left = steps + 1, left - given["B"]
    return {"n": steps, "n_all": sum(steps for _ in range(int(given["E"])))}
