"""Numbers that no relation confirms: each must be one that the exercise knows.

Recomputing says nothing about the 0.2789 of "a value of $0.2789$ lets little through", the 2 of "the derivative
$1 - h^2$", the 10 of a table's cell, or a number that a maximum swallows. Such a number is accounted for if it is, or
is the rounding of, a number of the question, of the exercise's values or of a confirmed result; constants of formulas
also if a confirmed formula has them in the same role. Numbers in words are constants that the author typed, for what
is computed stands in mathematics: they are accounted for if the question's words have them. What is left is a stray.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from quizgen.proof.exact import Exact
from quizgen.proof.nodes import Apply, Call, Matrix, Name, Node, Num, Power, Product, Quotient, Sum, walk
from quizgen.proof.rounding import Printed, half_away

#: What a number is in the formula around it; numbers that were not read as part of a formula stand "alone".
Role = str


@dataclass(frozen=True, slots=True)
class Claim:
    """A printed number that waits to be accounted for.

    Attributes:
        shown: the number and its last decimal place.
        text: as it is printed.
        offset: where, in the document.
        role: what it is in its formula.
        alone: whether it, or the array that it is an element of, is the whole formula.
    """

    shown: Printed
    text: str
    offset: int
    role: Role
    alone: bool = False


class Ledger:
    """The numbers that are known, and those that wait to be accounted for."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self._known: dict[Fraction, None] = {}
        self._scalars: set[Fraction] = set()
        self._spoken: set[Exact] = set()
        self._rounded: dict[int, tuple[int, set[Fraction]]] = {}
        self._roles: set[tuple[Role, Exact]] = set()
        self._indices: set[str] = set()

    def know(self, values: Iterable[Exact], *, cells: bool = False) -> None:
        """Adds numbers that the exercise has; signs do not count.

        Args:
            cells: whether they are elements of arrays. A formula that is one number speaks of a single quantity; a 7
                is not accounted for because some pixel is 7.
        """
        numbers = [abs(Fraction(value)) for value in values]
        self._known.update(dict.fromkeys(numbers))
        if not cells:
            self._scalars.update(numbers)

    def hear(self, value: Exact) -> None:
        """Adds a number that the question says in words."""
        self._spoken.add(value)

    def learn(self, node: Node) -> None:
        """Adds the constants of a formula that holds, in their roles, and the indices of its symbols."""
        for number, role in roles(node):
            self.learn_role(role, number)
        self.learn_indices(node)

    def learn_role(self, role: Role, number: Num) -> None:
        self._roles.add((role, number.value))

    def learn_indices(self, node: Node) -> None:
        for part in walk(node):
            if isinstance(part, Name):
                self._indices.update("".join(index) for index in part.indices)

    def strays(self) -> Iterator[Claim]:
        """The claims that nothing accounts for, in the order of the text."""
        return (claim for claim in sorted(self.claims, key=lambda claim: claim.offset) if not self._accounts(claim))

    def knows(self, shown: Printed) -> bool:
        """Whether a known number, its mantissa or its percentage is this one, or has it as its rounding to decimals."""
        shifts = (0, -shown.exponent) if shown.exponent is not None else (0, 2) if shown.percent else (0,)
        value = abs(Fraction(shown.value))
        return any(self._holds(value * Fraction(10) ** shift, shown.decimals - shift) for shift in shifts)

    def has_role(self, role: Role, number: Num) -> bool:
        return (role, number.value) in self._roles

    def _accounts(self, claim: Claim) -> bool:
        if (claim.role, claim.shown.value) in self._roles:
            return True
        if claim.role == "label":
            return claim.shown.value == 1 or str(claim.shown.value) in self._indices
        if claim.role == "word":
            return claim.shown.value in self._spoken or str(claim.shown.value) in self._indices
        if claim.role == "alone" and claim.alone and claim.shown.decimals == 0 and claim.shown.exponent is None:
            return abs(Fraction(claim.shown.value)) in self._scalars
        return claim.role not in ("exponent", "out of step") and self.knows(claim.shown)

    def _holds(self, value: Fraction, decimals: int) -> bool:
        if value in self._known or decimals <= 0:
            return value in self._known
        count, rounded = self._rounded.get(decimals, (0, set()))
        rounded.update(half_away(number, decimals) for number in islice(self._known, count, None))
        self._rounded[decimals] = (len(self._known), rounded)
        return value in rounded


def roles(node: Node, role: Role = "alone") -> Iterator[tuple[Num, Role]]:
    """The printed numbers of a tree, each with its role."""
    match node:
        case Num():
            if node.start >= 0:
                yield node, role
        case Power():
            yield from roles(node.base, "base")
            yield from roles(node.exponent, "exponent")
        case Sum():
            for _, term in node.terms:
                yield from roles(term, "term")
        case Product():
            yield from roles(node.left, "factor")
            yield from roles(node.right, "factor")
        case Quotient():
            yield from roles(node.numerator, "numerator")
            yield from roles(node.denominator, "denominator")
        case Call() | Apply():
            for argument in node.arguments:
                yield from roles(argument, "argument")
        case Matrix():
            for row in node.rows:
                for cell in row:
                    yield from roles(cell, "cell")
        case _:
            yield from ((part, role) for part in walk(node) if isinstance(part, Num) and part.start >= 0)
