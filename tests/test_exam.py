"""What an exam has in it, and that the same request gives the same exam."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from fake_bank import FakeQuestion, fake_bank
from hypothesis import given
from hypothesis import strategies as st

from quizgen.choose import CURRICULUM
from quizgen.errors import UsageError
from quizgen.exam import Exam, exam_from_code, make_exam
from quizgen.exercise import Paper

BANK = fake_bank({"cnn": 17, "dense": 9, "lstm": 11, "rnn": 2, "rnn/more": 3})


def ids(paper: Paper) -> list[str]:
    return [exercise.id for exercise in paper.exercises]


def make(**request: object) -> Exam:
    return make_exam(BANK, **request)  # type: ignore[arg-type]


@given(seed=st.integers(0, 2**32 - 1), count=st.integers(1, len(BANK.questions)))
def test_balanced_over_topics_and_nothing_twice(seed: int, count: int) -> None:
    (paper,) = make(seed=seed, count=count).papers
    assert len(paper.exercises) == count == len(set(ids(paper)))
    taken = Counter(exercise.topic for exercise in paper.exercises)
    there = Counter(question.topic for question in BANK.questions.values())
    most = max(taken.values())
    assert all(taken[topic] >= most - 1 or taken[topic] == there[topic] for topic in there)


@given(seed=st.integers(0, 2**32 - 1))
def test_balanced_over_levels(seed: int) -> None:
    (paper,) = make(seed=seed, count=9, topics=("cnn", "lstm", "dense")).papers
    assert sorted(Counter(exercise.level for exercise in paper.exercises).values()) == [3, 3, 3]


def test_stands_in_the_order_of_the_curriculum_and_easy_first() -> None:
    (paper,) = make(seed=1, count=len(BANK.questions)).papers
    places = [
        (CURRICULUM.index(exercise.topic.split("/")[0]), exercise.topic, exercise.level) for exercise in paper.exercises
    ]
    assert places == sorted(places)
    assert paper.exercises[0].topic == "dense"


def test_every_question_has_its_turn() -> None:
    asked = {name for seed in range(200) for name in ids(make(seed=seed, count=6).papers[0])}
    assert asked == set(BANK.questions)


def test_a_topic_outside_the_curriculum_comes_last() -> None:
    bank = fake_bank({"astronomy": 1, "lstm": 1, "zoology": 1})
    (paper,) = make_exam(bank, seed=0).papers
    assert [exercise.topic for exercise in paper.exercises] == ["lstm", "astronomy", "zoology"]


@given(
    seed=st.integers(0, 2**32 - 1),
    versions=st.integers(1, 4),
    topics=st.lists(st.sampled_from(["cnn", "dense", "rnn", "rnn/more", "lstm/"]), max_size=3),
    levels=st.lists(st.sampled_from([1, 2, 3]), max_size=2),
)
def test_the_code_makes_the_same_exam_again(seed: int, versions: int, topics: list[str], levels: list[int]) -> None:
    exam = make(seed=seed, versions=versions, topics=topics, levels=levels, title="One")
    again = exam_from_code(BANK, exam.code, title="One")  # type: ignore[arg-type]
    assert again == exam
    assert {question.topic.split("/")[0] for question in exam.papers[0].exercises} <= (
        {topic.split("/")[0] for topic in topics} or set(CURRICULUM)
    )
    assert {question.level for question in exam.papers[0].exercises} <= (set(levels) or {1, 2, 3})


def test_named_questions_come_in_the_order_named_and_by_code_again() -> None:
    named = ["rnn/q01", "cnn/q16", "dense/q00"]
    exam = make(ids=named, seed=5)
    assert ids(exam.papers[0]) == named
    assert exam_from_code(BANK, exam.code) == exam  # type: ignore[arg-type]


def test_versions_ask_the_same_in_the_same_form_with_other_numbers() -> None:
    exam = make(seed=3, versions=3, count=12)
    assert [paper.version for paper in exam.papers] == ["A", "B", "C"]
    assert [paper.suffix for paper in exam.papers] == ["-A", "-B", "-C"]
    for alike in zip(*(paper.exercises for paper in exam.papers), strict=True):
        assert len({exercise.id for exercise in alike}) == 1
        assert len({exercise.form["k"] for exercise in alike}) == 1
        assert len({exercise.variant for exercise in alike}) == 3
    assert [paper.version for paper in make(seed=3).papers] == [""]


def test_a_version_more_changes_none_of_the_others() -> None:
    two, three = make(seed=3, versions=2), make(seed=3, versions=3)
    assert [paper.exercises for paper in two.papers] == [paper.exercises for paper in three.papers[:2]]


def test_without_a_seed_exams_differ() -> None:
    assert len({make().seed for _ in range(5)}) > 1


def test_ten_exercises_or_all_there_are() -> None:
    assert len(make().papers[0].exercises) == 10
    assert len(make(topics=["rnn"]).papers[0].exercises) == 5


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"topics": ["lstn"]}, r"unknown topic 'lstn'; did you mean 'lstm'"),
        ({"topics": ["cn"]}, r"unknown topic 'cn'"),
        ({"topics": [""]}, r"unknown topic ''"),
        ({"ids": ["cnn/none"]}, r"unknown question 'cnn/none'"),
        ({"ids": ["cnn/q01", "cnn/q01"]}, r"'cnn/q01' was named 2 times"),
        ({"ids": ["cnn/q01"], "count": 2}, r"1 question was named, so the exam cannot have 2"),
        ({"ids": ["cnn/q01"], "topics": ["cnn"]}, r"not by both"),
        ({"topics": ["rnn"], "count": 6}, r"has only 5 questions on rnn, rnn/more"),
        ({"topics": ["rnn/more"], "levels": [2], "count": 3}, r"has only one question on rnn/more of level 2"),
        ({"count": 43}, r"has only 42 questions; ask for fewer"),
        ({"count": 0}, r"at least one exercise, not 0"),
        ({"levels": [4]}, r"levels are 1, 2 and 3, not 4"),
        ({"seed": -1}, r"from 0 to 4294967295, not -1"),
        ({"seed": 2**32}, r"from 0 to 4294967295, not 4294967296"),
        ({"versions": 0}, r"1 to 26 versions"),
        ({"versions": 27}, r"1 to 26 versions"),
    ],
)
def test_what_cannot_be_met_is_said(request_: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        make(**request_)


def test_no_question_of_the_level() -> None:
    bank = fake_bank({"cnn": 1})
    with pytest.raises(UsageError, match="the bank has no question on cnn of level 3"):
        make_exam(bank, topics=["cnn"], levels=[3])


def test_the_choice_is_the_same_in_every_process() -> None:
    script = (
        "from fake_bank import fake_bank\nfrom quizgen.exam import make_exam\n"
        "exam = make_exam(fake_bank({'cnn': 17, 'dense': 9, 'lstm': 11}), seed=11)\n"
        "print(exam.code, [exercise.id for exercise in exam.papers[0].exercises])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_another_question_changes_no_numbers() -> None:
    more = fake_bank({"cnn": 18, "dense": 9})
    more.questions["cnn/q00a"] = FakeQuestion("cnn/q00a")
    (before,) = make(ids=["cnn/q01", "dense/q03"], seed=9).papers
    (after,) = make_exam(more, ids=["cnn/q01", "dense/q03"], seed=9).papers
    assert before.exercises == after.exercises
