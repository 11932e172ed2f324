"""The texts of a form: Jinja rendered once, with every number a hole.

In the text of a question, a name stands for an object that writes itself: `<< z >>` is `z = -1.9`, `<< z.value >>`
the number, `<< z.steps >>` the whole line of the solution. Each writes its own dollars, and none inside of an
author's formula.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment, safe_range

from quizgen import resources
from quizgen.answers.asked import Asked
from quizgen.bank.yaml_nodes import Located
from quizgen.errors import BankError
from quizgen.formula import holes as ways
from quizgen.formula import terms
from quizgen.formula.build import part
from quizgen.formula.chain import LINE_WIDTH, STAGES, Chain, chain
from quizgen.formula.holes import Holes
from quizgen.formula.steps import Step
from quizgen.formula.symbols import Symbol
from quizgen.formula.terms import Quantity
from quizgen.formula.typeset import Typesetter, matrix
from quizgen.text import Skeleton

# Private-use characters around mathematics until its surroundings are known.
_INLINE, _DISPLAY, _END = "\ue000", "\ue001", "\ue002"
_BREAK = "\ue003"
_NAME = "<question>"
_LARGE = 1_000_000


def inline(latex: str) -> str:
    """Mathematics within a line."""
    return f"{_INLINE}{latex}{_END}"


def display(latex: str) -> str:
    """Mathematics in lines of its own."""
    return f"{_DISPLAY}{latex}{_END}"


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
    def answer(self) -> str:
        """The value rounded as the question asks for it."""
        asked = self._asked
        if asked is not None and asked.letter is not None and self._step is not None:
            return inline(self._numbers.latex(terms.scalar(self._step.term)))
        if asked is None:
            raise TemplateError(f"{self._quantity.name} is not asked for; use .value")
        rows = [
            [self._holes.rounded(cell, ways.plain, asked.decimals, asked.digits) for cell in row]
            for row in _rows(self._quantity)
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


class Wording:
    """The texts of one question file, compiled once, rendered once per form."""

    def __init__(self, path: str, pieces: Sequence[Located]) -> None:
        self._path = path
        self._pieces = pieces
        self._starts: list[int] = []
        source, line = [], 1
        for piece in pieces:
            self._starts.append(line)
            source.append(piece.text)
            line += piece.text.count("\n") + 1
        self._source = f"{_BREAK}\n".join(source)
        self._template: Any = None

    def render(self, names: Mapping[str, Any]) -> list[Skeleton]:
        """The texts with everything that the form fixes put in.

        Raises:
            BankError: with the line of the file.
        """
        try:
            if self._template is None:
                self._template = _environment().from_string(self._source)
            document = self._template.render(names)
        except TemplateSyntaxError as error:
            unclosed = repr(_BREAK)[1:-1] in (error.message or "")
            message = "a '<<' or '<%' is not closed" if unclosed else error.message
            raise BankError(self._path, self._line(error.lineno), f"text: {message}") from None
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
            raise BankError(self._path, self._line(_template_line(error)), f"text: {error}") from None
        texts = document.split(_BREAK)
        lines = [piece.line for piece in self._pieces]
        if len(texts) != len(lines):
            message = "text: an '<% if %>' or '<% for %>' must end in the section in which it begins"
            raise BankError(self._path, lines[0], message)
        return [Skeleton(self._resolved(text, line)) for text, line in zip(texts, lines, strict=True)]

    def _line(self, line: int | None) -> int | None:
        if line is None:
            return None
        place = max((k for k, start in enumerate(self._starts) if start <= line), default=0)
        return self._pieces[place].line + line - self._starts[place]

    def _resolved(self, text: str, line: int) -> str:
        try:
            return resolve(text.strip("\n"))
        except ValueError as error:
            raise BankError(self._path, line, f"text: {error}") from None


def resolve(text: str) -> str:
    """Puts dollars around marked mathematics, and none where the author already wrote some."""
    parts: list[str] = []
    outside = ""  # the delimiter of the author's mathematics that we are in, or none
    closing: list[str] = []
    for token in _TOKENS.split(text):
        if token in ("$", "$$"):
            if closing:
                raise ValueError("a '$' stands inside of a number's own mathematics")
            outside = "" if outside == token else (outside or token)
            parts.append(token)
        elif token == _INLINE:
            if not outside and len(parts) > 1 and parts[-1] == "" and parts[-2] == "$":
                raise ValueError("two numbers stand side by side; put a blank or a word between them")
            closing.append("" if outside else "$")
            parts.append(closing[-1])
        elif token == _DISPLAY:
            if outside:
                raise ValueError("lines of a solution stand outside of '$…$'; use .inline or .formula inside")
            begun = parts[-1].rsplit("\n", 1)[-1].strip() if parts else ""
            closing.append("\n$$")
            parts.append("\n$$\n" if begun else "$$\n")
        elif token == _END:
            parts.append(closing.pop())
        else:
            parts.append(token)
    if outside:
        raise ValueError(f"a '{outside}' is not closed")
    _check_braces(parts)
    return _spaced("".join(parts))


_TOKENS = re.compile(rf"(```.*?```|\\\$|`[^`\n]*`|\$\$|\$|[{_INLINE}{_DISPLAY}{_END}])", re.DOTALL)
_BLANK_LINES = re.compile(r"\n{3,}")


def _check_braces(parts: Sequence[str]) -> None:
    """Refuses mathematics whose braces do not match: Markdown would take it for plain text."""
    for source in re.findall(r"\$\$?([^$]*)\$\$?", "".join(parts).replace(r"\$", "")):
        plain = source.replace(r"\{", "").replace(r"\}", "")
        if plain.count("{") != plain.count("}"):
            raise ValueError(f"the braces of ${source.strip()}$ do not match")


def _spaced(text: str) -> str:
    """Displayed mathematics in a paragraph of its own."""
    pieces = re.split(r"^([ \t]*)\$\$\n(.*?)\n\$\$", text, flags=re.DOTALL | re.MULTILINE)
    joined = pieces[0]
    for indent, body, after in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        lines = "\n".join(indent + line for line in ["$$", *body.split("\n"), "$$"])
        joined = joined.rstrip() + "\n\n" + lines + "\n\n" + after.lstrip("\n")
    return _BLANK_LINES.sub("\n\n", joined).strip()


def _rows(quantity: Quantity) -> list[list[terms.Cell]]:
    width = quantity.shape[1] if len(quantity.shape) == 2 else 1
    cells = list(quantity.cells)
    return [cells[k : k + width] for k in range(0, len(cells), width)]


def _template_line(error: BaseException) -> int | None:
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename in ("<template>", _NAME)]
    return lines[-1] if lines else None


class _Environment(SandboxedEnvironment):
    """Jinja's sandbox, without the products that make texts of gigabytes."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        small = all(isinstance(side, int) and abs(side) < _LARGE for side in (left, right))
        if not small or (operator == "**" and abs(right) > 10):
            raise TemplateError(f"'{operator}' is for small whole numbers of the form; compute under 'work'")
        return super().call_binop(context, operator, left, right)


def _printable(value: Any) -> Any:
    """What may stand between `<<` and `>>`."""
    if isinstance(value, (str, int, float, Shown, ChainText, Family, StrictUndefined)):
        return value
    raise TemplateError(f"a {type(value).__name__} cannot be printed; print its parts")


@cache
def _environment() -> SandboxedEnvironment:
    environment = _Environment(
        block_start_string="<%", block_end_string="%>", variable_start_string="<<", variable_end_string=">>",
        comment_start_string="<#", comment_end_string="#>", trim_blocks=True, lstrip_blocks=True,
        undefined=StrictUndefined, finalize=_printable, autoescape=False, keep_trailing_newline=True,
        loader=FileSystemLoader(resources.templates() / "macros"),
    )  # fmt: skip
    environment.globals.clear()
    environment.globals.update(range=safe_range, zip=zip, len=len, inline=inline, display=display)
    return environment
