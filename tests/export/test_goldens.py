"""Whole documents that a person can read. After a change that is meant: REGENERATE=1 pytest tests/export, and look."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import samples

from quizgen.export import export
from quizgen.export.terminal import show

GOLDEN = Path(__file__).parent.parent / "golden" / "export"


def _files() -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for format_ in ("markdown", "latex", "json"):
        files |= export(samples.paper(), format_)
    files["terminal.txt"] = "\n".join(map(show, samples.paper().exercises)).encode()
    return files


@pytest.mark.parametrize("name", ["exam.md", "solutions.md", "exam.tex", "solutions.tex", "exam.json", "terminal.txt"])
def test_is_as_it_was(name: str) -> None:
    content = _files()[name]
    if os.environ.get("REGENERATE"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        (GOLDEN / name).write_bytes(content)
        pytest.skip(f"{name} written anew")
    assert content.decode() == (GOLDEN / name).read_text(encoding="utf-8")
