"""The lines of `work` as steps: terms with a name, in the order in which a hand computes them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quizgen.errors import FormulaError, at_line
from quizgen.formula import terms
from quizgen.formula.build import build
from quizgen.formula.elements import elements
from quizgen.formula.scope import Index, Scope, constant, is_constant, loop
from quizgen.formula.terms import Cell, Quantity, Term


@dataclass(frozen=True, slots=True)
class Carry:
    """How far the work is rounded: to decimals, or to significant digits where numbers are small."""

    decimals: int | None = 4
    digits: int | None = None

    def holds(self, decimals: int | None) -> bool:
        """Whether a number with that many decimals is printed exactly."""
        most = self.decimals if self.decimals is not None else (self.digits or 0) + 2
        return decimals is not None and decimals <= most


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A line of `work`: a quantity and the term that computes it.

    Attributes:
        line: of the question's file.
    """

    quantity: Quantity
    term: Term
    carry: Carry
    line: int

    @property
    def exact(self) -> bool:
        """Whether the result is never changed by rounding."""
        return self.carry.holds(self.term.decimals)

    @property
    def key(self) -> tuple[str, Index]:
        """Name and index: what a mistake replaces."""
        return self.quantity.name, self.quantity.index


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A text that the numbers decide, among a few: `verdict = "saddle" if D < 0 else "minimum"`.

    Attributes:
        term: gives the place of the text among `texts`.
    """

    name: str
    term: Term
    texts: tuple[str, ...]
    line: int


def build_steps(statements: Sequence[ast.stmt], scope: Scope, carry: Carry) -> Iterator[Step | Outcome]:
    """Steps and outcomes one by one; each is known to the scope before the next is built.

    Raises:
        FormulaError: with the line.
    """
    for statement in statements:
        if isinstance(statement, ast.For):
            for _ in loop(statement, scope):
                yield from build_steps(statement.body, scope, carry)
        elif isinstance(statement, ast.Assign):
            with at_line(statement.lineno):
                yield from _assignment(statement, scope, carry)


def _assignment(statement: ast.Assign, scope: Scope, carry: Carry) -> Iterator[Step | Outcome]:
    name, index = target_of(statement.targets[0], scope)
    if isinstance(statement.value, ast.Lambda):
        _check_new(name, (), scope)
        scope.definitions[name] = statement.value
        return
    _check_new(name, index, scope)
    texts = tuple(_texts(statement.value, scope))
    if texts:
        if index:
            raise FormulaError(f"'{name}' is decided by conditions; it cannot have an index")
        outcome = Outcome(name, _choice(statement.value, scope, texts), texts, statement.lineno)
        scope.charge(outcome.term.weight)
        scope.outcomes[name] = texts
        yield outcome
        return
    term = build(statement.value, scope)
    if term.op in ("logic", "compare", "distinct"):
        raise FormulaError(f"'{name}' is a condition, no number; write '1 if … else 0'")
    decimals = [_printed(entry, carry) for entry in elements(term)]
    quantity = scope.declare(name, term.shape, decimals, index, free=term.free)
    scope.charge(term.weight)
    yield Step(quantity, term, carry, statement.lineno)


def targets_in(statement: ast.Assign) -> list[ast.expr]:
    """What stands before the `=`, one by one: `X, y = dataset(…)` has two targets."""
    target = statement.targets[0]
    return target.elts if isinstance(target, ast.Tuple) else [target]


def target_of(target: ast.expr, scope: Scope) -> tuple[str, Index]:
    """The name and the index that a target of an assignment stands for."""
    if isinstance(target, ast.Name):
        return target.id, ()
    if not isinstance(target, ast.Subscript) or not isinstance(target.value, ast.Name):
        raise FormulaError("one name is assigned at a time")
    parts = target.slice.elts if isinstance(target.slice, ast.Tuple) else [target.slice]
    index = tuple(constant(part, scope) for part in parts)
    if any(not isinstance(k, int) for k in index):
        raise FormulaError(f"the index of '{target.value.id}' must be whole numbers, found {list(index)}")
    return target.value.id, index


def branches(term: Term) -> list[Term]:
    """The conditions on numbers inside a term, each once."""
    found = {id(part): part for part in terms.walk(term) if part.op == "conditional"}
    return list(found.values())


def decided(term: Term, chosen: Mapping[int, bool]) -> Term:
    """The term with each of its conditionals replaced by the branch taken: `chosen[id(conditional)]`."""
    if term.op == "conditional":
        return decided(term.args[1] if chosen[id(term)] else term.args[2], chosen)
    args = tuple(decided(arg, chosen) for arg in term.args)
    if all(new is old for new, old in zip(args, term.args, strict=True)):
        return term
    return replace(term, args=args)


def _check_new(name: str, index: Index, scope: Scope) -> None:
    taken = name in scope.quantities or name in scope.outcomes or name in scope.definitions
    if index:
        taken = taken or index in scope.families.get(name, {})
    else:
        taken = taken or name in scope.families or name in scope.constants
    if taken:
        shown = name + (str(list(index)) if index else "")
        raise FormulaError(f"'{shown}' already has a value; every step needs a name of its own")
    family = scope.families.get(name)
    if index and family and len(next(iter(family))) != len(index):
        raise FormulaError(f"'{name}' has been used with another number of indices")


def _texts(node: ast.expr, scope: Scope) -> Iterator[str]:
    """The texts that an expression can come to, in the order of their conditions."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        if is_constant(node.test, scope):
            yield from _texts(node.body if constant(node.test, scope) else node.orelse, scope)
        else:
            yield from _texts(node.body, scope)
            yield from _texts(node.orelse, scope)


def _choice(node: ast.expr, scope: Scope, texts: tuple[str, ...]) -> Term:
    """The term that counts which of the texts it is."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return terms.number(texts.index(node.value))
    if not isinstance(node, ast.IfExp):
        raise FormulaError(f"expected a text, found '{ast.unparse(node)}'")
    if is_constant(node.test, scope):
        return _choice(node.body if constant(node.test, scope) else node.orelse, scope, texts)
    then, otherwise = (_choice(part, scope, texts) for part in (node.body, node.orelse))
    return terms.conditional(build(node.test, scope), then, otherwise)


def _printed(entry: Term, carry: Carry) -> int | None:
    """How many decimals a step's number is printed with at most."""
    if carry.holds(entry.decimals):
        return entry.decimals
    return carry.decimals


def cells_of(term: Term) -> set[Cell]:
    """The scalar variables that a term depends on."""
    found: set[Cell] = set()
    for part in terms.walk(term):
        if isinstance(part.data, Cell):
            found.add(part.data)
        elif isinstance(part.data, Quantity):
            found.update(part.data.cells)
    return found
