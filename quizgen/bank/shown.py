"""What the names in a question's text stand for: objects that write themselves, with holes for their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from jinja2 import TemplateError

from quizgen.answers.asked import Asked
from quizgen.bank.markup import display, inline
from quizgen.formula import holes as ways
from quizgen.formula import terms
from quizgen.formula.chain import LINE_WIDTH, STAGES, Chain, chain
from quizgen.formula.elements import scalar
from quizgen.formula.holes import Holes
from quizgen.formula.parts import part
from quizgen.formula.steps import Step
from quizgen.formula.symbols import Symbol
from quizgen.formula.terms import Quantity
from quizgen.formula.typeset import Typesetter, matrix

#: As many as can be asked for.
_MOST_DECIMALS = 8


class FormNumber(int):
    """A number that the form fixes: an int for loops and conditions, which prints as its symbol and value."""

    symbol_: Symbol

    @classmethod
    def make(cls, value: int, symbol: Symbol) -> FormNumber:
        self = cls(value)
        self.symbol_ = symbol
        return self

    @property
    def symbol(self) -> str:
        return inline(str(self.symbol_))

    @property
    def value(self) -> str:
        return inline(ways.plain(int(self)))

    def __str__(self) -> str:
        return inline(f"{self.symbol_} = {ways.plain(int(self))}")


class FixedText:
    """A number that is called with its decimals: `<< l.fixed(2) >>`."""

    def __init__(self, quantity: Quantity, holes: Holes) -> None:
        self._quantity = quantity
        self._holes = holes

    def __call__(self, decimals: int) -> str:
        if self._quantity.shape or not isinstance(decimals, int) or not 0 <= decimals <= _MOST_DECIMALS:
            name = self._quantity.name
            raise TemplateError(f"{name}.fixed(…) is for one number, with 0 to {_MOST_DECIMALS} decimals")
        return inline(self._holes.answer(self._quantity.cells[0], decimals, None))


class ChainText:
    """A step's line; called with names of stages it shows only those: `<< z.steps("symbols", "result") >>`."""

    def __init__(self, make: Callable[[Sequence[str]], str], show: Sequence[str] = STAGES) -> None:
        self._make = make
        self._show = show

    def __call__(self, *show: str) -> ChainText:
        unknown = [name for name in show if name not in STAGES]
        if unknown:
            raise TemplateError(f"unknown stage '{unknown[0]}'; known: {', '.join(STAGES)}")
        return ChainText(self._make, show)

    def __str__(self) -> str:
        return self._make(self._show)


class Shown:
    """A quantity in a text. See `docs/authoring.md` for what its attributes print."""

    def __init__(self, quantity: Quantity, step: Step | None, holes: Holes, asked: Asked | None) -> None:
        self._quantity = quantity
        self._step = step
        self._holes = holes
        self._asked = asked
        self._numbers = Typesetter(holes, "numbers")

    def __str__(self) -> str:
        if self._quantity.free:
            return self.symbol
        return inline(f"{self._quantity.symbol} = {self._written()}")

    def __getitem__(self, place: int | tuple[int, ...] | str) -> Shown:
        """A row or an entry, counted from 0 as in formulas."""
        if isinstance(place, str):  # what Jinja tries where there is no such attribute
            known = "symbol, value, row, column, formula, answer, inline, aligned, steps"
            raise TemplateError(f"{self._quantity.name} has no '.{place}'; known: {known}")
        ranges: list[int | range] = list(place) if isinstance(place, tuple) else [place]
        found = part(terms.leaf(self._quantity), ranges).data
        if isinstance(found, terms.Cell):
            found = Quantity(self._quantity.name, found.symbol, (), (found,))
        if not isinstance(found, Quantity):
            raise TemplateError(f"{self._quantity.name} has no entry {place}")
        return Shown(found, None, self._holes, self._asked)

    def __iter__(self) -> Iterator[Shown]:
        if not self._quantity.shape:
            raise TemplateError(f"{self._quantity.name} is a single number; there is nothing to loop over")
        return (self[k] for k in range(self._quantity.shape[0]))

    def __bool__(self) -> bool:
        raise TemplateError(
            f"text cannot depend on the number {self._quantity.name}, nor compute with it; a step in 'work' can, "
            f'and gives the cases names: case = "a" if {self._quantity.name} > 0 else "b"'
        )

    def _refused(self, *_: object) -> bool:
        return bool(self)

    __eq__ = __lt__ = __gt__ = __le__ = __ge__ = _refused
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __pow__ = __neg__ = __abs__ = _refused
    __int__ = __float__ = __len__ = __round__ = _refused
    __hash__ = None  # type: ignore[assignment]

    @property
    def symbol(self) -> str:
        return inline(str(self._quantity.symbol))

    @property
    def value(self) -> str:
        return inline(self._written())

    @property
    def row(self) -> str:
        """A vector as `x = (1, 2, 3)`: a list of numbers, such as a sequence."""
        if len(self._quantity.shape) != 1:
            raise TemplateError(f"{self._quantity.name} is no vector: it has no .row")
        return inline(f"{self._quantity.symbol} = {self._numbers.row(self._quantity)}")

    @property
    def column(self) -> str:
        """A vector as a column."""
        return inline(f"{self._quantity.symbol} = {self._numbers.quantity(self._quantity)}")

    def _written(self) -> str:
        """The numbers as they stand within a line, where a column would tear the lines apart."""
        if len(self._quantity.shape) == 1:
            return self._numbers.row(self._quantity) + r"^\top"
        return self._numbers.quantity(self._quantity)

    @property
    def formula(self) -> str:
        """The step with symbols only, `z = w x + b`."""
        return inline(self._chain(("symbols",)).in_line())

    @property
    def fixed(self) -> FixedText:
        """The value with just so many decimals, trailing zeros included, as a column of a table wants them."""
        return FixedText(self._quantity, self._holes)

    @property
    def answer(self) -> str:
        """The value rounded as the question asks for it."""
        asked = self._asked
        if asked is not None and asked.letter is not None and self._step is not None:
            return inline(self._numbers.latex(scalar(self._step.term)))
        if asked is None:
            raise TemplateError(f"{self._quantity.name} is not asked for; use .value")
        rows = [
            [self._holes.answer(cell, asked.decimals, asked.digits) for cell in row] for row in _rows(self._quantity)
        ]
        if len(self._quantity.shape) == 1:
            return inline("(" + ", ".join(row[0] for row in rows) + r")^\top")
        return inline(matrix(rows) if self._quantity.shape else rows[0][0])

    @property
    def inline(self) -> ChainText:
        """The line of the solution, within the text."""
        return ChainText(lambda show: inline(self._chain(show).in_line()))

    @property
    def aligned(self) -> ChainText:
        """The line of the solution, one operation below the other."""
        return ChainText(lambda show: display(self._chain(show).aligned()))

    @property
    def steps(self) -> ChainText:
        """The line of the solution: in one line where it is short, aligned where it is long."""
        return ChainText(self._steps)

    def _steps(self, show: Sequence[str]) -> str:
        line = self._chain(show)
        return display(line.in_line() if line.width <= LINE_WIDTH else line.aligned())

    def _chain(self, show: Sequence[str]) -> Chain:
        if self._step is None:
            raise TemplateError(f"{self._quantity.name} is given, or part of a step: it has no line of solution")
        return chain(self._step, self._holes, show)


class Family:
    """An indexed name: `<< h[1].steps >>`."""

    def __init__(self, name: str, members: Mapping[tuple[int, ...], Shown]) -> None:
        self._name = name
        self._members = members

    def __getitem__(self, place: int | tuple[int, ...]) -> Shown:
        index = tuple(map(int, place)) if isinstance(place, tuple) else (int(place),)
        if index not in self._members:
            raise TemplateError(f"{self._name}{list(index)} does not exist")
        return self._members[index]

    def __iter__(self) -> Iterator[Shown]:
        return (self._members[index] for index in sorted(self._members))

    def __len__(self) -> int:
        return len(self._members)

    def __str__(self) -> str:
        raise TemplateError(f"{self._name} is a family; write one member, such as {self._name}[1]")


def _rows(quantity: Quantity) -> list[list[terms.Cell]]:
    width = quantity.shape[1] if len(quantity.shape) == 2 else 1
    cells = list(quantity.cells)
    return [cells[k : k + width] for k in range(0, len(cells), width)]
