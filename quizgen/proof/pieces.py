"""The pieces of a typed formula: numbers, names, signs and the words between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizgen.proof.functions import WORDS
from quizgen.proof.keyboard import COMPOUND, GREEK, SIGNS

_RELATIONS = frozenset(("=", r"\approx", "<", ">", r"\le", r"\ge", r"\ne", r"\leftarrow", r"\in"))
_OPERATORS = frozenset(("+", "-", r"\cdot", r"\times", r"\odot", "/", "^", "_"))
_ENDS = frozenset((")", "]", "}", "|", "'"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a typed formula: its kind and canonical text, its place, and whether a space stands before it."""

    kind: str
    text: str
    start: int
    end: int
    spaced: bool

    @property
    def ends_operand(self) -> bool:
        return self.kind in ("number", "name", "raised") or self.text in _ENDS

    @property
    def starts_operand(self) -> bool:
        return self.kind in ("number", "name") or self.text in ("(", "[", r"\sqrt")


def pieces(text: str) -> list[Piece]:
    """The pieces of a text, words that are no symbols as pieces of the kind "space"."""
    return _without_words(_split(text))


def _split(text: str) -> list[Piece]:
    found: list[Piece] = []
    spaced, depth = False, 0
    commas = _has_decimal_commas(text)
    for match in _PIECE.finditer(text):
        kind, shown = str(match.lastgroup), match[0]
        if kind == "skip":
            spaced = True
            continue
        if kind == "stop" and depth:
            kind = "mark"
        if kind == "comma_number" and depth and not commas:  # within brackets a comma parts elements
            numbers = re.finditer(r"\d+(?:\.\d+)?|,", shown)
            found.extend(
                Piece("mark" if part[0] == "," else "number", part[0], match.start() + part.start(),
                      match.start() + part.end(), spaced and not part.start())
                for part in numbers
            )  # fmt: skip
            spaced = False
            continue
        if kind == "comma_number":
            kind, shown = _with_comma(shown)
        if kind == "mark" or kind == "relation":
            shown = SIGNS.get(shown, shown)
            depth += (shown in "([") - (shown in ")]") if len(shown) == 1 else 0
        found.append(Piece(kind, shown, match.start(), match.end(), spaced))
        spaced = False
    return found


def _has_decimal_commas(text: str) -> bool:
    """Whether the text prints decimals with commas: outside of brackets, and none with a point."""
    return bool(re.search(r"\d,\d", re.sub(r"[(\[][^()\[\]]*[)\]]", "", text))) and not re.search(r"\d\.\d", text)


def _with_comma(shown: str) -> tuple[str, str]:
    """A decimal comma, or commas between thousands; 1,500 may be either, so it is no number that is read."""
    groups = shown.split(",")
    if len(groups) > 2 and all(len(group) == 3 for group in groups[1:]):
        return "number", "".join(groups)
    if len(groups) == 2 and (len(groups[1]) != 3 or groups[0] == "0"):
        return "number", ".".join(groups)
    return "mark", shown


def _without_words(pieces: Sequence[Piece]) -> list[Piece]:
    """Words that are no symbols as separators; a lone x between numbers as a product sign."""
    found: list[Piece] = []
    for place, piece in enumerate(pieces):
        before = pieces[place - 1] if place else None
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        if piece.text in ("x", "X") and before and after and before.kind == after.kind == "number":
            piece = Piece("mark", r"\times", piece.start, piece.end, piece.spaced)
        elif piece.kind == "hyphenated" or (
            piece.kind == "name" and _is_word(piece, before, after, _signed(pieces, place))
        ):
            piece = Piece("space", piece.text, piece.start, piece.end, piece.spaced)
        found.append(piece)
    return found


def _signed(pieces: Sequence[Piece], place: int) -> bool:
    """Whether a signed number follows: `is -1.9`, where `a - 1.9` is a difference."""
    following = pieces[place + 1 : place + 3]
    return len(following) == 2 and following[0].text == "-" and following[0].spaced and not following[1].spaced


def _is_word(piece: Piece, before: Piece | None, after: Piece | None, signed: bool) -> bool:
    """Whether letters are a word of the language and no symbol."""
    text = piece.text
    if text in GREEK or text in WORDS or text == "sqrt" or COMPOUND.fullmatch(text):
        return False
    joined = after is not None and (
        after.text in _RELATIONS or (after.text in _OPERATORS and text.islower() and not signed)
    )
    follows = before is not None and (before.text in _OPERATORS or before.text in _RELATIONS)
    if len(text) == 1:
        # "a" and "I" are words before another word
        return text in ("a", "A", "I") and after is not None and after.kind == "name" and not follows
    if after is not None and after.text == "(" and not after.spaced:
        return False
    return not (joined or (follows and not (before is not None and before.text == "-" and not piece.spaced)))


_PIECE = re.compile(
    r"""
      (?P<skip>        [\s\u00a0]+ )
    | (?P<comma_number> \d+(?:,\d+)+(?![\d.]) )
    | (?P<number>      (?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+(?![\w.]))? )
    | (?P<derivative>  (?:d|∂)[A-Za-z]/(?:d|∂)[A-Za-z]\w* | d[A-Z]_d[A-Za-z]\w* )
    | (?P<raised>      [⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵀ]+ )
    | (?P<lowered>     [₀₁₂₃₄₅₆₇₈₉₊₋ₜ]+ )
    | (?P<hyphenated>  [A-Za-z]{2,}(?:-[A-Za-z]{2,})+ )
    | (?P<name>        [A-Za-zα-ωΑ-Ωŷ]+(?:_hat(?![A-Za-z]))?\d* )
    | (?P<relation>    :=|<=>|<==?|>=|==>|=>|-->?|->|→|⇒|<-(?=\s)|←|!=|≠|~=|=~|==|~~?|≈|≃|≤|≥|∈|[=<>] )
    | (?P<stop>        [.,;:!?](?=\s|$) )
    | (?P<mark>        \*\*|\|\||. )
    """,
    re.VERBOSE | re.DOTALL,
)
