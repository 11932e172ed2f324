"""A file with solutions of several exercises, told apart by headings: `## 2. Title`, `# 2`, `Exercise 2`, or an id."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """The solution of one exercise.

    Attributes:
        text: the whole file with everything else blanked, so that lines keep their numbers.
        line: of the heading; 1 if there is none.
        number: of the exercise, from 1, if the heading has one.
        title: what the heading says behind the number: a title or an id; "" without a heading.
    """

    text: str
    line: int
    number: int | None = None
    title: str = ""


def sections(text: str) -> tuple[Section, ...]:
    """The parts of a file; one if no heading starts an exercise. What stands before the first heading is dropped.

    Lists of common mistakes and boxes to tick, which claim nothing, are blanked too.
    """
    text = _CLAIMLESS.sub(lambda match: _blank(match[0]), text)
    headings = list(_headings(_CODE.sub(lambda match: _blank(match[0]), text)))
    if not headings:
        return (Section(text, 1),)
    found = []
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        end = following.start() if following else len(text)
        body = re.sub(r"[^\n]", "", text[: heading.start()]) + text[heading.start() : end]
        number = heading["number"] or heading["named"] or heading["plain"]
        title = (heading["title"] or heading["id"] or "").strip()
        found.append(Section(body, text.count("\n", 0, heading.start()) + 1, int(number) if number else None, title))
    return tuple(found)


def belongs_to(section: Section, exercises: Sequence[tuple[str, str]]) -> int | None:
    """The place of the exercise that a section solves, by id, number or title; None if there is none.

    Args:
        exercises: id and title of each exercise of an exam, in its order.
    """
    title = re.sub(r"\s*\(\d+ points?\)$", "", section.title).casefold()
    for place, names in enumerate(exercises):
        is_named = bool(title) and title in (name.casefold() for name in names)
        if is_named and (section.number in (None, place + 1) or title not in _others(exercises, place)):
            return place
    if section.number is not None:
        return section.number - 1 if 0 < section.number <= len(exercises) else None
    return 0 if len(exercises) == 1 else None


def _headings(text: str) -> Iterator[re.Match[str]]:
    """The headings that start an exercise; a bare number below a heading that says more counts a part of it."""
    level = 0
    for heading in _HEADING.finditer(text):
        marks = len(heading["marks"] or "")
        is_bare = heading["number"] and heading["title"] is None
        if is_bare and 0 < level < marks:
            continue
        if not is_bare:
            level = marks
        yield heading


def _others(exercises: Sequence[tuple[str, str]], place: int) -> Iterator[str]:
    """The names of all exercises but one."""
    return (name.casefold() for k, names in enumerate(exercises) if k != place for name in names)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


_CODE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n.*?^[ \t]*\1[^\n]*$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(
    r"""^(?P<marks>\#{1,3})[ \t]+(?:
        (?P<number>\d{1,4})(?:[.):][ \t]*(?P<title>[^\n]*)|[ \t]*)
      | (?:exercise|question|problem|task)[ \t]+(?P<named>\d{1,4})\b[^\n]*
      | (?P<id>[a-z][a-z0-9-]*/[a-z0-9][a-z0-9-]*)[ \t]*
    )$
    | ^(?:\*\*)?(?:exercise|question|problem|task)[ \t]+(?P<plain>\d{1,4})(?:[.):](?:[ \t][^\n]*)?)?(?:\*\*)?[ \t]*$
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_CLAIMLESS = re.compile(
    r"""
      ^\#{2,4}[ \t]+(?:Common\ mistakes|The\ choices)[ \t]*\n(?:(?!\#)[^\n]*(?:\n|\Z))*
    | ^[ \t]*[-*][ ]\[[ x]\][^\n]*$
    """,
    re.VERBOSE | re.MULTILINE,
)
