"""`exam.json` read back: nothing is lost, nothing is believed."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import quizgen
from quizgen.answers import samples
from quizgen.bank import Bank
from quizgen.errors import QuizgenError, UsageError
from quizgen.exam_file import MAX_BYTES, read_paper, read_papers, replays
from quizgen.exercise import Paper, Section
from quizgen.export import export
from quizgen.grade import grade


@pytest.fixture(scope="module")
def bank() -> Bank:
    return quizgen.load_bank()


@pytest.fixture(scope="module")
def paper(bank: Bank) -> Paper:
    """Every question of the bank, in two sections."""
    exercises = tuple(question.draw(seed=3) for question in bank.questions.values())
    sections = (Section("One", "Write *clearly*.", 5), Section("Two", "", len(exercises) - 5))
    return Paper("All of it", "1DV3-R8X0", 3, "B", exercises, "No books.", sections)


@pytest.fixture(scope="module")
def data(paper: Paper) -> dict[str, Any]:
    """A smaller paper as JSON: an exercise for each kind of answer."""
    kinds: dict[str, Any] = {}
    for exercise in paper.exercises:
        for answer in exercise.answers:
            kinds.setdefault(answer.kind, exercise)
    small = replace(paper, exercises=tuple({e.id: e for e in kinds.values()}.values()), sections=())
    found: dict[str, Any] = json.loads(export(small, "json")["exam-B.json"])
    return found


def read_back(content: object, folder: Path) -> Paper:
    file = folder / "exam.json"
    text = content if isinstance(content, str) else json.dumps(content)
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    return read_paper(file)


def test_everything_comes_back_but_the_minutes(paper: Paper, tmp_path: Path) -> None:
    file = tmp_path / "exam.json"
    file.write_bytes(export(paper, "json")["exam-B.json"])
    again = read_paper(file)
    for one, other in zip(paper.exercises, again.exercises, strict=True):
        assert replace(one, minutes=0.0) == other
    assert replace(again, exercises=paper.exercises) == paper
    assert export(again, "json") == export(paper, "json")


def test_the_bank_runs_every_exercise_again(paper: Paper, bank: Bank) -> None:
    assert sorted(replays(paper, bank)) == list(range(len(paper.exercises)))


def test_exercises_that_the_bank_draws_otherwise_are_left_out(paper: Paper, bank: Bank) -> None:
    first, second, third, *_ = paper.exercises
    changed = (replace(first, id="no/such-question"), replace(second, variant=10**9), third)
    assert list(replays(replace(paper, exercises=changed, sections=()), bank)) == [2]


Change = Callable[[dict[str, Any]], None]


def put(*path: str | int, value: object) -> Change:
    """A change of one place in the file."""

    def change(data: dict[str, Any]) -> None:
        place: Any = data
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


ANSWER = ("exercises", 0, "answers", 0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (put("schema", value="quizgen.exam/9"), "expected an exam of schema 'quizgen.exam/1', found 'quizgen.exam/9'"),
        (put("seed", value="7"), "'seed': expected a whole number, found '7'"),
        (put("seed", value=-1), "'seed': expected a whole number from 0 to 4294967295, found -1"),
        (put("seed", value=True), "'seed': expected a whole number, found True"),
        (put("title", value=None), "'title': expected a text, found None"),
        (put("title", value="\ud800"), "'title': found the character U+D800"),
        (put("exercises", value={}), "'exercises': expected a list, found {}"),
        (put("exercises", 0, value=7), "exercise 1: expected an object with the key 'answers', found 7"),
        (put("exercises", 0, "variant", value=10**20), "exercise 1: 'variant': expected a whole number from 0 to"),
        (put("exercises", 0, "points", value=-2), "exercise 1: 'points': expected a whole number from 0 to 999"),
        (put("exercises", 0, "question", value="\U000f0000"), "exercise 1: 'question': found the character U+F0000"),
        (put("exercises", 0, "work", value={"z": [[1], [1, 2]]}), "exercise 1: 'z': expected rows of one length"),
        (put("exercises", 0, "work", value={"z": [True]}), "exercise 1: 'z': expected numbers or texts, found True"),
        (put("exercises", 0, "given", value={"x": {}}), "exercise 1: 'x': expected numbers, texts or lists of them"),
        (put("exercises", 0, "given", value={"x": [[[[[1]]]]]}), "exercise 1: 'x': expected numbers, texts or lists"),
        (put("exercises", 0, "given", value={"x": 10**400}), "exercise 1: 'x': expected numbers, texts or lists"),
        (put(*ANSWER, value="x"), "exercise 1: answer 1: expected an object with the key 'kind', found 'x'"),
        (put(*ANSWER, "kind", value="essay"), "exercise 1: answer 1: 'kind': expected one of integer, number, vector"),
        (put(*ANSWER, "decimals", value=999), "exercise 1: answer 1: 'decimals': expected a whole number from 0 to 15"),
        (put(*ANSWER, "mistakes", value=[3]), "exercise 1: answer 1: 'mistakes': expected an object, found 3"),
        (put("sections", value=[{"title": "x", "exercises": 1}]), "'sections': expected sections that hold the"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(
    data: dict[str, Any], tmp_path: Path, change: Change, message: str
) -> None:
    changed = deepcopy(data)
    change(changed)
    with pytest.raises(UsageError) as error:
        read_back(changed, tmp_path)
    assert str(error.value).startswith(f"{tmp_path / 'exam.json'}: {message}")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", [1]), ("number", "x"), ("vector", 1.0), ("vector", []), ("vector", ["A"]), ("matrix", [1, 2]),
        ("matrix", [[1], [2, 3]]), ("shape", [[1]]), ("choice", "Z"), ("choice", 1), ("text", 1.0), ("formula", [1]),
    ],
)  # fmt: skip
def test_a_value_fits_its_kind(data: dict[str, Any], tmp_path: Path, kind: str, value: object) -> None:
    changed = deepcopy(data)
    answers = [answer for exercise in changed["exercises"] for answer in exercise["answers"]]
    answer = next((answer for answer in answers if answer["kind"] == kind), None)
    if answer is None:
        answer = answers[0] | {"kind": kind, "accept": None, "mistakes": []}
        changed["exercises"][0]["answers"] = [answer]
    answer["value"] = value
    with pytest.raises(UsageError, match=r"'value': expected"):
        read_back(changed, tmp_path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "found no valid JSON"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"a": NaN}', "NaN is no number of JSON"),
        ('{"a": ' + "9" * 5000 + "}", "found no valid JSON"),
        ("[]", r"expected an exam of schema 'quizgen.exam/1', found \[\]"),
        ("\ud800", "found no valid JSON"),
        (" " * (MAX_BYTES + 1), "is too large for an exam: more than 4 MB"),
    ],
)
def test_files_that_are_no_exam(tmp_path: Path, content: str, message: str) -> None:
    start = time.process_time()
    with pytest.raises(UsageError, match=message):
        read_back(content, tmp_path)
    assert time.process_time() - start < 1


JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.just(10**400), st.just(1e308), st.text(max_size=5), st.just({}),
    st.lists(st.one_of(st.integers(-2, 2), st.text(max_size=2), st.lists(st.integers(0, 2), max_size=2)), max_size=3),
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=st.data())
def test_a_file_with_junk_in_it_is_refused_or_can_be_graded(
    data: dict[str, Any], tmp_path: Path, source: st.DataObject
) -> None:
    """What passes does no harm later: not to a grader, and not to those who show it."""
    changed = deepcopy(data)
    place: Any = changed["exercises"][source.draw(st.integers(0, len(changed["exercises"]) - 1))]
    changed["exercises"] = [place]
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = source.draw(st.sampled_from(keys))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or source.draw(st.integers(0, 3)) == 0:
            break
        place = inner
    place[key] = source.draw(JUNK)
    try:
        paper = read_back(changed, tmp_path)
        (exercise,) = paper.exercises
        grade(exercise, {})
        for answer in exercise.answers:
            grade(exercise, {answer.name: "1"})
            grade(exercise, dict.fromkeys(exercise.work, "0.5") if exercise.work else {})
    except QuizgenError:
        return


def test_all_versions_of_a_folder(paper: Paper, tmp_path: Path) -> None:
    small = replace(paper, exercises=paper.exercises[:1], sections=())
    for version in "BA":
        (tmp_path / f"exam-{version}.json").write_bytes(
            export(replace(small, version=version), "json")[f"exam-{version}.json"]
        )
    assert [found.version for found in read_papers(tmp_path)] == ["A", "B"]
    assert [found.version for found in read_papers(tmp_path / "exam-B.json")] == ["B"]
    (tmp_path / "exam-C.json").write_bytes(export(small, "json")["exam-B.json"])
    with pytest.raises(UsageError, match=r"exam-C\.json is the same version as .*exam-B\.json"):
        read_papers(tmp_path)
    (tmp_path / "exam-C.json").write_bytes(export(replace(small, code="X", version="C"), "json")["exam-C.json"])
    with pytest.raises(UsageError, match=r"exam-C\.json belongs to another exam than .*exam-A\.json"):
        read_papers(tmp_path)


def test_a_paper_that_was_read_back_is_graded_as_the_one_handed_out(paper: Paper, tmp_path: Path) -> None:
    file = tmp_path / "exam.json"
    file.write_bytes(export(paper, "json")["exam-B.json"])
    for one, other in zip(paper.exercises, read_paper(file).exercises, strict=True):
        answers = {answer.name: samples(answer).right[0] for answer in one.answers}
        assert grade(other, answers) == grade(one, answers)
        assert grade(other, answers).points == other.points
