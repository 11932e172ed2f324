"""Papers filled in as a student would: the blanks of the Markdown paper replaced, the boxes ticked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from quizgen.exercise import Answer, Exercise, Paper
from quizgen.export import export

#: What a student answers, by the place of the exercise and the name of the quantity.
Typed = Mapping[tuple[int, str], str]


def paper_of(exercises: Sequence[Exercise], *, version: str = "", code: str = "1DV3-R8X0") -> Paper:
    """A paper; its exercises have one seed."""
    return Paper("A test", code, exercises[0].seed, version, tuple(exercises))


def markdown_of(paper: Paper) -> str:
    """The paper as it is handed out."""
    return export(paper, "markdown")[f"exam{paper.suffix}.md"].decode()


def filled(paper: Paper, typed: Typed) -> str:
    """The paper with answers; it relies on the order of blanks and boxes alone, not on what is written beside them."""
    answers = _in_order(paper)
    lines = []
    for line in markdown_of(paper).split("\n"):
        if line.startswith("- [ ] "):
            place, answer, letter = next(answers)
            tick = letter in typed.get((place, answer.name), "")
            line = line.replace("[ ]", "[x]", 1) if tick else line
        elif re.match(r"- .*: ______$", line):
            place, answer, _ = next(answers)
            written = typed.get((place, answer.name), "______").replace("\n", "\n  ")
            line = line.removesuffix("______") + written
        lines.append(line)
    assert next(answers, None) is None, "the paper has fewer places than answers"
    return "\n".join(lines)


def _in_order(paper: Paper) -> Iterator[tuple[int, Answer, str]]:
    """Each blank and each box, with the letter of the box."""
    for place, exercise in enumerate(paper.exercises):
        for answer in exercise.answers:
            letters = [choice.letter for choice in answer.choices] if answer.kind == "choice" else [""]
            for letter in letters:
                yield place, answer, letter
