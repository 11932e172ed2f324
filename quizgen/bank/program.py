"""A form compiled: one function from random words to numbers, all conditions of a fair variant included.

The same graph is run as printed (every printed number rounded and carried on), with full precision, and rounded
after every operation. A variant is kept only if all three come to the same answers, if every decision falls the
same way, and if each mistake comes to something else than the truth and than the other mistakes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from quizgen.bank.form import Form, Leaf, Mistake, Wanted
from quizgen.formula import terms
from quizgen.formula.compile import Emitter, compile_function, rounding_name
from quizgen.formula.elements import elements, scalar
from quizgen.formula.steps import Carry, Step, cells_of
from quizgen.formula.terms import Cell, Quantity, Term

# Why a draw was rejected, apart from the conditions of the file, which count from 0.
ROUNDING, DECISION, NOT_FINITE, NOT_ACCEPTED = -1, -2, -3, -4
REASONS = {
    ROUNDING: "honest roundings come to different answers",
    DECISION: "a decision depends on the rounding",
    NOT_FINITE: "a value is not finite, or a function is saturated",
    NOT_ACCEPTED: "the solution itself does not fulfil 'accept'",
}
#: Mistake number k is MISTAKE - k.
MISTAKE = -100

#: How far apart two values of a formula that is asked for must be to count as different.
_FORMULA_DECIMALS = 6
#: How far the value of a mistake is rounded where the right answer is exact and that of the mistake does not end.
_EXACT_DECIMALS = 4

Numbers = Callable[[Sequence[int]], Any]


def compile_numbers(form: Form, targets: Sequence[Quantity]) -> Numbers:
    """The function that draws a variant.

    Args:
        targets: the quantities whose full-precision values the core is to confirm.

    Returns:
        A function from random words to a reason (an int) why the draw is rejected, or to five tuples: the printed
        values followed by the unrounded ones of `unrounded(form)`; the outcome of each decision; the asked values,
        rounded as asked; those of each mistake, or () if it makes no sense here; the full-precision values of the
        targets.
    """
    return compile_function("numbers", "w", list(_lines(form, targets)), _draws(form))


def unrounded(form: Form) -> list[Cell]:
    """The cells whose value before rounding is kept, to tell `=` from `≈`."""
    return [cell for step in form.steps if not step.exact and not step.quantity.free for cell in step.quantity.cells]


def asked_cells(form: Form) -> Iterator[tuple[Wanted, Cell]]:
    """The numbers that are asked for, in order."""
    for wanted in form.wanted:
        if wanted.quantity is not None:
            for cell in wanted.quantity.cells:
                yield wanted, cell


def compile_facts(form: Form) -> Callable[[Sequence[Any]], tuple[dict[str, Any], dict[str, Any]]]:
    """The function from the values of a variant to its `given` and `work` by name, arrays as nested lists."""
    given = ", ".join(f"{name!r}: {_nested(q)}" for name, q in form.named() if not q.free)
    work = ", ".join(f"{name!r}: {_nested(q)}" for name, q in form.computed() if not q.free)
    return compile_function("facts", "v", [f"return {{{given}}}, {{{work}}}"], {})


def _nested(quantity: Quantity) -> str:
    values = [f"v[{cell.index}]" for cell in quantity.cells]
    if not quantity.shape:
        return values[0]
    if len(quantity.shape) == 1:
        return f"[{', '.join(values)}]"
    width = quantity.shape[1]
    rows = (", ".join(values[k : k + width]) for k in range(0, len(values), width))
    return "[" + ", ".join(f"[{row}]" for row in rows) + "]"


def _printed(cell: Cell) -> str:
    return f"v{cell.index}"


def _lines(form: Form, targets: Sequence[Quantity]) -> Iterator[str]:
    fixed = _same_in_every_pass(form)
    full = _naming("f", fixed)
    stepwise = _naming("o", fixed)
    yield "try:"
    body = [
        *_leaf_lines(form.leaves),
        *_printed_lines(form),
        *_pass_lines(form, fixed, Emitter(full), rounded=False),
        *_pass_lines(form, fixed, Emitter(stepwise, form.source.carry), rounded=True),
        *_decision_lines(form, full, stepwise),
        *_fairness_lines(form, full, stepwise),
        *_accept_lines(form, _printed, NOT_ACCEPTED, fulfilled=False),
        *_mistake_lines(form, full),
    ]
    shown = " + ".join(f"abs(v{cell.index})" for cell in form.scope.cells)
    body.append(f"if not {shown or '0'} < largest: return {NOT_FINITE}")  # a NaN is not below anything
    yield from (f"    {line}" for line in body)
    yield "except (ArithmeticError, ValueError):"
    yield f"    return {NOT_FINITE}"
    values = [f"v{cell.index}" for cell in form.scope.cells] + [f"t{cell.index}" for cell in unrounded(form)]
    decisions = [f"k{place}" for place in range(len(form.outcomes) + len(form.conditionals))]
    asked = [f"a{cell.index}" for _, cell in asked_cells(form)]
    mistakes = [f"m{place}" for place in range(len(form.mistakes))]
    confirmed = [full(cell) for quantity in targets for cell in quantity.cells]
    yield f"return {', '.join(map(_tuple, (values, decisions, asked, mistakes, confirmed)))}"


def _tuple(names: Sequence[str]) -> str:
    return f"({''.join(f'{name}, ' for name in names)})"


def _same_in_every_pass(form: Form) -> set[Cell]:
    """The cells that no rounding can change: leaves, and exact steps computed from such cells only."""
    fixed = {cell for leaf in form.leaves for quantity in leaf.quantities for cell in quantity.cells}
    for step in form.steps:
        if (step.exact or step.quantity.free) and cells_of(step.term) <= fixed:
            fixed.update(step.quantity.cells)
    return fixed


def _naming(letter: str, fixed: set[Cell]) -> Callable[[Cell], str]:
    return lambda cell: _printed(cell) if cell in fixed else f"{letter}{cell.index}"


def _draws(form: Form) -> dict[str, Any]:
    """What the lines of the leaves call: grids and samplers, under names of ours."""
    extra: dict[str, Any] = {}
    for place, leaf in enumerate(form.leaves):
        extra[f"g{place}"] = leaf.sampler.grid
        extra[f"d{place}"] = leaf.sampler.draw
    return extra


def _leaf_lines(leaves: Sequence[Leaf]) -> Iterator[str]:
    word = 0
    for place, leaf in enumerate(leaves):
        cells = [cell for quantity in leaf.quantities for cell in quantity.cells]
        grid = leaf.sampler.grid
        if grid is None:
            yield f"{_tuple([_printed(cell) for cell in cells])} = d{place}(w[{word}:{word + leaf.sampler.words}])"
        else:
            for offset, cell in enumerate(cells):
                yield f"v{cell.index} = g{place}[(w[{word + offset}] * {len(grid)}) >> 32]"
        word += leaf.sampler.words


def _printed_lines(form: Form) -> Iterator[str]:
    """The steps as printed, each condition of the file as soon as its numbers are known."""
    emitter = Emitter(_printed)
    waiting = [(max((c.index for c in cells_of(term)), default=-1), place, term)
               for place, (term, _) in enumerate(form.rejects)]  # fmt: skip
    first = form.steps[0].quantity.cells[0].index if form.steps else len(form.scope.cells)
    yield from _reject_lines(waiting, first, emitter)
    for step in form.steps:
        for cell, term in zip(step.quantity.cells, elements(step.term), strict=True):
            yield from _printed_cell(step, cell, emitter.expression(term), term)
        yield from _reject_lines(waiting, step.quantity.cells[-1].index + 1, emitter)


def _reject_lines(waiting: list[tuple[int, int, Term]], known: int, emitter: Emitter) -> Iterator[str]:
    for entry in [entry for entry in waiting if entry[0] < known]:
        waiting.remove(entry)
        yield f"if {emitter.expression(entry[2])}: return {entry[1]}"


def _printed_cell(step: Step, cell: Cell, expression: str, term: Term) -> Iterator[str]:
    if step.quantity.free:
        yield f"v{cell.index} = {expression}"
    elif step.exact:
        yield f"v{cell.index} = {_snapped(expression, term)}"
    else:
        yield f"t{cell.index} = {expression}"
        rounding = f"r{cell.decimals}" if step.carry.holds(term.decimals) else rounding_name(step.carry)
        yield f"v{cell.index} = {rounding}(t{cell.index})"


def _snapped(expression: str, term: Term) -> str:
    """An exact value without float noise; sums and products of whole numbers have none."""
    whole = term.decimals == 0 and all(part.decimals == 0 for part in terms.walk(term))
    return _checked(expression, term) if whole else f"r{term.decimals}({expression})"


def _checked(expression: str, term: Term) -> str:
    """A number that is not rounded, refused where it becomes too large: whole numbers never overflow by themselves."""
    grows = term.decimals == 0 and any(part.op in ("product", "power") for part in terms.walk(term))
    return f"bounded({expression})" if grows else expression


def _pass_lines(form: Form, fixed: set[Cell], emitter: Emitter, *, rounded: bool) -> Iterator[str]:
    """The steps that rounding can change, once more under another policy."""
    carry = form.source.carry
    for step in form.steps:
        for cell, term in zip(step.quantity.cells, elements(step.term), strict=True):
            if cell not in fixed:
                expression = _checked(emitter.expression(term), term)
                plain = not rounded or step.quantity.free or carry.holds(term.decimals)
                yield f"{emitter.name(cell)} = {expression if plain else f'{rounding_name(carry)}({expression})'}"


def _decision_lines(form: Form, full: Callable[[Cell], str], stepwise: Callable[[Cell], str]) -> Iterator[str]:
    decisions = [outcome.term for outcome in form.outcomes] + [term.args[0] for term in form.conditionals]
    for place, term in enumerate(decisions):
        single = scalar(term)
        shown, exact, rounded = (Emitter(name).expression(single) for name in (_printed, full, stepwise))
        yield f"k{place} = {shown}"
        if exact != shown:
            yield f"if k{place} != {exact} or k{place} != {rounded}: return {DECISION}"


def _fairness_lines(form: Form, full: Callable[[Cell], str], stepwise: Callable[[Cell], str]) -> Iterator[str]:
    for wanted, cell in asked_cells(form):
        v, f, o = _printed(cell), full(cell), stepwise(cell)
        yield f"a{cell.index} = {v if wanted.asked.exact else _as_asked(wanted, cell, v)}"
        if wanted.asked.letter is not None:
            continue
        if f != v:
            exact, rounded = _as_asked(wanted, cell, f), _as_asked(wanted, cell, o)
            yield f"if a{cell.index} != {exact} or a{cell.index} != {rounded}: return {ROUNDING}"
        asked = wanted.asked
        if not asked.exact and not asked.choice and not Carry(asked.decimals, None).holds(cell.decimals):
            low, high = (_as_asked(wanted, cell, f"({f} * {scale!r})") for scale in (1 - 1e-9, 1 + 1e-9))
            yield f"if {low} != {high}: return {ROUNDING}"


def _as_asked(wanted: Wanted, cell: Cell, value: str) -> str:
    """An expression rounded the way the answer is."""
    asked = wanted.asked
    if asked.letter is not None:
        return f"r{_FORMULA_DECIMALS}({value})"
    if asked.digits is not None:
        return f"s{asked.digits}({value})"
    if asked.decimals is None:
        return f"ending({value}, {max(cell.decimals or 0, _EXACT_DECIMALS)})"
    return f"r{asked.decimals}({value})"


def _accept_lines(form: Form, naming: Callable[[Cell], str], code: int, *, fulfilled: bool) -> Iterator[str]:
    """Rejects a draw whose values under some naming fulfil all of `accept`, or do not."""
    if form.accepts:
        emitter = Emitter(naming)
        conditions = " and ".join(map(emitter.expression, form.accepts))
        yield f"if {'' if fulfilled else 'not '}({conditions}): return {code}"


def _mistaken(form: Form, mistake: Mistake, wrong: Callable[[Cell], str]) -> list[str]:
    """The asked values under a mistake, one after the other."""
    found: list[str] = []
    for wanted in form.wanted:
        if wanted.quantity in mistake.sizes:  # a shape of another length: whole numbers that nothing follows from
            term = next(term for step, term in mistake.steps if step.quantity is wanted.quantity)
            found += map(Emitter(wrong).expression, elements(term))
        elif wanted.quantity is not None:
            found += [_as_asked(wanted, cell, wrong(cell)) for cell in wanted.quantity.cells]
    return found


def _mistake_lines(form: Form, full: Callable[[Cell], str]) -> Iterator[str]:
    asked = list(asked_cells(form))
    truth = _tuple([f"a{cell.index}" for _, cell in asked])
    for place, mistake in enumerate(form.mistakes):
        changed = mistake.cells

        def wrong(cell: Cell, place: int = place, changed: frozenset[Cell] = changed) -> str:
            return f"m{place}_{cell.index}" if cell in changed else full(cell)

        emitter = Emitter(wrong)
        lines = [
            f"{wrong(cell)} = {_checked(emitter.expression(entry), entry)}"
            for step, term in mistake.steps
            if step.quantity not in mistake.sizes
            for cell, entry in zip(step.quantity.cells, elements(term), strict=True)
        ]
        lines.append(f"m{place} = {_tuple(_mistaken(form, mistake, wrong))}")
        others = [truth, *(f"m{before}" for before in range(place))]
        lines.append(f"if m{place} in ({', '.join(others)},): return {MISTAKE - place}")
        if any(not changed.isdisjoint(cells_of(term)) for term in form.accepts):
            lines += _accept_lines(form, wrong, MISTAKE - place, fulfilled=True)
        if mistake.when is None:
            yield from lines
        else:
            decisions = _tuple([f"k{k}" for k in range(len(form.outcomes))])
            yield f"m{place} = ()"
            yield f"if {decisions} in {sorted(mistake.when)!r}:"
            yield from (f"    {line}" for line in lines)
