"""What is known of the exercise that a student solved: plain data, and the values that its symbols truly have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from quizgen.proof import exact
from quizgen.proof.cursor import DECORATIONS
from quizgen.proof.document import formulas
from quizgen.proof.errors import NotUnderstood
from quizgen.proof.parse import symbol_key
from quizgen.proof.reader import Reader
from quizgen.proof.rounding import as_printed
from quizgen.proof.spelling import plainly
from quizgen.proof.tokens import tokenize
from quizgen.proof.values import Array, Value, from_python


@dataclass(frozen=True, slots=True)
class KnownMistake:
    """A slip that an exercise knows.

    Attributes:
        says: what it explains to who made it.
        values: what steps and answers come to with it, by name; nested lists for arrays.
    """

    says: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Known:
    """An exercise, as far as the reader of a student's solution has to know it.

    Attributes:
        question, solution: Markdown; the solution is read strictly for the values that its symbols have.
        given: what the student was given, by name.
        steps: the steps of the solution and the answers, by name, rounded as printed.
        symbols: the LaTeX of names; a name without one is matched by its spelling.
        mistakes: known slips.
        decimals: how many decimals the work carries.
    """

    question: str
    solution: str = ""
    given: Mapping[str, object] = field(default_factory=dict)
    steps: Mapping[str, object] = field(default_factory=dict)
    symbols: Mapping[str, str] = field(default_factory=dict)
    mistakes: tuple[KnownMistake, ...] = ()
    decimals: int = 4


class Truth:
    """The values that the symbols of an exercise have, by canonical LaTeX; some have several, one after the other."""

    def __init__(self, known: Known) -> None:
        self.values: dict[str, list[Value]] = {}
        #: The canonical LaTeX of each name of the exercise.
        self.keys: dict[str, str] = {}
        #: What the solution computes without giving it a name.
        self.nameless: list[Value] = []
        #: The symbols that a symbol's formulas in the solution have as terms of their own.
        self.summands: dict[str, set[str]] = {}
        report = Reader(known.solution, context=known.question, decimals=known.decimals).report()
        printed = {plainly(key): key for key in report.names}
        # What the question does not show, no student can know, and no symbol of theirs can mean.
        given = {
            name: value
            for name, value in known.given.items()
            if (_shown(known.question, known.symbols[name]) if name in known.symbols else plainly(name) in printed)
        }
        for name in (*known.steps, *given, *(known.symbols.keys() - known.given.keys())):
            self.keys[name] = _key(known.symbols.get(name, name), printed)
        for said in report.statements:
            if not said.name:
                self.nameless.append(said.value)
                continue
            self._add(said.name, said.value)
            self.summands.setdefault(said.name, set()).update(said.summands)
        for name, value in given.items():
            if (number := _value(value)) is not None:
                self._add(self.keys[name], number)
        for name, value in known.steps.items():
            if (number := _value(value)) is not None:
                self._add(self.keys[name], number)
        self.given = {key for name, key in self.keys.items() if name in given}

    def of(self, key: str) -> list[Value]:
        return self.values.get(key, [])

    def steps(self) -> Iterator[tuple[str, Value]]:
        """Every value of every symbol that is not given."""
        return ((key, value) for key, values in self.values.items() if key not in self.given for value in values)

    def _add(self, key: str, value: Value) -> None:
        known = self.values.setdefault(key, [])
        if value not in known:
            known.append(value)


class Slack(NamedTuple):
    """How far a rounded value may be from the true one: by this much, and by this share of it."""

    absolute: Fraction
    relative: Fraction


#: For values that no rounding came before.
EXACT = Slack(Fraction(0), Fraction(0))


def near(value: Value, truth: Value, slack: Slack) -> bool:
    """Whether a student's value can be the true one, which is known up to its last printed digit."""
    own, other = _cells(value), _cells(truth)
    if len(own) != len(other):
        return False
    for x, y in zip(own, other, strict=True):
        low, high = exact.ends(y)
        shown = as_printed(low) if low == high else None
        unit = Fraction(1, 2 * 10**shown.decimals) if shown is not None and shown.decimals else Fraction(0)
        size = max(abs(Fraction(low)), abs(Fraction(high)))
        width = unit + slack.absolute + slack.relative * size
        if not exact.may_be_equal(x, exact.add(y, exact.around(0, width))):
            return False
    return True


def coarser(slack: Slack, value: Value) -> Slack:
    """The slack after one more rounded value: three units of the coarsest rounding, and twice its share of a value."""
    absolute, relative = slack
    for low, high in map(exact.ends, _cells(value)):
        width = Fraction(high) - Fraction(low)
        absolute = max(absolute, 3 * width)
        if width and low * high > 0:
            relative = max(relative, 2 * width / min(abs(Fraction(low)), abs(Fraction(high))))
    return Slack(absolute, relative)


def mistaken(known: Known, truth: Truth) -> Iterator[tuple[KnownMistake, dict[str, Value]]]:
    """Each known slip with the values that it leads to, by canonical LaTeX, where they differ from the true ones."""
    for mistake in known.mistakes:
        found: dict[str, Value] = {}
        for name, value in mistake.values.items():
            number, key = _value(value), truth.keys.get(name, name)
            if number is not None and number not in truth.of(key):
                found[key] = number
        yield mistake, found


def _cells(value: Value) -> tuple[exact.Number, ...]:
    return value.cells if isinstance(value, Array) else (value,)


def _value(value: object) -> Value | None:
    try:
        return from_python(value, "a value")
    except NotUnderstood:
        return None


def _shown(question: str, latex: str) -> bool:
    """Whether a symbol stands in the question's mathematics, bold or not as it is spelled, and without more indices."""
    symbol = _spelled(latex)
    for formula in formulas(question):
        tokens = ["", *_spelled(formula.text), ""]
        for place in range(1, len(tokens) - len(symbol)):
            end = place + len(symbol)
            is_part = tokens[place - 1] in DECORATIONS or tokens[end] in ("_", "'")
            if tokens[place:end] == symbol and not is_part:
                return True
    return False


def _spelled(latex: str) -> list[str]:
    """The tokens of a piece of LaTeX, braces aside; none of what is too long to be read."""
    try:
        return [token.text for token in tokenize(latex) if token.text not in ("{", "}")]
    except NotUnderstood:
        return []


def _key(latex: str, printed: Mapping[str, str]) -> str:
    """The canonical LaTeX of a symbol, or of a name that is spelled like a printed symbol."""
    try:
        key = symbol_key(latex)
    except NotUnderstood:
        key = latex
    return printed.get(plainly(key), key)
