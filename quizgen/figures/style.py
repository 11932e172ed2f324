"""The one look of all figures: sizes, inks, lines.

Every figure is as wide as a phone's screen, or half a line of print more, at full size, and its letters have eight
points or more there. Lines differ in dash and marker, fields in hatching and sign, never in colour alone, so that a
photocopy says the same. In an SVG each ink has a partner for dark pages; the paper is drawn too, so that a figure can
be read on a page of the other kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizgen.errors import UsageError
from quizgen.numerals import number_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: In inches: the width of a figure, and of one beside others of its kind.
WIDTH = 3.6
SMALL = 1.9

#: Rows or columns of an image that is drawn, and epochs of training that are computed for a figure.
MOST_PIXELS, MOST_EPOCHS = 32, 5_000

INK = "#1d2330"
SOFT = "#5d6677"
GRID = "#d5dae3"
PANEL = "#eef1f6"
PAPER = "#ffffff"
BLUE = "#2456b8"
ORANGE = "#b4520c"
GREEN = "#1c7a4b"

#: What each ink becomes on a dark page; the colours of the cards, see `templates/anki/style.css`.
DARK: Mapping[str, str] = {
    INK: "#e4e7ee",
    SOFT: "#9aa4b8",
    GRID: "#3d4454",
    PANEL: "#262b36",
    PAPER: "#1b1f27",
    BLUE: "#8fb4ff",
    ORANGE: "#f2a56b",
    GREEN: "#7fd6a4",
}


@dataclass(frozen=True, slots=True)
class Line:
    """How one of several lines looks."""

    color: str
    dash: Any
    marker: str


#: In this order; a line is told from the others by its dash and its marker alone.
LINES: Sequence[Line] = (Line(BLUE, "-", "o"), Line(ORANGE, (0, (5, 2)), "s"), Line(GREEN, (0, (1.2, 1.6)), "^"))

SETTINGS: Mapping[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "mathtext.fontset": "cm",
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.labelsize": 9.5,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.facecolor": "none",
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "text.color": INK,
    "lines.linewidth": 1.8,
    "lines.markersize": 6,
    "legend.frameon": False,
    "legend.fontsize": 9,
    "legend.handlelength": 3.2,
    "figure.facecolor": PAPER,
    "figure.constrained_layout.h_pad": 0.06,
    "figure.constrained_layout.w_pad": 0.06,
    "savefig.facecolor": PAPER,
    "svg.fonttype": "path",  # outlines: no viewer needs the font
    "svg.hashsalt": "quizgen",  # else the names inside the file are random
    "pdf.fonttype": 3,
    "pdf.compression": 0,  # two versions of zlib compress to different bytes
}


def plot(figure: Figure, *, width: float = WIDTH, height: float = 2.3) -> Axes:
    """A coordinate system to draw curves and points in.

    Args:
        width, height: of the whole figure, in inches.
    """
    figure.set_size_inches(width, height)
    return figure.add_subplot()


def diagram(figure: Figure, *, width: float, height: float, unit: float = 0.5) -> Axes:
    """An empty sheet of `width` × `height` units, y upwards, on which a circle is round.

    Args:
        unit: in inches.
    """
    figure.set_layout_engine("none")
    figure.set_size_inches(width * unit, height * unit)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    return axes


def within(found: float, most: float, what: str) -> None:
    """Refuses a figure that nobody could read, and that would take long to draw.

    Args:
        what: is limited, for the message: `data_points: the side of the plot`.

    Raises:
        UsageError: if there is more of it than there may be.
    """
    if not found <= most:  # NaN is too much as well
        raise UsageError(f"{what} is at most {most}, got {found}")


def legend_above(axes: Axes) -> None:
    """The names of the lines in a row above the plot, where no curve runs."""
    axes.legend(loc="lower center", bbox_to_anchor=(0.45, 1.0), ncols=len(LINES), columnspacing=1.2, handlelength=2.6)


def number(value: float) -> str:
    """A number as it is printed in a text, ready to stand in a figure: `−0.5`."""
    rounded = round(value, 6)
    return f"${number_text(int(rounded) if rounded == int(rounded) else rounded)}$"
