"""Texts that try to exhaust the reader: each is answered soon, and nothing is called true that was not computed."""

from __future__ import annotations

import time

import pytest

from quizgen.proof import ProofError, read

HOSTILE = {
    "signs": "$x = " + "-" * 50_000 + "1$",
    "braces": "$1 = " + "{" * 5_000 + "1" + "}" * 5_000 + "$",
    "brackets": "$1 = " + "(" * 9_000 + "$",
    "fractions": "$1 = " + r"\frac{" * 300 + "1" + "}{2}" * 300 + "$",
    "tower": "$9^{9^{9^9}} = 1$",
    "product of powers": "$" + r"9^{3000} \cdot " * 500 + "1 = 2$",
    "exponential": "$e^{99999999} = 2$",
    "tower of exponentials": "$e^{e^{e^{e^9}}} = 2$",
    "digits": "$" + "9" * 5_000 + " = 1$",
    "long sum": r"$\sum_{i=1}^{999999} i = 2$",
    "nested sums": r"$\sum_{i=1}^{900} \sum_{j=1}^{900} i j = 2$",
    "ellipsis": r"$2 \in \{1, \ldots, 999999999\}$",
    "matrices": "$" + r"\begin{pmatrix}" * 500 + " = 1$",
    "recursion": "$f(x) = f(x) + f(x)$ $f(2) = 3$",
    "prefixes": "$" + r"\Delta" * 5_000 + " w = 1$",
    "accents": "$" + r"\hat" * 5_000 + " w = 1$",
    "functions": "$" + r"\ln" * 3_000 + " 2 = 1$",
    "exponents": "$2" + "^2" * 3_000 + " = 1$",
    "indices": "$x" + "_{1}" * 3_000 + " = 1$",
    "not text": "$1\x00 = \ud800$",
}


@pytest.mark.parametrize("mode", ["strict", "kind"])
@pytest.mark.parametrize("name", HOSTILE)
def test_is_refused_soon(name: str, mode: str) -> None:
    start = time.perf_counter()
    report = read(HOSTILE[name], mode=mode)  # type: ignore[arg-type]
    assert time.perf_counter() - start < 3
    assert report.undecided
    assert not report.true


@pytest.mark.parametrize(
    "text",
    [
        "$" * 20_001,
        "`" * 20_001 + " $1=2$",
        "`a ``b " * 10_000,
        "```\n" * 10_001,
        "$a" + "\n " * 10_000 + "$",
        "$ $" * 10_000,
        "<!--" * 5_000,
        "".join(f"$0.{n}$ " for n in range(10_000, 15_000)),
    ],
)
def test_markup_that_never_closes_is_passed_soon(text: str) -> None:
    start = time.perf_counter()
    read(text)
    assert time.perf_counter() - start < 3


def test_long_but_honest_sums_are_read() -> None:
    (relation,) = read("$" + "+".join(["1"] * 9_000) + " = 9000$").relations
    assert relation.verdict == "true"
    (relation,) = read("$" + r" \cdot ".join(["1"] * 2_000) + " = 1$").relations
    assert relation.verdict == "true"


def test_a_text_too_long_is_refused() -> None:
    with pytest.raises(ProofError, match="characters"):
        read("a" * 2_000_001)
