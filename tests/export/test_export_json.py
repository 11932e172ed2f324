from __future__ import annotations

import json
from dataclasses import replace

import pytest
import samples

from quizgen.errors import ExportError
from quizgen.export import export


def test_has_exactly_the_keys_of_the_schema() -> None:
    data = json.loads(export(samples.paper("B"), "json")["exam-B.json"])
    assert list(data) == ["schema", "code", "seed", "version", "title", "exercises"]
    assert (data["schema"], data["seed"], data["version"]) == ("quizgen.exam/1", 7, "B")
    for exercise in data["exercises"]:
        assert list(exercise) == [
            "id", "variant", "title", "topic", "level", "points", "conventions", "form", "given", "work", "question",
            "hints", "solution", "answers",
        ]  # fmt: skip
        for answer in exercise["answers"]:
            keys = ["name", "symbol", "kind", "format", "value", "decimals", "digits", "accept", "mistakes"]
            assert list(answer) == keys + ["choices"] * (answer["kind"] == "choice")


def test_values_come_back() -> None:
    exercise = samples.layer()
    data = json.loads(export(samples.paper(), "json")["exam.json"])["exercises"][1]
    assert data["given"] == exercise.given
    assert data["question"] == str(exercise.question)
    assert [answer["value"] for answer in data["answers"]] == [answer.value for answer in exercise.answers]
    assert data["answers"][0]["mistakes"] == [{"value": [4.0, 4.0], "says": "The bias is missing."}]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [1.0, float("-inf")], 1j])
def test_refuses_what_json_cannot_hold(value: object) -> None:
    exercise = replace(samples.gate(), work={"z": value})
    with pytest.raises(ExportError, match="cannot be written as JSON"):
        export(replace(samples.paper(), exercises=(exercise,)), "json")
