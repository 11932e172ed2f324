"""The pages under docs/ say what the program does. Rewrite the generated one with REGENERATE=1."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from quizgen.bank.question_file import KEYS, read_source
from quizgen.bank.samplers import SAMPLERS
from quizgen.core.table import FUNCTIONS
from quizgen.formula.functions import SCALAR_FUNCTIONS

DOCS = Path(__file__).parents[1] / "docs"
HEAD = """# Functions of the numeric core

What a question file may call under `truth` (see [authoring.md](authoring.md)), with the arguments. Arrays are NumPy
arrays or nested lists; a result with named parts gives them as `result.part`. The files of `quizgen/core/` have the
formulas, shapes and sources.

Elementary functions, of numbers and of arrays, entry by entry: `exp`, `ln`, `sqrt`, `sin`, `cos`, `tanh`, `sigmoid`,
`relu`, `softplus`; `softmax`. NumPy's own: `array`, `diag`, `norm`, `outer`; and `dot`, `stack`, `sum_of`, `mean_of`,
which can be differentiated, as the elementary functions can.

| call | what it is |
|---|---|
"""


def _row(name: str, function: Callable[..., Any]) -> str:
    first = (inspect.getdoc(function) or "").split("\n")[0].replace("|", "\\|")
    return f"| `{name}{_arguments(function)}` | {first} |"


def _arguments(function: Callable[..., Any]) -> str:
    """Names and defaults: an author needs no types."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return "(…)"
    shown = [
        ("*" if p.kind is p.VAR_POSITIONAL else "") + p.name + ("" if p.default is p.empty else f"={p.default!r}")
        for p in parameters
        if p.kind is not p.VAR_KEYWORD
    ]
    return f"({', '.join(shown)})"


def test_the_list_of_core_functions_is_complete() -> None:
    listed = {name: function for name, function in FUNCTIONS.items() if f"`{name}`" not in HEAD}
    page = HEAD + "\n".join(_row(name, function) for name, function in sorted(listed.items())) + "\n"
    path = DOCS / "core-functions.md"
    if os.environ.get("REGENERATE"):
        path.write_text(page, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == page


def test_the_guide_names_every_key_sampler_and_function() -> None:
    guide = (DOCS / "authoring.md").read_text(encoding="utf-8")
    words = set(re.findall(r"\w+", guide))
    assert set(KEYS) <= words
    assert set(SAMPLERS) <= words
    assert set(SCALAR_FUNCTIONS) <= words


def test_the_whole_question_of_the_guide_is_one(tmp_path: Path) -> None:
    guide = (DOCS / "authoring.md").read_text(encoding="utf-8")
    example = re.search(r"```markdown\n(---\n.*?)```", guide, re.DOTALL)
    assert example is not None
    folder = tmp_path / "bank" / "lstm"
    folder.mkdir(parents=True)
    (folder / "example.md").write_text(example[1], encoding="utf-8")
    assert read_source("example.md", example[1])[1] == []
    from quizgen.bank import load_bank

    bank = load_bank(tmp_path / "bank")
    assert bank.faults == ()
    for variant in range(20):
        exercise = bank["lstm/example"].draw(seed=1, variant=variant)
        assert exercise.answers[0].mistakes
