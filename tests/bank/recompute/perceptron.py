"""Perceptrons in fractions, so that a sample on the boundary would be seen as one."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from typing import Any

from recompute.learning import perceptron_step
from recompute.reading import Exercise

#: What a gate gives for two truth values.
GATES: dict[str, Callable[[bool, bool], bool]] = {
    "AND": lambda p, q: p and q,
    "OR": lambda p, q: p or q,
    "NAND": lambda p, q: not (p and q),
}


def output(e: Exercise) -> dict[str, Any]:
    w, b, X = (e["given"][name] for name in "wbX")
    z = [b + sum(one * other for one, other in zip(w, x, strict=True)) for x in X]
    assert 0 not in z, "a sample on the boundary, whose class the question does not tell"
    return {"y_hat": [1 if number > 0 else -1 for number in z]}


def train_boolean(e: Exercise) -> dict[str, Any]:
    """Epoch after epoch, as the question says, until one changes nothing."""
    gate, false = GATES[e["form"]["gate"]], 0 if e["form"]["code"] == "binary" else -1
    samples = [
        ([1 if truth else false for truth in inputs], 1 if gate(*inputs) else -1)
        for inputs in product([False, True], repeat=2)
    ]
    w, b, updates = e["given"]["w[0]"], e["given"]["b[0]"], 0
    for _ in range(100):
        before = updates
        for x, y in samples:
            new = perceptron_step(w, b, x, y, e["form"]["alpha"])
            updates += new != (w, b)
            w, b = new
        if updates == before:
            return {"n": updates, "w_end": w, "b_end": b}
    raise AssertionError("the training does not end")


def find_weights(e: Exercise) -> dict[str, Any]:
    """Conditions on the weights and on the bias, from the table and the distance that the question prints."""
    rows = [
        [int(cell.strip(" $")) for cell in line.strip("|").split("|")]
        for line in re.findall(r"^\| \$-?\d.*\|$", e["question"], re.MULTILINE)
    ]
    assert len(rows) == 2 ** (len(rows[0]) - 1), f"the table has {len(rows)} rows"

    def right(shown: dict[str, Any]) -> bool:
        z = [(sum(p * q for p, q in zip(shown["w"], x, strict=True)) + shown["b"], y) for *x, y in rows]
        return all(number * y >= e["given"]["m"] for number, y in z)

    return {"w": right, "b": right}
