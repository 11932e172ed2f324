"""The values in an exam's file: each is what the exam needs at its place, or the file is refused with a sentence."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from quizgen.exercise import Value
from quizgen.text import FIRST_HOLE, LAST_HOLE, Text, plain

T = TypeVar("T", int, str, bool, list[Any], dict[str, Any])

#: What is counted in a file (points, variants, decimals) is smaller than this.
_COUNTS = 2**53
_DEEPEST_VALUE = 4
#: Whole numbers with more bits are no float's value, and no result of any exercise.
_BITS = 1_000
_NAMES: Mapping[type, str] = {
    int: "a whole number",
    str: "a text",
    list: "a list",
    dict: "an object",
    bool: "true or false",
}


class ContentError(Exception):
    """What is wrong with the content, without the file's name: all functions here raise it."""


def refuse_twins(names: list[str], what: str) -> None:
    for place, name in enumerate(names):
        if name in names[:place]:
            raise ContentError(f"two {what} {name!r:.60}; expected each once")


def typed(data: Any, key: str, kind: type[T]) -> T:
    """What an object has under the key, if it is of this kind; true and false are no whole numbers."""
    if not isinstance(data, dict):
        raise ContentError(f"expected an object with the key '{key}', found {data!r:.60}")
    value = data.get(key)
    if not isinstance(value, kind) or isinstance(value, bool) is not (kind is bool):
        raise ContentError(f"'{key}': expected {_NAMES[kind]}, found {value!r:.60}")
    return usable(value, key) if isinstance(value, str) else value


def optional(data: Any, key: str, kind: type[T], default: T) -> T:
    """As `typed`; the default where there is nothing, or null."""
    return default if isinstance(data, dict) and data.get(key) is None else typed(data, key, kind)


def count(data: Any, key: str, *, below: int = _COUNTS, least: int = 0) -> int:
    """A whole number from `least` to below `below`."""
    value = typed(data, key, int)
    if not least <= value < below:
        raise ContentError(f"'{key}': expected a whole number from {least} to {below - 1}, found {value!r:.60}")
    return value


def text(value: Any, key: str) -> Text:
    return plain(typed({key: value}, key, str))


def usable(text: str, key: str) -> str:
    """A text without characters that have a meaning inside quizgen, and none that no file can hold."""
    for character in text:
        if FIRST_HOLE <= ord(character) <= LAST_HOLE or "\ud800" <= character <= "\udfff":
            raise ContentError(f"'{key}': found the character U+{ord(character):04X}, which no text has; remove it")
    return text


def values(data: Any, key: str) -> dict[str, Value]:
    """Checked values by their names."""
    return {usable(name, key): checked(value, name) for name, value in typed(data, key, dict).items()}


def checked(value: Any, key: str, depth: int = 0) -> Value:
    """A finite number, a text, or a list of such."""
    if isinstance(value, str):
        return usable(value, key)
    if isinstance(value, list) and depth < _DEEPEST_VALUE:
        return [checked(entry, key, depth + 1) for entry in value]
    if (isinstance(value, int) and value.bit_length() <= _BITS) or (isinstance(value, float) and math.isfinite(value)):
        return value
    raise ContentError(f"'{key}': expected numbers, texts or lists of them, row by row, found {value!r:.60}")


def shape(value: Value) -> tuple[int, ...]:
    if not isinstance(value, list):
        return ()
    return (len(value), *(shape(value[0]) if value else ()))


def regular(value: Value, key: str) -> Value:
    """The value, if all rows of it are equally long and there is no true or false in it."""
    if isinstance(value, bool):
        raise ContentError(f"'{key}': expected numbers or texts, found {value!r}")
    if isinstance(value, list):
        for entry in value:
            regular(entry, key)
        if len(set(map(shape, value))) > 1:
            raise ContentError(f"'{key}': expected rows of one length, found {value!r:.60}")
    return value


def cells(value: Value) -> Iterator[int | float | str]:
    if isinstance(value, list):
        for entry in value:
            yield from cells(entry)
    else:
        yield value
