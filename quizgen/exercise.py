"""Finished exercises, cards and papers: plain data, the only thing that exporters ever see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from quizgen.text import Text

#: A value as JSON has it: a number, a string, or nested lists of numbers, row by row.
Value = int | float | str | list["Value"]

Kind = Literal["integer", "number", "vector", "matrix", "formula", "choice", "text"]


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
        value: the right answer, rounded as asked for; for a choice the right letters, for a formula its text.
        decimals: how many decimals are asked for; None where the answer is exact or in significant digits.
        digits: how many significant digits are asked for; None otherwise.
        accept: the interval [low, high] that counts as right, per number for arrays (nested like `value`);
            None for formulas and choices.
        format: what to write, as a phrase: `to 2 decimals`, `a whole number`.
        mistakes: the values of known slips, all different from each other and from `value`.
        choices: the lines to tick, in the order shown; empty unless `kind` is "choice".
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


@dataclass(frozen=True, slots=True)
class Exercise:
    """One variant of a question, with its solution. (id, seed, variant) decide every byte of it.

    Attributes:
        given, form, work: by name, everything the answers depend on, and the steps of the solution as printed.
        conventions: one line each, Markdown.
        hints: from gentle to plain.
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


@dataclass(frozen=True, slots=True)
class Card:
    """A fact worth recalling, asked without numbers.

    Attributes:
        id: `<topic>/<name>`, for ever.
        kind: what sort of fact, a tag: definition, formula, list, reason, rule, comparison, correction.
        front, back: Markdown; for a cloze card `front` holds the text with `{{…}}` around each blank and `back`
            a remark, perhaps empty.
        reverse: ask it the other way round too.
    """

    id: str
    topic: str
    kind: str
    front: str
    back: str
    cloze: bool = False
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """One version of an exam, ready to be exported.

    Attributes:
        version: a letter, or "" if there is only one version.
        code: regenerates the whole exam, see `quizgen.exam`.
    """

    title: str
    code: str
    seed: int
    version: str
    exercises: tuple[Exercise, ...]

    @property
    def suffix(self) -> str:
        """What follows the stem of each file of this version: "-A", or nothing."""
        return f"-{self.version}" if self.version else ""

    @property
    def points(self) -> int:
        return sum(exercise.points for exercise in self.exercises)

    @property
    def minutes(self) -> float:
        return sum(exercise.minutes for exercise in self.exercises)
