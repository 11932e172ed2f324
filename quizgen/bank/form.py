"""One form of a question: its leaves, steps, conditions and mistakes as terms, sizes and wording choices fixed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from math import prod

from quizgen.answers.asked import Asked
from quizgen.bank.condition import condition_text
from quizgen.bank.outcomes import combinations
from quizgen.bank.samplers import SAMPLERS, Sampler
from quizgen.bank.source import MistakeSource, QuestionSource
from quizgen.bank.yaml_nodes import Located, Scalar
from quizgen.errors import BankError, FormulaError, at_line, did_you_mean
from quizgen.formula import terms
from quizgen.formula.build import build
from quizgen.formula.elements import scalar
from quizgen.formula.evaluate import evaluate
from quizgen.formula.scope import CONSTANT_FUNCTIONS, Index, Scope, constant, is_constant, loop, places
from quizgen.formula.steps import Outcome, Step, branches, build_steps, cells_of, target_of, targets_in
from quizgen.formula.terms import Cell, Quantity, Term

Key = tuple[str, Index]

#: For each way in which decisions can fall, texts are rendered and conditions evaluated.
_MAX_WAYS = 200
_FORM_VALUE = re.compile(r"<<\s*(\w+)\s*>>")


@dataclass(frozen=True)
class Leaf:
    """A line of `given`: the quantities that one sampler makes."""

    quantities: tuple[Quantity, ...]
    sampler: Sampler


@dataclass(frozen=True)
class Mistake:
    """A mistake of this form: the terms that stand in for steps, and everything that follows from them.

    Attributes:
        steps: the replaced and the following steps, in order, each with the term that it then has.
        when: for which ways the outcomes can fall it makes sense; None: for all.
        sizes: how many numbers it makes of a quantity that is asked for as a shape, where that is another number.
    """

    steps: tuple[tuple[Step, Term], ...]
    says: Located
    when: frozenset[tuple[int, ...]] | None
    sizes: Mapping[Quantity, int]

    @property
    def cells(self) -> frozenset[Cell]:
        """The numbers that come out differently."""
        return frozenset(cell for step, _ in self.steps for cell in step.quantity.cells)


@dataclass(frozen=True)
class Wanted:
    """A quantity that is asked for, and how; a choice among texts, an ordering or a word has no quantity.

    Attributes:
        any_fitting: whether everything that fulfils `accept` is right.
    """

    name: str
    asked: Asked
    quantity: Quantity | None
    any_fitting: bool = False


@dataclass
class Form:
    """The computation graph of one form. Built by `build_form`."""

    source: QuestionSource
    constants: Mapping[str, Scalar]
    scope: Scope
    leaves: list[Leaf] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    conditionals: list[Term] = field(default_factory=list)
    rejects: list[tuple[Term, int]] = field(default_factory=list)
    accepts: list[Term] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def words(self) -> int:
        """How many random words the leaves need."""
        return sum(leaf.sampler.words for leaf in self.leaves)

    @property
    def condition(self) -> str:
        """What an answer has to fulfil, see `quizgen.bank.condition`."""
        return condition_text(self.source, {wanted.name for wanted in self.wanted if wanted.any_fitting})

    def named(self) -> Iterator[tuple[str, Quantity]]:
        """Leaves by name, a member of a family as `h[1]`."""
        for leaf in self.leaves:
            for quantity in leaf.quantities:
                yield shown_name(quantity), quantity

    def computed(self) -> Iterator[tuple[str, Quantity]]:
        """Steps by name."""
        for step in self.steps:
            yield shown_name(step.quantity), step.quantity


def shown_name(quantity: Quantity) -> str:
    """`h[1]`, or just the name."""
    return indexed_name(quantity.name, quantity.index)


def indexed_name(name: str, index: Index) -> str:
    """A name with its index, if it has one, as it is written under `ask`."""
    return name + (f"[{','.join(map(str, index))}]" if index else "")


@contextmanager
def placed(path: str, what: str, line: int | None) -> Iterator[None]:
    """Turns a formula's error into one of the file: path, line, what it was part of."""
    try:
        yield
    except FormulaError as error:
        raise BankError(path, error.line or line, f"{what}: {error}") from None
    except RecursionError:
        raise BankError(path, line, f"{what}: is nested too deeply; split it into steps") from None


def build_form(source: QuestionSource, constants: Mapping[str, Scalar]) -> Form:
    """The graph of a question's form.

    Raises:
        BankError: for the first thing in the file that has no meaning.
    """
    with placed(source.path, "symbols", source.lines.get("symbols")):
        symbols = {name: _of_form(latex, constants) for name, latex in source.symbols.items()}
    scope = Scope(dict(constants), symbols, frozenset(constants))
    form = Form(source, constants, scope)
    path, lines = source.path, source.lines
    with placed(path, "given", lines.get("given")):
        _build_leaves(source.given, form)
    with placed(path, "work", lines.get("work")), _samplers_stand_under_given():
        for made in build_steps(source.work, scope, source.carry):
            if isinstance(made, Outcome):
                form.outcomes.append(made)
            else:
                form.steps.append(made)
                form.conditionals += branches(made.term)
        _check_outcomes(form.outcomes)
    with placed(path, "reject", lines.get("reject")):
        form.rejects = [
            (_condition(node, scope), node.lineno) for node in source.reject if not is_constant(node, scope)
        ]
    with placed(path, "accept", lines.get("accept")):
        form.accepts = [_condition(node, scope) for node in source.accept]
    with placed(path, "ask", lines.get("ask")):
        form.wanted = [
            _wanted(name, asked, form) for name, asked in source.ask.items() if not _is_of_other_forms(name, form)
        ]
        _mark_fitting(form)
    for mistake in source.mistakes:
        with placed(path, "mistakes", mistake.says.line):
            when = _when(mistake.when, form)
            if when is None or when:
                form.mistakes.append(_mistake(mistake, form, when))
    return form


def _condition(node: ast.expr, scope: Scope) -> Term:
    term = build(node, scope)
    scope.charge(term.weight)
    if term.shape:
        raise FormulaError("expected one condition; write any(…) or all(…) around an array of them", line=node.lineno)
    return scalar(term)


def _check_outcomes(outcomes: Sequence[Outcome]) -> None:
    ways = prod(len(outcome.texts) for outcome in outcomes)
    if ways > _MAX_WAYS:
        raise FormulaError(f"decisions can fall in {ways} ways, at most {_MAX_WAYS}", line=outcomes[-1].line)


@contextmanager
def _samplers_stand_under_given() -> Iterator[None]:
    try:
        yield
    except FormulaError as error:
        if any(str(error).startswith(f"unknown function '{name}'") for name in SAMPLERS):
            raise FormulaError("numbers are drawn under 'given'; 'work' computes with them", line=error.line) from None
        raise


def is_possible(source: QuestionSource, constants: Mapping[str, Scalar]) -> bool:
    """Whether no condition under `reject` that depends on the form alone rules the form out."""
    scope = Scope(dict(constants))
    with placed(source.path, "reject", source.lines.get("reject")):
        return not any(constant(node, scope) for node in source.reject if is_constant(node, scope))


def _build_leaves(statements: Sequence[ast.stmt], form: Form) -> None:
    for statement in statements:
        if isinstance(statement, ast.For):
            for _ in loop(statement, form.scope):
                _build_leaves(statement.body, form)
        elif isinstance(statement, ast.Assign):
            with at_line(statement.lineno):
                form.leaves.append(_leaf(statement, form.scope))


def _leaf(statement: ast.Assign, scope: Scope) -> Leaf:
    sampler = constant(statement.value, scope, {**CONSTANT_FUNCTIONS, **SAMPLERS})
    if not isinstance(sampler, Sampler):
        hint = did_you_mean(ast.unparse(statement.value).split("(")[0], list(SAMPLERS))
        raise FormulaError(f"expected a sampler such as number(-1, 1, step=0.1), found {sampler!r}{hint}")
    targets = [target_of(target, scope) for target in targets_in(statement)]
    if len(targets) != len(sampler.shapes):
        raise FormulaError(f"the sampler makes {len(sampler.shapes)} quantities, {len(targets)} names stand before '='")
    quantities = []
    decimals: list[int | None] = list(sampler.decimals)
    for (name, index), shape in zip(targets, sampler.shapes, strict=True):
        if name in scope.constants or (not index and name in scope.quantities):
            raise FormulaError(f"'{name}' already has a value")
        count = len(places(shape))
        quantities.append(scope.declare(name, shape, decimals[:count], index, free=sampler.free))
        del decimals[:count]
    return Leaf(tuple(quantities), sampler)


def _of_form(latex: str, constants: Mapping[str, Scalar]) -> str:
    """A symbol with `<< name >>` replaced by what the form has for it; a word stands upright."""

    def value(match: re.Match[str]) -> str:
        found = constants.get(match[1], match[0])
        return rf"{{\text{{{found}}}}}" if isinstance(found, str) and len(found) > 1 else str(found)

    replaced = _FORM_VALUE.sub(value, latex)
    if "<<" in replaced or "<%" in replaced:
        raise FormulaError(f"in '{latex}' only << name >> of a value under 'vary' is understood")
    return replaced


def _is_of_other_forms(name: str, form: Form) -> bool:
    """Whether a member of a family is asked for, `h[3]`, that this form does not have."""
    family = form.scope.families.get(name.partition("[")[0])
    return family is not None and name.replace(" ", "") not in {shown_name(member) for member in family.values()}


def _mark_fitting(form: Form) -> None:
    """Finds the asked quantities on which the conditions under `accept` depend."""
    depends = {cell for term in form.accepts for cell in cells_of(term)}
    asked = {wanted.quantity for wanted in form.wanted}
    for step in reversed(form.steps):
        if not depends.isdisjoint(step.quantity.cells) and step.quantity not in asked:
            depends |= cells_of(step.term)
    form.wanted = [
        replace(wanted, any_fitting=wanted.quantity is not None and not depends.isdisjoint(wanted.quantity.cells))
        for wanted in form.wanted
    ]
    if form.accepts and not any(wanted.any_fitting for wanted in form.wanted):
        raise FormulaError("no condition under 'accept' depends on what is asked for")


def _wanted(name: str, asked: Asked, form: Form) -> Wanted:
    if asked.verbal:
        if not form.source.choices:
            raise FormulaError(
                f"'{name}' is asked as '{asked.word}'; its lines are missing, write them under 'choices'"
            )
        return Wanted(name, asked, None)
    known = {**dict(form.named()), **dict(form.computed())}
    quantity = known.get(name.replace(" ", ""))
    if quantity is None:
        if asked.choice and form.source.choices:
            return Wanted(name, asked, None)
        if asked.choice or name in form.scope.outcomes:
            raise FormulaError(
                f"'{name}' is a choice among texts, or an outcome: it needs 'choices', and 'choice' here"
            )
        raise FormulaError(f"'{name}' is not a step of 'work'{did_you_mean(name, list(known))}")
    step = next((step for step in form.steps if step.quantity is quantity), None)
    if step is None:
        raise FormulaError(f"'{name}' is given; ask for a step of 'work'")
    if asked.letter is not None:
        if not quantity.free or quantity.shape:
            raise FormulaError(f"'{name}' is asked as a formula, but no free(…) letter occurs in it")
    elif quantity.free:
        raise FormulaError(f"'{name}' depends on a free letter; ask for it as 'formula in x'")
    elif (asked.exact or (asked.choice and not form.source.choices)) and not step.exact:
        raise FormulaError(f"'{name}' has endless decimals; ask for it to some decimals, such as '2 decimals'")
    if asked.integer and any(cell.decimals != 0 for cell in quantity.cells):
        raise FormulaError(f"'{name}' is asked as a whole number, but can have decimals")
    if asked.word == "shape" and len(quantity.shape) != 1:
        raise FormulaError(f"'{name}' is asked as a shape, so it must be a vector such as [w, h, c]")
    return Wanted(name, asked, quantity)


def _when(condition: ast.expr | None, form: Form) -> frozenset[tuple[int, ...]] | None:
    """For which ways the outcomes can fall a condition holds; None if it does not depend on them, and holds."""
    if condition is None:
        return None
    if is_constant(condition, form.scope):
        return None if constant(condition, form.scope) else frozenset()
    fits = [
        places
        for places, texts in combinations(form.outcomes)
        if evaluate(condition, {**form.constants, **texts}, CONSTANT_FUNCTIONS)
    ]
    return frozenset(fits)


def _mistake(source: MistakeSource, form: Form, when: frozenset[tuple[int, ...]] | None) -> Mistake:
    replaced = dict(_replacements(source.wrong, form))
    affected: set[Cell] = set()
    follow: list[tuple[Step, Term]] = []
    for step in form.steps:
        term = replaced.get(step.key, step.term)
        if step.key in replaced or not affected.isdisjoint(cells_of(term)):
            affected.update(step.quantity.cells)
            follow.append((step, term))
    asked = {cell for wanted in form.wanted if wanted.quantity for cell in wanted.quantity.cells}
    if asked.isdisjoint(affected):
        raise FormulaError("the mistake changes nothing that is asked for")
    form.scope.charge(sum(term.weight for _, term in follow))
    sizes = {step.quantity: term.shape[0] for step, term in follow if term.shape != step.quantity.shape}
    for step, term in follow:
        if any(not cells_of(term).isdisjoint(quantity.cells) for quantity in sizes):
            raise FormulaError(f"'{shown_name(step.quantity)}' is computed from a shape that the mistake makes longer")
    return Mistake(tuple(follow), source.says, when, sizes)


def _replacements(statements: Sequence[ast.stmt], form: Form) -> Iterator[tuple[Key, Term]]:
    steps = {step.key: step for step in form.steps}
    for statement in statements:
        if isinstance(statement, ast.For):
            for _ in loop(statement, form.scope):
                yield from _replacements(statement.body, form)
            continue
        if not isinstance(statement, ast.Assign):
            continue
        key = target_of(statement.targets[0], form.scope)
        if key not in steps:
            known = [shown_name(step.quantity) for step in form.steps]
            name = indexed_name(*key)
            raise FormulaError(f"'{name}' is not a step of 'work'{did_you_mean(name, known)}", line=statement.lineno)
        step = steps[key]
        term = build(statement.value, form.scope)
        shapes = [wanted.quantity for wanted in form.wanted if wanted.asked.word == "shape"]
        if term.shape != step.quantity.shape and not (step.quantity in shapes and len(term.shape) == 1):
            raise FormulaError(
                f"'{key[0]}' has shape {terms.shape_text(step.quantity.shape)}, "
                f"the mistake makes it {terms.shape_text(term.shape)}",
                line=statement.lineno,
            )
        first = step.quantity.cells[0].index
        late = [cell for cell in cells_of(term) if cell.index >= first]
        if late:
            raise FormulaError(f"the mistake uses {late[0].symbol}, which is computed later", line=statement.lineno)
        yield key, term
