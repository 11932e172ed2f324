"""An exam's JSON as a paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast, get_args

from quizgen.exam_file.values import (
    ContentError,
    cells,
    checked,
    count,
    optional,
    refuse_twins,
    regular,
    shape,
    text,
    typed,
    values,
)
from quizgen.exercise import Answer, Choice, Exercise, Figure, Kind, Mistake, Paper, Section, Value

_SEEDS = 2**32
#: How many dimensions the value of an answer has, where its kind says so.
_DIMENSIONS: Mapping[Kind, int] = {"integer": 0, "number": 0, "vector": 1, "shape": 1, "matrix": 2}


def paper_of(data: dict[str, Any]) -> Paper:
    """The paper that the content of a file says.

    Raises:
        ContentError: if it says no paper.
    """
    seed = count(data, "seed", below=_SEEDS)
    exercises = tuple(
        _at(f"exercise {number}", _exercise, entry, seed)
        for number, entry in enumerate(typed(data, "exercises", list), 1)
    )
    sections = tuple(map(_section, optional(data, "sections", list, [])))
    if sections and sum(section.count for section in sections) != len(exercises):
        raise ContentError(f"'sections': expected sections that hold the {len(exercises)} exercises, each once")
    return Paper(
        title=typed(data, "title", str),
        code=typed(data, "code", str),
        seed=seed,
        version=typed(data, "version", str),
        exercises=exercises,
        instructions=optional(data, "instructions", str, ""),
        sections=sections,
    )


def _at(what: str, read: Any, *arguments: Any) -> Any:
    """What `read` reads; its errors say where."""
    try:
        return read(*arguments)
    except ContentError as wrong:
        raise ContentError(f"{what}: {wrong}") from None


def _exercise(data: Any, seed: int) -> Exercise:
    answers = tuple(
        _at(f"answer {number}", _answer, entry) for number, entry in enumerate(typed(data, "answers", list), 1)
    )
    refuse_twins([answer.name for answer in answers], "answers are called")
    return Exercise(
        id=typed(data, "id", str),
        seed=seed,
        variant=count(data, "variant"),
        title=typed(data, "title", str),
        topic=typed(data, "topic", str),
        level=count(data, "level"),
        points=count(data, "points", below=1000),
        minutes=0.0,
        conventions=tuple(str(text(line, "conventions")) for line in typed(data, "conventions", list)),
        form=values(data, "form"),
        given=values(data, "given"),
        work={name: regular(value, name) for name, value in values(data, "work").items()},
        question=text(data.get("question"), "question"),
        hints=tuple(text(hint, "hints") for hint in typed(data, "hints", list)),
        solution=text(data.get("solution"), "solution"),
        answers=answers,
        figures=tuple(map(_figure, optional(data, "figures", list, []))),
    )


def _answer(data: Any) -> Answer:
    kind = typed(data, "kind", str)
    if kind not in get_args(Kind):
        raise ContentError(f"'kind': expected one of {', '.join(get_args(Kind))}, found {kind!r:.60}")
    kind = cast(Kind, kind)
    choices = tuple(map(_choice, optional(data, "choices", list, [])))
    value = _answer_value(data.get("value"), kind, choices)
    mistakes = [
        Mistake(_answer_value(_typed_entry(entry), kind, choices), text(entry.get("says"), "says"))
        for entry in typed(data, "mistakes", list)
    ]
    return Answer(
        name=typed(data, "name", str),
        symbol=optional(data, "symbol", str, ""),
        kind=kind,
        value=value,
        decimals=None if data.get("decimals") is None else count(data, "decimals", below=16),
        digits=None if data.get("digits") is None else count(data, "digits", below=16, least=1),
        accept=_accept(data.get("accept"), value, kind),
        format=optional(data, "format", str, ""),
        mistakes=tuple(mistakes),
        choices=choices,
        synonyms=tuple(str(text(word, "synonyms")) for word in optional(data, "synonyms", list, [])),
        condition=optional(data, "condition", str, "") or None,
    )


def _typed_entry(data: Any) -> Any:
    if not isinstance(data, dict):
        raise ContentError(f"'mistakes': expected an object, found {data!r:.60}")
    return data.get("value")


def _answer_value(found: Any, kind: Kind, choices: tuple[Choice, ...]) -> Value:
    """A value that an answer of this kind can have."""
    value = regular(checked(found, "value"), "value")
    if kind in _DIMENSIONS:
        size = shape(value)
        if any(isinstance(cell, str) for cell in cells(value)) or len(size) != _DIMENSIONS[kind] or 0 in size:
            raise ContentError(f"'value': expected the numbers of a {kind}, found {value!r:.60}")
    elif not isinstance(value, str):
        raise ContentError(f"'value': expected a text for the kind {kind}, found {value!r:.60}")
    elif kind in ("choice", "ordering"):
        letters = [choice.letter for choice in choices]
        refuse_twins(letters, "choices have the letter")
        if not letters or not set(value) <= set(letters) or (kind == "ordering" and sorted(value) != sorted(letters)):
            raise ContentError(f"'value': expected letters of the choices, found {value!r:.60}")
    return value


def _accept(found: Any, value: Value, kind: Kind) -> Value | None:
    if found is None or kind not in _DIMENSIONS:
        return None
    accept = regular(checked(found, "accept"), "accept")
    if shape(accept) != (*shape(value), 2):
        raise ContentError(f"'accept': expected an interval [low, high] for each number, found {accept!r:.60}")
    return accept


def _choice(data: Any) -> Choice:
    letter = typed(data, "letter", str)
    if len(letter) != 1 or not "A" <= letter <= "Z":
        raise ContentError(f"'letter': expected one letter from A to Z, found {letter!r:.60}")
    says = None if data.get("says") is None else text(data["says"], "says")
    return Choice(letter, text(data.get("text"), "text"), typed(data, "right", bool), says)


def _figure(data: Any) -> Figure:
    return Figure(typed(data, "name", str), typed(data, "draw", str), values(data, "arguments"))


def _section(data: Any) -> Section:
    return Section(
        typed(data, "title", str), optional(data, "instructions", str, ""), count(data, "exercises", below=10_000)
    )
