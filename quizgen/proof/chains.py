"""Splitting a formula into chains of relations: a = b ≈ c is one chain of three members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quizgen.proof.tokens import Token

#: The relations that are judged, and those that are recognised so that they are not passed over.
JUDGED = frozenset(("=", r"\approx", "<", ">", r"\le", r"\ge", r"\ne", r"\in", r"\notin", r"\leftarrow"))
_NOT_JUDGED = frozenset(
    (r"\sim", r"\propto", r"\equiv", r"\cong", r"\ll", r"\gg", r"\subset", r"\subseteq", r"\perp", r"\stackrel")
)
_RELATIONS = JUDGED | _NOT_JUDGED

_LAYOUT = frozenset(
    ("aligned", "align", "alignat", "alignedat", "split", "gathered", "gather", "equation", "eqnarray", "multline")
)
_OPENING = frozenset(("(", "[", "{", r"\{", r"\lvert", r"\lVert", r"\lfloor", r"\lceil", r"\langle"))
_CLOSING = frozenset((")", "]", "}", r"\}", r"\rvert", r"\rVert", r"\rfloor", r"\rceil", r"\rangle"))
_SEPARATING = frozenset((";", ":", ".", r"\quad", r"\Rightarrow", r"\to"))
_CONTINUING = frozenset(("+", "-", r"\cdot", r"\times", r"\odot"))


@dataclass(slots=True)
class Chain:
    """Members and the relations between them.

    Attributes:
        members: the tokens of each side; one more than `operators`.
        doubt: why the chain cannot be read, or "".
        is_range: the doubt is an ellipsis, as in t = 1, …, T.
    """

    members: list[list[Token]] = field(default_factory=lambda: [[]])
    operators: list[Token] = field(default_factory=list)
    doubt: str = ""
    is_range: bool = False


def split(tokens: Sequence[Token]) -> list[Chain]:
    """The chains of a formula, in order; pieces without a relation are left out."""
    found: list[Chain] = []
    statements, balanced = _statements(tokens)
    if not balanced:
        return _unbalanced(tokens)
    for listed in statements:
        pieces = [piece for piece in listed if piece.operators or piece.members[0]]
        if len(pieces) > 1 and not all(piece.operators for piece in pieces):
            is_range = any(token.text == r"\ldots" for piece in pieces for side in piece.members for token in side)
            for piece in pieces:
                piece.doubt = "a list with commas, but without brackets: it is not certain what belongs together"
                piece.is_range = is_range
        found.extend(piece for piece in pieces if piece.operators)
    return found


def _unbalanced(tokens: Sequence[Token]) -> list[Chain]:
    """Brackets that do not close hide where a member ends: one chain in doubt, if there is a relation at all."""
    for place, token in enumerate(tokens):
        if token.text in _RELATIONS and token.kind != "word":
            sides = [list(tokens[:place]), list(tokens[place + 1 :])]
            return [Chain(sides, [token], "the brackets do not match: one is open at the end, or closed twice")]
    return []


def _statements(tokens: Sequence[Token]) -> tuple[list[list[Chain]], bool]:
    """Statements, each as its pieces between commas; and whether all brackets match."""
    statements: list[list[Chain]] = [[Chain()]]
    depth = columns = 0
    balanced = True
    for place, token in enumerate(tokens):
        text, kind = token.text, token.kind
        current = statements[-1][-1]
        if kind == "begin" or kind == "end":
            if text in _LAYOUT:
                continue
            depth += 1 if kind == "begin" else -1
        elif kind == "word":
            pass
        elif depth <= 0 and (kind == "row" or text == "&"):
            columns = 0 if kind == "row" else columns + 1
            if (kind == "row" and not _continues(tokens, place + 1)) or (kind != "row" and columns % 2 == 0):
                statements.append([Chain()])
            continue
        elif text == r"\quad" and _starts_row(tokens, place):
            continue
        elif depth <= 0 and (kind == "space" or text in _SEPARATING):
            statements.append([Chain()])
            continue
        elif depth <= 0 and text == ",":
            statements[-1].append(Chain())
            continue
        elif depth <= 0 and text in _RELATIONS:
            current.operators.append(token)
            current.members.append([])
            # What follows \in may be an interval that is open on one side, so its brackets are not paired.
            continue
        elif text in _OPENING:
            depth += 1
        elif text in _CLOSING:
            depth -= 1
        balanced = balanced and depth >= 0
        current.members[-1].append(token)
    return statements, balanced and depth == 0


def _continues(tokens: Sequence[Token], place: int) -> bool:
    """Whether a row continues the one above: it starts with a relation or with a sign."""
    while place < len(tokens) and tokens[place].text in ("&", r"\quad"):
        place += 1
    return place < len(tokens) and (tokens[place].text in _RELATIONS or tokens[place].text in _CONTINUING)


def _starts_row(tokens: Sequence[Token], place: int) -> bool:
    """Whether nothing but `&` and spaces stands before this place in its row."""
    while place and tokens[place - 1].text == r"\quad":
        place -= 1
    return place > 0 and (tokens[place - 1].text == "&" or tokens[place - 1].kind == "row")
