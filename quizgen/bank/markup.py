"""Mathematics within texts: marked where it is made, given its dollars where it ends up."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Private-use characters around mathematics until its surroundings are known.
_INLINE, _DISPLAY, _END = "\ue000", "\ue001", "\ue002"


def inline(latex: str) -> str:
    """Mathematics within a line."""
    return f"{_INLINE}{latex}{_END}"


def display(latex: str) -> str:
    """Mathematics in lines of its own."""
    return f"{_DISPLAY}{latex}{_END}"


def resolve(text: str) -> str:
    """Puts dollars around marked mathematics, and none where the author already wrote some."""
    parts: list[str] = []
    outside = ""  # the delimiter of the author's mathematics that we are in, or none
    closing: list[str] = []
    for token in _TOKENS.split(text):
        if token in ("$", "$$"):
            if closing:
                raise ValueError("a '$' stands inside of a number's own mathematics")
            outside = "" if outside == token else (outside or token)
            parts.append(token)
        elif token == _INLINE:
            if not outside and len(parts) > 1 and parts[-1] == "" and parts[-2] == "$":
                raise ValueError("two numbers stand side by side; put a blank or a word between them")
            closing.append("" if outside else "$")
            parts.append(closing[-1])
        elif token == _DISPLAY:
            if outside:
                raise ValueError("lines of a solution stand outside of '$…$'; use .inline or .formula inside")
            begun = parts[-1].rsplit("\n", 1)[-1].strip() if parts else ""
            closing.append("\n$$")
            parts.append("\n$$\n" if begun else "$$\n")
        elif token == _END and not closing:
            raise ValueError("a mark of quizgen's own stands in the text")
        elif token == _END:
            parts.append(closing.pop())
        else:
            parts.append(token)
    if outside:
        raise ValueError(f"a '{outside}' is not closed")
    _check_braces(parts)
    return _spaced("".join(parts))


_TOKENS = re.compile(rf"(```.*?```|\\\$|`[^`\n]*`|\$\$|\$|[{_INLINE}{_DISPLAY}{_END}])", re.DOTALL)
_BLANK_LINES = re.compile(r"\n{3,}")


def _check_braces(parts: Sequence[str]) -> None:
    """Refuses mathematics whose braces do not match: Markdown would take it for plain text."""
    for source in re.findall(r"\$\$?([^$]*)\$\$?", "".join(parts).replace(r"\$", "")):
        plain = source.replace(r"\{", "").replace(r"\}", "")
        if plain.count("{") != plain.count("}"):
            raise ValueError(f"the braces of ${source.strip()}$ do not match")


def _spaced(text: str) -> str:
    """Displayed mathematics in a paragraph of its own."""
    pieces = re.split(r"^([ \t]*)\$\$\n(.*?)\n\$\$", text, flags=re.DOTALL | re.MULTILINE)
    joined = pieces[0]
    for indent, body, after in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        lines = "\n".join(indent + line for line in ["$$", *body.split("\n"), "$$"])
        joined = joined.rstrip() + "\n\n" + lines + "\n\n" + after.lstrip("\n")
    return _BLANK_LINES.sub("\n\n", joined).strip()
