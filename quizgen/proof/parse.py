r"""Reading one side of a relation into a tree. Whatever has no certain meaning raises, with the reason.

expression = ["-"] term { ("+" | "-") term }
term       = juxtaposed { ("\cdot" | "\times" | "\odot" | "*" | "/") juxtaposed }
juxtaposed = factor { factor }                              (an implicit product binds tighter than a printed one)
factor     = atom { "^" exponent | "_" index | "\%" }
"""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.proof.atoms import AtomReader
from quizgen.proof.errors import NotUnderstood
from quizgen.proof.functions import COMMANDS
from quizgen.proof.names import read_name
from quizgen.proof.nodes import (
    Apply,
    Call,
    Element,
    Matrix,
    Name,
    Negative,
    Node,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    Transpose,
)
from quizgen.proof.tokens import Token, tokenize

_SIGNS_OF_PRODUCTS = {r"\cdot": r"\cdot", r"\times": r"\times", r"\odot": r"\odot", "*": r"\cdot", r"\circ": r"\odot"}


def parse(tokens: Sequence[Token]) -> Node:
    """The tree of one side of a relation.

    Raises:
        NotUnderstood: with the first thing that has no certain meaning.
    """
    parser = Parser(tokens)
    node = parser.expression()
    parser.expect_end()
    return node


def symbol_key(latex: str) -> str:
    r"""The canonical LaTeX of a symbol: a name, or a name with brackets, as `\operatorname{shape}(\mathbf{W})`.

    Raises:
        NotUnderstood: if it is something else, such as a power.
    """
    tokens = tokenize(latex)
    try:
        return read_name(tokens).key
    except NotUnderstood:
        node = parse(tokens)
        if isinstance(node, Apply):
            return node.key
        raise


def parse_members(tokens: Sequence[Token]) -> Node:
    r"""The tree of what stands after `\in`."""
    parser = Parser(tokens)
    node = parser.members()
    parser.expect_end()
    return node


class Parser(AtomReader):
    """The grammar of expressions."""

    def expression(self) -> Node:
        sign = 1
        while self.next.text in ("+", "-") and self.next.kind == "mark":
            sign = -sign if self.take().text == "-" else sign
        first = self.term()
        terms = [(sign, first)]
        while self.next.text in ("+", "-") and self.next.kind == "mark":
            sign = -1 if self.take().text == "-" else 1
            if self.next.text in ("+", "-"):
                sign = -sign if self.take().text == "-" else sign
            terms.append((sign, self.term()))
        if len(terms) > 1:
            return Sum(terms)
        return first if terms[0][0] > 0 else Negative(first)

    def term(self) -> Node:
        left = self._juxtaposed()[0]
        while True:
            text = self.next.text
            if text in _SIGNS_OF_PRODUCTS:
                self.take()
                negative = self.accept("-")
                right = self._juxtaposed()[0]
                left = Product(_SIGNS_OF_PRODUCTS[text], left, Negative(right) if negative else right)
            elif text == "/":
                self.take()
                right, factors = self._juxtaposed()
                if factors > 1:
                    raise NotUnderstood(r"it is not certain how far a / reaches: write \frac")
                left = _differential_quotient(left, right) or Quotient(left, right)
            else:
                return left

    def _juxtaposed(self) -> tuple[Node, int]:
        """An implicit product, and the number of its factors."""
        node = self.factor()
        count = 1
        last = node
        while self.starts_factor(self.next):
            if self.next.kind == "number":
                raise NotUnderstood(f"{self.next.text} follows another factor without a sign")
            factor = self.factor()
            if isinstance(last, Num) and _is_plain_fraction(factor):
                raise NotUnderstood("a mixed number: write the product or the sum with its sign")
            node, last = Product("", node, factor), factor
            count += 1
        return node, count

    def starts_factor(self, token: Token) -> bool:
        text = token.text
        if token.kind == "begin":
            return True
        if token.kind in ("number", "letter", "word"):
            return True
        return (
            text in ("(", "[", "{", r"\frac", r"\sqrt", r"\sum", r"\prod", r"\log", r"\operatorname", r"\pi")
            or text in (r"\lvert", r"\lVert", r"\lfloor", r"\lceil", r"\underbrace", r"\boxed", r"\arg")
            or text in COMMANDS
            or self.starts_name(token)
        )

    def factor(self) -> Node:
        self.deeper()
        node = self.atom()
        raised = False
        while True:
            text = self.next.text
            if text == "^" and self.next.kind == "mark":
                if raised:
                    raise NotUnderstood("two exponents without brackets")
                raised, node = True, self._raised(node)
            elif text == "_" and isinstance(node, Matrix | Sum | Product | Transpose | Power):
                self.take()
                node = Element(node, tuple((t.text,) for t in self.group() if t.text != ","))
            elif text == r"\%":
                self.take()
                node = Call("percent", [node])
            else:
                self.depth -= 1
                return node

    def _raised(self, base: Node) -> Node:
        """The base with the exponent that follows it."""
        self.take()
        tokens = self.group()
        texts = [token.text for token in tokens]
        if texts in ([r"\top"], ["T"]):
            return Transpose(base, letter=texts == ["T"])
        if texts[:1] == [r"\odot"] and len(texts) > 1:
            return Power(base, self.inside(tokens[1:]), elementwise=True)
        return Power(base, self.inside(tokens))


def _is_plain_fraction(node: Node) -> bool:
    """Whether it is a fraction of two printed whole numbers."""
    return (
        isinstance(node, Quotient)
        and isinstance(node.numerator, Num)
        and isinstance(node.denominator, Num)
        and not node.numerator.decimals
        and not node.denominator.decimals
    )


def _differential_quotient(left: Node, right: Node) -> Name | None:
    r"""`\partial L / \partial w` as the name that `\frac{\partial L}{\partial w}` is."""
    if not (isinstance(left, Name) and isinstance(right, Name) and left.before == right.before == r"\partial "):
        return None
    numerator = Name(left.base, left.indices, left.label).key
    before = rf"\frac{{\partial {numerator}}}{{\partial "
    return Name(right.base, right.indices, right.label, before=before, after="}")
