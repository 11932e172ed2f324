"""The diagram of an LSTM cell: four layers, and how they act on the line of the cell state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizgen.errors import UsageError
from quizgen.figures import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Point = tuple[float, float]

#: The four layers from left to right, f, i, g, o: their places, and where the values go from there.
_LAYERS: Sequence[Point] = ((2.0, 2.5), (3.55, 2.5), (5.1, 2.5), (6.65, 2.5))
_LAYER_SIZE = (1.15, 0.8)
_STATE, _INPUTS = 5.0, 1.15
_FORGET, _ADD, _ADMIT, _OUT = (2.0, _STATE), (5.1, _STATE), (5.1, 3.85), (8.2, 2.5)
_TANH = (8.2, 3.85)
_SIGN = 0.3


def lstm_cell(
    figure: Figure,
    layers: Sequence[str | float] = (r"\sigma", r"\sigma", r"\tanh", r"\sigma"),
    numbers: Sequence[str | float] = (),
    lines: Sequence[str | float] = ("C_{t-1}", "C_t", "h_{t-1}", "x_t", "h_t"),
) -> None:
    """The cell with its forget gate, input gate, proposal and output gate from left to right.

    Args:
        layers: what stands in these four boxes, LaTeX without dollars.
        numbers: what stands beside them, to ask about them; none: nothing.
        lines: what stands at the ends of the lines: the cell state before and after, the hidden state before, the
            input, the hidden state after.

    Raises:
        UsageError: if there are more or fewer of them.
    """
    if len(layers) != len(_LAYERS) or len(numbers) not in (0, len(_LAYERS)) or len(lines) != 5:
        got = f"{len(layers)}, {len(numbers)} and {len(lines)}"
        raise UsageError(f"lstm_cell: expected 4 layers, 4 numbers or none, and 5 lines, got {got}")
    axes = style.diagram(figure, width=10.2, height=6.1, unit=style.WIDTH / 10.2)
    _flows(axes)
    for place, label in zip(_LAYERS, layers, strict=True):
        _box(axes, place, _LAYER_SIZE, str(label), "square,pad=0", 10)
    for (x, y), label in zip(_LAYERS, numbers, strict=False):
        axes.text(x - 0.2, y - 0.68, f"{label}", ha="right", va="center", fontsize=10.5, fontweight="bold")
    _box(axes, _TANH, _LAYER_SIZE, r"\tanh", "round,pad=0,rounding_size=0.4", 10)
    for place, sign in ((_FORGET, r"\times"), (_ADD, "+"), (_ADMIT, r"\times"), (_OUT, r"\times")):
        _box(axes, place, (2 * _SIGN, 2 * _SIGN), sign, f"round,pad=0,rounding_size={_SIGN}", 10.5)
    ends = ((0.1, _STATE + 0.42), (9.4, _STATE + 0.42), (0.1, _INPUTS + 0.42), (0.95, 0.4), (9.4, _INPUTS + 0.42))
    for (x, y), label in zip(ends, lines, strict=True):
        axes.text(x, y, f"${label}$", ha="left", va="center", fontsize=11)


def _flows(axes: Axes) -> None:
    """All lines; what lies on them is drawn over them."""
    _line(axes, (0.1, _STATE), (10.1, _STATE))
    _line(axes, (0.1, _INPUTS), (_LAYERS[3][0], _INPUTS), (_LAYERS[3][0], _LAYERS[3][1] - _LAYER_SIZE[1] / 2))
    _line(axes, (0.75, 0.0), (0.75, _INPUTS), head=False)
    for x, y in _LAYERS[:3]:
        _line(axes, (x, _INPUTS), (x, y - _LAYER_SIZE[1] / 2))
    _line(axes, _LAYERS[0], (_FORGET[0], _FORGET[1] - _SIGN))
    _line(axes, _LAYERS[1], (_LAYERS[1][0], _ADMIT[1]), (_ADMIT[0] - _SIGN, _ADMIT[1]))
    _line(axes, _LAYERS[2], (_ADMIT[0], _ADMIT[1] - _SIGN))
    _line(axes, _ADMIT, (_ADD[0], _ADD[1] - _SIGN))
    _line(axes, _LAYERS[3], (_OUT[0] - _SIGN, _OUT[1]))
    _line(axes, (_TANH[0], _STATE), (_TANH[0], _TANH[1] + _LAYER_SIZE[1] / 2))
    _line(axes, _TANH, (_OUT[0], _OUT[1] + _SIGN))
    _line(axes, _OUT, (_OUT[0], _INPUTS), (10.1, _INPUTS))


def _line(axes: Axes, *points: Point, head: bool = True) -> None:
    *before, last = points
    axes.plot(*zip(*points, strict=True), color=style.SOFT, linewidth=1.3, solid_joinstyle="miter", zorder=1)
    if head:
        arrow = {"arrowstyle": "-|>", "color": style.SOFT, "linewidth": 1.3, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", last, before[-1], arrowprops=arrow, zorder=1)


def _box(axes: Axes, centre: Point, size: tuple[float, float], label: str, shape: str, fontsize: float) -> None:
    from matplotlib.patches import FancyBboxPatch

    corner = (centre[0] - size[0] / 2, centre[1] - size[1] / 2)
    axes.add_patch(
        FancyBboxPatch(
            corner, *size, boxstyle=shape, facecolor=style.PANEL, edgecolor=style.INK, linewidth=1.1, zorder=2
        )
    )
    axes.text(*centre, f"${label}$", ha="center", va="center_baseline", fontsize=fontsize, zorder=3)
