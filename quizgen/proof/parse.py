r"""Reading one side of a relation into a tree. Whatever has no certain meaning raises, with the reason.

expression = ["-"] term { ("+" | "-") term }
term       = juxtaposed { ("\cdot" | "\times" | "\odot" | "*" | "/") juxtaposed }
juxtaposed = factor { factor }                              (an implicit product binds tighter than a printed one)
factor     = atom { "^" exponent | "_" index | "\%" }
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from quizgen.proof.blocks import MATRICES, BlockReader
from quizgen.proof.cursor import canonical, shown
from quizgen.proof.errors import NotUnderstood
from quizgen.proof.functions import COMMANDS, WORDS
from quizgen.proof.nodes import (
    Apply,
    Call,
    Element,
    FunctionName,
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
from quizgen.proof.tokens import Token

_SIGNS_OF_PRODUCTS = {r"\cdot": r"\cdot", r"\times": r"\times", r"\odot": r"\odot", "*": r"\cdot", r"\circ": r"\odot"}

#: Brackets that are functions of what they enclose.
_FENCES = {
    r"\lvert": (r"\rvert", "abs"),
    r"\lVert": (r"\rVert", "norm"),
    "|": ("|", "abs"),
    r"\|": (r"\|", "norm"),
    r"\lfloor": (r"\rfloor", "floor"),
    r"\lceil": (r"\rceil", "ceil"),
}

#: Symbols that are read as functions when brackets follow.
_FUNCTION_LETTERS = frozenset(("f", "g", "h", "F", "G", "L", "J", "E", r"\ell", r"\phi", r"\psi", r"\sigma"))
_FUNCTION_BASES = (r"\mathcal{", r"\text{")

_REFUSED = {
    r"\ldots": "an ellipsis stands for numbers that are not printed",
    r"\pm": "± stands for two numbers",
    r"\log": r"\log has no base here: write \ln, \log_2 or \log_{10}",
    r"\lim": "limits are not read",
    r"\int": "integrals are not read",
    r"\infty": "infinity is not a number",
}


def parse(tokens: Sequence[Token]) -> Node:
    """The tree of one side of a relation.

    Raises:
        NotUnderstood: with the first thing that has no certain meaning.
    """
    parser = Parser(tokens)
    node = parser.expression()
    parser.expect_end()
    return node


def parse_members(tokens: Sequence[Token]) -> Node:
    r"""The tree of what stands after `\in`."""
    parser = Parser(tokens)
    node = parser.members()
    parser.expect_end()
    return node


class Parser(BlockReader):
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
        node = self._factor()
        count = 1
        last = node
        while self._starts_factor(self.next):
            if self.next.kind == "number":
                raise NotUnderstood(f"{self.next.text} follows another factor without a sign")
            factor = self._factor()
            if isinstance(last, Num) and _is_plain_fraction(factor):
                raise NotUnderstood("a mixed number: write the product or the sum with its sign")
            node, last = Product("", node, factor), factor
            count += 1
        return node, count

    def _starts_factor(self, token: Token) -> bool:
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

    def _factor(self) -> Node:
        self.deeper()
        node = self._atom()
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

    def _atom(self) -> Node:
        token = self.next
        text = token.text
        if token.kind == "number":
            return _number(self.take().text)
        if token.kind == "begin":
            if text in MATRICES:
                return self.matrix()
            if text == "cases":
                return self.cases()
            raise NotUnderstood(f"the environment {text} has no meaning here")
        if token.kind == "word" and text in WORDS:
            self.take()
            return self._call(WORDS[text])
        if token.kind == "letter" or token.kind == "word":
            return self._named()
        if text == "(" or text == "[":
            return self._bracket()
        if text == "{":
            return self.argument()
        if text in _FENCES:
            return self._fence()
        return self._command()

    def _command(self) -> Node:
        """An atom that starts with a command."""
        text = self.next.text
        if text == r"\frac":
            return self._fraction()
        if text == r"\sqrt":
            return self._root()
        if text in (r"\sum", r"\prod"):
            return self.big()
        if text in COMMANDS:
            self.take()
            return self._call(COMMANDS[text])
        if text == r"\log" and self.tokens[self.position + 1].text == "_":
            return self._logarithm()
        if text == r"\arg" and self.tokens[self.position + 1].text == r"\max":
            self.position += 2
            return self._call("argmax")
        if text in (r"\underbrace", r"\overbrace", r"\boxed"):
            self.take()
            node = self.argument()
            if text != r"\boxed" and self.next.text in ("_", "^"):
                self.take()
                self.group()
            return node
        if text == r"\pi":
            self.take()
            return Call("pi", [])
        if text in _REFUSED:
            raise NotUnderstood(_REFUSED[text])
        if self.starts_name(self.next):
            return self._named()
        raise NotUnderstood(f"{shown(self.next)} has no meaning here" if text else "an operand is missing at the end")

    def _named(self) -> Node:
        """A symbol, or a symbol applied to what stands in the brackets behind it."""
        start = self.position
        name = self.name()
        if not (name.base.rstrip("'") in _FUNCTION_LETTERS or name.base.startswith(_FUNCTION_BASES)):
            return name
        is_matrix = self.next.kind == "begin" and self.next.text in MATRICES and name.base.startswith(r"\sigma")
        if not (self.next.text == "(" or is_matrix):
            return name
        arguments = [self.matrix()] if is_matrix else self._arguments(")")
        return Apply(name, arguments, canonical(self.tokens[start : self.position]))

    def _arguments(self, closing: str) -> list[Node]:
        self.take()
        items = [self.expression()]
        while self.accept(","):
            items.append(self.expression())
        self.expect(closing)
        return items

    def _bracket(self) -> Node:
        """Brackets around one expression; around several they make a vector."""
        items = self._arguments(")" if self.next.text == "(" else "]")
        return items[0] if len(items) == 1 else Matrix([[item] for item in items], open=True)

    def _fence(self) -> Node:
        closing, function = _FENCES[self.take().text]
        node = self.expression()
        self.expect(closing)
        if function == "norm" and self.accept("_"):
            kind = canonical(self.group())
            if kind not in ("1", "2", r"\infty"):
                raise NotUnderstood(f"the norm with the index {kind} is not read")
            function = {"1": "norm_1", "2": "norm", r"\infty": "norm_inf"}[kind]
        return Call(function, [node])

    def _fraction(self) -> Node:
        self.take()
        token = self.next
        if token.kind == "number" and len(token.text) == 2 and token.text.isdigit():
            self.take()
            return Quotient(Num(int(token.text[0]), 0), Num(int(token.text[1]), 0))
        name = self.fraction_name()
        if name is not None:
            return self.decorated(name) if name.before else name
        return Quotient(self.argument(), self.argument())

    def _root(self) -> Node:
        self.take()
        degree: Node | None = None
        if self.accept("["):
            degree = self.expression()
            self.expect("]")
        radicand = self.argument()
        return Call("sqrt", [radicand]) if degree is None else Power(radicand, Quotient(Num(1, 0), degree))

    def _logarithm(self) -> Node:
        self.position += 2
        base = self.inside(self.group())
        return Quotient(self._call("ln"), Call("ln", [base]))

    def _call(self, function: str) -> Node:
        """A known function with its argument: in brackets, a matrix, or one factor without brackets."""
        while self.accept("'"):
            function += "'"
        if self.next.text == "_":
            raise NotUnderstood(f"{function} with an index is not read")
        exponent: Node | None = None
        if self.accept("^"):
            exponent = self.inside(self.group())
            if not isinstance(exponent, Num):
                raise NotUnderstood(f"an exponent between {function} and its argument that is not a positive number")
        if self.next.text in ("(", "[") or (self.next.text == r"\{" and function in ("max", "min")):
            node: Node = Call(function, self._arguments({"(": ")", "[": "]"}.get(self.next.text, r"\}")))
        elif self._starts_factor(self.next) or self.next.text in _FENCES:
            node = Call(function, [self._factor()])
            if self.next.kind in ("number", "letter") or self.next.text == "(" or self.next.text in _FUNCTION_LETTERS:
                raise NotUnderstood(f"it is not certain how far {function} reaches: write brackets")
        elif exponent is None:
            return FunctionName(function)
        else:
            raise NotUnderstood(f"{function} has no argument")
        return node if exponent is None else Power(node, exponent)


def _number(text: str) -> Num:
    """A decimal; `{,}` separates thousands.

    Raises:
        NotUnderstood: if it has more than 60 digits.
    """
    digits = text.replace("{,}", "")
    if len(digits) > 60:
        raise NotUnderstood(f"a number of {len(digits)} digits; at most 60 are read")
    whole, _, decimals = digits.partition(".")
    if not decimals:
        return Num(int(whole), 0)
    return Num(Fraction(int(whole + decimals), 10 ** len(decimals)), len(decimals))


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
