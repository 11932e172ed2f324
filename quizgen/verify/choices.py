"""Checks of choices: right letters are spread evenly, and no line stands there twice."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator

from quizgen.verify.subject import Subject
from quizgen.verify.verdict import Fault, Verdict

#: A fair shuffle is further from even than this once in about a million questions.
_SIGMAS = 5.0


def spread(subject: Subject, verdict: Verdict) -> Iterator[Fault]:  # noqa: ARG001 - all checks have one signature
    """Whoever always ticks the same letter gains nothing."""
    right: Counter[str] = Counter()
    fair: defaultdict[str, float] = defaultdict(float)
    variance: defaultdict[str, float] = defaultdict(float)
    for exercise in subject.exercises:
        for answer in exercise.answers:
            if answer.kind == "choice":
                right.update(str(answer.value))
                share = len(str(answer.value)) / len(answer.choices)
                for choice in answer.choices:
                    fair[choice.letter] += share
                    variance[choice.letter] += share * (1 - share)
    for letter, expected in fair.items():
        if abs(right[letter] - expected) > _SIGMAS * math.sqrt(variance[letter]):
            message = f"{letter} is right {right[letter]} times in {len(subject.exercises)}, {expected:.0f} are fair"
            yield Fault("letters", f"{subject.question.source.path}: {message}")


def different(subject: Subject, verdict: Verdict) -> Iterator[Fault]:  # noqa: ARG001
    """No two lines of a choice say the same, and one at least is right and one wrong."""
    for exercise in subject.exercises:
        for answer in exercise.answers:
            texts = Counter(str(choice.text) for choice in answer.choices)
            for text, times in texts.items():
                if times > 1:
                    yield Fault("choices", f"the line '{text}' stands there {times} times", exercise.variant)
            right = sum(choice.right for choice in answer.choices)
            if answer.kind == "choice" and not 0 < right < len(answer.choices):
                yield Fault("choices", f"{right} of {len(answer.choices)} lines are right", exercise.variant)
