"""`exam.json` read back: the paper that was handed out, and its exercises in the bank, to be run again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from quizgen.errors import BankError, DrawError, UsageError
from quizgen.exercise import Answer, Choice, Exercise, Kind, Mistake, Paper
from quizgen.text import Text, plain

if TYPE_CHECKING:
    from quizgen.bank import Bank
    from quizgen.bank.replay import Replay

T = TypeVar("T")

SCHEMA = "quizgen.exam/1"

#: An exam of a hundred long exercises is far smaller.
MAX_BYTES = 20_000_000


def read_paper(path: Path | str) -> Paper:
    """The paper in an `exam.json`. Estimated minutes are not in the file; they are 0.

    Raises:
        UsageError: if the file cannot be read, or is no exam; the message names the place in it.
    """
    path = Path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(f"{path}: is too large for an exam: more than {MAX_BYTES // 10**6} MB")
        data = json.loads(path.read_text(encoding="utf-8"), parse_constant=_refuse)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    except RecursionError:
        raise UsageError(f"{path}: is nested too deeply for an exam") from None
    except ValueError as error:  # JSON and UTF-8 alike
        raise UsageError(f"{path}: expected the exam.json of an exam, found no valid JSON: {error}") from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        found = data.get("schema") if isinstance(data, dict) else type(data).__name__
        raise UsageError(f"{path}: expected an exam of schema '{SCHEMA}', found {found!r}")
    try:
        seed = _typed(data, "seed", int)
        exercises = tuple(_exercise(entry, seed) for entry in _typed(data, "exercises", list))
        texts = (_typed(data, key, str) for key in ("title", "code", "version"))
        title, code, version = texts
    except _ContentError as wrong:
        raise UsageError(f"{path}: {wrong}") from None
    return Paper(title, code, seed, version, exercises, str(data.get("instructions", "")))


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
        same_answers = [a.value for a in again.answers] == [a.value for a in exercise.answers]
        if str(again.question) == str(exercise.question) and same_answers:
            found[place] = question.replay(seed=exercise.seed, variant=exercise.variant)
    return found


class _ContentError(Exception):
    """What is wrong with the content, without the file's name."""


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no number of JSON")


def _typed(data: Any, key: str, kind: type[T]) -> T:
    if not isinstance(data, Mapping):
        raise _ContentError(f"expected an object with the key '{key}', found {data!r:.60}")
    value = data.get(key)
    if not isinstance(value, kind) or isinstance(value, bool) is not (kind is bool):
        raise _ContentError(f"'{key}': expected {_NAMES[kind]}, found {value!r:.60}")
    return value


_NAMES: Mapping[type, str] = {
    int: "a whole number",
    str: "a text",
    list: "a list",
    dict: "an object",
    bool: "true or false",
}


def _exercise(data: Any, seed: int) -> Exercise:
    return Exercise(
        id=_typed(data, "id", str),
        seed=seed,
        variant=_typed(data, "variant", int),
        title=_typed(data, "title", str),
        topic=_typed(data, "topic", str),
        level=_typed(data, "level", int),
        points=_typed(data, "points", int),
        minutes=0.0,
        conventions=tuple(map(str, _typed(data, "conventions", list))),
        form=_typed(data, "form", dict),
        given=_typed(data, "given", dict),
        work=_typed(data, "work", dict),
        question=_text(data, "question"),
        hints=tuple(plain(str(hint)) for hint in _typed(data, "hints", list)),
        solution=_text(data, "solution"),
        answers=tuple(map(_answer, _typed(data, "answers", list))),
    )


def _answer(data: Any) -> Answer:
    kind = _typed(data, "kind", str)
    kinds = get_args(Kind)
    if kind not in kinds:
        raise _ContentError(f"'kind': expected one of {', '.join(kinds)}, found {kind!r:.60}")
    mistakes = tuple(Mistake(_value(entry), _text(entry, "says")) for entry in _typed(data, "mistakes", list))
    return Answer(
        name=_typed(data, "name", str),
        symbol=str(data.get("symbol", "")),
        kind=kind,  # type: ignore[arg-type]  # it was looked up above
        value=_value(data),
        decimals=_count(data, "decimals"),
        digits=_count(data, "digits"),
        accept=data.get("accept"),
        format=str(data.get("format", "")),
        mistakes=mistakes,
        choices=tuple(map(_choice, data.get("choices", ()))),
        synonyms=tuple(map(str, data.get("synonyms", ()))),
        condition=data.get("condition"),
    )


def _value(data: Any) -> Any:
    if not isinstance(data, Mapping) or "value" not in data:
        raise _ContentError(f"expected an object with the key 'value', found {data!r:.60}")
    return data["value"]


def _count(data: Any, key: str) -> int | None:
    return None if data.get(key) is None else _typed(data, key, int)


def _choice(data: Any) -> Choice:
    says = None if data.get("says") is None else _text(data, "says")
    return Choice(_typed(data, "letter", str), _text(data, "text"), _typed(data, "right", bool), says)


def _text(data: Any, key: str) -> Text:
    return plain(_typed(data, key, str))
