"""Checks of everything that someone reads: nothing ugly, and no hint that tells the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgen.exercise import Exercise
from quizgen.verify.subject import Subject, numbers, numeric
from quizgen.verify.verdict import Fault, Verdict

#: What no reader should ever see, and why it could come.
UGLY: dict[str, re.Pattern[str]] = {
    what: re.compile(pattern)
    for what, pattern in {
        "not a number": r"\bnan\b|\binf\b",
        "minus zero": r"-\s?0(?:\.0+)?(?![.\d])",
        "an exponent as computers write it": r"\d[eE][-+]?\d",
        "float noise": r"\d\.\d{13,}",
        "two signs in a row": r"[-+] [-+]|\+-|\\(?:cdot|times) ?-",
        "a template that was not filled": r"<<|>>|<%|%>|<#|\bUndefined\b",
        "a Python value": r"\bNone\b(?! of)|\bTrue\b|\bFalse\b|\barray\(",
        "a hole that was not filled": "[\ue000-\uf8ff\U000f0000-\U0010ffff]",
        "two full stops": r"(?<!\.)\.\.(?!\.)",
    }.items()
}

#: The target of an image is a file's name, not a text.
_TARGET = re.compile(r"\]\([^)\s]*\)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def nothing_ugly(subject: Subject, verdict: Verdict) -> Iterator[Fault]:  # noqa: ARG001 - all checks have one signature
    """No text shows what only a computer would write."""
    for exercise in subject.exercises:
        for text in _texts(exercise):
            shown = _TARGET.sub("]()", text)
            for what, pattern in UGLY.items():
                match = pattern.search(shown)
                if match is not None:
                    around = shown[max(0, match.start() - 30) : match.end() + 30].replace("\n", " ")
                    yield Fault("text", f"{what}: …{around}…", exercise.variant)


def hints_do_not_tell(subject: Subject, verdict: Verdict) -> Iterator[Fault]:  # noqa: ARG001
    """A number that a hint says and the question does not is a constant of the matter, never the answer."""
    for exercise in subject.exercises:
        known = _numbers(str(exercise.question))
        answers = {f"{value:.15g}" for answer in numeric(exercise) for value in numbers(answer.value)}
        for hint in exercise.hints:
            told = {number for number in _numbers(str(hint)) - known if len(number) > 1} & answers
            if told:
                yield Fault("hint", f"tells the answer {', '.join(sorted(told))}", exercise.variant)


def _texts(exercise: Exercise) -> Iterator[str]:
    """Everything about an exercise that someone reads."""
    yield from map(str, (exercise.question, *exercise.hints, exercise.solution, *exercise.conventions))
    for answer in exercise.answers:
        yield from (str(mistake.says) for mistake in answer.mistakes)
        for choice in answer.choices:
            yield str(choice.text)
            yield str(choice.says or "")


def _numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(text.replace("{,}", "")))
