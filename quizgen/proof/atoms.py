"""Reading atoms: numbers, symbols, functions with their arguments, and whatever is enclosed in brackets."""

from __future__ import annotations

from fractions import Fraction

from quizgen.proof.blocks import MATRICES, BlockReader
from quizgen.proof.cursor import canonical, shown
from quizgen.proof.errors import NotUnderstood
from quizgen.proof.functions import COMMANDS, WORDS
from quizgen.proof.nodes import Apply, Call, FunctionName, Matrix, Node, Num, Power, Quotient
from quizgen.proof.tokens import Token

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


class AtomReader(BlockReader):
    """The layer that reads atoms; factors come from the layer above."""

    def factor(self) -> Node:
        """An atom with its exponents; the layer above defines it."""
        raise NotImplementedError

    def starts_factor(self, token: Token) -> bool:
        """Whether a factor can start with this token; the layer above defines it."""
        raise NotImplementedError

    def atom(self) -> Node:
        token = self.next
        text = token.text
        if token.kind == "number":
            return _number(self.take())
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
            return Quotient(Num(int(token.text[0]), 0, token.start), Num(int(token.text[1]), 0, token.start))
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
        elif self.starts_factor(self.next) or self.next.text in _FENCES:
            node = Call(function, [self.factor()])
            if self.next.kind in ("number", "letter") or self.next.text == "(" or self.next.text in _FUNCTION_LETTERS:
                raise NotUnderstood(f"it is not certain how far {function} reaches: write brackets")
        elif exponent is None:
            return FunctionName(function)
        else:
            raise NotUnderstood(f"{function} has no argument")
        return node if exponent is None else Power(node, exponent)


def _number(token: Token) -> Num:
    """A decimal; `{,}` separates thousands.

    Raises:
        NotUnderstood: if it has more than 60 digits.
    """
    digits = token.text.replace("{,}", "")
    if len(digits) > 60:
        raise NotUnderstood(f"a number of {len(digits)} digits; at most 60 are read")
    whole, _, decimals = digits.partition(".")
    if not decimals:
        return Num(int(whole), 0, token.start)
    return Num(Fraction(int(whole + decimals), 10 ** len(decimals)), len(decimals), token.start)
