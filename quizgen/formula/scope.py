"""The names of one form while it is built, and what depends on the form alone."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from quizgen.errors import FormulaError, at_line
from quizgen.formula.arithmetic import bounded_range, bounded_round
from quizgen.formula.budget import spend
from quizgen.formula.evaluate import evaluate, integer_range
from quizgen.formula.symbols import Symbol, symbol_from_latex, symbol_of
from quizgen.formula.terms import Cell, Quantity, Shape

#: The cells of one form: far more than any exercise has, few enough to compile.
MAX_CELLS = 4_000
#: Operations on single numbers, those of all mistakes among them.
MAX_OPERATIONS = 50_000

#: Functions of constants, for sizes and ranges.
CONSTANT_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "abs": abs, "len": len, "max": max, "min": min, "range": bounded_range, "round": bounded_round,
    "sum": sum, "int": int,
}  # fmt: skip

Index = tuple[int, ...]


class Letter(int):
    """A whole number that is printed as a letter: the index of a sum in its general term.

    Attributes:
        text: how it is printed as the index of a family, whose members are labelled as the author wrote: `k-1`.
        entry: how it is printed as the index of an array, whose entries are counted from 0 but printed from 1.
    """

    letter: str
    offset: int
    first_entry: int

    def __new__(cls, value: int, letter: str, offset: int = 0, *, first_entry: int = 0) -> Letter:
        self = super().__new__(cls, value)
        self.letter, self.offset, self.first_entry = letter, offset, first_entry
        return self

    @property
    def text(self) -> str:
        return self.letter + (f"{self.offset:+d}" if self.offset else "")

    @property
    def entry(self) -> str:
        shift = self.offset + self.first_entry
        return self.letter + (f"{shift:+d}" if shift else "")

    def __add__(self, other: int) -> Letter:
        return Letter(int(self) + int(other), self.letter, self.offset + int(other), first_entry=self.first_entry)

    def __sub__(self, other: int) -> Letter:
        return self + (-int(other))


@dataclass
class Scope:
    """The names of one form while it is built.

    Attributes:
        constants: values of the form and of the loops that run just now.
        quantities: arrays by name.
        families: indexed names by name and index, `h[1]`.
        definitions: functions that the file defines.
        outcomes: texts that a condition on numbers decides, by name.
        overrides: the author's LaTeX by name.
        weight: the operations on single numbers so far.
        form: the constants that have a symbol of their own: those under `vary`.
    """

    constants: dict[str, Any]
    overrides: Mapping[str, str] = field(default_factory=dict)
    form: frozenset[str] = frozenset()
    quantities: dict[str, Quantity] = field(default_factory=dict)
    families: dict[str, dict[Index, Quantity]] = field(default_factory=dict)
    definitions: dict[str, ast.Lambda] = field(default_factory=dict)
    outcomes: dict[str, object] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    weight: int = 0

    def known(self) -> list[str]:
        """All names, for error messages."""
        return [*self.constants, *self.quantities, *self.families, *self.outcomes]

    def charge(self, weight: int) -> None:
        """Counts operations on single numbers, of all steps, conditions and mistakes together.

        Raises:
            FormulaError: where they become too many to be compiled.
        """
        self.weight += weight
        if self.weight > MAX_OPERATIONS:
            raise FormulaError(f"the exercise has more than {MAX_OPERATIONS} operations on numbers; make it smaller")

    def symbol(self, name: str, rank: int) -> Symbol:
        """The author's symbol for a name, or the field's."""
        override = self.overrides.get(name)
        return symbol_from_latex(override) if override else symbol_of(name, rank)

    def declare(
        self, name: str, shape: Shape, decimals: list[int | None], index: Index = (), *, free: bool = False
    ) -> Quantity:
        """A new quantity with new cells; `index` for a member of a family."""
        symbol = self.symbol(name, len(shape))
        if index:
            symbol = replace(symbol, indices=(*symbol.indices, *map(str, index)))
        quantity = Quantity(name, symbol, shape, tuple(self._cells(symbol, shape, decimals, free)), index)
        if index:
            self.families.setdefault(name, {})[index] = quantity
        else:
            self.quantities[name] = quantity
        return quantity

    def _cells(self, symbol: Symbol, shape: Shape, decimals: list[int | None], free: bool) -> Iterator[Cell]:
        if len(self.cells) + len(decimals) > MAX_CELLS:
            raise FormulaError(f"the exercise has more than {MAX_CELLS} numbers; make it smaller")
        for place, some in zip(places(shape), decimals, strict=True):
            new = Cell(len(self.cells), symbol.at(*(str(k + 1) for k in place)) if place else symbol, some, free)
            self.cells.append(new)
            yield new


def places(shape: Shape) -> list[Index]:
    """All indices of an array, row by row, from 0: of a single number the one empty index."""
    found: list[Index] = [()]
    for size in shape:
        found = [(*place, k) for place in found for k in range(size)]
    return found


def constant(node: ast.expr, scope: Scope, functions: Mapping[str, Callable[..., Any]] | None = None) -> Any:
    """The value of an expression that depends on the form only.

    Args:
        functions: what it may call; by default `CONSTANT_FUNCTIONS`.

    Raises:
        FormulaError: if it does not, or cannot be computed.
    """
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and (part.id in scope.quantities or part.id in scope.families):
            message = f"sizes, ranges and indices depend on the form and on loops, not on the number '{part.id}'"
            raise FormulaError(message, line=part.lineno)
    return evaluate(node, scope.constants, CONSTANT_FUNCTIONS if functions is None else functions)


def is_constant(node: ast.expr, scope: Scope) -> bool:
    """Whether an expression depends on the form only."""
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    called = {p.func.id for p in ast.walk(node) if isinstance(p, ast.Call) and isinstance(p.func, ast.Name)}
    return names <= scope.constants.keys() | CONSTANT_FUNCTIONS.keys() and called <= CONSTANT_FUNCTIONS.keys()


def loop(statement: ast.For, scope: Scope) -> Iterator[None]:
    """Runs through a loop: while it yields, the loop's name is a constant of the scope."""
    name = statement.target.id if isinstance(statement.target, ast.Name) else ""
    if name in scope.known():
        raise FormulaError(f"the loop's name '{name}' is already in use", line=statement.lineno)
    for value in integer_range(statement.iter, scope.constants, CONSTANT_FUNCTIONS):
        with at_line(statement.lineno):
            spend()
        scope.constants[name] = value
        yield
    scope.constants.pop(name, None)
