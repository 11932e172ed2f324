"""The dialogue: what is asked, what is said to each answer, and what is kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from questions import question

from quizgen.bank.question import Question
from quizgen.exercise import Exercise
from quizgen.grade import GradedExercise
from quizgen.practice import session
from quizgen.practice.schedule import AGAIN, GOOD, HARD, Schedule
from quizgen.practice.session import Session
from quizgen.practice.store import Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MORE = "mistakes:\n  - wrong: y = a\n    says: Twice as much is asked for."


class Learner:
    """Types what was written down beforehand, and hears what is told."""

    def __init__(self, *lines: str | type[BaseException]) -> None:
        self.lines = list(lines)
        self.prompts: list[str] = []
        self.heard: list[str] = []

    def ask(self, prompt: str) -> str:
        self.prompts.append(prompt)
        if not self.lines:
            raise EOFError
        line = self.lines.pop(0)
        if isinstance(line, str):
            return line
        raise line

    @property
    def text(self) -> str:
        return "\n".join(self.heard)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "p")) as opened:
        yield opened


def doubling(name: str = "test/double") -> Question:
    """Twice a number; the text has a hint."""
    return question(name, given="a = number(3, 3)", more=MORE, solution="<< y.steps >>\n\n## Hint\nAdd it to itself.")


def practise(store: Store, learner: Learner, *questions: Question, most: int | None = None) -> Learner:
    Session(store, Schedule(store), learner.ask, learner.heard.append, now=lambda: NOW).run(questions, most)
    return learner


def kept(store: Store) -> list[tuple[str, int, int, float]]:
    return [(review.question, review.variant, review.rating, review.share) for review in store.reviews()]


def test_a_right_answer_is_kept_and_asked_again_on_another_day(store: Store) -> None:
    learner = practise(store, Learner("6"), doubling())
    assert kept(store) == [("test/double", 0, GOOD, 1.0)]
    assert store.due()["test/double"] > NOW + timedelta(hours=20)
    assert "✓ right" in learner.text
    assert "Asked again in" in learner.text


def test_a_known_mistake_is_explained_and_may_be_mended(store: Store) -> None:
    learner = practise(store, Learner("3", "6"), doubling())
    assert "Twice as much is asked for." in learner.text
    assert kept(store)[0] == ("test/double", 0, HARD, 0.0)


def test_what_went_wrong_comes_again_with_other_numbers_after_others(store: Store) -> None:
    learner = practise(
        store, Learner("1", "solution", "6", "6", "6"), doubling(), doubling("test/second"), doubling("test/third")
    )
    assert [(name, variant) for name, variant, *_ in kept(store)] == [
        ("test/double", 0), ("test/second", 0), ("test/third", 0), ("test/double", 1),
    ]  # fmt: skip
    assert kept(store)[0][2] == AGAIN
    assert "Solution" in learner.text


def test_a_hint_is_told_when_it_is_asked_for_and_then_the_answer_counts_less(store: Store) -> None:
    learner = practise(store, Learner("hint", "hint", "6"), doubling())
    assert "Hint: Add it to itself." in learner.text
    assert "There is no further hint." in learner.text
    assert kept(store) == [("test/double", 0, HARD, 1.0)]


def test_what_cannot_be_read_is_asked_again_and_costs_nothing(store: Store) -> None:
    learner = practise(store, Learner("six", "", "__import__('os')", "6"), doubling())
    assert kept(store) == [("test/double", 0, GOOD, 1.0)]
    assert len(learner.prompts) == 4


def test_what_is_typed_is_quoted_as_it_is_and_never_read_as_markdown(store: Store) -> None:
    learner = practise(store, Learner("<script>", "$x", "![a](b)", "6"), doubling())
    assert "Found 'script'" in learner.text or "'<' has no meaning in '<script>'" in learner.text
    assert kept(store) == [("test/double", 0, GOOD, 1.0)]


@pytest.mark.parametrize(
    "typed", ["<b>", "![x](y)", "<script>alert(1)</script>", "|a|\n|-|", "\x1b[31m", "\u202e6", "^" * 3_000]
)
def test_nothing_that_is_typed_ends_the_session_or_reaches_the_terminal_raw(store: Store, typed: str) -> None:
    learner = practise(store, Learner(typed, "6"), doubling())
    assert kept(store) == [("test/double", 0, GOOD, 1.0)]
    assert not {c for c in learner.text if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"}


def test_a_verdict_that_is_no_markdown_is_said_as_it_stands(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verdict may quote what was typed; whatever it quotes, the session goes on."""
    says = "This follows from your <b>![x](y)\u202e, which is off."
    real = session.grade

    def graded(*arguments: object, **named: object) -> GradedExercise:
        found = real(*arguments, **named)  # type: ignore[arg-type]
        results = {k: replace(r, graded=replace(r.graded, says=says)) for k, r in found.results.items()}
        return replace(found, results=results)

    monkeypatch.setattr(session, "grade", graded)
    learner = practise(store, Learner("6"), doubling())
    assert "This follows from your <b>![x](y)\ufffd, which is off." in learner.text
    assert kept(store) == [("test/double", 0, GOOD, 1.0)]


def test_the_prompt_is_harmless(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Question.draw

    def drawn(self: Question, **named: Any) -> Exercise:
        exercise = real(self, **named)
        answers = tuple(replace(answer, symbol="y\u202e", format="\x1b[31mred") for answer in exercise.answers)
        return replace(exercise, answers=answers)

    monkeypatch.setattr(Question, "draw", drawn)
    learner = practise(store, Learner("6"), doubling())
    assert learner.prompts == ["y\ufffd (\ufffd[31mred): "]


@pytest.mark.parametrize("leaving", ["quit", EOFError, KeyboardInterrupt])
def test_leaving_keeps_what_was_answered_and_nothing_else(store: Store, leaving: str | type[BaseException]) -> None:
    practise(store, Learner("6", leaving), doubling(), doubling("test/second"))
    assert kept(store) == [("test/double", 0, GOOD, 1.0)]


def test_leaving_after_a_wrong_try_keeps_that_it_was_wrong(store: Store) -> None:
    practise(store, Learner("1", "quit"), doubling())
    assert kept(store) == [("test/double", 0, AGAIN, 0.0)]


def test_what_is_skipped_is_not_kept(store: Store) -> None:
    practise(store, Learner("skip", "6"), doubling(), doubling("test/second"))
    assert [name for name, *_ in kept(store)] == ["test/second"]


def test_it_stops_after_as_many_as_were_asked_for(store: Store) -> None:
    learner = practise(store, Learner("6", "6"), doubling(), doubling("test/second"), most=1)
    assert len(learner.prompts) == 1


def test_each_of_several_answers_has_its_verdict_and_a_slip_carried_on_is_not_punished(store: Store) -> None:
    made = question(given="a = number(3, 3)", work="y = 2 * a\nz = y + 1", truth="y = 2 * a\nz = 2 * a + 1",
                    ask="y: exact\nz: exact", text="<< a >>: << y.symbol >>, << z.symbol >>?",
                    solution="<< y.steps >>\n<< z.steps >>")  # fmt: skip
    learner = practise(store, Learner("5", "6", "6", "7"), made)
    assert "consistent with an earlier slip" in learner.text
    # Once the slip is mended, what followed from it has to be mended too.
    assert not learner.lines
    assert kept(store) == [("test/question", 0, HARD, kept(store)[0][3])]
    assert 0.5 <= kept(store)[0][3] < 1


def test_a_question_that_cannot_be_drawn_is_left_out(store: Store) -> None:
    impossible = question("test/impossible", more=f"reject: |\n  a < 9\n{MORE}")
    learner = practise(store, Learner("6"), impossible, doubling())
    assert "Left out: test/impossible" in learner.text
    assert [name for name, *_ in kept(store)] == ["test/double"]
