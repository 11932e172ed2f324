"""Blueprints: what is read from the file, how exams come out, and what is told of bad ones."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from fake_bank import fake_bank

from quizgen.bank import Bank
from quizgen.blueprint import Blueprint, read_blueprint, ready_blueprints
from quizgen.compose import TOLERANCE, exam_from_blueprint
from quizgen.errors import UsageError
from quizgen.exam import DEFAULT_TITLE, Exam, make_exam

BANK = cast(Bank, fake_bank({"cnn": 6, "lstm": 6, "rnn": 3}))
SOURCE = """\
title: Mid-term
instructions: Write *everything* down.
versions: 2
sections:
  - title: First
    topics: [cnn]
    levels: [1, 2]
    count: 3
    points: 5
  - title: Second
    instructions: Take your time.
    questions: [lstm/q03, rnn/q00]
    topics: [lstm]
    count: 4
"""


def plan(tmp_path: Path, text: str = SOURCE) -> Blueprint:
    file = tmp_path / "midterm.yaml"
    file.write_text(text, encoding="utf-8")
    return read_blueprint(file)


def ids(exam: Exam, version: int = 0) -> list[str]:
    return [exercise.id for exercise in exam.papers[version].exercises]


@pytest.mark.parametrize("seed", range(20))
def test_each_section_gets_what_it_asks_for(tmp_path: Path, seed: int) -> None:
    exam = exam_from_blueprint(BANK, plan(tmp_path), seed=seed)
    assert [paper.version for paper in exam.papers] == ["A", "B"]
    assert (exam.title, exam.papers[0].instructions) == ("Mid-term", "Write *everything* down.")
    for paper in exam.papers:
        first, second = paper.exercises[:3], paper.exercises[3:]
        assert all(e.topic == "cnn" and e.level < 3 and e.points == 5 for e in first)
        assert [e.id for e in second[:2]] == ["lstm/q03", "rnn/q00"]
        assert all(e.topic == "lstm" for e in second[2:])
        assert all(e.points == e.level for e in second)  # the questions' own
        assert len({e.id for e in paper.exercises}) == 7
        assert {place: section.title for place, section in paper.starts.items()} == {0: "First", 3: "Second"}
    assert ids(exam, 0) == ids(exam, 1)


def test_the_code_makes_the_same_exam_again(tmp_path: Path) -> None:
    exam = exam_from_blueprint(BANK, plan(tmp_path), seed=11)
    assert exam_from_blueprint(BANK, plan(tmp_path), code=exam.code) == exam


def test_a_code_of_another_blueprint_is_refused(tmp_path: Path) -> None:
    code = exam_from_blueprint(BANK, plan(tmp_path), seed=11).code
    with pytest.raises(UsageError, match="not made with this blueprint"):
        exam_from_blueprint(BANK, plan(tmp_path, SOURCE.replace("count: 4", "count: 3")), code=code)


def test_a_code_of_as_many_other_questions_is_refused(tmp_path: Path) -> None:
    code = make_exam(BANK, topics=["cnn"], count=5, seed=1).code  # no ids at all
    other = make_exam(BANK, ids=["cnn/q00", "cnn/q01", "lstm/q03", "rnn/q00", "lstm/q00", "lstm/q01"], seed=1).code
    swapped = make_exam(BANK, ids=["cnn/q02", "cnn/q00", "cnn/q01", "lstm/q03", "rnn/q00", "lstm/q00", "rnn/q01"]).code
    for each in (code, other, swapped):
        with pytest.raises(UsageError, match="not made with this blueprint"):
            exam_from_blueprint(BANK, plan(tmp_path), code=each)


def test_a_blueprint_without_titles_has_the_usual_one_and_numbers_its_sections(tmp_path: Path) -> None:
    assert exam_from_blueprint(BANK, plan(tmp_path, "sections:\n  - count: 1"), seed=1).title == DEFAULT_TITLE
    with pytest.raises(UsageError, match=r"midterm.yaml:3: section 2: 99 exercises are wanted, but the bank has only"):
        exam_from_blueprint(BANK, plan(tmp_path, "sections:\n  - count: 1\n  - count: 99"), seed=1)


@pytest.mark.parametrize(("sections", "message"), [
    ("  - topics: [ccn]\n    count: 1", r"midterm.yaml:2: unknown topic 'ccn'; did you mean 'cnn'"),
    ("  - questions: [cnn/q99]", r"midterm.yaml:2: unknown question 'cnn/q99'"),
    ("  - questions: [cnn/q01, cnn/q01]", r"midterm.yaml:2: the question 'cnn/q01' is named twice"),
    ("  - questions: [cnn/q01]\n  - questions: [cnn/q01]", r"midterm.yaml:3: the question 'cnn/q01' is named twice"),
])  # fmt: skip
def test_what_the_bank_cannot_give_is_told_with_the_section(tmp_path: Path, sections: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        exam_from_blueprint(BANK, plan(tmp_path, f"sections:\n{sections}"), seed=1)


@pytest.mark.parametrize("versions", [0, -1, 27])
def test_versions_have_letters(tmp_path: Path, versions: int) -> None:
    with pytest.raises(UsageError, match=f"1 to 26 versions, A to Z, not {versions}"):
        exam_from_blueprint(BANK, plan(tmp_path), seed=1, versions=versions)


def test_other_seeds_give_other_exams(tmp_path: Path) -> None:
    blueprint = plan(tmp_path)
    assert len({tuple(ids(exam_from_blueprint(BANK, blueprint, seed=seed))) for seed in range(20)}) > 5


def test_the_minutes_wanted_are_kept_or_it_is_said_that_they_cannot_be(tmp_path: Path) -> None:
    exam = exam_from_blueprint(BANK, plan(tmp_path, "minutes: 7\n" + SOURCE), seed=1)  # each takes a minute
    assert abs(exam.papers[0].minutes / 7 - 1) <= TOLERANCE
    with pytest.raises(UsageError, match="of 20 minutes is wanted, but the nearest choice of questions takes about 7"):
        exam_from_blueprint(BANK, plan(tmp_path, "minutes: 20\n" + SOURCE), seed=1)


def test_too_few_questions_are_told_with_the_section(tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match=r"midterm.yaml:5: section 'First': 9 exercises are wanted, but the bank has only 4"
    ):
        exam_from_blueprint(BANK, plan(tmp_path, SOURCE.replace("count: 3", "count: 9")), seed=1)


@pytest.mark.parametrize(("text", "message"), [
    ("", "a blueprint needs one section"),
    ("- a\n- b", "expected 'key: value' lines, found a list"),
    ("sections: []", "a blueprint needs one section"),
    ("sections:\n  - title: x", "2: section: expected 'count'"),
    ("sections:\n  - count: 1\n    questions: [a, b]", "1 exercises cannot hold the 2 questions named"),
    ("sections:\n  - count: 1\n    topic: cnn", "3: section: unknown key 'topic'; did you mean 'topics'"),
    ("minutes: soon\nsections:\n  - count: 1", "1: minutes: expected a whole number from 1 to 1000"),
    ("sections:\n  - count: 1\n    levels: [4]", "levels: expected a whole number from 1 to 3"),
    ("versions: 27\nsections:\n  - count: 1", "versions: expected a whole number from 1 to 26"),
    ("title: !!python/object/apply:os.system [ls]\nsections:\n  - count: 1", "expected a text, found a list"),
    ("sections: [", "midterm.yaml:2: YAML"),
    ("a: &a [x]\nb: [*a, *a]\nsections:\n  - count: 1", "unknown key 'a'|alias|anchor"),
])  # fmt: skip
def test_bad_files_are_told_with_their_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        plan(tmp_path, text)


def test_files_that_are_too_long_or_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="too long for a blueprint"):
        plan(tmp_path, "title: " + "x" * 200_000)
    with pytest.raises(UsageError, match="there is no blueprint 'midtrem'; did you mean 'midterm'"):
        read_blueprint("midtrem")


def test_the_ready_ones_can_be_read() -> None:
    assert set(ready_blueprints()) == {"midterm", "final"}
    for name in ready_blueprints():
        assert read_blueprint(name).minutes
