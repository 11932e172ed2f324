"""Numbers outside of the mathematics: in words, in the cells of tables, and behind a word that counts (Step 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from quizgen.proof.rounding import Printed


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number in a text.

    Attributes:
        label: the word that it counts, in "**Step 2.**" or "- Layer 3 has"; else "".
        role: for the account of numbers: "label", "word", or "cell" of a table.
    """

    shown: Printed
    text: str
    offset: int
    label: str = ""
    role: str = "word"


def spoken(text: str) -> Iterator[Spoken]:
    """The numbers of a Markdown text that are not mathematics, code, markers of lists or parts of words."""
    for match in _WORDS.finditer(text):
        digits = match["number"] or match["count"]
        if digits is None or len(digits) > 60:
            continue
        start = match.start("number" if match["number"] else "count")
        plain = digits.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+", digits) else digits
        shown = Printed(Fraction(plain), len(plain.partition(".")[2]))
        if match["percent"]:
            shown = Printed(Fraction(shown.value, 100), shown.decimals + 2, percent=True)
        in_table = text[text.rfind("\n", 0, start) + 1 : start].lstrip().startswith("|")
        role = "label" if match["label"] else "cell" if in_table else "word"
        yield Spoken(shown, digits, start, match["label"] or "", role)


def out_of_step(numbers: Sequence[Spoken]) -> set[int]:
    """The offsets of numbers that break a count: Step 1, Step 2, Step 7; but Layer 3, Layer 2, Layer 1 is one."""
    counts: dict[str, list[Spoken]] = {}
    for number in numbers:
        if number.label:
            counts.setdefault(number.label, []).append(number)
    broken: set[int] = set()
    for count in counts.values():
        values = [number.shown.value for number in count]
        steps = [after - before for before, after in pairwise(values)]
        if any(step not in (0, 1) for step in steps) and any(step not in (0, -1) for step in steps):
            broken.update(number.offset for number in count)
    return broken


_WORDS = re.compile(
    r"""
      ^[ \t]*(?P<fence>`{3,}+|~{3,}+)[^\n]*+\n (?:.*?\n)?? [ \t]*(?P=fence)[^\n]*$
    | <!--.*?(?:-->|\Z)
    | (?<![`\\])(?P<ticks>`{1,20})(?!`) .+? (?<!`)(?P=ticks)(?!`)
    | \\[$\\`]
    | \$\$ [^$]+ (?: (?<=\\)\$ [^$]+ )* \$\$
    | \$ (?! [\s$] ) (?: \\. | [^$\\\n] | \n(?!\s*(?:\n|\|)) )+ (?<!\s)\$ (?!\d)
    | \]\([^()\s]*\)
    | ^[ \t]*(?:\#+[ ]+)?\d+[.)](?=\s)
    | ^[ \t]*(?:[-*][ ]+)?(?:\*\*)?(?P<label>[A-Z][a-z]+)[ ](?P<count>\d+)\b
    | [A-Za-z_]+\d[\w.]*
    | (?P<number> \d{1,3}(?:,\d{3})+(?![\d]) | \d+(?:\.\d+)? )(?P<percent>\s?\\?%)?
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
