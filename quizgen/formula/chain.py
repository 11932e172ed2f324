"""A step of a solution as it is printed: symbols = numbers put in = stages = result.

Between the numbers put in and the result stand only stages whose numbers are exact in the decimals that the work
carries: a stage that had to be rounded would have to be carried on rounded, and the line would no longer be the one
that a calculator reproduces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizgen.formula import terms
from quizgen.formula.elements import elements, grid, scalar
from quizgen.formula.holes import Holes
from quizgen.formula.steps import Carry, Step
from quizgen.formula.terms import Term
from quizgen.formula.typeset import Typesetter, is_number, is_one
from quizgen.text import FIRST_HOLE, LAST_HOLE

#: What a chain can show, in this order.
STAGES = ("symbols", "numbers", "stages", "result")

#: Widest line of mathematics, in characters, that a page and a card hold.
LINE_WIDTH = 62
#: Widest matrix of unevaluated entries.
_MATRIX_WIDTH = 64

_ARITHMETIC = ("sum", "product", "negative", "power")


@dataclass(frozen=True)
class Chain:
    """The parts of a printed step; `parts` are joined by `=`, the result by `relation`.

    Attributes:
        named: how many of the parts are written with symbols.
        tail: the rest of the line as one hole, where some of its parts may come to the same text; or nothing.
    """

    symbol: str
    parts: tuple[str, ...]
    relation: str
    result: str
    named: int
    tail: str

    def in_line(self) -> str:
        """All parts in one line."""
        if self.tail:
            return " = ".join((self.symbol, *self.parts[: self.named])) + self.tail
        return self._all_parts()

    def _all_parts(self) -> str:
        text = " = ".join((self.symbol, *self.parts))
        return f"{text} {self.relation} {self.result}" if self.result else text

    def aligned(self) -> str:
        """One part below the other, at the signs of equality."""
        rows = [f"&= {part}" for part in self.parts]
        if self.result:
            rows.append(f"&{self.relation} {self.result}")
        body = " \\\\\n".join([f"{self.symbol} {rows[0]}", *rows[1:]]) if rows else self.symbol
        return f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}"

    @property
    def width(self) -> int:
        """About how many characters wide it is in one line."""
        return width(self._all_parts())


def chain(step: Step, holes: Holes, show: Sequence[str] = STAGES) -> Chain:
    """The printed form of a step.

    Args:
        show: which of `STAGES` to show.
    """
    symbols, numbers = Typesetter(holes, "symbols"), Typesetter(holes, "numbers")
    parts: list[str] = []
    if "symbols" in show and not all(part.op == "number" and part.symbol is None for part in elements(step.term)):
        parts.append(symbols.latex(step.term))
    named = len(parts)
    if "numbers" in show:
        parts += _put_in(step, numbers)
    if "stages" in show:
        parts += _stages(step, numbers)
    free = step.quantity.free
    result = numbers.quantity(step.quantity) if "result" in show and not free else ""
    parts = _without_repeats(parts)
    named = min(named, len(parts))
    if result and parts and parts[-1] == result:
        parts.pop()
    relation = "=" if step.exact else holes.relation(step.quantity)
    tail = holes.tail(parts[named:], relation, result) if result and parts[named:] and _may_repeat(step.term) else ""
    return Chain(str(step.quantity.symbol), tuple(parts), relation, result, named, tail)


def _may_repeat(term: Term) -> bool:
    """Whether stages can come to the same text for some numbers: -(-2) = 2, but -0.7 = -0.7; 29/1."""
    return not term.shape and any(
        (part.op == "negative" and is_number(part.args[0])) or part.op in ("quotient", "extreme")
        for part in terms.walk(scalar(term))
    )


def is_rearrangement(term: Term) -> bool:
    """Whether nothing is computed: a number or an array gets a name, or entries are put together."""
    return all(_is_single(entry) for entry in elements(term))


def _is_single(term: Term) -> bool:
    """Whether a term is one number, perhaps times 1."""
    if term.op == "product":
        others = [arg for arg in term.args if not is_one(arg)]
        return len(others) == 1 and _is_single(others[0])
    return term.op in ("number", "cell", "computed")


def width(latex: str) -> int:
    """About how many characters wide mathematics is on the page."""
    text = latex
    while True:
        smaller = _MATRIX.sub(_matrix_width, _FRACTION.sub(_fraction_width, text))
        if smaller == text:
            break
        text = smaller
    text = re.sub(r"\\(?:left|right|mathbf|boldsymbol|operatorname|text|mathrm)(?![a-zA-Z])", "", text)
    text = re.sub(r"\\[a-zA-Z]+", "x", text)
    text = re.sub(r"[{}^_\\\s]", "", text)
    return sum(4 if FIRST_HOLE <= ord(c) <= LAST_HOLE else 1 for c in text)


_FRACTION = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}")
_MATRIX = re.compile(r"\\begin\{pmatrix\}((?:(?!\\begin|\\frac).)*?)\\end\{pmatrix\}", re.DOTALL)


def _fraction_width(match: re.Match[str]) -> str:
    return "x" * max(width(match[1]), width(match[2]))


def _matrix_width(match: re.Match[str]) -> str:
    columns: dict[int, int] = {}
    for row in match[1].split(r"\\"):
        for place, entry in enumerate(row.split("&")):
            columns[place] = max(columns.get(place, 0), width(entry))
    return "x" * (2 + sum(columns.values()) + 2 * len(columns))


def _put_in(step: Step, numbers: Typesetter) -> list[str]:
    """The formula with the numbers in place of the symbols."""
    term = step.term
    if is_rearrangement(term):
        return []
    if not term.shape:
        single = numbers.latex(scalar(term))
        if any(len(part.shape) == 2 for part in terms.walk(term)):
            whole = numbers.latex(term)
            return [whole] if width(single) > LINE_WIDTH else [whole, single]
        return [single]
    structural = any(part.op in ("matmul", "outer", "transpose", "series") for part in terms.walk(term))
    divided = term.op == "quotient" and not term.args[1].shape
    if divided:
        above, below = term.args
        entries = numbers.reciprocal(below) + numbers.entries(grid(above))
    else:
        entries = numbers.entries(grid(term))
    narrow = width(entries) <= _MATRIX_WIDTH
    if structural:
        return [numbers.latex(term), *([entries] if narrow and term.op != "outer" else [])]
    return [entries if narrow else numbers.latex(term)]


def _stages(step: Step, numbers: Typesetter) -> list[str]:
    """The formula with more and more of it computed, as long as that is exact."""
    if step.term.shape:
        return []
    term = scalar(step.term)
    shown = []
    for _ in range(6):
        smaller = _reduced(term, step.carry, root=True)
        if smaller is term or _is_single(smaller) or (smaller.op == "negative" and _is_single(smaller.args[0])):
            break
        term = smaller
        shown.append(numbers.latex(term))
    return shown


def _reduced(term: Term, carry: Carry, *, root: bool = False) -> Term:
    """The term with its innermost parts computed; the very same object where nothing can be."""
    if not term.args or term.op == "computed" or (term.free and not any(not arg.free for arg in term.args)):
        return term
    if not root and _computable(term, carry):
        return Term("computed", (term,), (), term.decimals)
    args = tuple(_reduced(arg, carry) for arg in term.args)
    if term.op == "quotient" and args[0].op == "computed" and args[1].op == "number" and args[1].data == 1:
        return args[0]
    if all(new is old for new, old in zip(args, term.args, strict=True)):
        return term
    return Term(term.op, args, (), term.decimals, term.data, term.symbol)


def _computable(term: Term, carry: Carry) -> bool:
    """Whether a part may be replaced by its value in one go: it is exact and small enough for one look."""
    if term.free or not carry.holds(term.decimals):
        return False
    if term.op in _ARITHMETIC:
        return all(_small(arg) for arg in term.args)
    return all(is_number(arg) or (arg.op == "quotient" and all(map(is_number, arg.args))) for arg in term.args)


def _small(term: Term) -> bool:
    """A number, or arithmetic on numbers: what is computed in the head inside of something larger."""
    return is_number(term) or (term.op in _ARITHMETIC and all(is_number(arg) for arg in term.args))


def _without_repeats(parts: list[str]) -> list[str]:
    return [part for place, part in enumerate(parts) if place == 0 or part != parts[place - 1]]
