"""What holds for every command: help, exit statuses, errors, and a quick start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from importlib import import_module, metadata
from pathlib import Path

import click
import pytest
from ran import Run

from quizgen.cli import entry

PYTHON = [sys.executable, "-W", "error"]
HEAVY = {"numpy", "sympy", "jinja2", "yaml", "rich", "pyromark", "genanki", "sqlite3", "importlib.metadata"}


@pytest.mark.parametrize("arguments", [["--help"], ["-h"]])
def test_help_names_every_command(run: Run, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.err) == (0, "")
    assert [line.split()[0] for line in ran.out.split("Commands:\n")[1].splitlines()] == list(entry.COMMANDS)


@pytest.mark.parametrize("name", entry.COMMANDS)
def test_the_table_of_commands_tells_the_truth(run: Run, name: str) -> None:
    command = import_module(f"quizgen.cli.{name}").command
    assert isinstance(command, click.Command)
    assert command.name == name
    assert command.help is not None
    assert command.help.splitlines()[0] == entry.COMMANDS[name]
    ran = run(name, "--help")
    assert ran.status == 0
    assert ran.out.startswith(f"Usage: quizgen {name} ")
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{option.name} is not explained"
            assert option.opts[0] in ran.out


def test_every_command_file_is_in_the_table() -> None:
    files = {path.stem for path in Path(entry.__file__).parent.glob("*.py")}
    assert files - {"__init__", "entry", "options", "bank"} == set(entry.COMMANDS)


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    ran = run()
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("Usage: quizgen")


def test_version(run: Run) -> None:
    assert run("--version").out == f"quizgen {metadata.version('quizgen')}\n"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["exma"], "there is no command 'exma'; did you mean 'exam'?"),
        (["xyzzy"], "there is no command 'xyzzy'; the commands are exam, anki, list, show, verify, check, proof"),
        (["--nonsense"], "No such option"),
        (["exam", "--seed", "x"], "Invalid value for '--seed'"),
        (["exam", "--seed", "-1"], "Invalid value for '--seed'"),
        (["exam", "-n", "0"], "Invalid value for '-n'"),
        (["exam", "--level", "4"], "Invalid value for '--level'"),
        (["exam", "--versions", "27"], "Invalid value for '--versions'"),
        (["show"], "Missing argument 'ID'"),
    ],
)
def test_a_wrong_command_line(run: Run, arguments: list[str], error: str) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    first, second = ran.err.splitlines()
    assert first.startswith(f"quizgen: error: {error}")
    assert second.startswith("Try 'quizgen")


def test_python_dash_m() -> None:
    done = subprocess.run([*PYTHON, "-m", "quizgen", "exma"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "did you mean 'exam'?" in done.stderr


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys\nfrom quizgen.cli import main\nstatus = main(['--help'])\n"
        "print(*(name for name in sys.modules), file=sys.stderr)\nsys.exit(status)"
    )
    done = subprocess.run([*PYTHON, "-c", script], capture_output=True, text=True, check=True)
    imported = set(done.stderr.split())
    assert "click" in imported
    assert not imported & HEAVY
    assert not {name for name in imported if name.startswith("quizgen.")} - {
        "quizgen.cli",
        "quizgen.cli.entry",
        "quizgen.errors",
    }


def test_help_starts_fast() -> None:
    """Less than five times a bare Python, by the best of some runs: the machine may be busy."""

    def best(*arguments: str) -> float:
        times = []
        for _ in range(7):
            start = time.perf_counter()
            subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
            times.append(time.perf_counter() - start)
        return min(times)

    assert best("-m", "quizgen", "--help") < 5 * best("-c", "pass") + 0.02


def test_nobody_reads_the_output(small_bank: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*PYTHON, "-m", "quizgen", "list", "--bank", str(small_bank)], stdout=writer, stderr=subprocess.PIPE, text=True
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


def test_ctrl_c(small_bank: Path) -> None:
    script = (
        "import os, signal, sys\nimport quizgen.cli.list as module\nfrom quizgen.cli import main\n"
        "module.open_bank = lambda folder: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.exit(main(['list']))"
    )
    done = subprocess.run(
        [*PYTHON, "-c", script],
        capture_output=True,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert (done.returncode, done.stderr) == (130, "quizgen: stopped\n")


def test_a_terminal_without_greek(small_bank: Path) -> None:
    done = subprocess.run(
        [*PYTHON, "-m", "quizgen", "show", "cnn/a", "--bank", str(small_bank)],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert b"activation function ?" in done.stdout
