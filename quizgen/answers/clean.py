"""Whatever is handed in becomes plain, short text in one spelling, or is refused with a sentence."""

from __future__ import annotations

import math
import re
import unicodedata

from quizgen.errors import QuizgenError

#: The longest answer that is read, in characters.
LONGEST_ANSWER = 4_000
#: The most numbers in an answer that is a list, and how deep lists may be nested.
MOST_ENTRIES, DEEPEST_LIST = 1_000, 3


class Unreadable(QuizgenError):  # noqa: N818  a verdict on an answer, not a failure of the program
    """An answer that cannot be read; its text says what was found and what is expected."""


def as_text(raw: object) -> str:
    """An answer as YAML or JSON holds it (text, a number, nested lists of them), as text; nothing at all is "".

    The entries of a list are separated by semicolons, so that `["0,5", "1,5"]` keeps its decimal commas; the rows of
    a list of lists stand on lines of their own.

    Raises:
        Unreadable: for anything else, for numbers that are not finite or very long, for very long or deep lists.
    """
    if isinstance(raw, list | tuple):
        return _list_text(raw)
    if raw is None:
        return ""
    if isinstance(raw, bool):
        raise Unreadable(f"found the truth value {str(raw).lower()}; put quotes around the answer if it is a word")
    if isinstance(raw, int):
        if raw.bit_length() > 1_000:
            raise Unreadable("found a whole number of more than 300 digits; no answer is as large as that")
        return str(raw)
    if isinstance(raw, float):
        if not math.isfinite(raw):
            raise Unreadable(f"found {raw}; expected a finite number")
        return repr(raw)
    if isinstance(raw, str):
        return raw
    raise Unreadable(f"found something of the type {type(raw).__name__}; expected text, a number or a list of numbers")


def cleaned(text: str) -> str:
    """Text in one spelling: compatible characters (full width, ligatures) made plain, any script's digits as 0-9.

    Superscripts become powers, `10⁻³` is `10^(-3)` and `e⁻ˣ` is `e^(-x)`, and `½` becomes `(1/2)`.

    Raises:
        Unreadable: if it is too long, or holds control characters, bidirectional marks or other invisible ones.
    """
    if len(text) > LONGEST_ANSWER:
        raise Unreadable(f"the answer has {len(text):,} characters; at most {LONGEST_ANSWER:,} are read")
    for character in text:
        if unicodedata.category(character)[0] == "C" and character not in "\t\n\r":
            raise Unreadable(f"the answer contains {_named(character)}; remove it, or type the answer again")
    text = _SUPERSCRIPTS.sub(_power, text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _VULGAR.sub(lambda found: f"({unicodedata.normalize('NFKC', found[0])})", text)
    return "".join(map(_plain_digit, unicodedata.normalize("NFKC", text))).strip()


def mathematical(text: str) -> str:
    r"""Cleaned text whose operators have one spelling each: `-`, `*`, `/`, `^`, `|`, `=`, and LaTeX without its sizes.

    `\frac`, `&`, `\begin` and `\end` stay, `\\` becomes a new line, and of every other command the name is left.
    """
    text = cleaned(text).translate(_OPERATORS).replace("**", "^").replace("\\\\", "\n")
    for pattern, replacement in _LATEX:
        text = pattern.sub(replacement, text)
    return text.strip()


def shortened(text: str, limit: int = 40) -> str:
    """The text for an error message: on one line, in quotes, cut if it is long."""
    line = " ".join(text.split())
    return f"'{line}'" if len(line) <= limit else f"'{line[:limit]}…'"


def _list_text(entries: list[object] | tuple[object, ...]) -> str:
    flat: list[object] = [*entries]
    for _ in range(DEEPEST_LIST):
        if len(flat) > MOST_ENTRIES:
            raise Unreadable(f"found a list of more than {MOST_ENTRIES:,} entries")
        flat = [inner for entry in flat for inner in (entry if isinstance(entry, list | tuple) else (entry,))]
    if any(isinstance(entry, list | tuple) for entry in flat):
        raise Unreadable("found lists nested too deeply; a matrix is a list of rows, each a list of numbers")
    if len(flat) > MOST_ENTRIES:
        raise Unreadable(f"found a list of more than {MOST_ENTRIES:,} entries")
    nested = any(isinstance(entry, list | tuple) for entry in entries)
    return ("\n" if nested else "; ").join(map(as_text, entries))


def _named(character: str) -> str:
    name = unicodedata.name(character, "a control character")
    return f"an invisible character (U+{ord(character):04X}, {name})"


def _plain_digit(character: str) -> str:
    value = None if character.isascii() else unicodedata.decimal(character, None)
    return character if value is None else str(value)


#: Not `ᵀ`: it transposes.
_SUPERSCRIPTS = re.compile(r"[⁺⁻⁽⁾⁰¹²³⁴-⁹ˢᵗᵘᵛʷˣʸᶻⁿ]+")
_VULGAR = re.compile(r"[¼-¾⅐-⅞]")


def _power(found: re.Match[str]) -> str:
    return f"^({unicodedata.normalize('NFKC', found[0]).replace('−', '-')})"


_OPERATORS = str.maketrans({
    "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "⁄": "/", "∕": "/", "÷": "/",
    "×": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*", "∗": "*", "′": "'", "’": "'", "ʼ": "'",
    "≈": "=", "≃": "=", "≅": "=", "≐": "=", "∣": "|", "⟨": "(", "⟩": ")", "σ": " sigma ", "π": " pi ", "√": " sqrt ",
    "٫": ".", "$": None, "…": None,
})  # fmt: skip

_LATEX = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\\(?:left|right|bigl|bigr|Bigl|Bigr|big|Big|displaystyle|quad|qquad)(?![A-Za-z])\.?", " "),
        (r"\\[,;:!> ]|~", " "),
        (r"\\[()\[\]](?=\s*$)|^\s*\\[(\[]", " "),
        (r"\\(?:cdot|times|ast|odot)(?![A-Za-z])", " * "),
        (r"\\div(?![A-Za-z])", " / "),
        (r"\\(?:approx|simeq|doteq)(?![A-Za-z])|:=", " = "),
        (r"\\[lr]?vert(?![A-Za-z])", "|"),
        (r"\\([{}])", r"\1"),
        (r"\\[dtc]frac(?![A-Za-z])", r"\\frac"),
        (r"\\frac\s*([0-9])\s*([0-9A-Za-z])(?![A-Za-z])", r"\\frac{\1}{\2}"),
        (r"\\%", "%"),
        (r"\\(?:operatorname|mathrm|text|mathit|textrm)\*?\s*\{([A-Za-z_ ]*)\}", r" \1 "),
        (r"\\(?!frac(?![A-Za-z])|begin(?![A-Za-z])|end(?![A-Za-z]))([A-Za-z]+)", r" \1 "),
        (r"(?<=\d)\{,\}(?=\d)", ","),
    )
]
