"""The holes of a form's texts: what fills each, as a recipe that the compiler turns into code.

Signs belong to the number, brackets to its neighbours: the same value is written `-2` at the start of a line,
`(-2)` after a dot, ` - 2` after a plus. So a filling is a number *and* the way it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from quizgen.formula.rounding import NumberTexts
from quizgen.formula.terms import Cell, Quantity, Term
from quizgen.numerals import Number, number_text
from quizgen.text import hole


def plain(value: Number) -> str:
    """-2"""
    return number_text(value)


def factor(value: Number) -> str:
    """(-2), 3: after a dot."""
    return f"({number_text(value)})" if value < 0 else number_text(value)


def base(value: Number) -> str:
    """(-2), 3, (1.5 · 10^-7): under a power."""
    text = number_text(value)
    return f"({text})" if value < 0 or "10^" in text else text


def added(value: Number) -> str:
    """` + 3`, ` - 2`: a further term of a sum."""
    return f" - {number_text(-value)}" if value < 0 else f" + {number_text(value)}"


def subtracted(value: Number) -> str:
    """` - 3`, ` - (-2)`; nothing is subtracted as ` + 0`."""
    if value == 0:
        return " + 0"
    return f" - ({number_text(value)})" if value < 0 else f" - {number_text(value)}"


def taken(value: Number) -> str:
    """Like `subtracted`, in an entry of an array, where a number may stand alone: nothing for 0."""
    return "" if value == 0 else subtracted(value)


def coefficient(value: Number) -> str:
    """What stands before a letter at the beginning: `4 `, `-4 `, and only the sign of 1."""
    if abs(value) == 1:
        return "" if value > 0 else "-"
    return f"{number_text(value)} "


def added_coefficient(value: Number) -> str:
    """What stands before a letter in a further term: ` + 4 `, ` - 4 `."""
    return (" - " if value < 0 else " + ") + coefficient(abs(value))


def taken_coefficient(value: Number) -> str:
    """What stands before a letter that is subtracted: ` - 4 `, ` + 4 `."""
    return added_coefficient(-value)


def ascii_plain(value: Number) -> str:
    """A number as a keyboard has it, at a beginning: -3."""
    return number_ascii(value)


def ascii_factor(value: Number) -> str:
    """After a sign: (-3)."""
    return f"({number_ascii(value)})" if value < 0 else number_ascii(value)


def ascii_added(value: Number) -> str:
    """A further term of a sum: ` + 3`, ` - 3`."""
    return (" - " if value < 0 else " + ") + number_ascii(abs(value))


def ascii_subtracted(value: Number) -> str:
    """A further term that is subtracted."""
    return ascii_added(-value)


def number_ascii(value: Number) -> str:
    """-0.5, 61100840: digits without LaTeX."""
    text = number_text(value).replace("{,}", "").replace(r" \cdot 10^{", "e").replace("}", "")
    return text.replace("10^{", "1e")


#: The ways to write a number, by name, each a table that remembers what it wrote.
WAYS: Mapping[str, NumberTexts] = {
    write.__name__: NumberTexts(write)
    for write in (
        *(plain, factor, base, added, subtracted, taken, coefficient, added_coefficient, taken_coefficient),
        *(ascii_plain, ascii_factor, ascii_added, ascii_subtracted),
    )
}


@dataclass(frozen=True, slots=True)
class Filling:
    """What fills a hole: the value of a scalar term, written one of the ways.

    Attributes:
        way: a name of `WAYS`; "relation" for the sign between a step and its result, = or ≈; "fraction"
            for a quotient of two numbers that shows no denominator of 1; "letters" for a choice's right letters;
            "figure" for the name of a variant's figure;
            "tail" for the end of a line; "answer" for a number with the decimals asked for.
        term: the scalar term written; of a relation or the letters: None.
        cells: of a relation: the cells whose rounding decides.
        decimals: what the value is rounded to before it is written; None: as it is.
        parts: of a tail: its stages, the sign before the result, and the result; LaTeX with holes.
    """

    way: str
    term: Term | None = None
    cells: tuple[Cell, ...] = ()
    decimals: int | None = None
    digits: int | None = None
    name: str = ""
    parts: tuple[str, ...] = ()


class Holes:
    """Hands out hole characters, the same one for the same filling."""

    def __init__(self) -> None:
        self.fillings: list[Filling] = []
        #: The holes that are filled with something taller than a digit.
        self.tall: set[str] = set()
        self._known: dict[object, str] = {}

    def number(self, term: Term, write: Callable[[Number], str], decimals: int | None = None) -> str:
        """A number in the printed text; of a term with a known value the text itself."""
        if term.op == "number" and isinstance(term.data, (int, float)):
            return write(term.data)
        return self._hole(Filling(write.__name__, term, (), decimals))

    def answer(self, cell: Cell, decimals: int | None, digits: int | None) -> str:
        """A cell's value as an answer: rounded once more, with all the decimals asked for; an exact one as it is."""
        if decimals is None and digits is None:
            return self._hole(Filling("plain", Term("cell", data=cell)))
        return self._hole(Filling("answer", Term("cell", data=cell), (), decimals, digits))

    def relation(self, quantity: Quantity) -> str:
        """`=` or `≈`, by whether rounding changed one of the numbers."""
        return self._hole(Filling("relation", None, quantity.cells))

    def fraction(self, above: Term, below: Term) -> str:
        """A fraction, or only what is above where 1 is below: half-way through a computation nobody writes 29/1."""
        made = self._hole(Filling("fraction", Term("quotient", (above, below)), (), above.decimals))
        self.tall.add(made)
        return made

    def tail(self, stages: Sequence[str], relation: str, result: str) -> str:
        """` = 2 - 5 = -3`: the end of a line whose stages may come to the same text, each shown once."""
        return self._hole(Filling("tail", parts=(*stages, relation, result)))

    def letters(self, name: str) -> str:
        """The letters of the right choices of an answer."""
        return self._hole(Filling("letters", name=name))

    def figure(self, name: str) -> str:
        """The name that a figure of the file has in one variant."""
        return self._hole(Filling("figure", name=name))

    def _hole(self, filling: Filling) -> str:
        term = filling.term
        what: object = term.data if term is not None and term.op == "cell" else id(term)
        key = (filling.way, what, filling.cells, filling.decimals, filling.digits, filling.name, filling.parts)
        if key not in self._known:
            self._known[key] = hole(len(self.fillings))
            self.fillings.append(filling)
        return self._known[key]
