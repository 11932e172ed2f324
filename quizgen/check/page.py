"""A filled-in Markdown paper taken apart: which lines belong to which exercise, and which are code."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizgen.check.sheet import Faults, choose_paper
from quizgen.exercise import Paper
from quizgen.export.harmless import one_line

_FENCE = re.compile(r"\s*(`{3,}(?=[^`]*$)|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?:exercise[ \t]+)?(\d{1,4})(?:[.):](?:[ \t]+(.*))?|[ \t]*)", re.IGNORECASE)
_ANY_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_POINTS = re.compile(r"\(\d+ points?\)[ \t#]*$")
_MARKS = re.compile(r"[\\\s*_`$]+")
#: `code `1DV3-…` · seed 7 · version A`, as every paper has it under its title.
_IDENTITY = re.compile(r"\bcode `([^`\n]{0,200})`\W{1,9}seed \d{1,12}(?:\W{1,9}version (\w{1,9}))?")


@dataclass(frozen=True, slots=True)
class Page:
    """A paper's lines.

    Attributes:
        code: by the number of each line of a code block, from 0, that of the line that closes it.
        spans: by the place of an exercise in the paper, its lines from the one behind its heading up to the next.
    """

    paper: Paper
    lines: Sequence[str]
    code: Mapping[int, int]
    spans: Mapping[int, range]


def read_page(text: str, faults: Faults, papers: Sequence[Paper]) -> Page:
    """The paper taken apart.

    Exercises are found by the titles in their headings, and by their numbers where titles are equal or were deleted;
    their order does not matter, and neither do headings of the student's own.

    Raises:
        SheetError: for a paper of another exam or version; for a code block that is not closed; and through
            `faults.refuse`, for headings that do not fit the exam.
    """
    lines = text.split("\n")
    code = _code_blocks(lines, faults)
    paper = _paper(lines, code, faults, papers)
    titles: dict[str, list[int]] = {}
    for k, exercise in enumerate(paper.exercises):
        titles.setdefault(folded(exercise.title), []).append(k)
    starts: dict[int, int] = {}
    for number, line in enumerate(lines):
        heading = None if number in code else _HEADING.fullmatch(line)
        place = None if heading is None else _exercise(heading, titles, number + 1, faults)
        if place is None:
            continue
        if place in starts:
            what = f"exercise {place + 1} stands here for the second time, after line {starts[place] + 1}"
            faults.add(number + 1, f"{what}; keep one")
        starts.setdefault(place, number)
    if not starts:
        raise faults.fail(
            None,
            "expected a filled-in paper with a heading for each exercise, such as "
            f"'## 1. {one_line(paper.exercises[0].title) if paper.exercises else 'Title'}', found none",
        )
    faults.refuse()
    ends = dict(zip(sorted(starts.values()), [*sorted(starts.values())[1:], len(lines)], strict=True))
    return Page(paper, lines, code, {place: range(start + 1, ends[start]) for place, start in starts.items()})


def is_heading(line: str) -> bool:
    return _ANY_HEADING.match(line) is not None


def bare(text: str) -> str:
    """A text without spaces and the signs of Markdown, which editors change; what is left tells lines apart."""
    return _MARKS.sub("", text)


def folded(text: str) -> str:
    """A bare text without its case."""
    return bare(text).casefold()


def _code_blocks(lines: Sequence[str], faults: Faults) -> dict[int, int]:
    code: dict[int, int] = {}
    start, fence = 0, ""
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if not fence and found:
            start, fence = number, found[1]
        elif fence and found and found[1].startswith(fence) and found[1] == line.strip():
            code |= dict.fromkeys(range(start, number + 1), number)
            fence = ""
    if fence:
        raise faults.fail(
            start + 1, f"the code block that begins here is never closed; expected '{fence[:3]}' below it"
        )
    return code


def _paper(lines: Sequence[str], code: Mapping[int, int], faults: Faults, papers: Sequence[Paper]) -> Paper:
    for number, line in enumerate(lines):
        if number not in code and (found := _IDENTITY.search(line)):
            version = found[2] or ""
            return choose_paper(papers, faults, code=found[1], version=version, line=number + 1)
    return choose_paper(papers, faults, code=None, version=None, line=None)


def _exercise(heading: re.Match[str], titles: Mapping[str, list[int]], line: int, faults: Faults) -> int | None:
    """The place of the exercise that a heading belongs to; None for a heading of the student's own."""
    place = int(heading[1]) - 1
    shown = (heading[2] or "").strip()
    title = folded(_POINTS.sub("", shown).rstrip("# \t"))
    same = titles.get(title, [])
    if place in same or (not title and any(place in places for places in titles.values())):
        return place
    if len(same) == 1:
        return same[0]
    if same:
        numbers = " and ".join(str(k + 1) for k in same)
        faults.add(line, f"exercises {numbers} have this title; expected one of these numbers, found {heading[1]}")
    elif _POINTS.search(shown):
        faults.add(line, f"the exam has no exercise called '{one_line(shown)}'; is this a paper of another exam?")
    return None
