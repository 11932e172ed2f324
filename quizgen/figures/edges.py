"""An image in shades of grey, and what a kernel makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from quizgen.core.convolution import conv2d
from quizgen.core.shapes import as_array
from quizgen.errors import UsageError
from quizgen.figures import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from quizgen.core.shapes import Array

#: Greys that no ink of the style has, so that a dark page leaves the picture as it is.
_BLACK, _WHITE = 8, 247


def edge_filter(
    figure: Figure, image: Sequence[Sequence[float]], kernel: Sequence[Sequence[float]] = (), small: bool = False
) -> None:
    """The image, 0 black and its largest number white; with a kernel only the result of the convolution.

    In the result 0 is grey, the largest magnitude white where it is positive and black where it is negative. The
    kernel is laid on the image as it stands, stride 1, without padding.

    Args:
        image: (H, W), not below 0; at most 32 rows and columns.
        kernel: (f, f); none: the image itself.
        small: for several beside each other, as choices.

    Raises:
        ShapeError: for arrays that are no matrices, or a kernel larger than the image.
        UsageError: for an image that is large, or not made of numbers from 0 on.
    """
    X = as_array(image, "edge_filter: image", ("H", "W"))
    style.within(max(X.shape), style.MOST_PIXELS, "edge_filter: the side of an image")
    if not np.all((X >= 0) & np.isfinite(X)):
        raise UsageError("edge_filter: expected an image of numbers from 0 on")
    largest = float(np.abs(X).max()) or 1.0
    shades = X / largest
    if len(kernel):
        K = as_array(kernel, "edge_filter: kernel", ("f", "f"))
        Z = np.asarray(conv2d(X[None], K[None, None]))[0]
        shades = 0.5 + 0.5 * Z / (float(np.abs(Z).max()) or 1.0)
    _picture(figure, shades, style.SMALL if small else 0.62 * style.WIDTH)


def _picture(figure: Figure, shades: Array, width: float) -> None:
    from matplotlib.patches import Rectangle

    rows, columns = shades.shape
    unit = width / (columns + 0.4)
    axes = style.diagram(figure, width=columns + 0.4, height=rows + 0.4, unit=unit)
    for i in range(rows):
        for j in range(columns):
            grey = round(_BLACK + (_WHITE - _BLACK) * float(shades[i, j]))
            color = f"#{grey:02x}{grey:02x}{grey:02x}"
            corner = (0.2 + j, 0.2 + rows - 1 - i)
            axes.add_patch(Rectangle(corner, 1, 1, facecolor=color, edgecolor=color, linewidth=0.8))
    axes.add_patch(Rectangle((0.2, 0.2), columns, rows, fill=False, edgecolor=style.SOFT, linewidth=1))
