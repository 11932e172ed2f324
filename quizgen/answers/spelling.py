"""One number as people write it: with a label, with thousands in groups, with a decimal comma."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgen.answers.arithmetic import Written, evaluate
from quizgen.answers.clean import Unreadable, shortened
from quizgen.answers.kind import Reading
from quizgen.answers.parse import parse
from quizgen.answers.unit import without_unit

#: `1,234,567`; in a list such as `1,000, 2,000` each number by itself.
COMMA_GROUPS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?!\d|,\d)")

_TIMES_TEN = re.compile(r"(?<=[\d.])\s*[xX]\s*(?=10\s*\^)")
_END_OF_SENTENCE = re.compile(r"(?<=[\d)%}])\s*[.,;]$")
_WORD_LABEL = re.compile(r"[A-Za-z]\w{0,40}(?:\([^()\n]{0,20}\))?\s*:")
_SPACED_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ _']\d{3})+(?!\d)")
_POINT_GROUPS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})+(?![\d.,])")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])(\d+),(\d+)(?![\d.,])")


def numbers(text: str, *, whole: bool = False) -> list[Reading[Written]]:
    """The ways to read a text as one number: one, or two for `1,500`, which may be 1500 or 1.5.

    Args:
        text: as `mathematical` leaves it. Of a chain such as `x = 1/3 = 0.33` the end counts, and the point or comma
            at the end of a sentence does not; of `24 h` the number counts, and a remark says so.
        whole: whether only a whole number can be right; `1.500` is then read as 1500 as well.

    Raises:
        Unreadable: if it is not one number.
    """
    body, unit = without_unit(without_label(text))
    body = _END_OF_SENTENCE.sub("", body)
    if "\n" in body:
        raise Unreadable("found several lines; one number is expected")
    body = _TIMES_TEN.sub("*", body)
    readings: list[Reading[Written]] = []
    for spelling, remark in _spellings(_SPACED_GROUPS.sub(_joined, body), whole=whole):
        number = evaluate(parse(spelling))
        if all(number.value != reading.content.value for reading in readings):
            readings.append(Reading(number, " ".join(filter(None, (remark, unit)))))
    return readings


def without_label(text: str) -> str:
    """What stands behind the last `=`, or behind a label such as `n:`.

    Raises:
        Unreadable: if nothing stands there, or between two of them.
    """
    first, *parts = (part.strip() for part in text.split("="))
    if not all(parts) or not (first or parts):
        raise Unreadable("nothing stands behind the '='" if parts else "found no number")
    parts = parts or [first]
    return _WORD_LABEL.sub("", parts[-1], count=1).strip() if _WORD_LABEL.match(parts[-1]) else parts[-1]


def _spellings(text: str, *, whole: bool) -> Iterator[tuple[str, str]]:
    """The text with decimal points and without groups, in each way that its commas can be meant."""
    if "," not in text:
        grouped = _POINT_GROUPS.sub(_joined, text) if whole else text
        if grouped != text:
            yield grouped, f"`{text}` was read with points between thousands; better write them without."
        if grouped == text or text.count(".") == 1:
            yield text, ""
        return
    thousands = COMMA_GROUPS.sub(_joined, text)
    decimals = _DECIMAL_COMMA.sub(r"\1.\2", text)
    if "," in thousands and "," in decimals:
        raise Unreadable(f"found several numbers in {shortened(text)}; one is expected")
    ambiguous = "," not in thousands and "," not in decimals
    if "," not in thousands:
        remark = f"The comma of `{text}` was read as one between thousands; better write it without."
        yield thousands, remark if ambiguous and not whole else ""
    if "," not in decimals:
        yield decimals, f"The comma of `{text}` was read as a decimal point; better write a point."


def _joined(found: re.Match[str]) -> str:
    return re.sub(r"\D", "", found[0])
