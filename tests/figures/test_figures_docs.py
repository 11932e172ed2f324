"""The guide lists every figure with its arguments. Rewrite the table with REGENERATE=1."""

from __future__ import annotations

import inspect
import os
import re
from pathlib import Path

from quizgen.figures.table import FIGURES, function

GUIDE = Path(__file__).parents[2] / "docs" / "authoring.md"
TABLE = re.compile(r"(?<=\| figure \| draws \|\n\|---\|---\|\n)(?:\|.*\n)*")


def _row(name: str) -> str:
    draws = function(name)
    parameters = list(inspect.signature(draws).parameters.values())[1:]
    written = [p.name + ("" if p.default is p.empty else f"={_default(p.default)}") for p in parameters]
    first = (inspect.getdoc(draws) or "").split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
    return f"| `{name}({', '.join(written)})` | {first} |\n"


def _default(value: object) -> str:
    return str(list(value)) if isinstance(value, tuple) else repr(value)


def test_the_guide_lists_every_figure() -> None:
    table = "".join(map(_row, sorted(FIGURES)))
    guide = GUIDE.read_text(encoding="utf-8")
    if os.environ.get("REGENERATE"):
        guide = TABLE.sub(lambda _: table, guide)
        GUIDE.write_text(guide, encoding="utf-8")
    found = TABLE.search(guide)
    assert found is not None
    assert found[0] == table


def test_every_argument_is_explained() -> None:
    for name in FIGURES:
        draws = function(name)
        words = set(re.findall(r"\w+", inspect.getdoc(draws) or ""))
        missing = set(list(inspect.signature(draws).parameters)[1:]) - words
        assert not missing, f"{name}: {missing}"
