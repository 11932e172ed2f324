"""Points of two classes in the plane, with a decision boundary and a point to classify where they are asked for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from quizgen.core.shapes import as_array
from quizgen.errors import UsageError
from quizgen.figures import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from quizgen.core.shapes import Array


#: The longest side that is drawn, in units.
_LONGEST = 100


def data_points(
    figure: Figure,
    X: Sequence[Sequence[float]],
    y: Sequence[float],
    w: Sequence[float] = (),
    b: float = 0.0,
    point: Sequence[float] = (),
    foot: Sequence[float] = (),
    small: bool = False,
) -> None:
    """Points with labels above 0 as dots, the others as crosses; the line w · x + b = 0; a point P to ask about.

    Args:
        X: (N, 2); may be empty.
        y: (N,).
        w: (2,); without it no line is drawn.
        point: (2,), shown as a diamond called P; `foot`: where its perpendicular meets the line.
        small: for several beside each other, as choices.

    Raises:
        ShapeError: for arrays of other shapes; UsageError: for w = (0, 0), no point at all, or points far apart.
    """
    points = as_array(X, "data_points: X", ("N", 2)) if len(X) else np.zeros((0, 2))
    labels = as_array(y, "data_points: y", (len(points),))
    seen = [points, *(as_array([p], "data_points: a point", (1, 2)) for p in (point, foot) if len(p))]
    if not sum(map(len, seen)):
        raise UsageError("data_points: there is no point to be seen")
    size = style.SMALL if small else style.WIDTH
    axes = style.plot(figure, width=size, height=size * (1.0 if small else 0.86))
    _frame(axes, np.concatenate(seen), small=small)
    for chosen, marker, color in ((labels > 0, "o", style.BLUE), (labels <= 0, "x", style.ORANGE)):
        axes.plot(*points[chosen].T, marker, color=color, markersize=7, markeredgewidth=2)
    if len(w):
        _line(axes, as_array(w, "data_points: w", (2,)), b)
    if len(point):
        if len(foot):
            axes.plot(*zip(point, foot, strict=True), color=style.INK, linewidth=1.4, linestyle=(0, (1.2, 1.6)))
        axes.plot(*point, "D", color=style.GREEN, markersize=7)
        axes.annotate(
            "$P$", (point[0], point[1]), xytext=(6, 5), textcoords="offset points", fontsize=11, color=style.INK
        )


def _frame(axes: Axes, seen: Array, *, small: bool) -> None:
    """Whole numbers on both axes, the same unit on both, and room around what is seen."""
    low, high = np.floor(seen.min(axis=0)) - 1, np.ceil(seen.max(axis=0)) + 1
    style.within(float(max(high - low)), _LONGEST, "data_points: the side of the plot")
    side = int(max(high - low))
    left, bottom = (math.floor(middle - side / 2) for middle in ((low + high) / 2).tolist())
    step = 2 if side > 8 else 1
    axes.set_xlim(left, left + side)
    axes.set_ylim(bottom, bottom + side)
    axes.set_xticks(range(left, left + side + 1, step))
    axes.set_yticks(range(bottom, bottom + side + 1, step))
    axes.set_aspect("equal")
    axes.axhline(0, color=style.SOFT, linewidth=0.9, zorder=0.9)
    axes.axvline(0, color=style.SOFT, linewidth=0.9, zorder=0.9)
    if small:
        axes.tick_params(labelbottom=False, labelleft=False, length=0)
    else:
        axes.set_xlabel("$x_1$", fontsize=11.5)
        axes.set_ylabel("$x_2$", fontsize=11.5, rotation=0, labelpad=8)


def _line(axes: Axes, w: Array, b: float) -> None:
    w_1, w_2 = w.tolist()
    if w_1 == w_2 == 0:
        raise UsageError("data_points: w is (0, 0), so there is no line w · x + b = 0")
    if w_2 == 0:
        axes.axvline(-b / w_1, color=style.INK)
    else:
        axes.axline((0, -b / w_2), slope=-w_1 / w_2, color=style.INK)
