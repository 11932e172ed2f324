"""Thousands of hostile inputs to every reader of quizgen: none executes, hangs, exhausts, deceives or breaks out.

An ordinary run takes a part of them; with QUIZGEN_HOSTILE=all in the environment it takes all.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import corpus
import pytest

HERE = Path(__file__).parent

#: Every how many-th attack an ordinary run takes.
STEPS = {
    "questions": 4, "cards": 2, "outlines": 1, "blueprints": 4, "formulas": 1, "codes": 1, "papers": 24, "proofs": 2,
    "answers": 2,
}  # fmt: skip
ALL = os.environ.get("QUIZGEN_HOSTILE") == "all"


def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join((str(HERE), str(HERE.parent.parent), os.environ.get("PYTHONPATH", ""))),
    }
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize("reader", STEPS)
def test_nothing_executes_hangs_exhausts_or_gets_through(reader: str) -> None:
    run = ran(str(HERE / "guard.py"), reader, "0", "1" if ALL else str(STEPS[reader]))
    assert run.returncode == 0, run.stderr[-2_000:]
    report: dict[str, Any] = json.loads(run.stdout)
    assert report["faults"] == []
    assert report["attacks"] > 100
    # The proof reader refuses nothing: it says of each relation that it cannot decide it.
    assert reader == "proofs" or report["refused"] > report["attacks"] / 2


def test_there_are_thousands() -> None:
    assert len(corpus.FRAGMENTS) * len(corpus.QUESTION_PLACES) > 4_000
    assert len(set(corpus.FRAGMENTS.values())) == len(corpus.FRAGMENTS)
    for place in corpus.QUESTION_PLACES:
        assert len({corpus.question(place, fragment) for fragment in ("a", "b")}) == 2, place


#: A reader that does what no reader may; the guard must see each of it.
BROKEN = """
import json, guard, os, time

def read(text):
    match text:
        case "hangs":
            while True: pass
        case "hangs in C":
            sum(range(10**12))
        case "exhausts":
            list(range(10**9))
        case "executes":
            eval("1 + 1")
        case "imports":
            import colorsys
        case "writes":
            open("/dev/null", "w").close()
        case "runs":
            os.system("true")
        case "dies":
            os.kill(os.getpid(), 9)
        case "leaves":
            os._exit(0)
        case "raises":
            raise KeyError(text)
        case "says nothing":
            raise guard.QuizgenError("no")

guard.READERS["broken"] = read
guard.SECONDS = 0.3
texts = ["fine", "hangs", "hangs in C", "exhausts", "executes", "imports", "writes", "runs", "dies", "leaves", "raises",
         "says nothing", "fine"]
print(json.dumps(guard.run("broken", [(text, text) for text in texts])))
"""


def test_the_guard_sees_what_it_is_for() -> None:
    run = ran("-c", BROKEN)
    assert run.returncode == 0, run.stderr[-2_000:]
    faults = json.loads(run.stdout)["faults"]
    found = {fault.partition(":")[0]: fault.partition(": ")[2] for fault in faults}
    assert len(found) == len(faults) == 11
    assert "more than 0.3 s" in found["hangs"]
    assert "more than 0.3 s" in found["hangs in C"]
    assert "MemoryError" in found["exhausts"]
    assert "KeyError" in found["raises"]
    assert "SIGKILL" in found["dies"]
    assert "says 'no'" in found["says nothing"]
    for name, event in {"executes": "compile", "imports": "import", "writes": "open", "runs": "os.system"}.items():
        assert f"caused {event}" in found[name]
