"""Finished exercises, cards and papers: plain data, the only thing that exporters ever see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from quizgen.text import Text

#: A value as JSON has it: a number, a string, or nested lists of numbers, row by row.
Value = int | float | str | list["Value"]

Kind = Literal["integer", "number", "vector", "matrix", "shape", "formula", "choice", "ordering", "text"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to tick."""

    letter: str
    text: Text
    right: bool
    says: Text | None  #: why it is wrong, or why it is right; None where there is nothing to add


@dataclass(frozen=True, slots=True)
class Mistake:
    """What comes out after a known slip, and the explanation for who made it."""

    value: Value
    says: Text


@dataclass(frozen=True, slots=True)
class Answer:
    """One quantity that is asked for.

    Attributes:
        name: the key under which an answer is handed in.
        symbol: LaTeX, without dollars.
        kind: how it is read and graded.
        value: the right answer, rounded as asked for; for a choice the right letters, for an ordering all letters in
            the right order, for a formula or a word its text.
        decimals: how many decimals are asked for; None where the answer is exact or in significant digits.
        digits: how many significant digits are asked for; None otherwise.
        accept: the interval [low, high] that counts as right, per number for arrays (nested like `value`);
            None for formulas, choices and words, and where there is a condition.
        format: what to write, as a phrase: `to 2 decimals`, `a whole number`.
        mistakes: the values of known slips, all different from each other and from `value`.
        choices: the lines to tick or to put in order, as shown; empty unless `kind` is "choice" or "ordering".
        synonyms: for a word, what counts as right besides `value`.
        condition: where more than one answer is right, what a right one fulfils: a condition on the last line, above
            it the lines that lead to it, in formulas over `form`, `given`, `work` and the answers; `value` is then one
            right answer.
    """

    name: str
    symbol: str
    kind: Kind
    value: Value
    decimals: int | None
    digits: int | None
    accept: Value | None
    format: str
    mistakes: tuple[Mistake, ...] = ()
    choices: tuple[Choice, ...] = ()
    synonyms: tuple[str, ...] = ()
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as data; whoever exports it has it drawn. Its alternative text stands in the text that shows it.

    Attributes:
        name: what the images of the exercise's texts refer to, `![…](name)`; no other figure has it, and it says
            nothing of what is drawn. Files are called after it.
        draw: the function that draws it, a key of `quizgen.figures.table.FIGURES`.
        arguments: what that function is told, by name.
    """

    name: str
    draw: str
    arguments: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Exercise:
    """One variant of a question, with its solution. (id, seed, variant) decide every byte of it.

    Attributes:
        given, form, work: by name, everything the answers depend on, and the steps of the solution as printed.
        conventions: one line each, Markdown.
        hints: from gentle to plain.
        figures: those that the texts show, in their order.
    """

    id: str
    seed: int
    variant: int
    title: str
    topic: str
    level: int
    points: int
    minutes: float
    conventions: tuple[str, ...]
    form: Mapping[str, Value]
    given: Mapping[str, Value]
    work: Mapping[str, Value]
    question: Text
    hints: tuple[Text, ...]
    solution: Text
    answers: tuple[Answer, ...]
    figures: tuple[Figure, ...] = ()

    @property
    def told(self) -> str:
        """What the exercise tells who solves it: two variants that tell the same are the same.

        The question and its choices, whatever their order, with what figures show in place of their names.
        """
        shown = {figure.name: f"{figure.draw} {figure.arguments!r}" for figure in self.figures}
        texts = [str(self.question), *(str(choice.text) for answer in self.answers for choice in answer.choices)]
        for name, content in shown.items():
            texts = [text.replace(name, content) for text in texts]
        return "\n".join([texts[0], *sorted(texts[1:])])


@dataclass(frozen=True, slots=True)
class Card:
    """A fact worth recalling, asked without numbers.

    Attributes:
        id: `<topic>/<name>`, for ever.
        kind: what sort of fact, a tag: definition, formula, list, reason, rule, comparison, correction.
        front, back: Markdown; for a cloze card `front` holds the text with `{{…}}` around each blank and `back`
            a remark, perhaps empty.
        reverse: ask it the other way round too.
        covers: the sections of the lecture that it belongs to.
    """

    id: str
    topic: str
    kind: str
    front: str
    back: str
    cloze: bool = False
    reverse: bool = False
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper, with a heading of its own.

    Attributes:
        instructions: Markdown, perhaps empty.
        count: how many exercises it has; they follow those of the section before.
        points: for each of its exercises; None: as many as the question gives.
    """

    title: str
    instructions: str
    count: int
    points: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One version of an exam, ready to be exported.

    Attributes:
        version: a letter, or "" if there is only one version.
        code: regenerates the whole exam, see `quizgen.exam`.
        instructions: what stands above the exercises, Markdown.
        sections: none, or sections that hold all exercises.
    """

    title: str
    code: str
    seed: int
    version: str
    exercises: tuple[Exercise, ...]
    instructions: str = ""
    sections: tuple[Section, ...] = ()

    @property
    def suffix(self) -> str:
        """What follows the stem of each file of this version: "-A", or nothing."""
        return f"-{self.version}" if self.version else ""

    @property
    def starts(self) -> dict[int, Section]:
        """Each section by the place of its first exercise, from 0."""
        found, place = {}, 0
        for section in self.sections:
            found[place] = section
            place += section.count
        return found

    @property
    def points(self) -> int:
        return sum(exercise.points for exercise in self.exercises)

    @property
    def minutes(self) -> float:
        return sum(exercise.minutes for exercise in self.exercises)
