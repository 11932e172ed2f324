"""Reading symbols: letters with accents, indices, labels and primes, and derivatives as one symbol each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quizgen.proof.cursor import DECORATIONS, Cursor, canonical, shown
from quizgen.proof.errors import NotUnderstood
from quizgen.proof.nodes import Name
from quizgen.proof.spelling import shortly
from quizgen.proof.tokens import Token

_GREEK = frozenset(
    (
        r"\alpha",
        r"\beta",
        r"\gamma",
        r"\delta",
        r"\epsilon",
        r"\zeta",
        r"\eta",
        r"\theta",
        r"\vartheta",
        r"\iota",
        r"\kappa",
        r"\lambda",
        r"\mu",
        r"\nu",
        r"\xi",
        r"\rho",
        r"\varrho",
        r"\sigma",
        r"\varsigma",
        r"\tau",
        r"\upsilon",
        r"\phi",
        r"\varphi",
        r"\chi",
        r"\psi",
        r"\omega",
        r"\Gamma",
        r"\Theta",
        r"\Lambda",
        r"\Xi",
        r"\Pi",
        r"\Sigma",
        r"\Upsilon",
        r"\Phi",
        r"\Psi",
        r"\Omega",
        r"\ell",
    )
)

#: What changes a symbol into another one that is written around it.
_PREFIXES = frozenset((r"\Delta", r"\partial", r"\nabla"))

#: Superscripts that are part of a name.
_LABELS = frozenset(("*", "+", "-", r"\star", r"\prime", r"\dagger"))


class NameReader(Cursor):
    """The layer that reads symbols."""

    def starts_name(self, token: Token) -> bool:
        return (
            token.kind in ("letter", "word")
            or token.text in _GREEK
            or token.text in DECORATIONS
            or token.text in (r"\Delta", r"\nabla", r"\partial")
        )

    def name(self) -> Name:
        """A symbol with everything that belongs to it; exponents are left for the caller."""
        token = self.take()
        if token.text in _PREFIXES:
            below = f"_{{{canonical(self.group())}}}" if token.text == r"\nabla" and self.accept("_") else " "
            if self.next.text in _PREFIXES:
                raise NotUnderstood(f"{token.text} before {self.next.text} is not read")
            return replace(self.name(), before=token.text + below)
        return self.decorated(Name(self._base(token)))

    def decorated(self, name: Name) -> Name:
        """The name with the primes, indices and label that follow it."""
        while True:
            if self.next.text == "'" and not name.label:
                self.take()
                name.base += "'"
            elif self.next.text == "_":
                if name.indices:
                    raise NotUnderstood(f"{shortly(name.key)} has two indices; write them in one pair of braces")
                self.take()
                name.indices = _indices(self.group())
            elif self.next.text == "^" and not name.label and (label := self._label()):
                name.label = "" if label == "'" else label
                name.base += "'" if label == "'" else ""
            else:
                return name

    def fraction_name(self) -> Name | None:
        r"""After `\frac`: the derivative that stands there, as one name, or None (and nothing is read)."""
        start = self.position
        if self.next.text != "{":
            return None
        above = self.group()
        below = self.group() if self.next.text == "{" else []
        if not (_differential(above) and _differential(below) and len(below) > 1):
            self.position = start
            return None
        sign = r"\partial " if above[0].text == r"\partial" else "d"
        variable = NameReader(below[1:])
        if len(above) > 1 and below[1].text != "^" and above[1].text != "^":
            name = variable.name()
            if variable.next.kind == "end of formula" and not name.before:
                return replace(name, before=rf"\frac{{{sign}{canonical(above[1:])}}}{{{sign}", after="}")
        return Name(rf"\frac{{{canonical(above)}}}{{{canonical(below)}}}")

    def _base(self, token: Token) -> str:
        if token.kind == "letter" or token.text in _GREEK:
            return token.text
        if token.kind == "word":
            return rf"\text{{{token.text}}}"
        if token.text in DECORATIONS:
            inner = self.group()
            if not inner or any(part.kind == "mark" and part.text not in "{}_'^01" for part in inner):
                raise NotUnderstood(f"{token.text} around something else than a symbol")
            return rf"{token.text}{{{canonical(inner)}}}"
        raise NotUnderstood(f"{shown(token)} is not a symbol that is read")

    def _label(self) -> str:
        r"""The superscript that follows, if it is a label: `^{(2)}`, `^{[1]}`, `^{\text{new}}`, `^*`; else ""."""
        start = self.position
        self.take()
        tokens = self.group()
        if len(tokens) == 1 and tokens[0].text == r"\prime":
            return "'"
        bracketed = len(tokens) > 2 and (tokens[0].text, tokens[-1].text) in (("(", ")"), ("[", "]"))
        if bracketed and sum(t.text in ("(", "[") for t in tokens) == 1:
            return f"^{{{canonical(tokens)}}}"
        if len(tokens) == 1 and (tokens[0].text in _LABELS or (tokens[0].kind == "word" and tokens[0].text != "T")):
            return f"^{{{canonical(tokens)}}}"
        self.position = start
        return ""


def read_name(tokens: Sequence[Token]) -> Name:
    """The name that these tokens are, and nothing else.

    Raises:
        NotUnderstood: if they are not one name.
    """
    reader = NameReader(tokens)
    name = reader.fraction_name() if reader.accept(r"\frac") else reader.name()
    reader.expect_end()
    if name is None:
        raise NotUnderstood("a fraction where a name is expected")
    return name


def _indices(tokens: list[Token]) -> tuple[tuple[str, ...], ...]:
    """The subscripts, split at commas; `{t - 1}` and `{t-1}` are the same."""
    items: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.kind == "mark":
            depth += (token.text in "({[") - (token.text in ")}]")
        if token.text == "," and not depth:
            items.append([])
        else:
            items[-1].append(token)
    return tuple(tuple(f"\\text{{{t.text}}}" if t.kind == "word" else t.text for t in item) for item in items)


def _differential(tokens: Sequence[Token]) -> bool:
    """Whether it starts as a numerator or denominator of a derivative does."""
    return bool(tokens) and (tokens[0].text == r"\partial" or (tokens[0].text == "d" and tokens[0].kind == "letter"))
