"""Every question of the bank, found by itself: what must hold for any question whatever it asks.

A new question file needs no line here. `tests/bank/test_recomputed.py` recomputes the answers.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from math_core import LatexToMathML
from scipy.stats import chisquare

from quizgen import resources
from quizgen.bank import Bank, Question, load_bank
from quizgen.exercise import Answer, Exercise, Paper
from quizgen.export import FORMATS, export
from quizgen.proof import Report, read

BANK: Bank = load_bank()
SEED = 4
VARIANTS = 40

#: What no reader should ever see, and why it could come.
UGLY = {
    "not a number": r"\bnan\b|\binf\b|\\infty",
    "minus zero": r"-\s?0(?:\.0+)?(?![.\d])",
    "an exponent as computers write it": r"\d[eE][-+]?\d",
    "float noise": r"\d\.\d{13,}",
    "two signs in a row": r"[-+] [-+]|\+-|\\(?:cdot|times) ?-",
    "a template that was not filled": r"<<|>>|<%|%>|<#|\bUndefined\b",
    "a Python value": r"\bNone\b(?! of)|\bTrue\b|\bFalse\b|\barray\(",
    "a hole that was not filled": "[\ue000-\uf8ff\U000f0000-\U0010ffff]",
    "two full stops": r"(?<!\.)\.\.(?!\.)",
}

each_question = pytest.mark.parametrize("question", BANK.questions.values(), ids=list(BANK.questions))


@cache
def drawn(question: Question) -> tuple[Exercise, ...]:
    """Confirmed by the numeric core."""
    return tuple(question.draw(seed=SEED, variant=variant) for variant in range(VARIANTS))


@cache
def of_each_form(question: Question, variants: int) -> tuple[Exercise, ...]:
    return tuple(question.draw(seed=SEED, variant=k, confirmed=False) for k in range(variants * question.forms))


@cache
def proofs(question: Question) -> tuple[Report, ...]:
    decimals = question.source.carry.decimals or 4
    return tuple(read(f"{e.question}\n\n{e.solution}", decimals=decimals) for e in drawn(question))


def texts(exercise: Exercise) -> Iterator[str]:
    """Everything about an exercise that someone reads."""
    yield from map(str, (exercise.question, *exercise.hints, exercise.solution, *exercise.conventions))
    for answer in exercise.answers:
        yield from (str(mistake.says) for mistake in answer.mistakes)
        for choice in answer.choices:
            yield str(choice.text)
            yield str(choice.says or "")


def formulas(text: str) -> Iterator[tuple[str, bool]]:
    """The mathematics of a text, and whether it is set off."""
    for match in re.finditer(r"\$\$(.+?)\$\$|\$(.+?)\$", re.sub(r"`[^`]*`", "", text), re.DOTALL):
        yield match[1] or match[2], match[1] is not None


def flat(value: Any) -> list[Any]:
    return [entry for member in value for entry in flat(member)] if isinstance(value, list) else [value]


def numeric(exercise: Exercise) -> list[Answer]:
    return [answer for answer in exercise.answers if answer.accept is not None]


def where(exercise: Exercise) -> str:
    return f"seed {SEED}, variant {exercise.variant}, {dict(exercise.form)}"


def paper(exercises: tuple[Exercise, ...]) -> Paper:
    return Paper("Every form", "code", SEED, "", exercises)


def as_json(exercises: tuple[Exercise, ...]) -> bytes:
    return export(paper(exercises), "json")["exam.json"]


def test_the_bank_has_no_fault() -> None:
    assert not BANK.faults, "\n".join(map(str, BANK.faults))
    assert BANK.questions


@each_question
def test_draws_are_confirmed_and_the_same_in_a_fresh_bank(question: Question) -> None:
    again = load_bank()[question.id]
    backwards = [again.draw(seed=SEED, variant=k, confirmed=False) for k in reversed(range(VARIANTS))]
    assert as_json(drawn(question)) == as_json(tuple(reversed(backwards)))


@each_question
def test_there_are_200_different_questions(question: Question) -> None:
    if re.search(r"#.*\bfewer\b", (resources.bank() / f"{question.id}.md").read_text(encoding="utf-8")):
        pytest.skip("the file says why there are fewer")
    found: set[str] = set()
    for variant in range(3000):
        found.add(str(question.draw(seed=SEED, variant=variant, confirmed=False).question))
        if len(found) == 200:
            return
    pytest.fail(f"{len(found)} different questions; 200 are expected, or a comment with the word 'fewer' that says why")


@each_question
def test_most_draws_are_kept(question: Question) -> None:
    counts = question.rejections(seed=SEED, variants=300)
    assert counts["kept"] / sum(counts.values()) > 0.5, f"more rejected than kept: {counts}"


@pytest.mark.parametrize(
    "text",
    [
        "a = nan", r"x - 0", "$-0$", r"-0.0 \cdot 3", "1e-05", "2.5E3", "0.30000000000000004", "3 + -2", r"2 \cdot -1",
        "<< x >>", "<% if", "a = None", "Undefined", "x\ue001", "\U000f0001", "the end..",
    ],
)  # fmt: skip
def test_ugly_things_would_be_seen(text: str) -> None:
    assert any(re.search(pattern, text) for pattern in UGLY.values())


@pytest.mark.parametrize("text", ["3 - 0.7", "-0.05", "None of them", r"a \to -1 + (-0.5)", "|---|:--|", "1, 2, …, 10"])
def test_fine_things_are_left_alone(text: str) -> None:
    assert not any(re.search(pattern, text) for pattern in UGLY.values())


@each_question
def test_nothing_ugly_is_printed(question: Question) -> None:
    for exercise in drawn(question):
        for text in texts(exercise):
            for what, pattern in UGLY.items():
                match = re.search(pattern, text)
                if match is not None:
                    around = text[max(0, match.start() - 40) : match.end() + 40]
                    pytest.fail(f"{what}: {around!r} ({where(exercise)})")


@each_question
def test_answers_are_finite_and_accepted(question: Question) -> None:
    for exercise in drawn(question):
        for answer in numeric(exercise):
            ranges = flat(answer.accept)
            for value, low, high in zip(flat(answer.value), ranges[::2], ranges[1::2], strict=True):
                assert math.isfinite(value), where(exercise)
                assert low <= value <= high, where(exercise)
                assert not is_minus_zero(value), f"{answer.name}: {answer.value}, {where(exercise)}"


def is_minus_zero(value: float) -> bool:
    return value == 0 and math.copysign(1, value) < 0


@each_question
def test_mistakes_are_wrong(question: Question) -> None:
    for exercise in drawn(question):
        for answer in numeric(exercise):
            ranges = flat(answer.accept)
            for mistake in answer.mistakes:
                values = flat(mistake.value)
                assert all(map(math.isfinite, values)), where(exercise)
                assert not any(map(is_minus_zero, values)), f"{answer.name}: {mistake.value}, {where(exercise)}"
                accepted = (
                    low <= value <= high for value, low, high in zip(values, ranges[::2], ranges[1::2], strict=True)
                )
                assert not all(accepted), f"{answer.name}: {mistake.value} counts as right, {where(exercise)}"


@each_question
def test_no_answer_lists_a_value_twice(question: Question) -> None:
    for exercise in drawn(question):
        for answer in exercise.answers:
            for one, other in combinations([answer.value, *(mistake.value for mistake in answer.mistakes)], 2):
                assert one != other, f"{answer.name}: {one} twice, {where(exercise)}"


@each_question
def test_there_is_something_wrong_to_learn_from(question: Question) -> None:
    for exercise in drawn(question):
        told = {str(mistake.says) for answer in exercise.answers for mistake in answer.mistakes}
        told |= {str(c.says) for answer in exercise.answers for c in answer.choices if c.says and not c.right}
        assert len(told) >= 2, f"{len(told)} mistakes, {where(exercise)}"


@each_question
def test_hints_do_not_tell(question: Question) -> None:
    """A number that a hint says and the question does not is a constant of the matter, never the answer."""
    for exercise in drawn(question):
        known = numbers(str(exercise.question))
        answers = {f"{value:.15g}" for answer in numeric(exercise) for value in flat(answer.value)}
        for hint in exercise.hints:
            told = {number for number in numbers(str(hint)) - known if len(number) > 1}
            assert not told & answers, f"the hint tells {told & answers}, {where(exercise)}"


def numbers(text: str) -> set[str]:
    return set(re.findall(r"-?\d+(?:\.\d+)?", text.replace("{,}", "")))


@each_question
def test_the_proof_reader_finds_nothing_false(question: Question) -> None:
    for exercise, report in zip(drawn(question), proofs(question), strict=True):
        assert not report.false, "\n".join([where(exercise), *map(str, report.false)])


def test_the_proof_reader_decides_nearly_everything() -> None:
    shares = {}
    decided = claims = 0
    for question in BANK.questions.values():
        reports = proofs(question)
        sure = sum(len(report.true) + len(report.false) for report in reports)
        open_ = sum(len(report.undecided) for report in reports)
        shares[question.id] = sure / (sure + open_) if sure + open_ else 1.0
        decided, claims = decided + sure, claims + sure + open_
    table = "\n".join(f"{share:7.2%}  {name}" for name, share in sorted(shares.items(), key=lambda entry: entry[1]))
    assert claims > 1000
    assert decided / claims >= 0.99, f"{decided / claims:.2%} of {claims} relations are decided:\n{table}"


@each_question
@pytest.mark.parametrize("name", FORMATS)
def test_each_form_can_be_exported(question: Question, name: str) -> None:
    if not FORMATS[name].available:
        pytest.skip(f"{FORMATS[name].needs} is not installed")
    files = export(paper(of_each_form(question, 3)[: question.forms]), name)
    assert files
    assert all(files.values())
    if name == "json":
        assert len(json.loads(files["exam.json"])["exercises"]) == question.forms


@each_question
def test_the_mathematics_is_valid_latex(question: Question) -> None:
    strict = LatexToMathML()
    for exercise in of_each_form(question, 3):
        symbols = [(answer.symbol, False) for answer in exercise.answers if answer.symbol]
        for source, display in [*symbols, *(pair for text in texts(exercise) for pair in formulas(text))]:
            strict.convert_with_local_state(source, displaystyle=display)


@each_question
def test_right_letters_are_spread(question: Question) -> None:
    """Whoever always ticks the same place gains nothing. The bound is passed once in a million by fair shuffles."""
    letters: Counter[str] = Counter()
    lines = 0
    for variant in range(200):
        for answer in question.draw(seed=SEED, variant=variant, confirmed=False).answers:
            lines = max(lines, len(answer.choices))
            letters.update(str(answer.value) if answer.choices else "")
    if lines:
        counts = [letters[letter] for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:lines]]
        assert chisquare(counts).pvalue > 1e-6, counts
