"""Text from a stranger's file, fit for a terminal."""

from __future__ import annotations

import re

#: What a terminal would obey, and what does not show or turns the direction of what follows: Unicode's categories Cc,
#: Cf, Cs and Co, and the separators of lines. The private characters stand for the holes of texts; none is left in a
#: finished one.
_HARMFUL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\ud800-\uf8ff\ufeff\ufff9-\ufffb\ufffe\uffff\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)


def harmless(text: str) -> str:
    """The text with a replacement character for each control character, bidirectional mark and invisible one.

    Ends of lines stay as they are.
    """
    return _HARMFUL.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str, limit: int = 60) -> str:
    """The text on one line, harmless, and cut if it is longer than `limit` characters."""
    line = " ".join(text[: 20 * limit].split())
    return harmless(line if len(line) <= limit else line[:limit] + "…")
