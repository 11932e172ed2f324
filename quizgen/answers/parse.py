r"""From text to an expression: decimals, fractions, powers, functions, products without a sign, LaTeX and plain.

The language is ours, read by recursive descent over a list of tokens. Nothing in it can be executed, names come from
a table, and length and depth are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from quizgen.answers.clean import Unreadable, shortened
from quizgen.answers.expression import (
    CONSTANTS,
    FUNCTIONS,
    MANY,
    WITH_PRIME,
    Call,
    Name,
    Node,
    Num,
    Power,
    Product,
    Sum,
)
from quizgen.errors import did_you_mean

#: The longest expression that is read, in characters, and how deeply brackets and exponents may be nested.
LONGEST_EXPRESSION, DEEPEST_EXPRESSION = 600, 40
#: The most digits of a number, and the largest power of ten behind its `e`.
MOST_DIGITS, LARGEST_EXPONENT = 60, 300


def parse(text: str, variable: str | None = None, *, tight: bool = False) -> Node:
    """Reads an expression.

    Args:
        text: as `mathematical` leaves it.
        variable: the one letter or name that it may contain; None for a number, where a product needs its sign.
        tight: whether a product without a sign binds more tightly than what stands before it: `1/2x` is then 1/(2x),
            and `e^2x` is e^(2x).

    Raises:
        Unreadable: if it is not an expression, or a very long or deep one.
    """
    if len(text) > LONGEST_EXPRESSION:
        raise Unreadable(f"the expression has {len(text):,} characters; at most {LONGEST_EXPRESSION} are read")
    return _Parser(_tokens(text, variable), variable, tight=tight).whole()


class _Token(NamedTuple):
    kind: str  # "number", "function", "name", "prime", "mark" or "end"
    text: str


_CLOSING = {"(": ")", "[": "]", "{": "}", "|": "|"}
_NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"


@lru_cache(maxsize=64)
def _scanner(variable: str | None) -> re.Pattern[str]:
    names = sorted((re.escape(name) for name in FUNCTIONS), key=len, reverse=True)
    single = sorted((*CONSTANTS, *([variable] if variable else [])), key=len, reverse=True)
    return re.compile(
        rf"(?P<space>\s+)|(?P<number>{_NUMBER})|(?P<frac>\\frac)|(?P<prime>'+)"
        rf"|(?P<function>(?i:{'|'.join(names)})(?!_))|(?P<name>{'|'.join(map(re.escape, single))})"
        r"|(?P<word>[^\W\d]\w*)|(?P<mark>[-+*/^()\[\]{}|,%])|(?P<other>.)",
        re.DOTALL,
    )


def _tokens(text: str, variable: str | None) -> list[_Token]:
    tokens = []
    for found in _scanner(variable).finditer(text):
        kind = found.lastgroup or "other"
        if kind == "space":
            continue
        if kind == "word":
            raise Unreadable(_unknown(_whole_word(text, found.end()), variable))
        if kind == "other":
            raise Unreadable(f"'{found[0]}' has no meaning in {shortened(text)}")
        tokens.append(_Token(kind, FUNCTIONS[found[0].lower()] if kind == "function" else found[0]))
    return [*tokens, _Token("end", "")]


def _whole_word(text: str, end: int) -> str:
    """The word that ends there: of `minus` the scanner has taken `min` for a function."""
    start = end
    while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return text[start:end]


def _unknown(word: str, variable: str | None) -> str:
    if word.lower() in ("nan", "inf", "infinity", "infty"):
        return f"found '{word}'; expected a finite number"
    if variable is None:
        return f"found {shortened(word)}; expected a plain number, without letters or a unit"
    hint = did_you_mean(word.lower()[:40], list(FUNCTIONS))
    return f"unknown name {shortened(word)}{hint or f'; the variable is {variable}'}"


class _Parser:
    def __init__(self, tokens: list[_Token], variable: str | None, *, tight: bool) -> None:
        self._tokens = tokens
        self._at = 0
        self._variable = variable
        self._tight = tight
        self._depth = 0
        self._bars = 0

    def whole(self) -> Node:
        node = self._sum()
        if self._next.kind != "end":
            raise Unreadable(f"did not expect '{self._next.text}' at this place; is an operator or a bracket missing?")
        return node

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self, *texts: str) -> str | None:
        """The next token's text if it is a mark among `texts`, which is then passed."""
        if self._next.kind == "mark" and self._next.text in texts:
            self._at += 1
            return self._tokens[self._at - 1].text
        return None

    def _sum(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST_EXPRESSION:
            raise Unreadable(f"brackets and exponents are nested more than {DEEPEST_EXPRESSION} deep")
        terms = [(1, self._product())]
        while sign := self._take("+", "-"):
            terms.append((1 if sign == "+" else -1, self._product()))
        self._depth -= 1
        return Sum(tuple(terms)) if len(terms) > 1 else terms[0][1]

    def _product(self) -> Node:
        factors = [(1, self._factor())]
        while True:
            if sign := self._take("*", "/"):
                factors.append((1 if sign == "*" else -1, self._factor()))
            elif self._starts_factor():
                factors.append((1, self._power()))
            else:
                return Product(tuple(factors)) if len(factors) > 1 else factors[0][1]

    def _factor(self) -> Node:
        return self._signed(self._run if self._tight else self._power)

    def _signed(self, read: Callable[[], Node]) -> Node:
        negative, signs = False, 0
        while sign := self._take("+", "-"):
            negative ^= sign == "-"
            signs += 1
            if signs > 3:
                raise Unreadable("found more than three signs in a row")
        node = read()
        return Sum(((-1, node),)) if negative else node

    def _run(self) -> Node:
        """Factors without a sign between them, as one."""
        factors = [(1, self._power())]
        while self._starts_factor():
            factors.append((1, self._power()))
        return Product(tuple(factors)) if len(factors) > 1 else factors[0][1]

    def _starts_factor(self) -> bool:
        kind, text = self._next
        if kind == "number":
            raise Unreadable(f"found the number {shortened(text)} directly behind something else; is a sign missing?")
        if self._variable is None and (text in ("(", "[", "{", "|", r"\frac")):
            return False
        return kind in ("function", "name", "frac") or text in ("(", "[", "{") or (text == "|" and not self._bars)

    def _power(self) -> Node:
        node = self._atom()
        if self._take("%"):
            node = Product(((1, node), (-1, Num(Fraction(100), Fraction(1), "100"))))
        return Power(node, self._exponent()) if self._take("^") else node

    def _exponent(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST_EXPRESSION:
            raise Unreadable(f"brackets and exponents are nested more than {DEEPEST_EXPRESSION} deep")
        node = self._factor()
        self._depth -= 1
        return node

    def _atom(self) -> Node:
        kind, text = self._next
        if kind == "end":
            raise Unreadable("it ends where a number or an expression is expected")
        self._at += 1
        if kind == "number":
            return _number(text)
        if kind == "name":
            return Name(text)
        if kind == "function":
            return self._call(text)
        if kind == "frac":
            return Product(((1, self._braced()), (-1, self._braced())))
        if text in _CLOSING:
            inner = self._bracketed(text)
            return Call("abs", (inner,)) if text == "|" else inner
        raise Unreadable(f"did not expect '{text}' at this place; a number or an expression is expected there")

    def _bracketed(self, opening: str) -> Node:
        """What stands up to the bracket that belongs to `opening`, which has been passed."""
        bars, self._bars = self._bars, int(opening == "|")
        node = self._sum()
        self._bars = bars
        if not self._take(_CLOSING[opening]):
            raise Unreadable(f"the bracket '{opening}' is not closed")
        return node

    def _braced(self) -> Node:
        if not self._take("{"):
            raise Unreadable(r"expected braces behind \frac, as in \frac{1}{3}")
        return self._bracketed("{")

    def _call(self, function: str) -> Node:
        if self._next.kind == "prime":
            function = self._primed(function, self._next.text)
            self._at += 1
        power = self._exponent_of_call(function) if self._take("^") else None
        arguments = self._arguments(function)
        if (len(arguments) > 1) != (function in MANY):
            expected = "two arguments or more" if function in MANY else "one argument"
            raise Unreadable(f"{function} has {expected}, found {len(arguments)}")
        call = Call(function, tuple(arguments))
        return call if power is None else Power(call, power)

    def _primed(self, function: str, primes: str) -> str:
        if function not in WITH_PRIME or len(primes) > 1:
            raise Unreadable(f"write out the derivative {function}{primes}")
        return f"{function}_prime"

    def _exponent_of_call(self, function: str) -> Node:
        """The exponent of `tanh^2(x)`: a whole number, in brackets or not."""
        opening = self._take("(", "{")
        kind, text = self._next
        if kind != "number" or not text.isdigit():
            raise Unreadable(f"write a power other than a whole number behind the function: ({function}(…))^…")
        self._at += 1
        if opening and not self._take(_CLOSING[opening]):
            raise Unreadable(f"the bracket '{opening}' is not closed")
        return _number(text)

    def _arguments(self, function: str) -> list[Node]:
        opening = self._take("(", "[", "{")
        if opening is None:
            return [self._bare_argument(function)]
        bars, self._bars = self._bars, 0
        arguments = [self._sum()]
        while self._take(","):
            arguments.append(self._sum())
        self._bars = bars
        if not self._take(_CLOSING[opening]):
            raise Unreadable(f"the bracket '{opening}' is not closed")
        return arguments

    def _bare_argument(self, function: str) -> Node:
        """The argument of `ln 2x`: numbers and names, up to a bracket, a sign or a function; of `√2x` the first."""
        if self._next.text == "|":
            return self._atom()
        factors: list[tuple[int, Node]] = []
        while self._next.kind in ("number", "name") and not (factors and function == "sqrt"):
            if factors:
                self._starts_factor()  # refuses a number behind something else
            factors.append((1, self._power()))
        if not factors:
            raise Unreadable(f"expected brackets behind '{function}', as in {function}({self._variable or 2})")
        return Product(tuple(factors)) if len(factors) > 1 else factors[0][1]


def _number(text: str) -> Num:
    mantissa, _, exponent = text.lower().partition("e")
    digits = len(mantissa) - mantissa.count(".")
    if digits > MOST_DIGITS:
        raise Unreadable(f"found a number of {digits} digits; at most {MOST_DIGITS} are read")
    if len(exponent) > 4 or abs(int(exponent or 0)) > LARGEST_EXPONENT:
        raise Unreadable(f"found {shortened(text)}, which is beyond 10^{LARGEST_EXPONENT}")
    ten = Fraction(10) ** int(exponent or 0)
    return Num(Fraction(mantissa.rstrip(".")) * ten, ten / 10 ** len(mantissa.partition(".")[2]), text)
