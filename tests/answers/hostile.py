"""Inputs that try to execute, hang, exhaust or deceive: the worst that may happen is that they are misunderstood."""

from __future__ import annotations

import itertools
import random

_CODE = [
    "__import__('os').system('echo hacked')", "exec('1')", "eval('1')", "open('/etc/passwd').read()", "().__class__",
    "lambda x: x", "[x for x in (1,2)]", "{{7*7}}", "{% raw %}", "${jndi:ldap://x}", "<script>alert(1)</script>",
    "'; DROP TABLE answers; --", "f'{1}'", "x.__class__.__mro__", "globals()", "os.system", "`ls`", "$(ls)", "!ls",
    r"\input{/etc/passwd}", r"\write18{ls}", r"\def\x{\x\x}\x", "&a [*a]", "!!python/object/apply:os.system [ls]",
    "=cmd|'/C calc'!A0", "import os", "del x", "x := 1", "x if x else x", "yield", "await x", "@x", "*x", "**x",
]  # fmt: skip
_LARGE = [
    "9**9**9", "9^9^9^9", "9**9**9**9", "2^2^2^2^2^2^2", "10^10^10", "1e999999999", "1e-999999999", "9" * 3_999,
    "0." + "1" * 3_900, "1/" * 1_000 + "1", "1+" * 1_900 + "1", "(1+1)^99999", "1" + "0" * 300 + "^100",
    "e^e^e^e^e^e", "exp(exp(exp(exp(exp(9)))))", "sqrt(" * 300 + "2" + ")" * 300, "tanh(" * 39 + "x" + ")" * 39,
    "x^99999999", "(x+1)^64*(x+2)^64*(x+3)^64", "(x+e^x+sin(x)+ln(x^2+1))^60", "sin(10^10^3)", "sin(9^9^5)",
    "max(" + ",".join("x" * 280) + ")", "x" * 600, "(" + "+x" * 290 + ")^9", "0*9^9^9", "x^x^x^x^x^x^x", "(x^9)^9^9",
    "sigmoid(sigmoid(sigmoid(sigmoid(sigmoid(x)))))^9", "1/(x-x)", "(0.1^999)^999", "2^-99999999", "5!" * 99, "!" * 999,
]  # fmt: skip
_DEEP = [
    "(" * 2_000 + "1" + ")" * 2_000, "[" * 2_000 + "1" + "]" * 2_000, "((" * 1_900, "))" * 1_900, "{" * 3_900,
    "-" * 3_900 + "1", "+" * 3_900 + "1", "|" * 3_000, r"\frac{" * 500 + "1" + "}{2}" * 500, "1,(" * 1_300,
    r"\begin{pmatrix}" * 200, r"\left(" * 500, "^" * 3_000, "2^" * 1_500 + "2", "x'" * 1_500, "tanh" * 900, "$" * 3_999,
    "e" * 3_999, "=" * 3_999, "1=" * 1_900, "1;" * 1_900, "1\n" * 1_900, "[1]" * 1_300, "( " * 1_900, "A" * 3_999,
    "A," * 1_900, "A>" * 1_900, "{,}" * 1_300, "1{,}000" * 500, "1,000" * 700, "1 000 " * 600, "\\\\" * 1_900,
    "&" * 3_900, "1&" * 1_900, r"\text{" * 600, "~" * 3_900, "%" * 3_900, "1" + "%" * 500, " " * 3_998 + "1", "½" * 900,
    "²" * 3_900, "x" + "⁻¹" * 900, "ﷺ" * 3_900, "1.e" * 1_300, "1..2", "a_" * 1_900, ("[" * 3 + "1,") * 300,
    "'" * 3_999,
]  # fmt: skip
_NOT_NUMBERS = [
    "nan", "NaN", "-nan", "inf", "-inf", "Infinity", "∞", r"\infty", "+inf", "1e400", "0x10", "0b1", "1j", "1+2i",
    "NULL",
    "None", "true", "[nan, nan]", "nan x nan", "1/0", "0/0", "0^0", "0^-1", "ln(0)", "sqrt(-1)", "1..", "..", "e",
    "--", "?",
]  # fmt: skip
_DECEIVING = [
    "\u202e05.0", "1\u202e2", "\u200b1", "1\u200d2", "\ufeff1", "1\x00", "\x1b[31m1", "1\x08", "\x7f", "\u2066 1\u2069",
    "\ud800", "1\udfff", "\ue000", "\U000e0041", "\U0010ffff", "\u00ad1", "1\u061c", "\u0007", "\x85", "1\u2028\u200e",
]  # fmt: skip
#: Longer than anything that is read; made here, for a file of ten megabytes would be in nobody's interest.
_LONG = ["1" * 10_000_000, "(" * 10_000_000, "x+" * 5_000_000, "\u202e" * 1_000_000, " " * 10_000_000, "A," * 2_000_000]

_ALPHABET = [
    *"0123456789.,;:+-*/^()[]{}|=<>!?%&'\"\\_ \n\txyzeEABσπ√²⁻½−×·≈∞$#@~`",
    "tanh", "exp(", "e^{", r"\frac{", r"\begin{pmatrix}", r"\end{pmatrix}", r"\left(", r"\\", "**", "sqrt", "1e9",
    "9^9",
    "\u202e", "\x00", "{,}", " and ", "ln ", "x^x", "sigmoid", "1/0", "(x", "10^", "max(", "__",
]  # fmt: skip


def _mixed(count: int) -> list[str]:
    """Texts of pieces that mean something, put together without any."""
    random_ = random.Random(20_240_229)  # noqa: S311  not for secrets
    return ["".join(random_.choices(_ALPHABET, k=random_.randint(1, 40))) for _ in range(count)]


#: Somewhat more than two thousand.
HOSTILE: tuple[str, ...] = tuple(
    dict.fromkeys(itertools.chain(_CODE, _LARGE, _DEEP, _NOT_NUMBERS, _DECEIVING, _LONG, _mixed(1_900)))
)

#: Objects that YAML and JSON can hold, and that are no answers.
HOSTILE_OBJECTS: tuple[object, ...] = (
    float("nan"), float("inf"), float("-inf"), 10**5_000, -(10**400), True, False, {"a": 1}, {1, 2}, b"1", object(),
    [], [[]], [[[[[1]]]]], [1] * 100_000, [[1] * 1_000] * 1_000, [float("nan")], [None], [True, 1], ["1\x00", 2],
    [{"a": 1}], (1, (2, (3, (4, (5,))))), 1j, "\x00", range(10**9),
)  # fmt: skip
