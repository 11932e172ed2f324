"""`quizgen proof`: the first wrong line, the mistake, what follows from it, and what it refuses."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from ran import Run


def solution(text: str) -> Path:
    path = Path("solution.md")
    path.write_text(text, encoding="utf-8")
    return path


def test_a_right_solution(run: Run) -> None:
    ran = run("proof", solution("z = 0.5*2 + (-1)*3 + 0.1 = -1.9\nsigma(z) = 0.13\n"))
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "2 relations decided, 0 not decided, 0 lines wrong\n"


def test_the_first_wrong_line(run: Run) -> None:
    ran = run("proof", solution("Well,\n\nz = 0.5*2 + (-1)*3 + 0.1 = -1.8\nsigma(-1.8) = 0.14\n"))
    assert ran.status == 1
    assert "solution.md:3: first wrong line: 0.5*2 + (-1)*3 + 0.1 = -1.8\n    expected -1.9, found -1.8" in ran.out


def test_what_is_not_decided_is_told_on_request(run: Run) -> None:
    path = solution("9^9^9 = 1\n")
    assert "(--verbose says why)" in run("proof", path).out
    ran = run("proof", path, "--verbose")
    assert ran.status == 0
    assert "solution.md:1: not decided: 9^9^9 = 1" in ran.out


def test_its_own_solutions_are_right(run: Run) -> None:
    run("exam", "--seed", 3, "-n", 12, "-f", "markdown,json")
    plain = run("proof", "exam/solutions.md")
    assert (plain.status, plain.err) == (0, ""), plain.out
    with_exam = run("proof", "exam/solutions.md", "--exam", "exam/exam.json")
    assert (with_exam.status, with_exam.err) == (0, ""), with_exam.out


def test_a_known_mistake_and_what_follows_from_it(run: Run) -> None:
    run("exam", "-q", "lstm/forget-gate", "--seed", 5, "-f", "json")
    exercise = json.loads(Path("exam/exam.json").read_text(encoding="utf-8"))["exercises"][0]
    given, symbol = exercise["given"], exercise["answers"][0]["symbol"]
    z = round(exercise["work"]["z"] - given["b"], 6)
    path = solution(f"# lstm/forget-gate\nz = {z}\n\n${symbol} = \\sigma({z}) = {sigmoid(z):.4f}$\n")
    ran = run("proof", path, "--exam", "exam/exam.json")
    assert ran.status == 1
    assert f"solution.md:2: first wrong line: z = {z}" in ran.out
    assert "The gate has a bias" in ran.out
    assert "solution.md:4:" in ran.out
    assert "follows from line 2" in ran.out
    data = json.loads(run("proof", path, "--exam", "exam/exam.json", "--json").out)
    faults = data["solutions"][0]["faults"]
    assert [(fault["line"], fault["known"], fault["follows"]) for fault in faults] == [(2, True, None), (4, False, 2)]


def test_the_exercise_must_be_clear(run: Run) -> None:
    run("exam", "--seed", 3, "-n", 2, "-f", "json")
    ran = run("proof", solution("z = 3\n"), "--exam", "exam/exam.json")
    assert ran.status == 2
    assert 'start each solution with a heading such as "## 1. Title"' in ran.err


@pytest.mark.parametrize("heading", ["# 2", "## 2", "Exercise 2", "**Exercise 2**", "exercise 2:", "# Exercise 2"])
def test_a_number_says_which_exercise_it_is(run: Run, heading: str) -> None:
    run("exam", "--seed", 3, "-n", 2, "-f", "json")
    ids = [each["id"] for each in json.loads(Path("exam/exam.json").read_text(encoding="utf-8"))["exercises"]]
    ran = run("proof", solution(f"{heading}\n\n1 + 1 = 3\n"), "--exam", "exam/exam.json", "--json")
    (found,) = json.loads(ran.out)["solutions"]
    assert (found["exercise"], found["line"]) == (ids[1], 1)
    assert [fault["line"] for fault in found["faults"]] == [3]


def test_a_number_below_a_heading_that_says_more_counts_a_part(run: Run) -> None:
    run("exam", "--seed", 3, "-n", 2, "-f", "json")
    ids = [each["id"] for each in json.loads(Path("exam/exam.json").read_text(encoding="utf-8"))["exercises"]]
    text = f"# {ids[1]}\n\n## 1\n\n1 + 1 = 3\n"
    ran = run("proof", solution(text), "--exam", "exam/exam.json", "--json")
    assert [each["exercise"] for each in json.loads(ran.out)["solutions"]] == [ids[1]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a" * 10_000_000, "is larger than"),
        (b"z = \xff", "expected text in UTF-8"),
        (b"z = 1\nz \x00= 2", "solution.md:2: the character U+0000 does not show"),
        ("z = 1 \u202e= 2".encode(), "the character U+202E does not show"),
    ],
)
def test_bad_files_are_refused_with_a_sentence(run: Run, content: bytes, message: str) -> None:
    Path("solution.md").write_bytes(content)
    start = time.perf_counter()
    ran = run("proof", "solution.md")
    assert time.perf_counter() - start < 1
    assert ran.status == 2
    assert message in ran.err


def test_a_missing_file(run: Run) -> None:
    ran = run("proof", "nothing.md")
    assert ran.status == 2
    assert "cannot be read" in ran.err


def test_hostile_mathematics_is_not_decided(run: Run) -> None:
    text = "9**9**9 = 1\n\n$\\input{/etc/passwd} = 1$\n\nNaN = 1 + nan\n\n" + "(" * 5000 + "1" + ")" * 5000 + " = 1\n"
    start = time.perf_counter()
    ran = run("proof", solution(text))
    assert time.perf_counter() - start < 2
    assert ran.status == 0
    assert ran.out.startswith("0 relations decided")


def sigmoid(z: float) -> float:
    return float(1 / (1 + 2.718281828459045**-z))
