"""The characters that no text of a bank holds: those that do not show, deceive, or have a meaning inside quizgen."""

from __future__ import annotations

import re
import unicodedata

#: Control characters, soft hyphens, marks of direction, characters without width, separators that are no line's end,
#: surrogates, private use (marks and holes of ours are among them), and what Unicode calls no characters.
_REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\uf8ff"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)


def refused_character(text: str) -> tuple[int, str] | None:
    """The line, from 1, of the first character that no text may hold, and what is wrong; None if all is well."""
    found = _REFUSED.search(text)
    if found is None:
        return None
    name = unicodedata.name(found[0], "no character that shows")
    message = f"found the character U+{ord(found[0]):04X} ({name.lower()}), which a reader cannot see; remove it"
    return text.count("\n", 0, found.start()) + 1, message
