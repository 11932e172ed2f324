"""A figure as a file: SVG for screens, light and dark; PDF for paper. The same figure gives the same bytes."""

from __future__ import annotations

import io
import json
import re
from functools import lru_cache
from typing import Literal

from quizgen.errors import ExportError, QuizgenError
from quizgen.exercise import Figure
from quizgen.figures import style
from quizgen.figures.table import FIGURES, function

Format = Literal["svg", "pdf"]


def draw(figure: Figure, format: Format) -> bytes:  # noqa: A002 - the word that everyone uses for it
    """The file of a figure, with nothing in it but what is seen: no date, no names, no data.

    Args:
        figure: what to draw.
        format: "svg" follows the reader's preference for dark pages, all its letters are outlines; "pdf" is for paper.

    Raises:
        ExportError: if Matplotlib is not installed, the figure's function is unknown, or it cannot draw from its
            arguments.
    """
    if figure.draw not in FIGURES:
        raise ExportError(f"unknown figure {figure.draw!r}; this version of quizgen draws {', '.join(FIGURES)}")
    return _drawn(figure.draw, json.dumps(dict(figure.arguments)), format)


@lru_cache(maxsize=256)
def _drawn(name: str, arguments: str, format: Format) -> bytes:  # noqa: A002
    try:
        import matplotlib.style
        from matplotlib.figure import Figure as Canvas
    except ImportError as error:
        raise ExportError(
            "the exam has figures, and drawing them needs the library matplotlib, which is not installed;"
            " install it with: pip install 'quizgen[figures]'"
        ) from error
    # From the library's own defaults: what a user has set for other plots does not show here.
    with matplotlib.style.context(["default", dict(style.SETTINGS)]):
        canvas = Canvas(layout="constrained")
        written = io.BytesIO()
        try:
            function(name)(canvas, **json.loads(arguments))
            # Only now Matplotlib reads the mathematics.
            canvas.savefig(written, format=format, metadata=_NO_METADATA[format], transparent=format == "pdf")
        except QuizgenError as error:
            raise ExportError(str(error)) from error
        except (TypeError, ValueError, ArithmeticError, LookupError) as error:
            problem = " ".join(str(error).split())
            raise ExportError(f"the figure {name!r} cannot be drawn from what it is told: {problem}") from error
    return written.getvalue() if format == "pdf" else _for_screens(written.getvalue().decode()).encode()


_NO_METADATA: dict[Format, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
_DISPENSABLE = re.compile(r"<!DOCTYPE[^>]*>\s*|<metadata>.*?</metadata>\s*|<!--.*?-->\s*", re.DOTALL)


def _for_screens(svg: str) -> str:
    """The picture with its colours for dark pages; a viewer that knows no such rules shows the light ones."""
    rules = "".join(
        f'[style*="{what}: {light}"]{{{what}:{dark}!important}}'
        for light, dark in style.DARK.items()
        for what in ("fill", "stroke")
        if f"{what}: {light}" in svg
    )
    svg = _DISPENSABLE.sub("", svg)
    head = svg.index(">", svg.index("<svg")) + 1
    return f"{svg[:head]}\n <style>@media (prefers-color-scheme: dark){{{rules}}}</style>{svg[head:]}"
