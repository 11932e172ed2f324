"""What the proof reader says when it cannot read on."""

from __future__ import annotations

from quizgen.errors import QuizgenError
from quizgen.proof.spelling import shortly


class ProofError(QuizgenError):
    """A text, or a known value, that the proof reader refuses as a whole."""


class NotUnderstood(ProofError):  # noqa: N818  a verdict's reason, not a failure of the program
    """One piece of mathematics that has no certain meaning; its text becomes the reason of an undecided relation."""


class UnknownName(NotUnderstood):
    """A symbol without a printed value, such as the `z` of a general formula."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no value of {shortly(name)} is printed before this place")
        self.name = name
