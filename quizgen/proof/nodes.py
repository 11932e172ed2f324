"""The syntax tree of one side of a relation. Nodes hold what is printed; they know no values of names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from fractions import Fraction


@dataclass(slots=True)
class Num:
    """A printed number, e.g. 0.5744: its exact value, how many decimals are printed, and where in the formula."""

    value: int | Fraction
    decimals: int
    start: int = field(default=-1, compare=False)


@dataclass(slots=True)
class Name:
    r"""A symbol with its decorations, e.g. `\hat{\mathbf{h}}_{t-1,2}^{(3)}`; two spellings of one name are equal.

    Attributes:
        base: the letter with accents and primes.
        indices: its subscripts, each as the tuple of its tokens' texts.
        label: the superscript in braces, if it is a label and not an exponent, or "".
        before, after: what a derivative puts around its variable: `\frac{\partial L}{\partial `, `}`.
    """

    base: str
    indices: tuple[tuple[str, ...], ...] = ()
    label: str = ""
    before: str = ""
    after: str = ""

    @property
    def key(self) -> str:
        """The canonical LaTeX of the name, under which its value is kept."""
        below = "_{" + ",".join(["".join(index) for index in self.indices]) + "}" if self.indices else ""
        return f"{self.before}{self.base}{below}{self.label}{self.after}"


@dataclass(slots=True)
class FunctionName:
    r"""A function without an argument, as in `\sigma_h = \tanh`."""

    function: str


@dataclass(slots=True)
class Negative:
    operand: Node


@dataclass(slots=True)
class Sum:
    """Terms with their signs, +1 or -1."""

    terms: list[tuple[int, Node]]


@dataclass(slots=True)
class Product:
    r"""`sign` is the printed one: "", `\cdot`, `\times` or `\odot`."""

    sign: str
    left: Node
    right: Node


@dataclass(slots=True)
class Quotient:
    numerator: Node
    denominator: Node


@dataclass(slots=True)
class Power:
    base: Node
    exponent: Node
    elementwise: bool = False


@dataclass(slots=True)
class Transpose:
    """`letter` if a `T` was printed, which could also be an exponent."""

    operand: Node
    letter: bool


@dataclass(slots=True)
class Call:
    """A function that the reader knows, by its name in `functions.FUNCTIONS`."""

    function: str
    arguments: list[Node]


@dataclass(slots=True)
class Apply:
    """A name in front of brackets: a function of the text (`f(x)`), or a product (`h(1 - h)`)."""

    name: Name
    arguments: list[Node]
    key: str


@dataclass(slots=True)
class Matrix:
    """A matrix, printed row by row; a tuple `(a, b)` is one column whose orientation is left open."""

    rows: list[list[Node]]
    open: bool = False


@dataclass(slots=True)
class Element:
    """An element of a bracket or of a matrix, by printed indices (from 1)."""

    operand: Node
    indices: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Big:
    r"""`\sum` or `\prod`; `bounds` holds (index, first, last), `last` None where it is not printed."""

    operator: str
    bounds: list[tuple[str, Node | None, Node | None]]
    body: Node


@dataclass(slots=True)
class Cases:
    """Values with their conditions; an empty condition is "otherwise"."""

    rows: list[tuple[Node, list[tuple[Node, str, Node]]]]


@dataclass(slots=True)
class Span:
    r"""An interval of numbers, for `\in`."""

    low: Node
    high: Node
    low_open: bool
    high_open: bool


@dataclass(slots=True)
class Members:
    r"""A finite set, for `\in`."""

    items: list[Node]


@dataclass(slots=True)
class Space:
    r"""`\mathbb{R}`, `\mathbb{N}`, `\mathbb{Z}`, or R to a power, for `\in`."""

    letter: str
    shape: list[Node]


Node = (
    Num | Name | FunctionName | Negative | Sum | Product | Quotient | Power | Transpose | Call | Apply | Matrix
    | Element | Big | Cases | Span | Members | Space
)  # fmt: skip


def walk(node: Node) -> Iterator[Node]:
    """Every part of a tree, itself first, from left to right; the names of functions are left out."""
    waiting: list[object] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list | tuple):
            waiting.extend(reversed(part))
        elif isinstance(part, Node):
            yield part
            if isinstance(part, Apply):
                waiting.append(part.arguments)  # its name is a function's
            elif not isinstance(part, Name | Num):
                waiting.extend(getattr(part, member.name) for member in reversed(fields(part)))


def names_in(node: Node) -> dict[str, Name]:
    """The names that occur in a tree, by key, in the order of their first places (bound indices included)."""
    found: dict[str, Name] = {}
    for part in walk(node):
        if isinstance(part, Name):
            found.setdefault(part.key, part)
    return found


def functions_in(node: Node) -> set[str]:
    """The names of the functions that a tree applies, known ones and those of the text."""
    return {
        part.function if isinstance(part, Call) else part.name.key
        for part in walk(node)
        if isinstance(part, Call | Apply)
    }


def is_literal(node: Node) -> bool:
    """Whether a side is only a printed number, or a matrix of printed numbers."""
    match node:
        case Num():
            return True
        case Negative():
            return is_literal(node.operand)
        case Product(sign=r"\cdot" | r"\times", left=Num(), right=Power(base=Num(value=10), exponent=exponent)):
            return is_literal(exponent)
        case Call(function="percent", arguments=[argument]):
            return is_literal(argument)
        case Matrix():
            return all(is_literal(cell) for row in node.rows for cell in row)
    return False
