"""A student's solution: the first line that is wrong, what was done there, and which later lines only follow from it.

A line is wrong if a relation in it is false, or if it says of a symbol what the exercise does not. A line of the
second kind is consistent in itself: it follows from an earlier wrong line if it uses what that line came to, else it
is a slip of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from quizgen.proof.known import EXACT, Known, Slack, Truth, coarser, mistaken, near
from quizgen.proof.reader import Reader, printed_in
from quizgen.proof.report import Relation, Report, Statement
from quizgen.proof.rounding import is_whole_of
from quizgen.proof.slips import exchanged, slip
from quizgen.proof.spelling import shortly
from quizgen.proof.values import Array, Value, is_exact, show


@dataclass(frozen=True, slots=True)
class Fault:
    """A wrong line.

    Attributes:
        line, column: its place, from 1.
        printed: what is wrong, as it was written.
        found, expected: what it comes to, and what it should come to, as text; empty where that is not known.
        says: what was done, as far as it is recognised; "" otherwise.
        known: whether `says` is an explanation that the exercise has for this mistake.
        follows: the line from which it follows; None for a slip of its own.
    """

    line: int
    column: int
    printed: str
    found: str
    expected: str
    says: str = ""
    known: bool = False
    follows: int | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is wrong in a student's solution; `report` has every relation."""

    report: Report
    faults: tuple[Fault, ...]

    @property
    def first(self) -> Fault | None:
        """The line to mend."""
        return self.faults[0] if self.faults else None


def check(text: str, known: Known | None = None) -> Diagnosis:
    """Reads a student's solution, in LaTeX or typed, kindly.

    Args:
        known: the exercise; None: only what is self-contained is checked.

    Raises:
        ProofError: if the text is longer than `document.LONGEST_TEXT`.
    """
    if known is None:
        report = Reader(text, mode="kind").report()
        return Diagnosis(report, tuple(_of_relation(relation) for relation in report.false))
    truth = Truth(known)
    spellings = {**truth.keys, **{key: key for key in truth.values}}
    reader = Reader(
        text,
        context=known.question,
        values={name: value for name, value in known.given.items() if name in truth.keys},
        mode="kind",
        decimals=known.decimals,
        spellings=spellings,
        right=truth.values,
    )
    return _Examiner(known, truth, reader).diagnosis()


def _of_relation(relation: Relation) -> Fault:
    printed = f"{relation.left} {relation.operator} {relation.right}".strip()
    found = relation.right_value if _is_matrix(relation.right) and relation.right_value else relation.right
    expected = relation.left_value or ""
    return Fault(relation.line, relation.column, printed, found, expected, relation.reason)


class _Examiner:
    """Compares what a student says with what is true."""

    def __init__(self, known: Known, truth: Truth, reader: Reader) -> None:
        self.known = known
        self.truth = truth
        self.report = reader.report()
        self.mistakes = list(mistaken(known, truth))
        self.terms = {key: value for key, value in reader.symbols if key in truth.given or not truth.of(key)}
        self.said = {said.name for said in self.report.statements}
        #: Wrong statements so far, and how far their roundings may have led.
        self.wrong: list[Statement] = []
        self.slack = EXACT
        #: The names and numbers of rounded results: what is computed from them exactly is no more exact than they are.
        self.rounded: set[str | Fraction] = set()

    def diagnosis(self) -> Diagnosis:
        false = {relation.line: relation for relation in reversed(self.report.false)}
        faults: dict[int, Fault] = {}
        for line in sorted({*false, *(said.line for said in self.report.statements)}):
            statements = [said for said in self.report.statements if said.line == line]
            contradictions = [fault for said in statements if (fault := self._contradiction(said)) is not None]
            if line in false:
                faults[line] = self._false(false[line], contradictions)
            elif contradictions:
                own = [fault for fault in contradictions if fault.follows is None]
                faults[line] = (own or contradictions)[0]
        found = [faults[line] for line in sorted(faults)]
        return Diagnosis(self.report, tuple(self._named_by_the_end(found)))

    def _contradiction(self, said: Statement) -> Fault | None:
        """What is wrong with a statement, or None."""
        right = self.truth.of(said.name)
        if said.printed_value in right:
            return None  # to the last digit, so nothing was rounded more coarsely than in the exercise
        from_rounded = not self.rounded.isdisjoint(said.numbers | said.names)
        slack = EXACT if is_exact(said.value) and not from_rounded else self.slack
        if not right:
            fault = self._nameless(said, slack)
        elif self._is_right(said, right, slack):
            fault = None
        else:
            fault = self._wrong_value(said, right, slack)
        if fault is None:
            self.slack = coarser(self.slack, said.value)
            if from_rounded or not is_exact(said.value):
                self.rounded |= {said.name, *_numbers(said)}
        return fault

    def _wrong_value(self, said: Statement, right: list[Value], slack: Slack) -> Fault:
        """A value of a symbol of the exercise that is none of the right ones."""
        follows = self._source(said)
        self.wrong.append(said)
        fault = replace(_of_statement(said), expected=show(right[-1]), follows=follows)
        if follows is not None:
            return fault
        if says := self._mistake(said, slack):
            return replace(fault, says=says, known=True)
        summands = self.truth.summands.get(said.name, set())
        terms = {shortly(key): value for key, value in self.terms.items() if key in summands}
        steps = [value for key, value in (*self.truth.steps(), *self.report.names.items()) if key != said.name]
        return replace(fault, says=self._put_in(said) or slip(said.value, right, slack, terms, steps))

    def _nameless(self, said: Statement, slack: Slack) -> Fault | None:
        """A result under a name of the student's own: wrong if a known mistake comes to it, and nothing true does."""
        right = [*self.truth.nameless, *(value for values in self.truth.values.values() for value in values)]
        if isinstance(said.value, int) or not said.literal or any(near(said.value, value, slack) for value in right):
            return None
        if (follows := self._source(said)) is not None:
            self.wrong.append(said)
            return replace(_of_statement(said), follows=follows)
        for mistake, values in self.mistakes:
            if any(near(said.value, value, slack) for value in values.values()) and self._is_made(values, said):
                self.wrong.append(said)
                return replace(_of_statement(said), says=mistake.says, known=True)
        return None

    def _false(self, relation: Relation, contradictions: list[Fault]) -> Fault:
        fault = _of_relation(relation)
        for other in contradictions:
            if other.printed == fault.printed and other.expected:
                fault = replace(fault, expected=other.expected)  # the exercise's value, not the student's earlier one
        if says := self._slip_of(relation):
            return replace(fault, says=says)
        for other in contradictions:
            if other.known:
                return replace(fault, says=other.says, known=True)
        return replace(fault, says=next((other.says for other in contradictions if other.says), ""))

    def _slip_of(self, relation: Relation) -> str:
        """A false equality between two numbers: a slip of signs or digits."""
        for said in self.report.statements:
            if said.line == relation.line and relation.left_exact is not None and said.printed == relation.right:
                return slip(said.value, [relation.left_exact], coarser(EXACT, said.value), {}, [])
        return ""

    def _is_right(self, said: Statement, right: list[Value], slack: Slack) -> bool:
        if any(near(said.value, truth, slack) for truth in right):
            return True
        return self._is_renamed(said, slack) or self._is_rounded_later(said, right)

    def _is_renamed(self, said: Statement, slack: Slack) -> bool:
        """Whether it is the value, of two digits at least, of a symbol that the student never names: names differ."""
        if self._mistake(said, slack):
            return False
        digits = sum(character.isdigit() for character in said.printed.lstrip("0.-"))
        return digits > 1 and any(
            near(said.value, value, slack) for key, value in self.truth.steps() if key not in self.said
        )

    def _is_rounded_later(self, said: Statement, right: list[Value]) -> bool:
        """Whether the symbol's next value is this one made a whole number, and right: H = 40.75, so H = 40."""
        later = (other for other in self.report.statements if _place(other) > _place(said) and other.name == said.name)
        after = next(later, None)
        return after is not None and after.printed_value in right and is_whole_of(said.value, after.printed_value)

    def _is_made(self, values: Mapping[str, Value], said: Statement) -> bool:
        """Whether the steps before a statement have a mistake's values, as far as they are written down.

        Args:
            values: what the mistake changes.
        """
        before: dict[str, bool] = {}
        for other in self.report.statements:
            if _place(other) < _place(said) and other.name in values and other.name != said.name:
                fits = near(other.value, values[other.name], self.slack)
                before[other.name] = before.get(other.name, False) or fits
        return all(before.values())

    def _source(self, said: Statement) -> int | None:
        """The line of the last wrong statement that this one uses."""
        for before in reversed(self.wrong):
            if before.line < said.line and (
                (before.name and before.name in said.names) or not said.numbers.isdisjoint(_numbers(before))
            ):
                return before.line
        return None

    def _mistake(self, said: Statement, slack: Slack) -> str:
        """What the known mistake says that comes to this value; the one that explains most of the later lines."""
        fitting = [
            (mistake.says, values)
            for mistake, values in self.mistakes
            if said.name in values and near(said.value, values[said.name], slack) and self._is_made(values, said)
        ]
        best = max(fitting, key=lambda entry: self._explained(entry[1]), default=None)
        return best[0] if best else ""

    def _explained(self, values: dict[str, Value]) -> int:
        return sum(
            said.name in values and near(said.value, values[said.name], self.slack) for said in self.report.statements
        )

    def _put_in(self, said: Statement) -> str:
        """A number of the line with two digits exchanged, where a given one belongs."""
        given = {abs(number) for value in self.terms.values() for number in _exact(value)}
        for number in sorted(said.numbers - given - printed_in(self.known.question)):
            for belongs in given:
                if exchanged(number, belongs):
                    return f"{float(number):g} is put in where {float(belongs):g} belongs: two digits are exchanged."
        return ""

    def _named_by_the_end(self, faults: list[Fault]) -> Iterator[Fault]:
        """The faults; one that was not recognised takes the name of the mistake that the final answers show."""
        named = next((fault for fault in faults if fault.known), None)
        for place, fault in enumerate(faults):
            if place == 0 and not fault.says and named is None and (says := self._of_answers()):
                yield replace(fault, says=says, known=True)
            else:
                yield fault

    def _of_answers(self) -> str:
        last = {said.name: said for said in self.report.statements if said.name}
        for mistake, values in self.mistakes:
            shown = [last[key] for key, value in values.items()
                     if key in last and near(last[key].value, value, self.slack)]  # fmt: skip
            if any(self._is_made(values, said) for said in shown):
                return mistake.says
        return ""


def _of_statement(said: Statement) -> Fault:
    printed = f"{said.spelled} = {said.printed}" if said.spelled else said.printed
    found = show(said.printed_value) if isinstance(said.printed_value, Array) else said.printed
    return Fault(said.line, said.column, printed, found, "")


def _is_matrix(printed: str) -> bool:
    return r"\begin{" in printed or ";" in printed


def _place(said: Statement) -> tuple[int, int]:
    return said.line, said.column


def _numbers(said: Statement) -> set[Fraction]:
    return {abs(number) for number in _exact(said.printed_value)}


def _exact(value: Value) -> list[Fraction]:
    cells = value.cells if isinstance(value, Array) else (value,)
    return [Fraction(cell) for cell in cells if isinstance(cell, int | Fraction)]
