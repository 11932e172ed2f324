"""Figures as files: the same bytes always, nothing in them but what is seen, readable in any surroundings."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import matplotlib.style
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure as Canvas
from matplotlib.text import Text

sys.path.insert(0, str(Path(__file__).parent))
from drawn import CALLS, figure

from quizgen.errors import ExportError
from quizgen.exercise import Figure
from quizgen.figures import style
from quizgen.figures.draw import _drawn, draw
from quizgen.figures.table import FIGURES, bind, function

each_figure = pytest.mark.parametrize("name", FIGURES)


def test_every_figure_is_tried() -> None:
    assert set(CALLS) == set(FIGURES)


@each_figure
def test_the_same_bytes_again(name: str) -> None:
    first = [draw(figure(name), "svg"), draw(figure(name), "pdf")]
    _drawn.cache_clear()
    assert [draw(figure(name), "svg"), draw(figure(name), "pdf")] == first


def test_the_same_bytes_for_another_user(tmp_path: Path) -> None:
    """Another process, hash seed, time and place, and settings of the user's own for other plots."""
    (tmp_path / "matplotlibrc").write_text(
        "font.size: 30\nlines.linewidth: 9\nsvg.fonttype: none\npdf.compression: 9\n"
    )
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from hashlib import sha256; from drawn import CALLS, figure; from quizgen.figures.draw import draw\n"
        "print(*(sha256(draw(figure(n), f)).hexdigest() for n in CALLS for f in ('svg', 'pdf')))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "MATPLOTLIBRC": str(tmp_path), "TZ": "Asia/Tokyo"}
    there = subprocess.run(
        [sys.executable, "-c", program, str(Path(__file__).parent)],
        env=environment, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert there == [sha256(draw(figure(n), f)).hexdigest() for n in CALLS for f in ("svg", "pdf")]


@each_figure
def test_svg_holds_what_is_seen_and_no_more(name: str) -> None:
    svg = draw(figure(name), "svg").decode()
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own
    tags = {element.tag.split("}")[1] for element in root.iter()}
    assert tags <= {"svg", "style", "g", "path", "use", "defs", "clipPath", "rect"}, tags
    assert "<!" not in svg
    assert "http" not in re.sub(r'xmlns(:xlink)?="[^"]*"', "", svg)
    assert not re.search(r"\b20\d\d-\d\d|Matplotlib", svg)


@each_figure
def test_pdf_holds_no_date(name: str) -> None:
    pdf = draw(figure(name), "pdf")
    assert pdf.startswith(b"%PDF")
    assert b"CreationDate" not in pdf
    assert b"matplotlib" not in pdf.lower()


@each_figure
def test_letters_can_be_read_and_nothing_is_cut_off(name: str) -> None:
    with matplotlib.style.context(["default", dict(style.SETTINGS)]):
        canvas = Canvas(layout="constrained")
        function(name)(canvas, **CALLS[name])
        canvas.draw_without_rendering()
        width, height = canvas.get_size_inches()
        assert width <= style.WIDTH + 1e-9
        seen = canvas.get_tightbbox()
        assert -0.01 <= seen.x0 <= seen.x1 <= width + 0.01
        assert -0.01 <= seen.y0 <= seen.y1 <= height + 0.01
        for text in canvas.findobj(Text):
            assert not isinstance(text, Text) or text.get_fontsize() >= 8


@each_figure
def test_every_ink_has_a_partner_on_dark_pages(name: str) -> None:
    svg = draw(figure(name), "svg").decode()
    drawn = svg.split("</style>")[1]
    colors = set(re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", drawn))
    greys = {color for color in colors if color[1:3] == color[3:5] == color[5:7] and color != style.PAPER}
    assert colors - greys <= set(style.DARK), colors
    assert name == "edge_filter" or not greys
    for color in colors - greys:
        assert re.search(rf'\[style\*="(fill|stroke): {color}"\]{{(fill|stroke):{style.DARK[color]}!important}}', svg)


def test_inks_stand_out_from_their_paper() -> None:
    for ink in (style.INK, style.SOFT, style.BLUE, style.ORANGE, style.GREEN):
        assert contrast(ink, style.PAPER) >= 4.5
        assert contrast(style.DARK[ink], style.DARK[style.PAPER]) >= 4.5
    assert contrast(style.INK, style.PANEL) >= 4.5
    assert contrast(style.DARK[style.INK], style.DARK[style.PANEL]) >= 4.5


def contrast(one: str, other: str) -> float:
    """The ratio of the Web Content Accessibility Guidelines, from 1 to 21."""

    def luminance(color: str) -> float:
        linear = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in to_rgb(color))
        return sum(weight * v for weight, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_lines_differ_without_colour() -> None:
    assert len({str(line.dash) for line in style.LINES}) == len({line.marker for line in style.LINES}) == 3


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (Figure("f", "pie_chart", {}), "unknown figure 'pie_chart'"),
        (figure("activation_curve", f="softmax"), "expected a function of one number"),
        (figure("activation_curve", f="reluu"), "did you mean 'relu'"),
        (figure("activation_curve", f=3), "cannot be drawn|unknown activation"),
        (figure("activation_curve", high=-9), "low < high"),
        (figure("data_points", y=[1]), "data_points: y must have shape"),
        (figure("data_points", X=[[1, 2, 3]]), "data_points: X must have shape"),
        (figure("data_points", w=[0, 0]), "no line"),
        (figure("network_graph", weights=[[[1] * 5]], biases=[]), "at most 3 units"),
        (figure("network_graph", biases=[[1, 2], [3]]), "b_1 must have shape"),
        (figure("network_graph", weights=[]), "one or two layers"),
        (figure("computational_graph", edges=[["x", "q"]]), "there is no node 'q'"),
        (figure("computational_graph", edges=[["x", "a"], ["a", "x"]]), "run in a circle"),
        (figure("convolution_window", row=9), "there is no output pixel"),
        (figure("loss_curves", rates=[]), "one to 3 learning rates"),
        (figure("loss_curves", rates=[-1]), "alpha above 0"),
        (figure("lstm_cell", numbers=[1]), "4 numbers or none"),
        (figure("edge_filter", kernel=[[1] * 9] * 9), "edge_filter|kernel|conv2d"),
        (Figure("f", "lstm_cell", {"size": 3}), "cannot be drawn"),
        (figure("computational_graph", nodes=[[r"\frac{", ""]], edges=[]), "cannot be drawn from what it is told"),
        (figure("computational_graph", nodes=[], edges=[]), "there is no node"),
        (figure("data_points", X=[], y=[], point=[], foot=[]), "no point to be seen"),
        (figure("edge_filter", image=[[-1, 0], [0, 0]], kernel=[]), "numbers from 0 on"),
        (figure("convolution_window", stride=0), "stride must be a whole number of at least 1"),
        (figure("convolution_window", padding=-1), "padding must be a whole number of at least 0"),
        # What would take minutes, or all memory:
        (figure("activation_curve", low=-(10**9), high=10**9), "high - low is at most 40"),
        (figure("data_points", X=[[0, 0], [10**9, 0], [0, 1]]), "the side of the plot is at most 100"),
        (figure("data_points", X=[[0, 0], [float("nan"), 0], [0, 1]]), "the side of the plot is at most 100"),
        (figure("edge_filter", image=[[0] * 50] * 50, kernel=[]), "the side of an image is at most 32"),
        (figure("convolution_window", padding=10**6), "the side of a padded image is at most 32"),
        (figure("fit_curves", epochs=10**9), "the number of epochs is at most 5000"),
        (figure("loss_curves", epochs=10**9), "the number of epochs is at most 5000"),
    ],
    ids=lambda value: value.draw if isinstance(value, Figure) else "",
)
def test_what_cannot_be_drawn_is_told(broken: Figure, message: str) -> None:
    with pytest.raises(ExportError, match=message):
        draw(broken, "svg")


@pytest.mark.parametrize("epochs", [1, 5, 11])
@pytest.mark.parametrize("name", ["fit_curves", "loss_curves"])
def test_a_short_training_can_be_drawn(name: str, epochs: int) -> None:
    assert draw(figure(name, epochs=epochs), "svg").startswith(b"<?xml")


def test_arguments_are_bound_by_name() -> None:
    assert bind("activation_curve", ["relu", -3], {"high": 3}) == {"f": "relu", "low": -3, "high": 3}
    with pytest.raises(TypeError, match="missing a required argument: 'y'"):
        bind("data_points", [[[1, 2]]], {})
    with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
        bind("lstm_cell", [], {"colour": "red"})
