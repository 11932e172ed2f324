"""What an answer has to look like: `2 decimals`, `3 digits`, `integer`, `exact`, `formula in x`, `choice`, …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast, get_args

from quizgen.errors import FormulaError
from quizgen.exercise import Kind, Value

Word = Literal["exact", "integer", "shape", "choice", "ordering", "text"]

_FORMS = re.compile(
    r"(?P<decimals>\d+) decimals?|(?P<digits>\d+) digits?|formula in (?P<letter>[A-Za-z]\w*)"
    rf"|(?P<word>{'|'.join(get_args(Word))})"
)
_EXPECTED = "'2 decimals', '3 digits', 'formula in x', " + ", ".join(f"'{word}'" for word in get_args(Word))


#: For one number or letter, and for more.
_PHRASES: dict[Word | None, tuple[str, str]] = {
    "exact": ("exactly", "exactly"),
    "integer": ("a whole number", "whole numbers"),
    "shape": ("as a shape, whole numbers", "as a shape, whole numbers"),
    "choice": ("Tick one", "Tick all that apply"),
    "ordering": ("all letters in the right order", "all letters in the right order"),
    "text": ("a word or two", "a word or two"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """How a quantity is asked for.

    Attributes:
        decimals, digits: how far an answer is to be rounded; both None where it is not.
        letter: the variable of a formula that is asked for.
        word: what else is asked for: a number as it is, a whole number, a shape, the letters of choices, all letters
            in the right order, or a word or two; None where one of the others says it.
    """

    decimals: int | None = None
    digits: int | None = None
    letter: str | None = None
    word: Word | None = None

    @property
    def integer(self) -> bool:
        """Whether only whole numbers can be right."""
        return self.word in ("integer", "shape")

    @property
    def choice(self) -> bool:
        """Whether letters of lines to choose from are asked for."""
        return self.word == "choice"

    @property
    def verbal(self) -> bool:
        """Whether the answer is no quantity: it has texts in place of a step of `work`."""
        return self.word in ("ordering", "text")

    @property
    def exact(self) -> bool:
        """Whether the number is asked for as it is, without rounding."""
        return self.word in ("exact", "integer", "shape")

    def kind(self, shape: tuple[int, ...]) -> Kind:
        """The kind of answer, given the shape of the quantity."""
        if self.word in ("choice", "ordering", "text", "shape"):
            return self.word
        if self.letter:
            return "formula"
        if shape:
            return "vector" if len(shape) == 1 else "matrix"
        return "integer" if self.integer else "number"

    def phrase(self, *, several: bool = False) -> str:
        """What to write, as a phrase.

        Args:
            several: whether there is more than one number, or may be more than one right letter.
        """
        if self.word in _PHRASES:
            one, more = _PHRASES[self.word]
            return more if several else one
        if self.letter:
            return f"a formula in {self.letter}"
        if self.decimals is not None:
            return f"to {self.decimals} decimal{'s' if self.decimals != 1 else ''}"
        if self.digits is not None:
            return f"to {self.digits} significant digit{'s' if self.digits != 1 else ''}"
        raise TypeError("something is asked for")

    def tolerance(self, value: float) -> float:
        """Half a unit of the last place asked for; 0 where the number is asked for as it is."""
        if self.decimals is not None:
            return float(f"5e-{self.decimals + 1}")
        if self.digits is not None and value != 0:
            exponent = int(f"{abs(value):e}".split("e")[1])
            return float(f"5e{exponent - self.digits}")
        return 0.0

    def accept(self, value: Value) -> Value:
        """The intervals [low, high] that count as right, one for each number of a rounded value.

        An interval holds whatever rounds to its value: half a unit of the last place on both sides, but only a tenth of
        that on the side of zero where a power of ten stands in significant digits, since there the digits are finer.
        """
        if isinstance(value, list):
            return [self.accept(entry) for entry in value]
        if isinstance(value, str):
            raise TypeError("only numbers have an interval")
        half = self.tolerance(value)
        if not half:
            return [value, value]
        power_of_ten = self.digits is not None and float(f"{value:.12e}".split("e")[0]) in (1, -1)
        inner = half / 10 if power_of_ten else half
        return [*(_interval(value, inner, half) if value > 0 else _interval(value, half, inner))]


@lru_cache(maxsize=65_536)  # rounded values come again and again
def _interval(value: float, below: float, above: float) -> tuple[float, float]:
    return float(f"{value - below:.15g}"), float(f"{value + above:.15g}")


def parse_asked(text: str) -> Asked:
    """Reads what is written after a name under `ask`.

    Raises:
        FormulaError: for anything that is not one of the forms.
    """
    match = _FORMS.fullmatch(str(text).strip())
    if match is None:
        raise FormulaError(f"expected {_EXPECTED}, found '{text}'")
    decimals, digits = (int(match[name]) if match[name] else None for name in ("decimals", "digits"))
    if decimals is not None and decimals > 8:
        raise FormulaError(f"at most 8 decimals can be asked for, found {decimals}")
    if digits is not None and not 1 <= digits <= 8:
        raise FormulaError(f"between 1 and 8 digits can be asked for, found {digits}")
    return Asked(decimals, digits, match["letter"], cast("Word | None", match["word"]))
