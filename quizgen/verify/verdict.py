"""What verifying a question came to."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that must not be.

    Attributes:
        check: which check found it.
        message: what is wrong, with file and line where they are known.
        variant: one that shows it; None if the question as a whole is at fault.
        times: how many variants show it.
    """

    check: str
    message: str
    variant: int | None = None
    times: int = 1


@dataclass(slots=True)
class Verdict:
    """What was measured on a question, and its faults.

    Attributes:
        variants: how many were drawn; fewer than asked for where some could not be.
        forms: how many the question has.
        distinct: how many of the drawn variants differ in what they say.
        kept: the share of draws that are fair.
        relations, decided, false: printed relations that were proof-read, how many the reader could decide, and how
            many of them are false.
        changed, caught: solutions in which one displayed number was changed, and how many of these the reader found.
        graded: answers, right, wrong and malformed, that were graded.
        microseconds: of processor time for a variant, drawn and written, without the core's confirmation.
    """

    id: str
    seed: int
    variants: int = 0
    forms: int = 0
    distinct: int = 0
    kept: float = 0.0
    relations: int = 0
    decided: int = 0
    false: int = 0
    changed: int = 0
    caught: int = 0
    graded: int = 0
    microseconds: float = 0.0
    faults: list[Fault] = field(default_factory=list)

    def reproduce(self, fault: Fault) -> str:
        """The command that shows a fault."""
        variant = "" if fault.variant is None else f" --variant {fault.variant}"
        return f"quizgen show {self.id} --seed {self.seed}{variant}"


def told_once(faults: Iterable[tuple[Hashable, Fault]]) -> list[Fault]:
    """Of the faults under one key the first, which stands for all: one fault that many variants show."""
    found: dict[Hashable, Fault] = {}
    for key, fault in faults:
        first = found.get(key)
        found[key] = fault if first is None else replace(first, times=first.times + fault.times)
    return list(found.values())
