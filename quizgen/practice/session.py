"""The dialogue: a question, the answers, what to say to them, and what comes next."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from quizgen.answers.verdict import Graded, Verdict
from quizgen.errors import BankError, DrawError
from quizgen.exercise import Answer, Exercise
from quizgen.export.harmless import harmless
from quizgen.export.terminal import formula, show, show_solution, text_or_verbatim, verbatim
from quizgen.grade import grade
from quizgen.practice.schedule import AGAIN, Schedule, rating
from quizgen.practice.store import Review, Store

if TYPE_CHECKING:
    from quizgen.bank import Question
    from quizgen.grade import GradedExercise

#: What can be typed in place of an answer.
WORDS: Mapping[str, str] = {
    "hint": "the next hint",
    "solution": "give up and read the solution",
    "skip": "ask something else",
    "quit": "leave; everything answered so far is kept",
}

#: So many other questions come before a fresh variant of one that went wrong.
_APART = 2


class _LeftError(Exception):
    """The learner wants to leave."""


class _SkippedError(Exception):
    """The learner wants another question."""


@dataclass
class Session:
    """A sitting.

    Attributes:
        ask: shows a prompt and returns what was typed; raises EOFError or KeyboardInterrupt where the learner leaves.
        tell: shows a text.
        columns: how wide the terminal is.
    """

    store: Store
    schedule: Schedule
    ask: Callable[[str], str]
    tell: Callable[[str], None]
    columns: int = 80
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    shares: list[float] = field(default_factory=list)

    def run(self, questions: Iterable[Question], most: int | None = None) -> None:
        """Asks until nothing is left to ask, until `most` exercises are answered, or until the learner leaves."""
        waiting = deque(self.schedule.order(questions, self.now()))
        try:
            while waiting and (most is None or len(self.shares) < most):
                question = waiting.popleft()
                try:
                    right = self._exercise(question)
                except _SkippedError:
                    continue
                except (BankError, DrawError) as error:  # one question at fault is no reason to stop
                    self.tell(f"Left out: {error}\n")
                    continue
                if not right:
                    waiting.insert(_APART, question)
        except (_LeftError, EOFError, KeyboardInterrupt):
            self.tell("")

    def _exercise(self, question: Question) -> bool:
        """Asks one exercise and notes how it went; whether it went right in the end."""
        variant = self.store.next_variant(question.id)
        exercise = question.draw(seed=self.store.seed, variant=variant)
        self.tell(show(exercise, columns=self.columns, solution=False))
        attempt = _Attempt(self, question, exercise)
        try:
            right = attempt.run()
        finally:
            # Whoever leaves after a first try has answered; whoever leaves before it has not.
            if attempt.shares:
                self._note(question, variant, attempt)
        return right

    def _note(self, question: Question, variant: int, attempt: _Attempt) -> None:
        at = self.now()
        rated = rating(attempt.shares, helped=attempt.hints_told > 0)
        card, due = self.schedule.rated(question.id, rated, at)
        self.store.record(Review(at, question.id, variant, rated, attempt.shares[0]), card, due)
        self.shares.append(attempt.shares[0])
        if rated != AGAIN:
            days = max((due - at).days, 1)
            self.tell(f"Asked again in {days} day{'s' if days > 1 else ''}.\n")


class _Attempt:
    """One exercise, from its first prompt to its solution."""

    def __init__(self, session: Session, question: Question, exercise: Exercise) -> None:
        self.session = session
        self.question = question
        self.exercise = exercise
        self.shares: list[float] = []
        self.hints_told = 0

    def run(self) -> bool:
        """Whether the last try was right."""
        typed: dict[str, str] = {}
        open_ = list(self.exercise.answers)
        while open_:
            for answer in open_:
                line = self._typed(answer)
                if line is None:
                    self.shares.append(0.0)
                    self._solution()
                    return False
                typed[answer.name] = line
            found = self._graded(typed)
            self.shares.append(found.points / found.max_points if found.max_points else 1.0)
            # What followed from a slip is open again once the slip is mended.
            open_ = [answer for answer in self.exercise.answers if found.results[answer.name].graded.points_share < 1]
            self._comment(found, several=len(self.exercise.answers) > 1)
            if open_:
                self.session.tell("Try again, or type: hint, solution, skip, quit.\n")
        return len(self.shares) == 1

    def _typed(self, answer: Answer) -> str | None:
        """A readable answer; None where the learner gives up."""
        while True:
            line = self.session.ask(harmless(f"{_label(answer)} ({answer.format}): ")).strip()
            word = line.lower()
            if word == "quit":
                raise _LeftError
            if word == "skip":
                raise _SkippedError
            if word == "solution":
                return None
            if word == "hint":
                self._hint()
            elif line:
                graded = self._graded({answer.name: line}).results[answer.name].graded
                if graded.verdict is not Verdict.UNREADABLE:
                    return line
                # Plain text: it quotes what was typed, which is no Markdown.
                self.session.tell(verbatim(graded.says, columns=self.session.columns) + "\n")

    def _graded(self, typed: Mapping[str, str]) -> GradedExercise:
        replay = self.question.replay(seed=self.exercise.seed, variant=self.exercise.variant)
        return grade(self.exercise, dict(typed), recomputation=replay)

    def _comment(self, found: GradedExercise, *, several: bool) -> None:
        for answer in self.exercise.answers:
            self._verdict(answer, found.results[answer.name].graded, several=several)

    def _verdict(self, answer: Answer, graded: Graded, *, several: bool) -> None:
        mark = "✓" if graded.points_share == 1 else "✗"
        name = f"{_label(answer)}: " if several else ""
        self._say(f"{mark} {name}{graded.verdict}. {graded.says}")

    def _hint(self) -> None:
        hints = self.exercise.hints
        if self.hints_told < len(hints):
            self._say(f"Hint: {hints[self.hints_told]}")
            self.hints_told += 1
        else:
            self._say("There is no further hint." if hints else "This question has no hint.")

    def _solution(self) -> None:
        self.session.tell(show_solution(self.exercise, columns=self.session.columns) + "\n")

    def _say(self, markdown: str) -> None:
        self.session.tell(text_or_verbatim(markdown, columns=self.session.columns) + "\n")


def _label(answer: Answer) -> str:
    return formula(answer.symbol, display=False)[0] if answer.symbol else answer.name
