"""One letter, or all that apply: `B`, `b)`, `B, D`, `BD`, `B and D`, or the text of the line."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.answers.asked import Asked
from quizgen.answers.clean import Unreadable, cleaned
from quizgen.answers.kind import Reading, Samples, expecting
from quizgen.answers.letters import letters
from quizgen.answers.verdict import Graded, Verdict, graded
from quizgen.exercise import Answer, Value

_NONE = ("none", "none of them", "none of these", "none of the above", "nothing", "-", "–", "—")


def read(text: str, answer: Answer) -> Sequence[Reading[str]]:
    with expecting(_expected(answer)):
        if not _one(answer) and cleaned(text).rstrip(".").casefold() in _NONE:
            return [Reading("")]
        found = "".join(sorted(letters(text, answer.choices)))
        if not found:
            raise Unreadable("found no letter")
        if _one(answer) and len(found) > 1:
            raise Unreadable(f"found {' and '.join(found)}, but one letter is asked for")
        return [Reading(found)]


def judge(content: str, answer: Answer) -> Graded:
    right = {choice.letter for choice in answer.choices if choice.right}
    if set(content) == right:
        return graded(Verdict.RIGHT, "", content)
    for mistake in answer.mistakes:
        if set(content) == set(str(mistake.value)):
            return graded(Verdict.MISTAKE, str(mistake.says), content)
    reasons = [
        f"{choice.letter} is wrong: {choice.says}" if choice.says else f"{choice.letter} is wrong."
        for choice in answer.choices
        if choice.letter in content and not choice.right
    ]
    missing = len(right - set(content))
    if missing and not _one(answer):
        reasons.append("One that applies is missing." if missing == 1 else f"{missing} that apply are missing.")
    return graded(Verdict.WRONG, " ".join(reasons), content)


def plain(content: str) -> Value:
    return content


def samples(answer: Answer) -> Samples:
    right = "".join(choice.letter for choice in answer.choices if choice.right)
    known = [choice.letter for choice in answer.choices]
    texts = [right, right.lower(), f" {right}. ", *(f"{mark.join(right)}" for mark in (", ", " and ", " ", "; ", ","))]
    texts += [", ".join(f"({letter})" for letter in right), ", ".join(f"{letter.lower()})" for letter in right)]
    texts += [str(choice.text) for choice in answer.choices if [choice.letter] == list(right)]
    texts = texts if right else ["none"]
    if _one(answer):
        wrong = [letter for letter in known if letter != right]
    else:
        wrong = [right.replace(right[0], "", 1) or "none", right[::-1] + left] if (left := _left(known, right)) else []
        wrong += [left] if left else [right[1:] or "none"]
    beyond = chr(ord(known[-1]) + 1)
    malformed = (
        beyond,
        f"{known[0]}{known[0]}",
        "no idea",
        "?",
        "\u202eA",
        *((", ".join(known),) if _one(answer) else ()),
    )
    mistaken = tuple(str(mistake.value) for mistake in answer.mistakes)
    return Samples(tuple(dict.fromkeys(texts)), tuple(dict.fromkeys(wrong)), malformed, mistaken)


def _left(known: Sequence[str], right: str) -> str:
    return "".join(letter for letter in known if letter not in right)


def _one(answer: Answer) -> bool:
    """Whether exactly one line is to be ticked; the wording of the question says so."""
    return answer.format == Asked(word="choice").phrase()


def _expected(answer: Answer) -> str:
    known = [choice.letter for choice in answer.choices]
    if _one(answer):
        return f"one letter, {known[0]} to {known[-1]}"
    return f"the letters of all lines that apply, such as {', '.join(known[:2])}, or none"
