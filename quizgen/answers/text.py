"""A word or two: case, spaces, punctuation and hyphens do not count, and neither does one slip of the pen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from quizgen.answers.clean import Unreadable, cleaned
from quizgen.answers.kind import Reading, Samples, expecting
from quizgen.answers.verdict import Graded, Verdict, graded
from quizgen.exercise import Answer, Value

#: A slip of one letter is passed over in words of at least so many letters.
_LONG_WORD = 6
_LONGEST_TEXT = 200
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


def read(text: str, answer: Answer) -> Sequence[Reading[str]]:
    with expecting(answer.format if answer.format[:1].islower() else "a word or two"):
        found = " ".join(cleaned(text).split())
        if len(found) > _LONGEST_TEXT:
            raise Unreadable(f"found {len(found)} characters")
        if not _folded(found):
            raise Unreadable("found neither letters nor digits")
        return [Reading(found)]


def judge(content: str, answer: Answer) -> Graded:
    right = [_folded(word) for word in (str(answer.value), *answer.synonyms)]
    given = _folded(content)
    if given in right:
        return graded(Verdict.RIGHT, "", content)
    for mistake in answer.mistakes:
        if given == _folded(str(mistake.value)):
            return graded(Verdict.MISTAKE, str(mistake.says), content)
    if any(_one_slip(given, word) for word in right):
        return graded(Verdict.RIGHT, "Mind the spelling.", content)
    return graded(Verdict.WRONG, "", content)


def plain(content: str) -> Value:
    return content


def samples(answer: Answer) -> Samples:
    right: list[str] = []
    for word in (str(answer.value), *answer.synonyms):
        right += [word, word.upper(), word.lower(), f" {word}. ", word.replace(" ", "-"), word.replace("-", " ")]
        right += [f"the {word}", f"“{word}”", word.replace(" ", "  ")]
    return Samples(
        right=tuple(dict.fromkeys(right)),
        wrong=("something else", f"not {answer.value}", f"{answer.value} or not"),
        malformed=("?", "…", "\u202e" + str(answer.value), "word " * 60, "\x07"),
        mistaken=tuple(str(mistake.value) for mistake in answer.mistakes),
    )


def _folded(text: str) -> str:
    """Letters and digits only, without accents; British and American endings as one."""
    text = unicodedata.normalize("NFKD", _ARTICLE.sub("", text.strip())).casefold()
    return "".join(c for c in text if c.isalnum()).replace("z", "s")


def _one_slip(given: str, right: str) -> bool:
    """Whether one letter is missing, too many, another one, or two neighbours are swapped, in a long word."""
    if len(right) < _LONG_WORD or abs(len(given) - len(right)) > 1:
        return False
    start = next((k for k, (a, b) in enumerate(zip(given, right, strict=False)) if a != b), min(len(given), len(right)))
    a, b = given[start:], right[start:]
    swapped = len(a) > 1 and len(b) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]
    slip = a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped
    return slip and (a[:1] + b[:1]).isalpha()
