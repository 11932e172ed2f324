"""The word behind a number, `24 h`: a unit, which is read over, and the student is told so."""

from __future__ import annotations

import re

from quizgen.answers.expression import CONSTANTS, FUNCTIONS

#: A number, a closed bracket or a fraction's brace; then, after a space, one word and perhaps the end of a sentence.
_WITH_WORD = re.compile(r"(?P<number>.*[\d.)\]}])[ \t]+(?P<word>[^\W\d_]{1,30})[ \t]*[.,;]?", re.DOTALL)

#: Words that are no units but change what stands in front of them; in lower case. What they are behind is not read.
_MEANING = frozenset({
    "and", "by", "div", "if", "mod", "minus", "not", "or", "over", "per", "plus", "times", "x",
    "percent", "prozent", "permille", "dozen", "dozens", "hundred", "hundreds", "thousand", "thousands",
    "mio", "mrd", "mln", "bn", "million", "millions", "milliarde", "milliarden", "billion", "billions", "trillion",
    "inf", "infinity", "infty", "nan", "none", "null", "true", "false", "i", "j",
    "inverse", "inverted", "squared", "cubed", "transpose", "transposed", "factorial",
})  # fmt: skip
#: What multiplies by a thousand or more, by itself or before bits and bytes, `kB`; and the sign of a transpose.
_LARGE = re.compile(r"[kKMGT]|[kKMGT]i?(?:[bB]|[bB]its?|[bB]ytes?)|(?i:kilo|mega|giga|tera)[a-z]*")


def without_unit(text: str) -> tuple[str, str]:
    """The text without the one word that stands behind its number, and a remark that the word was not read.

    The text as it is, and no remark, where there is no such word: where it is the name of a function or a constant, or
    one that changes the number, such as `percent`, `million` or `kB`.

    Args:
        text: as `mathematical` leaves it.
    """
    found = _WITH_WORD.fullmatch(text)
    if found is None or _has_meaning(found["word"]):
        return text, ""
    return found["number"], f"The unit `{found['word']}` was not read."


def _has_meaning(word: str) -> bool:
    lower = word.lower()
    return lower in FUNCTIONS or lower in CONSTANTS or lower in _MEANING or _LARGE.fullmatch(word) is not None
