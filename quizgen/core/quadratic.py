"""Gradient descent on a parabola, ℓ(w) = a/2 (w − c)², where everything about the learning rate can be said exactly.

The error w − c is multiplied by r = 1 − α a in every step.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from quizgen.core.exact import exact
from quizgen.core.shapes import as_count, as_number

Verdict: TypeAlias = Literal["converges monotonically", "converges oscillating", "oscillates", "diverges"]


def quadratic_descent(w_0: float, a: float, alpha: float, steps: int, c: float = 0.0) -> list[float]:
    """w_{k+1} = w_k − α a (w_k − c), from w_0 on.

    Args:
        w_0: the start.
        a: the curvature ℓ″, > 0.
        alpha: the learning rate α, > 0.
        steps: how many, at least 0.
        c: where the minimum is.

    Returns:
        w_0, w_1, …, w_steps: one more than there are steps.

    Raises:
        UsageError: if a or α is not positive.
    """
    slope = as_number(a, "quadratic_descent: a", above=0)
    rate = as_number(alpha, "quadratic_descent: alpha", above=0)
    minimum = as_number(c, "quadratic_descent: c")
    iterates = [as_number(w_0, "quadratic_descent: w_0")]
    for _ in range(as_count(steps, "quadratic_descent: steps", minimum=0)):
        w = iterates[-1]
        iterates.append(w - rate * slope * (w - minimum))
    return iterates


def quadratic_verdict(a: float, alpha: float) -> Verdict:
    """What descent does from any start but the minimum, by r = 1 − α a, decided on the exact decimals.

    Args:
        a: the curvature, > 0.
        alpha: the learning rate, > 0.

    Returns:
        0 ≤ r < 1, or α ≤ 1/a: "converges monotonically" (at r = 0 in one step);
        −1 < r < 0, or 1/a < α < 2/a: "converges oscillating", from side to side;
        r = −1, or α = 2/a: "oscillates", between two points for ever;
        r < −1, or α > 2/a: "diverges".

    Raises:
        UsageError: if a or α is not positive.
    """
    r = 1 - exact(as_number(a, "quadratic_verdict: a", above=0)) * exact(
        as_number(alpha, "quadratic_verdict: alpha", above=0)
    )
    if r >= 0:
        return "converges monotonically"
    if r > -1:
        return "converges oscillating"
    return "oscillates" if r == -1 else "diverges"


def critical_learning_rate(a: float) -> float:
    """2/a: below it descent converges, above it diverges. The fastest is 1/a: one step.

    Raises:
        UsageError: if the curvature a is not positive.
    """
    return 2.0 / as_number(a, "critical_learning_rate: a", above=0)
