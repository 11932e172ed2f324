"""An exam as JSON, schema `quizgen.exam/1`: everything a third party needs to compute the answers again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from quizgen.errors import ExportError
from quizgen.exercise import Answer, Choice, Exercise, Figure, Paper
from quizgen.export.each import each

SCHEMA = "quizgen.exam/1"


def export(paper: Paper) -> dict[str, bytes]:
    """`exam.json`, with the version's suffix; UTF-8, keys in the order of the schema, arrays of numbers on one line.

    Raises:
        ExportError: for a number that is not finite, which JSON cannot hold.
    """
    data = {
        "schema": SCHEMA,
        "code": paper.code,
        "seed": paper.seed,
        "version": paper.version,
        "title": paper.title,
        "exercises": each(_exercise, paper.exercises),
    }
    if paper.instructions:
        data["instructions"] = paper.instructions
    if paper.sections:
        data["sections"] = [
            {"title": section.title, "instructions": section.instructions, "exercises": section.count}
            for section in paper.sections
        ]
    try:
        return {f"exam{paper.suffix}.json": (_write(data, "") + "\n").encode()}
    except (ValueError, TypeError) as error:
        raise ExportError(f"the exam cannot be written as JSON: {error}") from error


def _exercise(exercise: Exercise) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": exercise.id,
        "variant": exercise.variant,
        "title": exercise.title,
        "topic": exercise.topic,
        "level": exercise.level,
        "points": exercise.points,
        "conventions": list(exercise.conventions),
        "form": dict(exercise.form),
        "given": dict(exercise.given),
        "work": dict(exercise.work),
        "question": str(exercise.question),
        "hints": [str(hint) for hint in exercise.hints],
        "solution": str(exercise.solution),
        "answers": [_answer(answer) for answer in exercise.answers],
    }
    if exercise.figures:
        data["figures"] = [_figure(figure) for figure in exercise.figures]
    return data


def _figure(figure: Figure) -> dict[str, Any]:
    return {"name": figure.name, "draw": figure.draw, "arguments": dict(figure.arguments)}


def _answer(answer: Answer) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": answer.name,
        "symbol": answer.symbol,
        "kind": answer.kind,
        "format": answer.format,
        "value": answer.value,
        "decimals": answer.decimals,
        "digits": answer.digits,
        "accept": answer.accept,
        "mistakes": [{"value": mistake.value, "says": str(mistake.says)} for mistake in answer.mistakes],
    }
    if answer.condition is not None:
        data["condition"] = answer.condition
    if answer.synonyms:
        data["synonyms"] = list(answer.synonyms)
    if answer.choices:
        data["choices"] = [_choice(choice) for choice in answer.choices]
    return data


def _choice(choice: Choice) -> dict[str, Any]:
    says = None if choice.says is None else str(choice.says)
    return {"letter": choice.letter, "text": str(choice.text), "right": choice.right, "says": says}


def _write(value: Any, indent: str) -> str:
    """JSON with a line for each member; only arrays that hold nothing but numbers, letters and the like stay on one."""
    inner = indent + " "
    if isinstance(value, Mapping) and value:
        lines = [f"{inner}{_scalar(str(key))}: {_write(member, inner)}" for key, member in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    if isinstance(value, list | tuple) and any(isinstance(member, Mapping) for member in value):
        return "[\n" + ",\n".join(inner + _write(member, inner) for member in value) + f"\n{indent}]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
