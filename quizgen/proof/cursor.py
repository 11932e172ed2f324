"""A place in a list of tokens, and the steps that every rule of the grammar is made of."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.proof.errors import NotUnderstood
from quizgen.proof.nodes import Node
from quizgen.proof.tokens import Token

#: Brackets, fractions and signs nest at most this deep.
DEEPEST = 60

_END = Token("end of formula", "", -1, -1)


class Cursor:
    """Reads tokens from left to right. The layers above it add names, blocks and expressions."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = [*tokens, _END]
        self.position = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.position]

    def take(self) -> Token:
        token = self.tokens[self.position]
        if token is not _END:
            self.position += 1
        return token

    def accept(self, text: str) -> bool:
        """Steps over the next token if it reads `text`."""
        token = self.tokens[self.position]
        if token.text == text and token.kind not in ("word", "begin", "end"):
            self.position += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.accept(text):
            raise NotUnderstood(f"expected {text!r}, found {shown(self.next)}")

    def expect_end(self) -> None:
        if self.next is not _END:
            raise NotUnderstood(f"{shown(self.next)} has no meaning here")

    def deeper(self) -> None:
        """Counts one level of nesting; whoever calls it subtracts it again."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotUnderstood(f"brackets and signs are nested more than {DEEPEST} deep")

    def group(self) -> list[Token]:
        """The tokens between braces, or the one token that LaTeX takes without them."""
        if not self.accept("{"):
            token = self.take()
            if token is _END or token.text in ("}", "&", "^", "_") or token.kind in ("begin", "end", "row"):
                raise NotUnderstood(f"expected a symbol or braces, found {shown(token)}")
            if token.kind == "number" and len(token.text) > 1:
                raise NotUnderstood(f"{token.text} needs braces: LaTeX takes its first digit only")
            return [token]
        start, open_braces = self.position, 1
        while open_braces:
            token = self.take()
            if token is _END:
                raise NotUnderstood("a brace { is never closed")
            if token.kind == "mark":
                open_braces += (token.text == "{") - (token.text == "}")
        return self.tokens[start : self.position - 1]

    def expression(self) -> Node:
        """A sum of terms; the layer above everything defines it."""
        raise NotImplementedError

    def inside(self, tokens: Sequence[Token]) -> Node:
        """The expression that a group of tokens is."""
        reader = type(self)(tokens)
        reader.depth = self.depth
        node = reader.expression()
        reader.expect_end()
        return node

    def argument(self) -> Node:
        r"""The expression in braces, as `\frac` and `\sqrt` take it."""
        if self.accept("{"):
            node = self.expression()
            self.expect("}")
            return node
        return self.inside(self.group())


def shown(token: Token) -> str:
    """A token for a message."""
    if token.kind in ("begin", "end"):
        return f"\\{token.kind}{{{token.text}}}"
    return repr(token.text) if token.text else token.kind


def canonical(tokens: Sequence[Token]) -> str:
    r"""One spelling for all spellings of a symbol: no spaces, braces around indices, `\mathbf{…}` for bold."""
    parts: list[str] = []
    wrap = False
    for token in tokens:
        text = f"\\text{{{token.text}}}" if token.kind == "word" else token.text
        if wrap and token.text != "{":
            text = f"{{{text}}}"
        wrap = token.text in ("_", "^") or token.text in DECORATIONS
        if parts and parts[-1][-1:].isalpha() and "\\" in parts[-1] and text[:1].isalpha():
            text = " " + text
        parts.append(text)
    return "".join(parts)


#: Commands that decorate the symbol that follows them.
DECORATIONS = frozenset(
    (r"\mathbf", r"\hat", r"\bar", r"\tilde", r"\vec", r"\dot", r"\mathcal", r"\mathbb", r"\mathfrak", r"\check")
)
