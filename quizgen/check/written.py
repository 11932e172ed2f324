"""An answer as it was handed in, on one line, to be shown beside its verdict."""

from __future__ import annotations

from quizgen.answers.clean import Unreadable, as_text
from quizgen.export.harmless import one_line

#: Between the lines of an answer that had several.
_NEW_LINE = " ⏎ "


def written(handed_in: object, limit: int) -> str:
    """What a student wrote, harmless and cut after `limit` characters: `2/3`, `(1.5, -2)`, `(1, 2; 3, 4)` for lists.

    Nothing for what is no answer: an object, a list that is too long or too deep.
    """
    try:
        text = as_text(handed_in)
    except Unreadable:
        return ""
    if isinstance(handed_in, list | tuple):
        return one_line(f"({_listed(handed_in)})", limit)
    return one_line(_NEW_LINE.join(filter(None, map(str.strip, text[: 20 * limit].splitlines()))), limit)


def _listed(entries: list[object] | tuple[object, ...]) -> str:
    """A list as `as_text` has found it to be: not long, not deep."""
    rows = any(isinstance(entry, list | tuple) for entry in entries)
    texts = [_listed(entry) if isinstance(entry, list | tuple) else as_text(entry).strip() for entry in entries]
    return ("; " if rows or any("," in text for text in texts) else ", ").join(texts)
