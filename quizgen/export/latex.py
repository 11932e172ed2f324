"""An exam as LaTeX, with the class `exam`: one source for the paper and for its key."""

from __future__ import annotations

import math
from functools import lru_cache

from quizgen.errors import ExportError
from quizgen.exercise import Answer, Choice, Exercise, Paper, Value
from quizgen.export.drawings import drawings
from quizgen.export.each import each
from quizgen.export.latex_text import escape, mathematics, to_latex
from quizgen.export.layout import fill
from quizgen.export.values import is_number, latex_value, plain_value

#: A row of the table of points holds this many exercises.
_GRADES_PER_ROW = 10


def export(paper: Paper) -> dict[str, bytes]:
    r"""The sources, see `sources`, and a file for each figure, `name.pdf`.

    Raises:
        ExportError: as `sources` and `drawings`.
    """
    return sources(paper) | drawings(paper.exercises, "pdf")


def sources(paper: Paper) -> dict[str, bytes]:
    r"""`exam.tex`, and `solutions.tex`, which is the same exam with `\quizgensolutions` defined: the key.

    Both compile with pdfLaTeX, XeLaTeX and LuaLaTeX, in three passes, in the same folder, with the figures in it.

    Raises:
        ExportError: for a paper without exercises, and for text or mathematics that LaTeX cannot show.
    """
    if not paper.exercises:
        raise ExportError("the exam has no exercises; LaTeX cannot set an empty list of questions")
    exam = fill(
        "latex/exam.tex",
        title=escape(paper.title),
        pdf_title=escape("".join(filter(_in_any_font, paper.title))),
        points=paper.points,
        version=escape(paper.version),
        code=escape(paper.code),
        seed=paper.seed,
        minutes=math.ceil(paper.minutes),
        grade_rows=math.ceil(len(paper.exercises) / _GRADES_PER_ROW),
        exercises=each(_exercise, paper.exercises),
        instructions=to_latex(paper.instructions),
        sections={
            place: {"title": escape(section.title), "instructions": to_latex(section.instructions)}
            for place, section in paper.starts.items()
        },
    )
    key = fill("latex/solutions.tex", exam=f"exam{paper.suffix}.tex")
    return {f"exam{paper.suffix}.tex": exam.encode(), f"solutions{paper.suffix}.tex": key.encode()}


_fixed = lru_cache(maxsize=4096)(to_latex)  # texts without holes: the same few in every exercise of a question
_formula = lru_cache(maxsize=4096)(mathematics)


def _in_any_font(char: str) -> bool:
    """Whether the title in a PDF's properties, which knows no mathematics, can hold the character."""
    return char.isascii() or "À" <= char <= "ž"


def _exercise(exercise: Exercise) -> dict[str, object]:
    return {
        "title": escape(exercise.title),
        "points": exercise.points,
        "id": exercise.id,
        "variant": exercise.variant,
        "question": exercise.question.render(to_latex),
        "conventions": [_fixed(line) for line in exercise.conventions],
        "answers": [_answer(answer) for answer in exercise.answers],
        "hints": [hint.render(to_latex) for hint in exercise.hints],
        "solution": exercise.solution.render(to_latex),
        "mistakes": [line for answer in exercise.answers for line in _mistakes(answer, len(exercise.answers) > 1)],
        "reasons": [line for answer in exercise.answers for line in _reasons(answer)],
    }


def _answer(answer: Answer) -> str:
    """A line for the answer, which the key fills in, below the lines to put in order; or boxes to tick."""
    if answer.kind == "choice":
        boxes = "\n".join(map(_box, answer.choices))
        wish = f"{escape(answer.format)}:\n" if answer.format else ""
        lines = f"\\begin{{checkboxes}}\n{boxes}\n\\end{{checkboxes}}"
        if all(choice.text.skeleton.source.startswith("![") for choice in answer.choices):  # pictures, two in a row
            lines = f"\\begin{{multicols}}{{2}}\n{lines}\n\\end{{multicols}}"
        return wish + lines
    blank = f"\\quizgenanswer{{{_symbol(answer)}}}{{{escape(answer.format)}}}{{{_value(answer, answer.value)}}}"
    if not answer.choices:
        return blank
    lines = "\n".join(f"\\item[{choice.letter}.] {choice.text.render(to_latex)}" for choice in answer.choices)
    return f"\\begin{{itemize}}\n{lines}\n\\end{{itemize}}\n{blank}"


def _box(choice: Choice) -> str:
    command = "CorrectChoice" if choice.right else "choice"
    return f"\\{command} {{}}{escape(choice.letter)}.\\enspace {choice.text.render(to_latex)}"


def _mistakes(answer: Answer, named: bool) -> list[str]:
    lines = []
    for mistake in answer.mistakes:
        symbol = f"{_symbol(answer)}: " if named else ""
        lines.append(f"{symbol}{_value(answer, mistake.value)}. {mistake.says.render(to_latex)}")
    return lines


def _reasons(answer: Answer) -> list[str]:
    return [
        f"{escape(choice.letter)} is {'right' if choice.right else 'wrong'}. {choice.says.render(to_latex)}"
        for choice in answer.choices
        if choice.says is not None
    ]


def _symbol(answer: Answer) -> str:
    return f"\\({_formula(answer.symbol)}\\)" if answer.symbol else escape(answer.name)


def _value(answer: Answer, value: Value) -> str:
    if is_number(value):
        return f"\\({latex_value(value, answer)}\\)"
    text = escape(plain_value(value))
    return f"\\texttt{{{text}}}" if answer.kind == "formula" else text
