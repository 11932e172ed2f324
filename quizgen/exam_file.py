"""`exam.json` read back: the paper that was handed out, and its exercises in the bank, to be run again.

The file may come from anybody. What it holds is checked here, so that whoever works with a paper need not.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast, get_args

from quizgen.errors import BankError, DrawError, UsageError
from quizgen.exercise import Answer, Choice, Exercise, Figure, Kind, Mistake, Paper, Section, Value
from quizgen.text import FIRST_HOLE, LAST_HOLE, Text, plain

if TYPE_CHECKING:
    from quizgen.bank import Bank
    from quizgen.bank.replay import Replay

T = TypeVar("T", int, str, bool, list[Any], dict[str, Any])

SCHEMA = "quizgen.exam/1"

#: An exam of a hundred long exercises has a tenth of it.
MAX_BYTES = 4_000_000

_SEEDS = 2**32
#: What is counted in a file (points, variants, decimals) is smaller than this.
_COUNTS = 2**53
_DEEPEST_VALUE = 4
#: Whole numbers with more bits are no float's value, and no result of any exercise.
_BITS = 1_000
#: How many dimensions the value of an answer has, where its kind says so.
_DIMENSIONS: Mapping[Kind, int] = {"integer": 0, "number": 0, "vector": 1, "shape": 1, "matrix": 2}


def read_paper(path: Path | str) -> Paper:
    """The paper in an `exam.json`. Estimated minutes are not in the file; they are 0.

    Raises:
        UsageError: if the file cannot be read, or is no exam; the message names the place in it.
    """
    path = Path(path)
    data = _parsed(path)
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        found = data.get("schema") if isinstance(data, dict) else data
        raise UsageError(f"{path}: expected an exam of schema '{SCHEMA}', found {found!r:.60}")
    try:
        return _paper(data)
    except _ContentError as wrong:
        raise UsageError(f"{path}: {wrong}") from None


def read_papers(path: Path | str) -> tuple[Paper, ...]:
    """The paper in an `exam.json`, or all versions of an exam: the files `exam*.json` of a folder, by their names.

    Raises:
        UsageError: as `read_paper`; if there is no such file, or if the files are not the versions of one exam.
    """
    path = Path(path)
    if not path.is_dir():
        return (read_paper(path),)
    files = sorted(path.glob("exam*.json"))
    if not files:
        raise UsageError(f"{path}: there is no exam.json in this folder; write one with 'quizgen exam -f json'")
    papers = tuple(map(read_paper, files))
    for file, paper in zip(files[1:], papers[1:], strict=True):
        if paper.code != papers[0].code:
            raise UsageError(
                f"{file} belongs to another exam than {files[0]}: its code differs; keep one exam a folder"
            )
    versions = [paper.version for paper in papers]
    for place, version in enumerate(versions):
        if version in versions[:place]:
            first = files[versions.index(version)]
            raise UsageError(f"{files[place]} is the same version as {first}; keep one file a version")
    return papers


def replays(paper: Paper, bank: Bank) -> dict[int, Replay]:
    """By place in the paper, the exercises that the bank still draws with the same question and answers."""
    found = {}
    for place, exercise in enumerate(paper.exercises):
        question = bank.questions.get(exercise.id)
        if question is None:
            continue
        try:
            again = question.draw(seed=exercise.seed, variant=exercise.variant, confirmed=False)
        except (DrawError, BankError):  # the file of the question has changed since the paper was made
            continue
        same_answers = [(a.name, a.value) for a in again.answers] == [(a.name, a.value) for a in exercise.answers]
        if str(again.question) == str(exercise.question) and same_answers:
            found[place] = question.replay(seed=exercise.seed, variant=exercise.variant)
    return found


class _ContentError(Exception):
    """What is wrong with the content, without the file's name."""


def _parsed(path: Path) -> Any:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise UsageError(f"{path}: is too large for an exam: more than {MAX_BYTES // 10**6} MB")
        return json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    except RecursionError:
        raise UsageError(f"{path}: is nested too deeply for an exam") from None
    except ValueError as error:  # JSON and UTF-8 alike
        raise UsageError(f"{path}: expected the exam.json of an exam, found no valid JSON: {error}") from None


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")


def _paper(data: dict[str, Any]) -> Paper:
    seed = _count(data, "seed", below=_SEEDS)
    exercises = tuple(
        _at(f"exercise {number}", _exercise, entry, seed)
        for number, entry in enumerate(_typed(data, "exercises", list), 1)
    )
    sections = tuple(map(_section, _optional(data, "sections", list, [])))
    if sections and sum(section.count for section in sections) != len(exercises):
        raise _ContentError(f"'sections': expected sections that hold the {len(exercises)} exercises, each once")
    return Paper(
        title=_typed(data, "title", str),
        code=_typed(data, "code", str),
        seed=seed,
        version=_typed(data, "version", str),
        exercises=exercises,
        instructions=_optional(data, "instructions", str, ""),
        sections=sections,
    )


def _at(what: str, read: Any, *arguments: Any) -> Any:
    """What `read` reads; its errors say where."""
    try:
        return read(*arguments)
    except _ContentError as wrong:
        raise _ContentError(f"{what}: {wrong}") from None


def _exercise(data: Any, seed: int) -> Exercise:
    answers = tuple(
        _at(f"answer {number}", _answer, entry) for number, entry in enumerate(_typed(data, "answers", list), 1)
    )
    _refuse_twins([answer.name for answer in answers], "answers are called")
    return Exercise(
        id=_typed(data, "id", str),
        seed=seed,
        variant=_count(data, "variant"),
        title=_typed(data, "title", str),
        topic=_typed(data, "topic", str),
        level=_count(data, "level"),
        points=_count(data, "points", below=1000),
        minutes=0.0,
        conventions=tuple(str(_text(line, "conventions")) for line in _typed(data, "conventions", list)),
        form=_values(data, "form"),
        given=_values(data, "given"),
        work={name: _regular(value, name) for name, value in _values(data, "work").items()},
        question=_text(data.get("question"), "question"),
        hints=tuple(_text(hint, "hints") for hint in _typed(data, "hints", list)),
        solution=_text(data.get("solution"), "solution"),
        answers=answers,
        figures=tuple(map(_figure, _optional(data, "figures", list, []))),
    )


def _answer(data: Any) -> Answer:
    kind = _typed(data, "kind", str)
    if kind not in get_args(Kind):
        raise _ContentError(f"'kind': expected one of {', '.join(get_args(Kind))}, found {kind!r:.60}")
    kind = cast(Kind, kind)
    choices = tuple(map(_choice, _optional(data, "choices", list, [])))
    value = _answer_value(data.get("value"), kind, choices)
    mistakes = [
        Mistake(_answer_value(_typed_entry(entry), kind, choices), _text(entry.get("says"), "says"))
        for entry in _typed(data, "mistakes", list)
    ]
    return Answer(
        name=_typed(data, "name", str),
        symbol=_optional(data, "symbol", str, ""),
        kind=kind,
        value=value,
        decimals=None if data.get("decimals") is None else _count(data, "decimals", below=16),
        digits=None if data.get("digits") is None else _count(data, "digits", below=16, least=1),
        accept=_accept(data.get("accept"), value, kind),
        format=_optional(data, "format", str, ""),
        mistakes=tuple(mistakes),
        choices=choices,
        synonyms=tuple(str(_text(word, "synonyms")) for word in _optional(data, "synonyms", list, [])),
        condition=_optional(data, "condition", str, "") or None,
    )


def _typed_entry(data: Any) -> Any:
    if not isinstance(data, dict):
        raise _ContentError(f"'mistakes': expected an object, found {data!r:.60}")
    return data.get("value")


def _answer_value(found: Any, kind: Kind, choices: tuple[Choice, ...]) -> Value:
    """A value that an answer of this kind can have."""
    value = _regular(_value(found, "value"), "value")
    if kind in _DIMENSIONS:
        shape = _shape(value)
        if any(isinstance(cell, str) for cell in _cells(value)) or len(shape) != _DIMENSIONS[kind] or 0 in shape:
            raise _ContentError(f"'value': expected the numbers of a {kind}, found {value!r:.60}")
    elif not isinstance(value, str):
        raise _ContentError(f"'value': expected a text for the kind {kind}, found {value!r:.60}")
    elif kind in ("choice", "ordering"):
        letters = [choice.letter for choice in choices]
        _refuse_twins(letters, "choices have the letter")
        if not letters or not set(value) <= set(letters) or (kind == "ordering" and sorted(value) != sorted(letters)):
            raise _ContentError(f"'value': expected letters of the choices, found {value!r:.60}")
    return value


def _accept(found: Any, value: Value, kind: Kind) -> Value | None:
    if found is None or kind not in _DIMENSIONS:
        return None
    accept = _regular(_value(found, "accept"), "accept")
    if _shape(accept) != (*_shape(value), 2):
        raise _ContentError(f"'accept': expected an interval [low, high] for each number, found {accept!r:.60}")
    return accept


def _choice(data: Any) -> Choice:
    letter = _typed(data, "letter", str)
    if len(letter) != 1 or not "A" <= letter <= "Z":
        raise _ContentError(f"'letter': expected one letter from A to Z, found {letter!r:.60}")
    says = None if data.get("says") is None else _text(data["says"], "says")
    return Choice(letter, _text(data.get("text"), "text"), _typed(data, "right", bool), says)


def _figure(data: Any) -> Figure:
    return Figure(_typed(data, "name", str), _typed(data, "draw", str), _values(data, "arguments"))


def _section(data: Any) -> Section:
    return Section(
        _typed(data, "title", str), _optional(data, "instructions", str, ""), _count(data, "exercises", below=10_000)
    )


def _refuse_twins(names: list[str], what: str) -> None:
    for place, name in enumerate(names):
        if name in names[:place]:
            raise _ContentError(f"two {what} {name!r:.60}; expected each once")


_NAMES: Mapping[type, str] = {
    int: "a whole number",
    str: "a text",
    list: "a list",
    dict: "an object",
    bool: "true or false",
}


def _typed(data: Any, key: str, kind: type[T]) -> T:
    if not isinstance(data, dict):
        raise _ContentError(f"expected an object with the key '{key}', found {data!r:.60}")
    value = data.get(key)
    if not isinstance(value, kind) or isinstance(value, bool) is not (kind is bool):
        raise _ContentError(f"'{key}': expected {_NAMES[kind]}, found {value!r:.60}")
    return _usable(value, key) if isinstance(value, str) else value


def _optional(data: Any, key: str, kind: type[T], default: T) -> T:
    return default if isinstance(data, dict) and data.get(key) is None else _typed(data, key, kind)


def _count(data: Any, key: str, *, below: int = _COUNTS, least: int = 0) -> int:
    value = _typed(data, key, int)
    if not least <= value < below:
        raise _ContentError(f"'{key}': expected a whole number from {least} to {below - 1}, found {value!r:.60}")
    return value


def _text(value: Any, key: str) -> Text:
    return plain(_typed({key: value}, key, str))


def _usable(text: str, key: str) -> str:
    """A text without characters that have a meaning inside quizgen, and none that no file can hold."""
    for character in text:
        if FIRST_HOLE <= ord(character) <= LAST_HOLE or "\ud800" <= character <= "\udfff":
            raise _ContentError(f"'{key}': found the character U+{ord(character):04X}, which no text has; remove it")
    return text


def _values(data: Any, key: str) -> dict[str, Value]:
    return {_usable(name, key): _value(value, name) for name, value in _typed(data, key, dict).items()}


def _value(value: Any, key: str, depth: int = 0) -> Value:
    """A finite number, a text, or a list of such."""
    if isinstance(value, str):
        return _usable(value, key)
    if isinstance(value, list) and depth < _DEEPEST_VALUE:
        return [_value(entry, key, depth + 1) for entry in value]
    if (isinstance(value, int) and value.bit_length() <= _BITS) or (isinstance(value, float) and math.isfinite(value)):
        return value
    raise _ContentError(f"'{key}': expected numbers, texts or lists of them, row by row, found {value!r:.60}")


def _shape(value: Value) -> tuple[int, ...]:
    if not isinstance(value, list):
        return ()
    return (len(value), *(_shape(value[0]) if value else ()))


def _regular(value: Value, key: str) -> Value:
    """The value, if all rows of it are equally long and there is no true or false in it."""
    if isinstance(value, bool):
        raise _ContentError(f"'{key}': expected numbers or texts, found {value!r}")
    if isinstance(value, list):
        for entry in value:
            _regular(entry, key)
        if len(set(map(_shape, value))) > 1:
            raise _ContentError(f"'{key}': expected rows of one length, found {value!r:.60}")
    return value


def _cells(value: Value) -> Iterator[int | float | str]:
    if isinstance(value, list):
        for entry in value:
            yield from _cells(entry)
    else:
        yield value
