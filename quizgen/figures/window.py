"""A convolution's window on its image: which numbers one output pixel is computed from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from quizgen.core.shapes import as_array, as_count
from quizgen.errors import UsageError
from quizgen.figures import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from quizgen.core.shapes import Array

_GAP = 1.4


def convolution_window(
    figure: Figure,
    image: Sequence[Sequence[float]],
    kernel: Sequence[Sequence[float]],
    row: int = 1,
    column: int = 1,
    stride: int = 1,
    padding: int = 0,
) -> None:
    """The image with its padding and, framed, the window for one output pixel; beside it the kernel.

    Args:
        image: (H, W), kernel: (f, g).
        row, column: of the output pixel, counted from 1; `stride`: how far the window moves for the next one.
        padding: rows and columns of zeros on each side, on grey.

    Raises:
        UsageError: if the window does not lie on the image, for an image of more than 32 rows or columns, or for a
            place, stride or padding that is no whole number; ShapeError: for arrays that are no matrices.
    """
    row, column = as_count(row, "convolution_window: row"), as_count(column, "convolution_window: column")
    stride, padding = (
        as_count(stride, "convolution_window: stride"),
        as_count(padding, "convolution_window: padding", 0),
    )
    X = as_array(image, "convolution_window: image", ("H", "W"))
    K = as_array(kernel, "convolution_window: kernel", ("f", "g"))
    style.within(max(X.shape) + 2 * padding, style.MOST_PIXELS, "convolution_window: the side of a padded image")
    padded = np.pad(X, padding)
    top, left = stride * (row - 1), stride * (column - 1)
    if top + len(K) > len(padded) or left + K.shape[1] > padded.shape[1]:
        raise UsageError(f"convolution_window: there is no output pixel ({row}, {column})")
    width, height = padded.shape[1] + _GAP + K.shape[1] + 0.4, max(len(padded), len(K)) + 1.0
    axes = style.diagram(figure, width=width, height=height, unit=min(0.36, style.WIDTH / width))
    origin = (0.2, (height - 0.6 + len(padded)) / 2)
    _cells(axes, padded, origin, padding=padding)
    frame = (origin[0] + left, origin[1] - top)
    _frame(axes, frame, K.shape, style.ORANGE)
    beside = (0.2 + padded.shape[1] + _GAP, (height - 0.6 + len(K)) / 2)
    _cells(axes, K, beside)
    _frame(axes, beside, K.shape, style.ORANGE)
    for (x, _), shape, name in ((origin, padded.shape, "image"), (beside, K.shape, "kernel")):
        axes.text(x + shape[1] / 2, height - 0.08, name, ha="center", va="top", fontsize=9)


def _cells(axes: Axes, values: Array, origin: tuple[float, float], *, padding: int = 0) -> None:
    from matplotlib.patches import Rectangle

    rows, columns = values.shape
    for i in range(rows):
        for j in range(columns):
            place = (origin[0] + j, origin[1] - i - 1)
            inside = padding <= i < rows - padding and padding <= j < columns - padding
            axes.add_patch(
                Rectangle(
                    place, 1, 1, facecolor=style.PAPER if inside else style.GRID, edgecolor=style.SOFT, linewidth=0.7
                )
            )
            axes.text(place[0] + 0.5, place[1] + 0.5, style.number(values[i, j]), ha="center", va="center_baseline")


def _frame(axes: Axes, corner: tuple[float, float], shape: tuple[int, ...], color: str) -> None:
    from matplotlib.patches import Rectangle

    height, width = shape
    axes.add_patch(
        Rectangle((corner[0], corner[1] - height), width, height, fill=False, edgecolor=color, linewidth=2.4)
    )
