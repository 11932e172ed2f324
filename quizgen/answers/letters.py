"""Letters of lines, as people write them: `B`, `b)`, `(B)`, `B, D`, `BD`, `B and D`, or the text of the line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizgen.answers.clean import Unreadable, cleaned, shortened
from quizgen.exercise import Choice

_JOINTS = re.compile(r"[,;&+/|>\n→⇒]|[-=]>|<|\band\b|\bthen\b|\bund\b|(?<=\w)\s*[-–—]\s*(?=\w)")
_AROUND = " \t\n.)(:[]{}*$\"'"
_LABEL = re.compile(r"\s*(?:the\s+)?(?:answers?|choices?|options?|order)\b(?:\s+(?:is|are)\b|\s*[:=])?", re.IGNORECASE)
_NUMBERED = re.compile(r"(?<!\w)\d{1,2}[.):]\s+")


def letters(text: str, choices: Sequence[Choice]) -> str:
    """The letters that a text names, in its order, each at most once.

    Raises:
        Unreadable: if there is something else in it, or a letter twice.
    """
    text = cleaned(text)
    whole = _line(text, choices)
    if whole:
        return whole
    known = [choice.letter for choice in choices]
    found: list[str] = []
    label = _LABEL.match(text)
    for piece in _JOINTS.split(_NUMBERED.sub(" ", text[label.end() :] if label else text)):
        if piece.strip(_AROUND):
            found += _line(piece, choices) or _run(piece, known)
    twice = [letter for letter in known if found.count(letter) > 1]
    if twice:
        raise Unreadable(f"found {' and '.join(twice)} more than once")
    return "".join(found)


def _line(piece: str, choices: Sequence[Choice]) -> str:
    """The letter of the line that says just this, with its letter before it or not; "" if none or several do."""
    wanted = _folded(piece)
    found = [
        choice.letter
        for choice in choices
        if wanted in [_folded(f"{before}{choice.text}") for before in ("", *(choice.letter + mark for mark in ").:"))]
    ]
    return found[0] if len(found) == 1 and wanted else ""


def _folded(text: str) -> str:
    """A line without what is easily left out: dollars, spaces, the case, the full stop."""
    return re.sub(r"[\s$]|\{,\}", "", text).rstrip(".").casefold()


def _run(piece: str, known: Sequence[str]) -> list[str]:
    """Letters side by side, with nothing but brackets and points between them."""
    bare = [character.upper() for character in piece if character not in _AROUND]
    for character in bare:
        if character not in known:
            raise Unreadable(f"found {shortened(piece)}, but the lines have the letters {known[0]} to {known[-1]}")
    return bare
