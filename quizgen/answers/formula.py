r"""A formula: `2*x*exp(-x^2)`, `x e^{-x}`, `\sigma(x) (1 - \sigma(x))`, `tanh²(x)`; every equivalent one is right.

Numbers decide first: two formulas that differ at one of many points are different. Where they agree everywhere, SymPy
is asked for a proof; where it has none, more points decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from quizgen.answers.clean import Unreadable, mathematical
from quizgen.answers.expression import Call, Name, Node, Num, Power, Product, Sum, written
from quizgen.answers.kind import Reading, Samples, expecting
from quizgen.answers.numerics import Comparison, OutOfReach, Undefined, compare, points, value_at
from quizgen.answers.parse import parse
from quizgen.answers.spelling import without_label
from quizgen.answers.symbolics import proved_equal
from quizgen.answers.verdict import Graded, Verdict, graded
from quizgen.exercise import Answer, Value

_LETTER = re.compile(r"a formula in (\w+)")
_MORE_POINTS = 120


def read(text: str, answer: Answer) -> Sequence[Reading[Node]]:
    variable = letter(answer)
    with expecting(f"a formula in {variable}, such as 2*{variable}*exp(-{variable}^2)"):
        body = without_label(mathematical(text))
        loose, tight = parse(body, variable), parse(body, variable, tight=True)
        _refuse_valueless(loose, variable)
        if loose == tight or _compared(loose, tight, variable).equal:
            return [Reading(loose)]
        return [Reading(tree, f"It was read as `{written(tree)}`.") for tree in (loose, tight)]


def judge(content: Node, answer: Answer) -> Graded:
    value, right, variable = written(content), _parsed(str(answer.value), letter(answer)), letter(answer)
    found = _compared(right, content, variable)
    if found.equal:
        return graded(Verdict.RIGHT, "", value)
    for mistake in answer.mistakes:
        if _compared(_parsed(str(mistake.value), variable), content, variable).equal:
            return graded(Verdict.MISTAKE, str(mistake.says), value)
    if found.near and _has_decimals(content):
        return graded(Verdict.TOO_FEW_DIGITS, "It comes close: a number in it was rounded. Write it exactly.", value)
    if _compared(Sum(((-1, right),)), content, variable).equal:
        return graded(Verdict.SIGN, "The sign is wrong, the rest is right.", value)
    return graded(Verdict.WRONG, _witness(found, variable), value)


def plain(content: Node) -> Value:
    return written(content)


def samples(answer: Answer) -> Samples:
    key, x = str(answer.value), letter(answer)
    right = (
        key, f"${key}$", f"y' = {key}", f"({key}) * 1", f"0 + {key}", key.replace("*", " * "), key.replace("*", "·"),
        key.replace("^2", "²"), key.replace("^", "**"), key.replace("-", "−"), rf"\frac{{{key}}}{{1}}", f"2({key})/2",
        key.replace("sigmoid", r"\sigma").replace("tanh", r"\tanh").replace("exp", r"\exp"), f"|{x}| - |{x}| + {key}",
    )  # fmt: skip
    return Samples(
        right=tuple(dict.fromkeys(right)),
        wrong=(f"{key} + 1", f"({key})*2 + {x}", f"({key}) + exp(-{x}^2)", f"{key} + ln({x})"),
        malformed=(
            f"{key} +",
            f"({key}",
            f"foo({x})",
            f"{x} 2 3",
            "9**9**9**9",
            "__import__('os')",
            f"lambda {x}: {x}",
        ),
        mistaken=tuple(str(mistake.value) for mistake in answer.mistakes),
    )


def letter(answer: Answer) -> str:
    """The variable of the formula that is asked for."""
    found = _LETTER.match(answer.format)
    return found[1] if found else "x"


@lru_cache(maxsize=256)
def _parsed(text: str, variable: str) -> Node:
    return parse(mathematical(text), variable)


def _compared(right: Node, other: Node, variable: str) -> Comparison:
    """Numbers, then symbols, then more numbers."""
    try:
        found = compare(right, other, variable)
        if not found.equal or proved_equal(right, other, variable):
            return found
        return compare(right, other, variable, _MORE_POINTS)
    except OutOfReach:
        return Comparison(equal=False)


def _refuse_valueless(tree: Node, variable: str) -> None:
    """Refuses what cannot be worked out anywhere."""
    for x in points(24):
        try:
            value_at(tree, variable, x)
        except (OutOfReach, Undefined):
            continue
        return
    raise Unreadable("found a formula that is too large, or has no value, wherever it was tried")


def _witness(found: Comparison, variable: str) -> str:
    """A point at which the formula is wrong, in words."""
    if found.point is None:
        return ""
    place = f"${variable} = {float(found.point):g}$"
    if found.value is None:
        return f"At {place} it has no value, but should have one."
    return f"Try it at {place}: it gives {found.value}, which is not the right value."


def _has_decimals(tree: Node) -> bool:
    match tree:
        case Num(unit=unit):
            return unit < 1
        case Sum(terms=parts) | Product(factors=parts):
            return any(_has_decimals(part) for _, part in parts)
        case Power(base=base, exponent=exponent):
            return _has_decimals(base) or _has_decimals(exponent)
        case Call(arguments=arguments):
            return any(map(_has_decimals, arguments))
        case Name():
            return False
