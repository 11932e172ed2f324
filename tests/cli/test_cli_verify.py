"""`quizgen verify`: the table, the faults with their commands, JSON, and the exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ran import Run


def test_a_good_bank_has_no_fault(run: Run, small_bank: Path) -> None:
    ran = run("verify", "--bank", small_bank, "--variants", 20, "--jobs", 1)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("question")
    assert "5 questions, 100 variants." in ran.out
    assert ran.out.rstrip().endswith("No fault.")


def test_a_planted_fault_is_told_with_its_line_and_the_command_that_shows_it(run: Run, small_bank: Path) -> None:
    file = small_bank / "rnn" / "a.md"
    text = file.read_text(encoding="utf-8")
    assert "truth: |" in text
    file.write_text(text.replace("truth: |\n", "truth: |\n  nothing = unknown(3)\n"), encoding="utf-8")
    ran = run("verify", "-q", "rnn/a", "--bank", small_bank, "--variants", 5)
    assert ran.status == 1
    assert "rnn/a: draw: small/rnn/a.md:" in ran.out
    assert "unknown function 'unknown'" in ran.out
    assert "quizgen show rnn/a --seed 0 --variant 0" in ran.out


def test_of_many_faults_alike_a_few_are_told(run: Run, small_bank: Path) -> None:
    file = small_bank / "rnn" / "a.md"
    text = file.read_text(encoding="utf-8")
    assert "<< y.steps >>" in text
    planted = text.replace("<< y.steps >>", "<< y.steps >>\n\n$<< y.value >> + 1 = << y.value >>$")
    file.write_text(planted, encoding="utf-8")
    ran = run("verify", "-q", "rnn/a", "--bank", small_bank, "--variants", 40)
    assert ran.status == 1
    assert ran.out.count("rnn/a: proof: ") == 6
    assert "more; --json tells all" in ran.out
    (entry,) = json.loads(run("verify", "-q", "rnn/a", "--bank", small_bank, "--variants", 40, "--json").out)[
        "questions"
    ]
    assert len(entry["faults"]) > 6


def test_faults_of_files_count_too(run: Run, broken_bank: Path) -> None:
    ran = run("verify", "-t", "cnn", "--bank", broken_bank, "--variants", 5)
    assert ran.status == 1
    assert "small/rnn/broken.md:2: unknown key 'titel'" in ran.out


def test_json_is_for_programs(run: Run, small_bank: Path) -> None:
    ran = run("verify", "-t", "lstm", "--bank", small_bank, "--variants", 10, "--json", "--seed", 3)
    data = json.loads(ran.out)
    assert [entry["id"] for entry in data["questions"]] == ["lstm/a", "lstm/b"]
    for entry in data["questions"]:
        assert (entry["seed"], entry["variants"], entry["false"], entry["faults"]) == (3, 10, 0, [])


def test_processes_change_nothing(run: Run, small_bank: Path) -> None:
    """But the time it takes."""
    one, two = (
        json.loads(run("verify", "--bank", small_bank, "--variants", 5, "--json", "--jobs", jobs).out)
        for jobs in (1, 2)
    )
    for entry in (*one["questions"], *two["questions"]):
        del entry["microseconds"]
    assert one == two


@pytest.mark.parametrize(("arguments", "message"), [
    (("-q", "cnn/z"), "there is no question 'cnn/z'"),
    (("-t", "cn"), "unknown topic 'cn'; did you mean 'cnn'"),
    (("--variants", "0"), "Invalid value for '--variants'"),
    (("--seed", "-1"), "Invalid value for '--seed'"),
])  # fmt: skip
def test_bad_usage(run: Run, small_bank: Path, arguments: tuple[str, ...], message: str) -> None:
    ran = run("verify", *arguments, "--bank", small_bank)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err
