"""Text from a stranger's file, fit for a terminal."""

from __future__ import annotations

import re

#: What a terminal would obey, and what does not show or turns the direction of what follows.
_HARMFUL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
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
