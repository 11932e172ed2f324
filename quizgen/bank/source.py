"""A question as its file has it: everything parsed and checked, nothing compiled yet."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

from quizgen.answers.asked import Asked
from quizgen.bank.images import FigureSource
from quizgen.bank.yaml_nodes import Located, Scalar
from quizgen.formula.steps import Carry


@dataclass(frozen=True)
class MistakeSource:
    """A mistake: the lines of `work` that it replaces, what it says, and for which forms it makes sense."""

    wrong: Sequence[ast.stmt]
    says: Located
    when: ast.expr | None


@dataclass(frozen=True)
class ChoiceSource:
    """A line to tick, the condition under which it is right (None in an ordering), and what it says."""

    text: Located
    right: ast.expr | None
    says: Located | None


@dataclass
class QuestionSource:
    """Everything a question file says, parsed but not yet compiled."""

    path: str
    title: str = ""
    level: int = 1
    points: int = 0
    minutes: int | None = None
    vary: dict[str, list[Scalar]] = field(default_factory=dict)
    given: Sequence[ast.stmt] = ()
    work: Sequence[ast.stmt] = ()
    reject: Sequence[ast.expr] = ()
    truth: Sequence[ast.stmt] = ()
    ask: dict[str, Asked] = field(default_factory=dict)
    accept: Sequence[ast.expr] = ()
    carry: Carry = field(default_factory=Carry)
    mistakes: list[MistakeSource] = field(default_factory=list)
    choices: list[ChoiceSource] = field(default_factory=list)
    figures: dict[str, FigureSource] = field(default_factory=dict)
    symbols: dict[str, str] = field(default_factory=dict)
    conventions: list[Located] = field(default_factory=list)
    covers: list[str] = field(default_factory=list)
    fewer: str = ""
    question: Located = field(default_factory=lambda: Located("", 1))
    hints: list[Located] = field(default_factory=list)
    solution: Located = field(default_factory=lambda: Located("", 1))
    lines: dict[str, int] = field(default_factory=dict)
