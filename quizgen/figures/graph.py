"""A computational graph: inputs on the left, each node with what it computes and, where asked for, its value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from quizgen.errors import UsageError, did_you_mean
from quizgen.figures import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Point = tuple[float, float]

_HALF_WIDTH = 0.68
_HALF_HEIGHT = 0.38
_ROW = 1.6


def computational_graph(figure: Figure, nodes: Sequence[Sequence[str | float]], edges: Sequence[Sequence[str]]) -> None:
    """Nodes in columns, each to the right of all that it is computed from.

    Args:
        nodes: `["a", "x y"]`: a name and what stands below it, LaTeX without dollars or a number; "" for nothing.
        edges: `["x", "a"]`: from a node to one that is computed from it.

    Raises:
        UsageError: for an edge between nodes that are not there, edges that run in a circle, or no node at all.
    """
    names = [str(node[0]) for node in nodes]
    if not names:
        raise UsageError("computational_graph: there is no node")
    columns = _columns(names, edges)
    depth = max(columns.values()) + 1
    rows = max(sum(column == k for column in columns.values()) for k in range(depth))
    width = style.WIDTH / 0.5
    height = _ROW * (max(rows, 2) - 1) + 2 * _HALF_HEIGHT + 0.3
    axes = style.diagram(figure, width=width, height=height)
    places = _places(names, columns, edges, width, height)
    for source, target in edges:
        _arrow(axes, places[source], places[target])
    for name, below in nodes:
        _node(axes, places[str(name)], str(name), below)


def _columns(names: Sequence[str], edges: Sequence[Sequence[str]]) -> dict[str, int]:
    """For each node the length of the longest way to it."""
    for name in (name for edge in edges for name in edge):
        if name not in names:
            raise UsageError(f"computational_graph: there is no node {name!r}{did_you_mean(name, names)}")
    columns = dict.fromkeys(names, 0)
    for _ in names:
        for source, target in edges:
            columns[target] = max(columns[target], columns[source] + 1)
    if max(columns.values()) >= len(names):
        raise UsageError("computational_graph: the edges run in a circle")
    return columns


def _places(
    names: Sequence[str], columns: Mapping[str, int], edges: Sequence[Sequence[str]], width: float, height: float
) -> dict[str, Point]:
    """The nodes of a column one below the other; a single one as high as its sources on the average.

    So an arrow over several columns passes beside the nodes between.
    """
    depth = max(columns.values()) + 1
    step = (width - 2 * _HALF_WIDTH - 0.2) / max(depth - 1, 1)
    places: dict[str, Point] = {}
    for column in range(depth):
        members = [name for name in names if columns[name] == column]
        sources = [places[source][1] for source, target in edges if target in members]
        middle = sum(sources) / len(sources) if sources and len(members) == 1 else height / 2
        for k, name in enumerate(members):
            places[name] = (_HALF_WIDTH + 0.1 + step * column, middle + _ROW * ((len(members) - 1) / 2 - k))
    return places


def _arrow(axes: Axes, start: Point, end: Point) -> None:
    from matplotlib.patches import Ellipse

    ends = [Ellipse(place, 2 * _HALF_WIDTH, 2 * _HALF_HEIGHT, visible=False) for place in (start, end)]
    for unseen in ends:
        axes.add_patch(unseen)  # the arrow ends where it would be
    arrow = {"arrowstyle": "-|>", "color": style.SOFT, "linewidth": 1.2, "shrinkA": 1, "shrinkB": 1}
    axes.annotate("", end, start, arrowprops={**arrow, "patchA": ends[0], "patchB": ends[1]})


def _node(axes: Axes, place: Point, name: str, below: str | float) -> None:
    from matplotlib.patches import Ellipse

    axes.add_patch(
        Ellipse(place, 2 * _HALF_WIDTH, 2 * _HALF_HEIGHT, facecolor=style.PANEL, edgecolor=style.INK, linewidth=1.2)
    )
    written = below if isinstance(below, str) else style.number(below)[1:-1]
    text = f"${name} = {written}$" if written else f"${name}$"
    axes.text(*place, text, ha="center", va="center_baseline", fontsize=10.5)
