"""Eigenvalues: powers of a matrix, how fast they vanish or explode, and what a Hessian says about a critical point."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from quizgen.core.exact import exact
from quizgen.core.shapes import Array, as_array, as_count, as_number
from quizgen.errors import ShapeError, UsageError

CriticalPoint: TypeAlias = Literal["minimum", "maximum", "saddle", "undecided"]

_PRECISION = 60  # decimal digits of the logarithms
_TIE = Decimal("1e-40")  # closer than this to a whole number of steps is equality


@dataclass(frozen=True, slots=True, eq=False)
class Eigen:
    """W = Q diag(λ) Qᵀ of a symmetric matrix.

    Attributes:
        eigenvalues: λ_1 ≥ λ_2 ≥ …, (N,).
        Q: (N, N), orthogonal; column i belongs to λ_i and its first component that is not 0 is positive.
    """

    eigenvalues: Array
    Q: Array


def symmetric_eigen(W: ArrayLike) -> Eigen:
    """The eigen-decomposition of a symmetric matrix, with ordered eigenvalues and normalised signs.

    It is unique if the eigenvalues differ; for equal ones any orthonormal basis of their space may come back.

    Args:
        W: (N, N), symmetric.

    Raises:
        ShapeError: if W is not square; UsageError: if it is not symmetric.
    """
    matrix = _symmetric("symmetric_eigen", W)
    ascending, vectors = np.linalg.eigh(matrix)
    Q = vectors[:, ::-1]
    leading = np.argmax(np.abs(Q) > 1e-12, axis=0)  # the first row in which each unit vector is not 0
    signs = np.sign(Q[leading, np.arange(len(Q))])
    return Eigen(ascending[::-1].copy(), Q * signs)


def symmetric_power(W: ArrayLike, t: int) -> Array:
    """Wᵗ = Q Λᵗ Qᵀ of a symmetric matrix.

    Args:
        W: (N, N), symmetric.
        t: at least 0.

    Raises:
        ShapeError: if W is not square; UsageError: if it is not symmetric.
    """
    exponent = as_count(t, "symmetric_power: t", minimum=0)
    eigen = symmetric_eigen(_symmetric("symmetric_power", W))
    return np.asarray((eigen.Q * eigen.eigenvalues**exponent) @ eigen.Q.T)


def spectral_radius(W: ArrayLike) -> float:
    """The largest |λ|, complex eigenvalues included: powers of W vanish if it is below 1 and explode if above.

    Args:
        W: (N, N), N ≥ 1; it need not be symmetric.

    Raises:
        ShapeError: if W is not square.
    """
    matrix = _square("spectral_radius", W)
    return float(np.abs(np.linalg.eigvals(matrix)).max())


def steps_below(eigenvalue: float, epsilon: float) -> int:
    """The smallest t ≥ 0 with |λ|ᵗ < ε.

    Decided on the exact decimals: with λ = 0.1 and ε = 0.001 it is 4, since 0.1³ is not below 0.001.

    Args:
        eigenvalue: λ with |λ| < 1.
        epsilon: ε > 0.

    Raises:
        UsageError: if |λ| ≥ 1, so that it never happens, or ε is not positive.
    """
    size = abs(as_number(eigenvalue, "steps_below: eigenvalue", above=-1, below=1))
    bound = as_number(epsilon, "steps_below: epsilon", above=0)
    return int(bound <= 1) if size == 0 else _first_step_beyond(size, bound, reached=bound > 1)


def steps_above(eigenvalue: float, M: float) -> int:
    """The smallest t ≥ 0 with |λ|ᵗ > M, decided on the exact decimals.

    Args:
        eigenvalue: λ with |λ| > 1.
        M: > 0.

    Raises:
        UsageError: if |λ| ≤ 1, so that it never happens, or M is not positive.
    """
    size = as_number(abs(as_number(eigenvalue, "steps_above: eigenvalue")), "steps_above: |eigenvalue|", above=1)
    bound = as_number(M, "steps_above: M", above=0)
    return _first_step_beyond(size, bound, reached=bound < 1)


def classify_critical_point(H: ArrayLike) -> CriticalPoint:
    """What a critical point of a function of two variables is, by its Hessian, decided on the exact decimals.

    Args:
        H: (2, 2), symmetric, [[a, b], [b, d]].

    Returns:
        "minimum": determinant ad − b² > 0 and a > 0 (both eigenvalues positive); "maximum": determinant > 0 and a < 0;
        "saddle": determinant < 0 (one of each sign); "undecided": determinant 0 (an eigenvalue is 0, and the second
        derivatives do not tell).

    Raises:
        ShapeError: if H is not 2×2; UsageError: if it is not symmetric.
    """
    hessian = _symmetric("classify_critical_point", as_array(H, "classify_critical_point: H", (2, 2)), name="H")
    a, b, d = exact(hessian[0, 0]), exact(hessian[0, 1]), exact(hessian[1, 1])
    determinant = a * d - b * b
    if determinant == 0:
        return "undecided"
    if determinant < 0:
        return "saddle"
    return "minimum" if a > 0 else "maximum"


def _first_step_beyond(size: float, bound: float, reached: bool) -> int:
    """The smallest t ≥ 0 at which sizeᵗ is strictly beyond `bound`, on its way from 1 (`reached`: it starts beyond)."""
    if reached:
        return 0
    with localcontext() as context:
        context.prec = _PRECISION
        t = Decimal(repr(bound)).ln() / Decimal(repr(size)).ln()
        nearest = t.to_integral_value()
        tie = abs(t - nearest) < _TIE
        return int(nearest if tie else t.to_integral_value(rounding="ROUND_FLOOR")) + 1


def _square(function: str, W: ArrayLike, name: str = "W") -> Array:
    matrix = as_array(W, f"{function}: {name}", ("N", "N"))
    if matrix.size == 0:
        raise ShapeError(f"{function}: {name} must have at least one row, got none")
    return matrix


def _symmetric(function: str, W: ArrayLike, name: str = "W") -> Array:
    matrix = _square(function, W, name)
    if not np.allclose(matrix, matrix.T, rtol=1e-12, atol=0):
        raise UsageError(f"{function}: {name} must be symmetric, equal to its transpose, got {matrix.tolist()}")
    return matrix
