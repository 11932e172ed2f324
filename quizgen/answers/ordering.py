"""All letters in the right order: `CABD`, `C A B D`, `C, A, B, D`, `C > A > B > D`, `C-A-B-D`, or the lines."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.answers.clean import Unreadable
from quizgen.answers.kind import Reading, Samples, expecting
from quizgen.answers.letters import letters
from quizgen.answers.verdict import Graded, Verdict, graded
from quizgen.errors import counted
from quizgen.exercise import Answer, Value


def read(text: str, answer: Answer) -> Sequence[Reading[str]]:
    known = [choice.letter for choice in answer.choices]
    with expecting(
        f"each of the letters {known[0]} to {known[-1]} once, the first one first, such as {', '.join(known)}"
    ):
        found = letters(text, answer.choices)
        missing = [letter for letter in known if letter not in found]
        if missing:
            are = "is" if len(missing) == 1 else "are"
            raise Unreadable(f"{' and '.join(missing)} {are} missing")
        return [Reading(found)]


def judge(content: str, answer: Answer) -> Graded:
    right = str(answer.value)
    if content == right:
        return graded(Verdict.RIGHT, "", content)
    for mistake in answer.mistakes:
        if content == mistake.value:
            return graded(Verdict.MISTAKE, str(mistake.says), content)
    if content == right[::-1]:
        return graded(Verdict.ORDER, "This is the order from last to first.", content)
    first = next(k for k, (a, b) in enumerate(zip(content, right, strict=True)) if a != b)
    return graded(Verdict.WRONG, f"The first {counted(first, 'place')} are right." if first > 1 else "", content)


def plain(content: str) -> Value:
    return content


def samples(answer: Answer) -> Samples:
    right = str(answer.value)
    marks = ("", ", ", " ", " > ", "-", " -> ", "; ", "\n", " → ")
    texts = [mark.join(right) for mark in marks]
    texts += [right.lower(), ", ".join(f"{letter})" for letter in right), f"[{', '.join(right)}]"]
    texts.append(", ".join(f"{place}. {letter}" for place, letter in enumerate(right, 1)))
    return Samples(
        right=tuple(texts),
        wrong=(right[::-1], right[1:] + right[0], right[:-2] + right[-1] + right[-2]),
        malformed=(right[:-1], right + right[0], "first", "?", right + "Z", "1, 2, 3"),
        mistaken=tuple(str(mistake.value) for mistake in answer.mistakes),
    )
