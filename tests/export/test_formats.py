from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
from dataclasses import replace

import pytest
import samples

from quizgen.errors import ExportError
from quizgen.export import FORMATS, export


def test_the_formats() -> None:
    assert list(FORMATS) == ["markdown", "latex", "anki", "json"]
    names = [name for format_ in FORMATS for name in export(samples.paper("C"), format_)]
    assert names == ["exam-C.md", "solutions-C.md", "exam-C.tex", "solutions-C.tex", "exam-C.apkg", "exam-C.json"]


def test_unknown_format() -> None:
    with pytest.raises(ExportError, match=r"unknown format 'latx'; did you mean 'latex'\?; the formats are markdown"):
        export(samples.paper(), "latx")


def test_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizgen.export.find_spec", lambda _: None)
    assert not FORMATS["anki"].available
    assert FORMATS["json"].available
    with pytest.raises(ExportError, match=r"pip install 'quizgen\[anki\]'"):
        export(samples.paper(), "anki")


def test_importing_the_table_imports_no_format() -> None:
    code = (
        "import sys, quizgen.export; print([m for m in ('genanki', 'jinja2', 'pyromark', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert importlib.util.find_spec("genanki") is not None


def test_ten_exercises_in_all_formats_take_less_than_a_second() -> None:
    exercises = tuple(replace(samples.layer(), variant=k) for k in range(10))
    start = time.perf_counter()
    for format_ in FORMATS:
        export(replace(samples.paper(), exercises=exercises), format_)
    assert time.perf_counter() - start < 1
