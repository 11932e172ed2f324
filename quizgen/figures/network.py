"""A network as a graph: a circle for each unit, an arrow for each weight with the weight on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizgen.core.shapes import as_array
from quizgen.errors import UsageError
from quizgen.figures import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from quizgen.core.shapes import Array

_RADIUS = 0.42
_COLUMN = 4.2
_ROW = 2.4
#: How far along its arrow a weight stands: near the unit it comes from, where no two arrows of three units meet.
_ALONG = 0.24
_MOST = 3
_LETTERS = ("x", "h", "y")


def network_graph(
    figure: Figure, weights: Sequence[Sequence[Sequence[float]]], biases: Sequence[Sequence[float]] = ()
) -> None:
    """Units in columns, x on the left, h between, y on the right; each bias stands beside its unit.

    Args:
        weights: W_1 … W_L, W_l of shape (M_l, M_{l−1}): one or two layers of at most three units.
        biases: b_1 … b_L, b_l of shape (M_l,); none: units have no bias.

    Raises:
        UsageError: for more layers or units than can be read; ShapeError: for shapes that do not fit.
    """
    W, b = _layers(weights, biases)
    sizes = [W[0].shape[1], *map(len, W)]
    height = _ROW * (max(sizes) - 1) + 2 * _RADIUS + 0.3 + (1.1 if b else 0.0)
    width = _COLUMN * (len(sizes) - 1) + 3 * _RADIUS
    axes = style.diagram(figure, width=width, height=height, unit=style.WIDTH / width)
    places = [_column(k, size, height / 2) for k, size in enumerate(sizes)]
    for W_l, sources, targets in zip(W, places, places[1:], strict=False):
        _arrows(axes, W_l, sources, targets)
    letters = (_LETTERS[0], *_LETTERS[1 : len(sizes) - 1], _LETTERS[2])
    for layer, (letter, column) in enumerate(zip(letters, places, strict=True)):
        _units(axes, letter, column, b[layer - 1].tolist() if layer and b else [])


def _layers(
    weights: Sequence[Sequence[Sequence[float]]], biases: Sequence[Sequence[float]]
) -> tuple[list[Array], list[Array]]:
    """The weights and biases, checked."""
    sizes = [len(weights[0][0]), *map(len, weights)] if weights else []
    if not 2 <= len(sizes) <= 3 or max(sizes) > _MOST or len(biases) not in (0, len(weights)):
        raise UsageError(
            f"network_graph: expected one or two layers of at most {_MOST} units, with biases for all or none, "
            f"got units {sizes} and {len(biases)} biases"
        )
    W = [as_array(W_i, f"network_graph: W_{i}", (sizes[i], sizes[i - 1])) for i, W_i in enumerate(weights, 1)]
    b = [as_array(b_i, f"network_graph: b_{i}", (sizes[i],)) for i, b_i in enumerate(biases, 1)]
    return W, b


def _column(layer: int, size: int, middle: float) -> list[tuple[float, float]]:
    top = middle + _ROW * (size - 1) / 2
    return [(1.5 * _RADIUS + _COLUMN * layer, top - _ROW * k) for k in range(size)]


def _arrows(axes: Axes, W: Array, sources: list[tuple[float, float]], targets: list[tuple[float, float]]) -> None:
    for j, (x_1, y_1) in enumerate(targets):
        for k, (x_0, y_0) in enumerate(sources):
            dx, dy = x_1 - x_0, y_1 - y_0
            share = _RADIUS / (dx * dx + dy * dy) ** 0.5
            start, end = (x_0 + share * dx, y_0 + share * dy), (x_1 - share * dx, y_1 - share * dy)
            axes.annotate(
                "", end, start,
                arrowprops={"arrowstyle": "-|>", "color": style.SOFT, "linewidth": 1.1, "shrinkA": 0, "shrinkB": 0},
            )  # fmt: skip
            axes.text(
                x_0 + _ALONG * dx, y_0 + _ALONG * dy, style.number(W[j, k]), ha="center", va="center", fontsize=10.5,
                color=style.INK, bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.2},
            )  # fmt: skip


def _units(axes: Axes, letter: str, column: list[tuple[float, float]], b: Sequence[float]) -> None:
    from matplotlib.patches import Circle

    for k, place in enumerate(column, start=1):
        axes.add_patch(Circle(place, _RADIUS, facecolor=style.PANEL, edgecolor=style.INK, linewidth=1.2))
        name = f"${letter}_{k}$" if len(column) > 1 else f"${letter}$"
        axes.text(*place, name, ha="center", va="center_baseline", fontsize=12)
        if b:
            text = f"$b = {style.number(b[k - 1])[1:]}"
            # On the side to which no arrow comes: above, but below for the lower half of a layer.
            side = 1 if 2 * k <= len(column) + 1 else -1
            beside, align = place[1] + side * (_RADIUS + 0.12), "bottom" if side > 0 else "top"
            axes.text(place[0], beside, text, ha="center", va=align, fontsize=10)
