"""Figures as a question file names them: the lines under `figures`, and the images of the text that show them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quizgen.bank.yaml_nodes import Located
from quizgen.errors import FormulaError, did_you_mean
from quizgen.figures.table import FIGURES

#: What the names of a variant's figures are called while a text is rendered; no author can write it in a formula.
FIGURE_NAMES = "_figures"

#: `![alternative text](name)`; within the text brackets come in pairs, as in `<< x[0].value >>`.
_IMAGE = re.compile(r"!\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\n]*)\)")


@dataclass(frozen=True)
class FigureSource:
    """A line under `figures`: a name, the function that draws it, and the formulas of its arguments."""

    name: str
    draw: str
    call: ast.Call

    @property
    def names(self) -> frozenset[str]:
        """The quantities that the figure is made of."""
        arguments = [*self.call.args, *(keyword.value for keyword in self.call.keywords)]
        return frozenset(n.id for a in arguments for n in ast.walk(a) if isinstance(n, ast.Name))


def read_figures(statements: Sequence[ast.stmt]) -> dict[str, FigureSource]:
    """The figures of a block, by name.

    Raises:
        FormulaError: with the line of the first statement that is not `name = function(…)` of a figure's function.
    """
    found: dict[str, FigureSource] = {}
    for statement in statements:
        line = statement.lineno
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        call = statement.value if isinstance(statement, ast.Assign) else None
        if not isinstance(target, ast.Name) or not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            raise FormulaError("expected a line such as 'plot = data_points(X, y)'", line=line)
        if target.id in found:
            raise FormulaError(f"the figure '{target.id}' stands there twice", line=line)
        draw = call.func.id
        if draw not in FIGURES:
            hint = did_you_mean(draw, list(FIGURES)) or ";"
            raise FormulaError(f"unknown figure '{draw}'{hint} known: {', '.join(FIGURES)}", line=line)
        found[target.id] = FigureSource(target.id, draw, call)
    return found


def image_faults(
    texts: Iterable[Located], figures: Mapping[str, FigureSource], key_line: int | None
) -> Iterator[tuple[int | None, str]]:
    """What is wrong with the images of a file's texts: line and message."""
    shown = set()
    for text in texts:
        for image in _IMAGE.finditer(text.text):
            line = text.line + text.text.count("\n", 0, image.start())
            name = image[2].strip()
            shown.add(name)
            if name not in figures:
                hint = did_you_mean(name, list(figures)) or ";"
                known = f"known: {', '.join(figures)}" if figures else "the file has none under 'figures'"
                yield line, f"text: the image '{name}' is no figure of this file{hint} {known}"
            if not image[1].strip():
                message = "needs a text for those who cannot see it: ![what is seen]"
                yield line, f"text: the image '{name}' {message}({name})"
    for name in figures:
        if name not in shown:
            yield key_line, f"figures: no text shows '{name}'; write ![what is seen]({name}), or leave it out"


def with_figure_names(text: Located) -> Located:
    """A text whose images refer to the names that the figures have in one variant."""
    marked = _IMAGE.sub(lambda m: f'![{m[1]}](<< {FIGURE_NAMES}["{m[2].strip()}"] >>)', text.text)
    return replace(text, text=marked)
