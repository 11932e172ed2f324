"""Decimal numbers taken at their word: 0.1 means one tenth, so signs and comparisons are decided without float noise.

A float that a person wrote or reads as a decimal is turned into the fraction of that decimal (its shortest repr).
Steps and jumps, such as sgn or "is the determinant zero?", are decided on these fractions; 0.1 + 0.2 − 0.3 is 0.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from quizgen.core.shapes import Array
from quizgen.errors import UsageError

#: An array of dtype object whose entries are Fractions; it adds, multiplies and contracts (`@`) as any array does.
ExactArray: TypeAlias = NDArray[Any]


def exact(number: float) -> Fraction:
    """The fraction that the shortest decimal form of `number` stands for: `exact(0.1)` is 1/10.

    Raises:
        UsageError: if `number` is NaN or infinite.
    """
    if not math.isfinite(number):
        raise UsageError(f"an exact step needs finite numbers, got {number}")
    return Fraction(repr(float(number)))


def exact_array(array: Array) -> ExactArray:
    """`exact` of every entry; the same shape, dtype object."""
    fractions = np.empty(array.shape, dtype=object)
    for place, number in np.ndenumerate(array):
        fractions[place] = exact(number)
    return fractions


def rounded(array: ExactArray) -> Array:
    """The floats nearest to the fractions, whose shortest repr is the short decimal again: 3/10 becomes 0.3."""
    return np.asarray(array, dtype=object).astype(np.float64)
