"""The verdict on numbers, arrays of them included: the same rules whatever their shape."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from quizgen.answers.arithmetic import Written
from quizgen.answers.array import Array, nested
from quizgen.answers.closeness import Closeness, Target, all_closeness, closeness, targets, targets_at
from quizgen.answers.verdict import Graded, Verdict, graded
from quizgen.errors import counted
from quizgen.exercise import Answer, Value

Numbers = Array[Written]


def judge_numbers(numbers: Numbers, answer: Answer) -> Graded:
    """The verdict, the first of: right, too few digits, a known mistake, transposed, wrong sign, wrong order, wrong."""
    value = plain_numbers(numbers)
    aims = targets(answer)
    match all_closeness(numbers, aims):
        case Closeness.CLOSE:
            return graded(Verdict.RIGHT, "", value)
        case Closeness.COARSE:
            return graded(Verdict.TOO_FEW_DIGITS, f"This is right as far as it goes. {_asked(answer)}", value)
    for mistake in answer.mistakes:
        if all_closeness(numbers, targets_at(mistake.value, answer)):
            return graded(Verdict.MISTAKE, str(mistake.says), value)
    if len(aims.shape) == 2 and all_closeness(numbers.transposed(), aims):
        return graded(Verdict.TRANSPOSED, "Rows and columns are swapped: this is the transpose.", value)
    if numbers.shape != aims.shape:
        return graded(Verdict.WRONG, _shape_says(numbers.shape, aims.shape), value)
    if all(_close_up_to_sign(number, aim) for number, aim in zip(numbers.cells, aims.cells, strict=True)):
        return graded(Verdict.SIGN, _sign_says(numbers, aims), value)
    if len(aims.cells) > 1 and _permuted(numbers.cells, aims.cells):
        return graded(Verdict.ORDER, "These are the right numbers, in another order.", value)
    return graded(Verdict.WRONG, _wrong_says(numbers, aims), value)


def plain_numbers(numbers: Numbers) -> Value:
    """Numbers as JSON has them: whole ones as integers, others as the nearest floats."""
    return nested(numbers.map(_plain))


def _plain(number: Written) -> int | float:
    value = number.value
    return int(value) if value.denominator == 1 and abs(value) < 2**53 else float(value)


def _asked(answer: Answer) -> str:
    if answer.decimals is None and answer.digits is None:
        return "The exact value is asked for."
    return f"Give it {answer.format}."


def _close_up_to_sign(number: Written, aim: Target) -> bool:
    return bool(closeness(number, aim) or closeness(_negative(number), aim))


def _negative(number: Written) -> Written:
    return Written(-number.value, number.unit)


def _sign_says(numbers: Numbers, aims: Array[Target]) -> str:
    if len(aims.cells) == 1:
        return "The sign is wrong, the rest is right."
    places = _places(numbers, aims)
    if len(places) == len(aims.cells) or all_closeness(numbers.map(_negative), aims):
        return "All signs are wrong, the rest is right."
    return f"Right except for signs. Look again at {_listed(places)}."


def _permuted(numbers: Iterable[Written], aims: Iterable[Target]) -> bool:
    """Whether the numbers in another order are close to the aims; sorted, they stand beside their own."""
    pairs = zip(sorted(numbers, key=_value), sorted(aims, key=_value), strict=True)
    return all(closeness(number, aim) == Closeness.CLOSE for number, aim in pairs)


def _value(number: Written | Target) -> Fraction:
    return number.value


def _wrong_says(numbers: Numbers, aims: Array[Target]) -> str:
    places = _places(numbers, aims)
    right = len(aims.cells) - len(places)
    if not right:
        return ""
    are = "is" if right == 1 else "are"
    return f"{right} of {counted(len(aims.cells), 'number')} {are} right. Look again at {_listed(places)}."


def _places(numbers: Numbers, aims: Array[Target]) -> list[str]:
    """Where the numbers are not close, in words."""
    pairs = zip(numbers.cells, aims.cells, strict=True)
    return [aims.place(k) for k, (number, aim) in enumerate(pairs) if not closeness(number, aim)]


def _listed(places: list[str]) -> str:
    if len(places) > 4:
        places = [*places[:3], f"{len(places) - 3} more"]
    return places[0] if len(places) == 1 else f"{', '.join(places[:-1])} and {places[-1]}"


def _shape_says(found: tuple[int, ...], expected: tuple[int, ...]) -> str:
    return f"This has {_size(found)}; {_size(expected)} {'is' if expected in ((), (1,)) else 'are'} expected."


def _size(shape: tuple[int, ...]) -> str:
    if len(shape) == 2:
        return f"{counted(shape[0], 'row')} of {counted(shape[1], 'number')}"
    return counted(shape[0] if shape else 1, "number")
