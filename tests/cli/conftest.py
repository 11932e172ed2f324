"""Commands are run in this process, in a folder of their own, through the entry point that the shell calls."""

from __future__ import annotations

from pathlib import Path

import pytest
from ran import Ran, Run

from quizgen import resources
from quizgen.cli import main


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)

    def run_command(*arguments: object) -> Ran:
        capfd.readouterr()
        status = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Ran(status, out, err)

    return run_command


@pytest.fixture
def small_bank(tmp_path: Path) -> Path:
    """Five questions on three topics, each the one that `quizgen new` starts with."""
    folder = tmp_path / "small"
    text = (resources.templates() / "new" / "question.md").read_text(encoding="utf-8")
    for name, level in (("cnn/a", 1), ("cnn/b", 2), ("lstm/a", 1), ("lstm/b", 3), ("rnn/a", 2)):
        file = folder / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("TITLE", name).replace("level: 1", f"level: {level}"), encoding="utf-8")
    return folder


@pytest.fixture
def broken_bank(small_bank: Path) -> Path:
    """The small bank with a question on rnn that has two faults."""
    (small_bank / "rnn" / "broken.md").write_text("---\ntitel: x\nlevel: 9\n---\n## Question\nx\n", encoding="utf-8")
    return small_bank
