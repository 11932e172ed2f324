"""Every way in for a stranger's text, as a function that takes it as far as quizgen would, and looks at what comes out.

A reader raises a `QuizgenError` where the text is refused, and returns where it is accepted. Anything else is a fault.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from quizgen.bank import Bank, load_bank
from quizgen.bank.cards import read_cards
from quizgen.bank.question import Question
from quizgen.bank.question_file import read_source
from quizgen.blueprint import read_blueprint
from quizgen.check.read import read_sheet
from quizgen.code import decode
from quizgen.errors import BankError, QuizgenError
from quizgen.exam_file import read_paper, read_papers
from quizgen.exercise import Exercise, Paper
from quizgen.export import json as json_format
from quizgen.export import latex, markdown
from quizgen.export.anki import _card_fields, _exercise_fields
from quizgen.export.terminal import show
from quizgen.formula.parse import parse_block, parse_conditions, parse_expression
from quizgen.proof import read


class UnsafeOutputError(Exception):
    """What was written is not harmless."""


def read_question(text: str) -> None:
    """A question file: read, drawn from, and exported to every format."""
    source, faults = read_source("bank/topic/hostile.md", text)
    if faults:
        _told("bank/topic/hostile.md", faults)
        raise faults[0]
    question = Question("topic/hostile", source)
    for variant in range(min(2, question.forms)):
        exercise = question.draw(seed=1, variant=variant)
        paper = Paper("A paper", "CODE", 1, "", (exercise,))
        for exported in markdown.export(paper).values():
            _check_text(exported.decode())
        _check_latex(latex.sources(paper)["exam.tex"].decode())
        json.loads(json_format.export(paper)["exam.json"], parse_constant=_no_constant)
        for field in _exercise_fields(exercise):
            _check_html(field)
        _check_text(show(exercise))


def read_cards_file(text: str) -> None:
    """A file of cards: read, and made into notes for Anki."""
    cards, faults = read_cards("bank/topic/cards.yaml", "topic", text)
    if faults:
        _told("bank/topic/cards.yaml", faults)
        raise faults[0]
    for card in cards:
        for field in _card_fields(card):
            _check_html(field)


def read_outline(text: str) -> None:
    """The outline of a bank."""
    _write("outline.yaml", text)
    faults = load_bank(_FOLDER.name).faults
    if faults:
        raise faults[0]


def read_plan(text: str) -> None:
    """A blueprint; its texts stand on the paper."""
    plan = read_blueprint(_write("plan.yaml", text))
    exercise = _any_exercises()[0]
    for title, instructions in [(plan.title, plan.instructions), *((s.title, s.instructions) for s in plan.sections)]:
        paper = Paper(title, "CODE", 1, "", (exercise,), instructions)
        _check_text(markdown.export(paper)["exam.md"].decode())
        _check_latex(latex.sources(paper)["exam.tex"].decode())


def read_formulas(text: str) -> None:
    """A block of formulas, and the same text as conditions and as one expression; the first error counts."""
    first: Exception | None = None
    for parse in (parse_block, parse_conditions, parse_expression):
        try:
            parse(text)
        except Exception as error:
            first = first or error
            if not hasattr(error, "column"):
                raise
    if first is not None:
        raise first


def read_code(text: str) -> None:
    """The code of an exam."""
    decode(text, _any_bank())


def read_exam_file(text: str) -> None:
    """An `exam.json`, shown in the terminal as whoever checks answers would see it."""
    paper = read_paper(_write("exam.json", text))
    for exercise in paper.exercises:
        _check_text(show(exercise))


def read_proof(text: str) -> None:
    """A written solution, as strictly as the bank's own and as kindly as a student's."""
    read(text, mode="strict")
    read(text, mode="kind")


def read_answers(text: str) -> None:
    """A file of answers, taken for each of the kinds that there are; the first error counts."""
    first: QuizgenError | None = None
    for suffix in ("yaml", "json", "md"):
        try:
            read_sheet(_write(f"answers.{suffix}", text), _good_papers())
        except QuizgenError as error:
            first = first or error
    if first is not None:
        raise first


@cache
def _good_papers() -> tuple[Paper, ...]:
    return read_papers(_write("good.json", good_paper()))


def first_answer() -> tuple[str, str]:
    """The names of the first exercise of the good paper and of what it asks for."""
    exercise = _good_papers()[0].exercises[0]
    return exercise.id, exercise.answers[0].name


@cache
def good_paper() -> str:
    """The text of an `exam.json` with numbers, a vector, choices and a figure."""
    return json_format.export(Paper("A paper", "CODE", 1, "", _any_exercises()))["exam.json"].decode()


READERS: dict[str, Callable[[str], None]] = {
    "questions": read_question,
    "cards": read_cards_file,
    "outlines": read_outline,
    "blueprints": read_plan,
    "formulas": read_formulas,
    "codes": read_code,
    "papers": read_exam_file,
    "proofs": read_proof,
    "answers": read_answers,
}


@cache
def _any_bank() -> Bank:
    return load_bank()


@cache
def _any_exercises() -> tuple[Exercise, ...]:
    """The first exercise of the bank with each kind of answer."""
    found: dict[str, Exercise] = {}
    for question in _any_bank().questions.values():
        if len(found) == 4:
            break
        exercise = question.draw(seed=1)
        found.setdefault(exercise.answers[0].kind, exercise)
    return tuple(found.values())


#: Holds the files that readers want; it goes when the program ends.
_FOLDER = tempfile.TemporaryDirectory()


def _write(name: str, text: str) -> Path:
    file = Path(_FOLDER.name, name)
    file.write_bytes(text.encode("utf-8", errors="surrogatepass"))
    return file


def _told(path: str, faults: list[BankError]) -> None:
    for fault in faults:
        if not str(fault).startswith(path):
            raise UnsafeOutputError(f"a fault does not name its file: {str(fault)[:80]!r}")


def _no_constant(word: str) -> None:
    raise UnsafeOutputError(f"the JSON holds {word}")


_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ue000-\uf8ff\ufeff"
    "\ufffe\uffff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
_TAG = re.compile(r"<(?:/|!|\?|[A-Za-z])")


def _check_text(text: str) -> None:
    found = _INVISIBLE.search(text)
    if found:
        raise UnsafeOutputError(f"the text holds {found[0]!r}")


#: What makes TeX read, write, define or run something; none of it stands in an exam's body.
_TEX = re.compile(
    r"\\(?:input|include|openin|openout|read|write|immediate|csname|catcode|def|edef|gdef|xdef|let|special|loop"
    r"|newcommand|usepackage|directlua|href\{(?!https?://|mailto:))(?![A-Za-z])|\^\^|\*\{9"
)


def _check_latex(tex: str) -> None:
    _check_text(tex)
    body = tex.partition(r"\begin{document}")[2]
    found = _TEX.search(body)
    if found or body.count(r"\end{document}") != 1:
        raise UnsafeOutputError(f"LaTeX would obey {found[0] if found else 'a second end of the document'}")


class _Elements(HTMLParser):
    """Refuses what a browser would run or fetch."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed", "svg", "style", "link", "form", "base", "meta"):
            raise UnsafeOutputError(f"the HTML holds <{tag}>")
        for name, value in attrs:
            if name.startswith("on") or (name in ("href", "src") and ":" in (value or "") and not _is_web(value or "")):
                raise UnsafeOutputError(f"the HTML holds {name}={value!r}")


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://", "mailto:"))


def _check_html(html: str) -> None:
    _check_text(html)
    _Elements().feed(html)
    found = re.search(r"\[(?:latex|sound:|anki:|\$)|\{\{(?!c\d+::)", html, re.IGNORECASE)
    if found:
        raise UnsafeOutputError(f"Anki would obey {found[0]}")
