"""An exam and its solutions as Markdown, as GitHub shows it."""

from __future__ import annotations

import math
from functools import lru_cache

from quizgen.exercise import Answer, Exercise, Paper
from quizgen.export.drawings import drawings
from quizgen.export.each import each
from quizgen.export.github import escape, inline, to_github
from quizgen.export.layout import fill
from quizgen.export.values import is_number, latex_value, plain_value


def export(paper: Paper) -> dict[str, bytes]:
    """`exam.md` and `solutions.md`, with the version's suffix, and a file for each figure, `name.svg`.

    Each answer is a line that ends in `______`, or a list of boxes to tick, in the order of `Exercise.answers`.

    Raises:
        ExportError: for a text that uses more of Markdown than every format can show, and as `drawings`.
    """
    frame = {
        "title": escape(paper.title),
        "version": escape(paper.version),
        "code": paper.code,
        "seed": paper.seed,
        "points": paper.points,
        "minutes": math.ceil(paper.minutes),
        "instructions": to_github(paper.instructions),
        "sections": {
            place: {"title": escape(section.title), "instructions": to_github(section.instructions)}
            for place, section in paper.starts.items()
        },
    }
    exam = fill("markdown/exam.md", exercises=each(_exercise, paper.exercises), **frame)
    key = fill("markdown/solutions.md", exercises=each(solved, paper.exercises), **frame)
    files = {f"exam{paper.suffix}.md": exam, f"solutions{paper.suffix}.md": key}
    texts = {name: (document.rstrip() + "\n").encode() for name, document in files.items()}
    return texts | drawings(paper.exercises, "svg")


_fixed = lru_cache(maxsize=4096)(to_github)  # texts without holes: the same few in every exercise of a question


def _exercise(exercise: Exercise) -> dict[str, object]:
    return {
        "title": escape(exercise.title),
        "points": exercise.points,
        "question": exercise.question.render(to_github),
        "conventions": [_fixed(line) for line in exercise.conventions],
        "answers": [_blank(answer) for answer in exercise.answers],
    }


def solved(exercise: Exercise) -> dict[str, object]:
    """An exercise with its solution, piece by piece, each as Markdown for GitHub."""
    return {
        **_exercise(exercise),
        "hints": [hint.render(to_github) for hint in exercise.hints],
        "right": [_right(answer) for answer in exercise.answers],
        "solution": exercise.solution.render(to_github),
        "mistakes": [line for answer in exercise.answers for line in _mistakes(answer, len(exercise.answers) > 1)],
        "reasons": [line for answer in exercise.answers for line in _reasons(answer)],
    }


def _blank(answer: Answer) -> str:
    """The place for an answer: a line, or boxes; the lines to put in order stand above theirs."""
    box = "[ ] " if answer.kind == "choice" else ""
    boxes = [f"- {box}{choice.letter}. {_hanging(choice.text.render(to_github))}" for choice in answer.choices]
    if answer.kind != "choice":
        return "\n".join([*boxes, f"- {_symbol(answer)} ({answer.format}): ______"])
    return "\n".join([f"{escape(answer.format)}:\n" if answer.format else "", *boxes]).lstrip("\n")


def _right(answer: Answer) -> str:
    if answer.kind != "choice" and is_number(answer.value):
        symbol = f"{answer.symbol} = " if answer.symbol else ""
        return f"${inline(symbol + latex_value(answer.value, answer))}$"
    if answer.kind == "formula":
        return f"{_symbol(answer)}: `{plain_value(answer.value)}`"
    return escape(plain_value(answer.value))


def _mistakes(answer: Answer, named: bool) -> list[str]:
    """A line for each known slip: what comes out, and why that is wrong."""
    lines = []
    for mistake in answer.mistakes:
        if is_number(mistake.value):
            symbol = f"{answer.symbol} = " if named and answer.symbol else ""
            value = f"${inline(symbol + latex_value(mistake.value, answer))}$"
        else:
            value = f"`{plain_value(mistake.value)}`"
        lines.append(f"- {value}: {_hanging(mistake.says.render(to_github))}")
    return lines


def _reasons(answer: Answer) -> list[str]:
    """Why each choice is right or wrong, where there is something to say."""
    return [
        f"- {choice.letter} is {'right' if choice.right else 'wrong'}: {_hanging(choice.says.render(to_github))}"
        for choice in answer.choices
        if choice.says is not None
    ]


def _symbol(answer: Answer) -> str:
    return f"${inline(answer.symbol)}$" if answer.symbol else escape(answer.name)


def _hanging(text: str) -> str:
    """The lines after the first are indented, so that they stay within the list item."""
    return text.replace("\n", "\n  ").replace("\n  \n", "\n\n")
