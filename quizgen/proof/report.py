"""What the proof reader found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from quizgen.proof.values import Value

Verdict = Literal["true", "false", "undecided", "defined", "general"]


@dataclass(frozen=True, slots=True)
class Relation:
    r"""One relation between two neighbours of a chain.

    Attributes:
        verdict: "true" and "false": recomputed. "undecided": not understood, or a value is missing. "defined": it
            gives a name its value, so there is nothing to compare. "general": it speaks of symbols without values, or
            states a condition.
        reason: why, as a sentence fragment; empty where it is true.
        left, right: both sides as printed, in LaTeX.
        operator: the relation in LaTeX: `=`, `\approx`, `<`, …
        left_value, right_value: both sides recomputed, as text; None where they have no value.
        line, column: where the relation's sign stands, from 1.
        left_exact: the left side's value itself, for programs.
    """

    verdict: Verdict
    reason: str
    left: str
    right: str
    operator: str
    left_value: str | None
    right_value: str | None
    line: int
    column: int
    left_exact: Value | None = None

    def __str__(self) -> str:
        text = f"{self.line}:{self.column}: {self.verdict}: {self.left} {self.operator} {self.right}"
        return f"{text} ({self.reason})" if self.reason else text


@dataclass(frozen=True, slots=True)
class Statement:
    """What a chain says that a name is worth.

    Attributes:
        name: its canonical LaTeX; "" for a computation whose result has no name.
        spelled: the name as it is printed.
        value: the chain's end.
        printed: the end, as it is printed.
        printed_value: the end with every printed number taken as exact.
        literal: whether the end is a printed number or an array of them.
        names, numbers: the symbols, and the numbers without their signs, that the chain computes with.
        summands: those of the symbols that are a term of a sum by themselves, as the bias is.
        line, column: of the chain's first relation, from 1.
    """

    name: str
    spelled: str
    value: Value
    printed: str
    printed_value: Value
    literal: bool
    names: frozenset[str]
    summands: frozenset[str]
    numbers: frozenset[Fraction]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Stray:
    """A number that stands alone, as in "a value of $0.2789$", and its place."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Report:
    """Every relation of a text with its verdict.

    Attributes:
        relations: in the order of the text.
        strays: numbers that stand alone and repeat no number printed before them; strict reading only. Constants that
            an author typed are among them; those with three decimals and two digits or more are computed ones, and so
            also count as false relations, with an empty operator.
        names: the values of the names at the end, by their canonical LaTeX; `read(..., known=…)` takes them.
        statements: what each chain says that its names are worth, in the order of the text.
    """

    relations: tuple[Relation, ...]
    strays: tuple[Stray, ...]
    names: Mapping[str, Value]
    statements: tuple[Statement, ...] = ()

    def with_verdict(self, verdict: Verdict) -> tuple[Relation, ...]:
        return tuple(relation for relation in self.relations if relation.verdict == verdict)

    @property
    def true(self) -> tuple[Relation, ...]:
        return self.with_verdict("true")

    @property
    def false(self) -> tuple[Relation, ...]:
        return self.with_verdict("false")

    @property
    def undecided(self) -> tuple[Relation, ...]:
        return self.with_verdict("undecided")

    @property
    def decided_share(self) -> float:
        """The share of true and false relations among true, false and undecided ones; 1 if there are none."""
        decided = len(self.true) + len(self.false)
        claims = decided + len(self.undecided)
        return decided / claims if claims else 1.0
