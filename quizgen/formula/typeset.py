r"""Terms as LaTeX, the way a good teacher writes them: with symbols, or with the numbers put in.

`0.5 \cdot (-2)`, `3 - 0.7`, vectors as columns, `\odot` between arrays, no bracket that is not needed. Numbers that
vary become holes; see `holes` for how their signs are written.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Literal

from quizgen.formula import holes as ways
from quizgen.formula import terms
from quizgen.formula.elements import elements, grid, scalar
from quizgen.formula.functions import SCALAR_FUNCTIONS
from quizgen.formula.holes import Holes
from quizgen.formula.symbols import Symbol
from quizgen.formula.terms import Cell, Quantity, Term
from quizgen.numerals import Number

Mode = Literal["symbols", "numbers"]
Write = Callable[[Number], str]

# How tightly a node binds: a weaker one inside a stronger one is bracketed.
_SUM, _PRODUCT, _POWER, _ATOM = 1, 2, 3, 4
_LEVELS = {
    "compare": 0, "logic": 0, "sum": _SUM, "negative": _SUM, "total": _PRODUCT, "series": _PRODUCT,
    "product": _PRODUCT, "matmul": _PRODUCT, "outer": _PRODUCT, "power": _POWER, "quotient": _POWER,
}  # fmt: skip

_TALL = (r"\frac", r"\begin", r"\sum", r"\left")
_BRACKETS = (("(", ")"), (r"\lfloor", r"\rfloor"), (r"\lceil", r"\rceil"), (r"\lvert", r"\rvert"))
_COMPARISONS = {"==": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge"}


def is_number(term: Term) -> bool:
    """Whether the term is shown as one number when numbers are put in."""
    return term.op in ("number", "computed") or (term.op == "cell" and not term.free)


def is_one(term: Term) -> bool:
    """Whether the term is the plain number 1, which nobody writes as a factor."""
    return term.op == "number" and term.data == 1 and term.symbol is None


def matrix(rows: list[list[str]]) -> str:
    """Rows of LaTeX as a matrix in round brackets."""
    body = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"


class Typesetter:
    """Writes terms, either with their symbols or with holes for their numbers."""

    def __init__(self, holes: Holes, mode: Mode) -> None:
        self.holes = holes
        self.numbers = mode == "numbers"
        self._entry: Term | None = None  # the entry of a matrix that is being written
        self._letters: list[str] = []  # of the sums that we are inside of

    def latex(self, term: Term, level: int = 0, write: Write = ways.plain) -> str:
        """The term as LaTeX.

        Args:
            level: how tightly the neighbours bind.
            write: how a number at the very beginning is written.
        """
        if self.numbers and is_number(term):
            return self.holes.number(term, write)
        term = self._written_out(term)
        if level > _LEVELS.get(term.op, _ATOM):
            return self._brackets(self._inner(term, ways.plain))
        return self._inner(term, write)

    def entries(self, rows: list[list[Term]]) -> str:
        """Terms as the entries of a matrix."""
        return matrix([[self._written_entry(entry) for entry in row] for row in rows])

    def _written_entry(self, entry: Term) -> str:
        outside, self._entry = self._entry, entry
        text = self.latex(entry)
        self._entry = outside
        return text

    def reciprocal(self, below: Term) -> str:
        """What stands before an array that is divided by a number: fractions inside of it would be tiny."""
        return rf"\frac{{1}}{{{self.latex(scalar(below))}}} "

    def quantity(self, quantity: Quantity) -> str:
        """The numbers of a quantity: one number, or a matrix; a vector is a column."""
        return self.latex(terms.leaf(quantity))

    def row(self, quantity: Quantity) -> str:
        """The numbers of a vector in a row, `(1, 2, 3)`."""
        return "(" + ", ".join(self.latex(terms.cell(c)) for c in quantity.cells) + ")"

    def _written_out(self, term: Term) -> Term:
        """A sum over an index as a sum of its terms, where it has no general term to show."""
        if term.op == "series" and (self.numbers or not self._general_term(term)):
            return reduce(terms.add, term.args)
        if term.op == "total" and len(term.args[0].shape) == 1:
            (inside,) = term.args
            if inside.op == "stack":
                return reduce(terms.add, inside.args)
            if not self.numbers and _general(inside, "k") is None:
                return reduce(terms.add, elements(inside))
        return term

    def _is_tall(self, text: str) -> bool:
        return any(mark in text for mark in _TALL) or any(mark in text for mark in self.holes.tall)

    def _brackets(self, text: str) -> str:
        """The text in round brackets as tall as it is."""
        return rf"\left( {text} \right)" if self._is_tall(text) else f"({text})"

    def _inner(self, term: Term, write: Write) -> str:
        handler: Callable[[Term, Write], str] = getattr(self, f"_{term.op}")
        return handler(term, write)

    def _number(self, term: Term, write: Write) -> str:
        if not isinstance(term.data, (int, float)):
            raise TypeError("a number carries its value")
        return str(term.symbol) if term.symbol is not None else write(term.data)

    def _cell(self, term: Term, write: Write) -> str:  # noqa: ARG002 -- one signature for all nodes
        return str(term.data.symbol) if isinstance(term.data, Cell) else ""

    def _computed(self, term: Term, write: Write) -> str:
        return self.latex(term.args[0], 0, write)

    def _quantity(self, term: Term, write: Write) -> str:  # noqa: ARG002
        if not isinstance(term.data, Quantity):
            raise TypeError("a leaf refers to a quantity")
        if self.numbers:
            return self.entries(grid(term))
        return str(term.data.symbol)

    def _sum(self, term: Term, write: Write) -> str:
        signs = term.data if isinstance(term.data, tuple) else ()
        text = self.latex(term.args[0], _SUM, write)
        if term.shape and not term.args[0].shape:
            text = _times_ones(text)
        for sign, part in zip(signs[1:], term.args[1:], strict=True):
            text += self._further(sign, part, term)
        return text

    def _further(self, sign: int, part: Term, whole: Term) -> str:
        """A further term of a sum; a number that is added to an array is one times an array of ones."""
        if part.op == "negative":
            sign, part = -sign, part.args[0]
        if whole.shape and not part.shape:
            return (" + " if sign > 0 else " - ") + _times_ones(self.latex(part, _PRODUCT, ways.factor))
        if self.numbers and _has_coefficient(part):
            rest = Term("product", part.args[1:], part.shape, part.decimals) if len(part.args) > 2 else part.args[1]
            sign_and_number = self.holes.number(
                part.args[0], ways.added_coefficient if sign > 0 else ways.taken_coefficient
            )
            return sign_and_number + self.latex(rest, _PRODUCT, ways.factor)
        literal = part.op == "number" and part.symbol is None
        if (self.numbers and is_number(part)) or literal:
            minus = ways.taken if whole is self._entry else ways.subtracted
            return self.holes.number(part, ways.added if sign > 0 else minus)
        return (" + " if sign > 0 else " - ") + self.latex(part, _PRODUCT, ways.factor)

    def _negative(self, term: Term, write: Write) -> str:  # noqa: ARG002
        return "-" + self.latex(term.args[0], _PRODUCT, ways.factor)

    def _product(self, term: Term, write: Write) -> str:
        factors = [arg for arg in term.args if not is_one(arg)] or [term.args[0]]
        if self.numbers and write is ways.plain and _has_coefficient(term):
            rest = Term("product", term.args[1:], (), term.decimals) if len(term.args) > 2 else term.args[1]
            return self.holes.number(term.args[0], ways.coefficient) + self.latex(rest, _PRODUCT, ways.factor)
        opens = write is ways.plain and factors[0].op == "negative"  # -a b needs no brackets at the beginning
        text = self.latex(factors[0], _SUM if opens else _factor_level(factors, 0), write)
        for place, part in enumerate(factors[1:], 1):
            shown = self.latex(part, _factor_level(factors, place), ways.factor)
            text += self._times(factors[:place], part, shown) + shown
        return text

    def _times(self, before: list[Term], part: Term, shown: str) -> str:
        if part.shape and any(factor.shape for factor in before):
            return r" \odot "
        if self.numbers:
            return " " if len(before) == 1 and is_number(before[0]) and part.free else r" \cdot "
        literal = shown[0].isdigit() or (part.op == "number" and part.symbol is None)
        return r" \cdot " if literal or _wordy(before[-1]) or _wordy(part) else " "

    def _matmul(self, term: Term, write: Write) -> str:
        left, right = term.args
        dot = len(left.shape) == 1 and len(right.shape) == 1
        levels = [_POWER if arg.op == "product" or dot else _PRODUCT for arg in (left, right)]
        first = self.latex(left, levels[0], write)
        return first + (r" \cdot " if dot else " ") + self.latex(right, levels[1], ways.factor)

    def _outer(self, term: Term, write: Write) -> str:
        left, right = term.args
        first = self.latex(left, _POWER, write)
        if self.numbers:
            return f"{first} {self.entries([elements(right)])}"
        return f"{first} {self._transposed(right)}"

    def _transpose(self, term: Term, write: Write) -> str:  # noqa: ARG002
        if self.numbers:
            return self.entries(grid(term))
        return self._transposed(term.args[0])

    def _transposed(self, term: Term) -> str:
        text = self.latex(term, _ATOM)
        return (self._brackets(text) if "^" in text else text) + r"^\top"

    def _quotient(self, term: Term, write: Write) -> str:  # noqa: ARG002
        above, below = self._written_out(term.args[0]), term.args[1]
        if not self.numbers and above.op in ("total", "series") and below.op == "number":
            return rf"\frac{{1}}{{{self.latex(below)}}} {self.latex(above)}"
        if self.numbers and term.shape and not below.shape:
            return self.reciprocal(below) + self.latex(above, _PRODUCT)
        if self.numbers and above.op == "computed" and is_number(below):
            return self.holes.fraction(above, below)
        return rf"\frac{{{self.latex(above)}}}{{{self.latex(below)}}}"

    def _power(self, term: Term, write: Write) -> str:  # noqa: ARG002
        base, exponent = term.args
        text = self.latex(base, _ATOM, ways.base)
        bracketed = text.startswith(("(", r"\left("))
        if not bracketed and ((not self.numbers and "^" in text) or (base.op == "apply" and _needs_brackets(base))):
            text = self._brackets(text)
        return f"{text}^{{{self.latex(exponent)}}}"

    def _apply(self, term: Term, write: Write) -> str:  # noqa: ARG002
        pattern = SCALAR_FUNCTIONS[str(term.data)].latex
        shown = self.latex(term.args[0])
        if self._is_tall(shown):
            for opening, closing in (
                ("(", ")"),
                (r"\lfloor", r"\rfloor"),
                (r"\lceil", r"\rceil"),
                (r"\lvert", r"\rvert"),
            ):
                if opening in pattern:
                    pattern = pattern.replace(opening, rf"\left{opening}").replace(closing, rf"\right{closing}")
        return pattern.replace("#1", shown)

    def _total(self, term: Term, write: Write) -> str:  # noqa: ARG002
        (inside,) = term.args
        if not self.numbers and len(inside.shape) == 1:
            letter = next(letter for letter in "kjilmn" if letter not in self._letters)
            general = _general(inside, letter)
            if general is not None:
                self._letters.append(letter)
                shown = self.latex(general, _PRODUCT)
                self._letters.pop()
                return rf"\sum_{{{letter}=1}}^{{{inside.shape[0]}}} {shown}"
        text = self.latex(inside)
        return rf"\sum {text}" if inside.op == "quantity" else rf"\sum {self._brackets(text)}"

    def _series(self, term: Term, write: Write) -> str:  # noqa: ARG002
        general = term.data
        if not isinstance(general, terms.General):
            raise TypeError("a series carries its general term")
        return rf"\sum_{{{general.letter}={general.first}}}^{{{general.last}}} {self._general_term(term)}"

    def _general_term(self, term: Term) -> str:
        """What a sum's summands look like with the index as a letter; nothing if they do not look alike."""
        general = term.data
        if not isinstance(general, terms.General) or general.first == general.last:
            return ""
        self._letters.append(general.letter)
        shown = {self.latex(summand, _PRODUCT) for summand in general.summands}
        self._letters.pop()
        return shown.pop() if len(shown) == 1 else ""

    def _extreme(self, term: Term, write: Write) -> str:  # noqa: ARG002
        args = elements(term.args[0]) if len(term.args) == 1 and term.args[0].shape else list(term.args)
        inner = ", ".join(self.latex(arg) for arg in args)
        return rf"\{term.data}" + self._brackets(inner)

    def _norm(self, term: Term, write: Write) -> str:  # noqa: ARG002
        return (
            rf"\left\lVert {self.latex(term.args[0])} \right\rVert"
            if self.numbers
            else (rf"\lVert {self.latex(term.args[0])} \rVert")
        )

    def _argmax(self, term: Term, write: Write) -> str:  # noqa: ARG002
        return r"\operatorname{argmax}" + self._brackets(", ".join(self.latex(arg) for arg in term.args))

    def _compare(self, term: Term, write: Write) -> str:  # noqa: ARG002
        left, right = (self.latex(arg, _SUM) for arg in term.args)
        return f"{left} {_COMPARISONS[str(term.data)]} {right}"

    def _logic(self, term: Term, write: Write) -> str:  # noqa: ARG002
        words = rf" \text{{ {term.data} }} "
        return words.join(self.latex(arg, _SUM) for arg in term.args)

    def _stack(self, term: Term, write: Write) -> str:  # noqa: ARG002
        if any(len(arg.shape) == 1 for arg in term.args):
            return self.entries(grid(term))
        return self.entries([[arg] for arg in term.args])


def _factor_level(factors: list[Term], place: int) -> int:
    """How tightly a factor has to bind: a matrix product among factors is bracketed unless only numbers precede it."""
    part, last = factors[place], place == len(factors) - 1
    if part.op in ("total", "series"):
        return _PRODUCT if last else _POWER
    if part.op not in ("matmul", "outer"):
        return _PRODUCT
    return _PRODUCT if last and part.shape and not any(f.shape for f in factors[:place]) else _POWER


def _needs_brackets(function: Term) -> bool:
    """Whether a function's power would be taken for the power of its argument: ln(b)², e^x²."""
    pattern = SCALAR_FUNCTIONS[str(function.data)].latex
    return function.data == "exp" or pattern.endswith("(#1)")


def _has_coefficient(term: Term) -> bool:
    """Whether the term is a number times something with a free letter: 4 x."""
    return term.op == "product" and is_number(term.args[0]) and term.args[1].free and not term.shape


def _times_ones(text: str) -> str:
    return r"\mathbf{1}" if text == "1" else rf"{text} \mathbf{{1}}"


def _wordy(term: Term) -> bool:
    """Whether a symbol is a word or a fraction: two of them side by side would run together."""
    symbol: Symbol | None = term.symbol
    if isinstance(term.data, (Cell, Quantity)):
        symbol = term.data.symbol
    return symbol is not None and (symbol.closed or "mathrm" in symbol.head or "text" in symbol.head)


def _general(term: Term, letter: str) -> Term | None:
    """The entry of a vector term at a letter: x ⊙ y at k is x_k y_k. None where it has no such form."""
    if term.shape == ():
        return term
    if isinstance(term.data, Quantity):
        cells = term.data.cells
        if any(":" in index for index in term.data.symbol.indices):
            return None
        return Term("cell", data=Cell(cells[0].index, term.data.symbol.at(letter), None, cells[0].free))
    if term.op not in ("sum", "product", "quotient", "negative", "power", "apply"):
        return None
    inside = [_general(arg, letter) for arg in term.args]
    if any(arg is None for arg in inside):
        return None
    return Term(term.op, tuple(arg for arg in inside if arg is not None), (), None, term.data, term.symbol)
