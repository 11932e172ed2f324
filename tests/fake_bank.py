"""A bank of hand-made questions: what exams and codes need of one, without any file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quizgen.errors import UsageError
from quizgen.exercise import Exercise
from quizgen.text import plain


@dataclass(frozen=True)
class FakeQuestion:
    id: str
    level: int = 1
    forms: int = 1

    @property
    def topic(self) -> str:
        return self.id.rpartition("/")[0]

    def draw(self, *, seed: int, variant: int, confirmed: bool = True) -> Exercise:  # noqa: ARG002 - by no core
        return Exercise(
            id=self.id,
            seed=seed,
            variant=variant,
            title=self.id,
            topic=self.topic,
            level=self.level,
            points=self.level,
            minutes=1.0,
            conventions=(),
            form={"k": variant % self.forms},
            given={"x": variant},
            work={},
            question=plain(f"{self.id} {seed} {variant}"),
            hints=(),
            solution=plain(""),
            answers=(),
        )


class FakeBank:
    def __init__(self, questions: Mapping[str, FakeQuestion], fingerprint: int = 0xABCDEF) -> None:
        self.questions = dict(sorted(questions.items()))
        self.topics = tuple(sorted({question.topic for question in questions.values()}))
        self.fingerprint = fingerprint

    def __getitem__(self, name: str) -> FakeQuestion:
        if name not in self.questions:
            raise UsageError(f"unknown question {name!r}")
        return self.questions[name]


def fake_bank(sizes: Mapping[str, int], fingerprint: int = 0xABCDEF) -> FakeBank:
    """So many questions on each topic, of levels 1, 2, 3 in turn and of one to four forms."""
    questions = [
        FakeQuestion(f"{topic}/q{k:02}", level=k % 3 + 1, forms=k % 4 + 1)
        for topic, size in sizes.items()
        for k in range(size)
    ]
    return FakeBank({question.id: question for question in questions}, fingerprint)
