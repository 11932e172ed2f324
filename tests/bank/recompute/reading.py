"""An exercise as `exam.json` holds it. Nothing here, nor in any file beside it, comes from quizgen."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

Exercise = dict[str, Any]  #: one member of the list `exercises`
Oracle = Callable[[Exercise], dict[str, Any]]  #: from an exercise to its answers by name, recomputed


def exercises_of(exam: bytes | str) -> list[Exercise]:
    """The exercises of an `exam.json`. Decimals are read as the fractions they are: 0.1 is exactly one tenth."""
    found: list[Exercise] = json.loads(exam, parse_float=Fraction)["exercises"]
    return found


def real(number: Any) -> NDArray[np.float64]:
    """A number or nested lists as float64."""
    return np.array(number, dtype=np.float64)


def reals(exercise: Exercise) -> dict[str, NDArray[np.float64]]:
    """Everything given, by name, as float64."""
    return {name: real(value) for name, value in exercise["given"].items()}


def family(exercise: Exercise, name: str) -> dict[int, Any]:
    """The members of a family, `n[0]`, `n[1]`, …, by their index."""
    start = f"{name}["
    members = {key[len(start) : -1]: value for key, value in exercise["given"].items() if key.startswith(start)}
    return {int(index): value for index, value in members.items()}
