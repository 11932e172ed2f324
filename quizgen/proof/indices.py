"""Indices whose letters have values: the `i` of a sum, the `t` of a step."""

from __future__ import annotations

from collections.abc import Mapping

from quizgen.proof.nodes import Name
from quizgen.proof.values import Value


def with_indices(node: Name, bound: Mapping[str, Value]) -> Name:
    """The name with the bound indices replaced by their numbers: `x_{i+1}` at i = 2 is `x_{3}`."""
    indices: list[tuple[str, ...]] = []
    for index in node.indices:
        if len(index) > 1 and all(text in bound for text in index):
            indices.extend((str(bound[text]),) for text in index)
        else:
            indices.append(bound_index(index, bound))
    return Name(node.base, tuple(indices), node.label, node.before, node.after)


def bound_index(index: tuple[str, ...], bound: Mapping[str, Value]) -> tuple[str, ...]:
    """One index with its letters replaced, and the sum computed."""
    if not any(text in bound for text in index):
        return index
    total, sign = 0, 1
    for text in index:
        if text in ("+", "-"):
            sign = 1 if text == "+" else -1
            continue
        value = int(text) if text.isdigit() and len(text) < 7 else bound.get(text)
        if not isinstance(value, int) or not sign:
            return index
        total, sign = total + sign * value, 0
    return (str(total),)
