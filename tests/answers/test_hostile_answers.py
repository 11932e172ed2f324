"""Two thousand hostile inputs to every kind of answer: none executes, hangs, exhausts or crashes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from asking import asking, ordering, ticking
from hostile import HOSTILE, HOSTILE_OBJECTS
from hypothesis import given
from hypothesis import strategies as st

from quizgen.answers import KINDS, Verdict, grade_answer
from quizgen.exercise import Answer

ANSWERS = [
    asking("integer", 14),
    asking("2 decimals", 0.27),
    asking("3 digits", 0.0123),
    asking("2 decimals", [0.5, 1.5]),
    asking("exact", [[1.0, 2.0], [3.0, 4.5]]),
    asking("shape", [28, 28, 8]),
    asking("formula in x", "-4*(1 - tanh(-4*x - 3)^2)", ("1 - tanh(-4*x - 3)^2", "m"), ("tanh(x)", "m")),
    ticking("BD", "a", "b", "c", "d", several=True),
    ordering("CAB", "x", "y", "z"),
    asking("text", "gradient descent"),
]


def test_every_kind_is_attacked() -> None:
    assert {answer.kind for answer in ANSWERS} == set(KINDS)
    assert len(HOSTILE) >= 2_000


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: f"{answer.kind}-{answer.format}")
def test_hostile_input_is_answered_soon(answer: Answer, capfd: pytest.CaptureFixture[str]) -> None:
    grade_answer("x", answer)  # mpmath and SymPy are imported before the clock runs
    for raw in (*HOSTILE, *HOSTILE_OBJECTS):
        start = time.process_time()
        result = grade_answer(raw, answer)
        assert time.process_time() - start < 1, repr(raw)[:60]
        assert result.verdict is not Verdict.RIGHT, repr(raw)[:60]
        assert result.verdict is not Verdict.UNREADABLE or 10 < len(result.says) < 400
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "raw", ["9**9**9", "__import__('os')", "(" * 2_000, "nan", "1\x00", "\u202e1", "1" * 10_000_000], ids=range(7)
)
@pytest.mark.parametrize("answer", ANSWERS[:6], ids=lambda answer: answer.kind)
def test_what_is_no_number_is_unreadable(answer: Answer, raw: str) -> None:
    assert grade_answer(raw, answer).verdict is Verdict.UNREADABLE


GUARDED = """
import resource, sys
from pathlib import Path
from hostile import HOSTILE, HOSTILE_OBJECTS
from quizgen.answers import grade_answer
from test_hostile_answers import ANSWERS

for answer in ANSWERS:
    grade_answer(answer.value, answer)  # what is imported late is imported now

def most_memory():
    status = Path("/proc/self/status")  # ru_maxrss begins with what the parent held, however large the test run is
    if status.exists():
        return next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

def refuse(event, arguments):
    if watching and event.split(".")[0] in ("exec", "compile", "import", "open", "os", "subprocess", "socket",
    "ctypes"):
        raise SystemExit(f"hostile input caused {event} {arguments}")

sys.addaudithook(refuse)
watching = True
for answer in ANSWERS:
    for raw in (*HOSTILE, *HOSTILE_OBJECTS):
        grade_answer(raw, answer)
watching = False
print(most_memory())
"""


def test_nothing_is_executed_opened_or_exhausted() -> None:
    """Python's own audit events tell of every import, compilation, file and process."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(Path(__file__).parent), os.environ.get("PYTHONPATH", ""))),
    }
    run = subprocess.run([sys.executable, "-c", GUARDED], capture_output=True, text=True, env=environment, check=False)
    assert run.returncode == 0, run.stderr[-2_000:]
    assert int(run.stdout) < 200_000  # KiB, with Python, SymPy, pytest and the inputs themselves


def test_reading_numbers_needs_no_sympy() -> None:
    program = (
        "import sys; from quizgen.answers import grade_answer\n"
        "from quizgen.exercise import Answer\n"
        "a = Answer('n', 'n', 'integer', 14, None, None, [14, 14], 'a whole number')\n"
        "assert grade_answer('14', a).points_share == 1\n"
        "assert not {'sympy', 'mpmath', 'numpy'} & set(sys.modules), sorted(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: f"{answer.kind}-{answer.format}")
@given(raw=st.one_of(st.text(max_size=60), st.text("0123456789.,;()[]{}^*/+- xe|\\\n=ABCDT'%", max_size=40)))
def test_any_text_gets_a_verdict(answer: Answer, raw: str) -> None:
    assert isinstance(grade_answer(raw, answer).verdict, Verdict)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4), max_leaves=12)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: f"{answer.kind}-{answer.format}")
@given(raw=JSON)
def test_any_json_gets_a_verdict(answer: Answer, raw: object) -> None:
    assert isinstance(grade_answer(raw, answer).verdict, Verdict)
