"""The texts that decisions come to, in conditions: a misspelt one is an error, not a condition that never holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from quizgen.errors import did_you_mean
from quizgen.formula.steps import Outcome


class OutcomeText(str):
    """A text that knows what else it could have been.

    Raises:
        ValueError: when it is compared with a text that it can never be.
    """

    __slots__ = ("_known", "_name")
    _name: str
    _known: tuple[str, ...]

    @classmethod
    def of(cls, outcome: Outcome, place: int) -> OutcomeText:
        """What `outcome` comes to when its decision falls on `place`."""
        self = cls(outcome.texts[place])
        self._name, self._known = outcome.name, tuple(dict.fromkeys(outcome.texts))
        return self

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str) and str(other) not in self._known:
            known = ", ".join(map(repr, self._known))
            hint = did_you_mean(other, self._known)
            raise ValueError(f"'{self._name}' is never '{other}'{hint or ';'} known: {known}")
        return str.__eq__(self, other) if isinstance(other, str) else False

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


def combinations(outcomes: Sequence[Outcome]) -> Iterator[tuple[tuple[int, ...], Mapping[str, Any]]]:
    """All ways in which the decisions can fall: the places, and the texts by name."""
    for places in product(*(range(len(outcome.texts)) for outcome in outcomes)):
        named = zip(outcomes, places, strict=True)
        yield places, {outcome.name: OutcomeText.of(outcome, place) for outcome, place in named}
