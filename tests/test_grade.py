"""A whole exercise graded: points, slips that are paid once, steps, conditions."""

from __future__ import annotations

import importlib
import math
from collections.abc import Mapping
from dataclasses import replace
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quizgen
from quizgen.answers import Verdict
from quizgen.answers.steps import step_answers
from quizgen.errors import DrawError, UsageError
from quizgen.exercise import Answer, Choice, Exercise, Mistake, Value
from quizgen.grade import GradedExercise, grade
from quizgen.text import plain

R, FOLLOWS, WRONG, MISTAKE = Verdict.RIGHT, Verdict.FOLLOWS, Verdict.WRONG, Verdict.MISTAKE


def sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


def number(name: str, value: float, *mistakes: Mistake, condition: str | None = None) -> Answer:
    accept: Value = [round(value - 0.005, 3), round(value + 0.005, 3)]
    return Answer(
        name, name, "number", value, 2, None, None if condition else accept,
        "to 2 decimals", mistakes, condition=condition
    )  # fmt: skip


def exercise(*answers: Answer, points: int = 4, **work: Value) -> Exercise:
    empty = plain("")
    return Exercise("t/q", 1, 0, "t", "t", 1, points, 1.0, (), {}, {}, work, empty, (), empty, answers)


NO_BIAS = plain("The bias is missing.")


class Neuron:
    """z = 0.8 + b, a = sigmoid(z), L = 10 a, and a verdict on L: the graph that the tests replay."""

    def replay(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        z = self.put_in(values, "z", 1.3)
        if z > 100:
            raise DrawError("z is out of bounds")
        a = self.put_in(values, "a", sigmoid(z))
        loss = self.put_in(values, "L", 10 * a)
        return {"z": z, "a": a, "L": loss, "v": "A" if loss > 5 else "B", "pair": [a, 1 - a], "n": round(10 * z)}

    def satisfies(self, name: str, values: Mapping[str, Value]) -> bool:
        p, q = values.get("p"), values.get("q")
        if not isinstance(p, int | float) or not isinstance(q, int | float):
            raise DrawError(f"{name} needs p and q")
        return p + q == 5

    @staticmethod
    def put_in(values: Mapping[str, Value], name: str, value: float) -> float:
        given_ = values.get(name, value)
        assert isinstance(given_, int | float)
        return given_


def neuron() -> Exercise:
    return exercise(
        number("a", 0.79, Mistake(0.69, NO_BIAS)), number("L", 7.86, Mistake(6.9, NO_BIAS)),
        z=1.3, a=0.7858, L=7.8583,
    )  # fmt: skip


def verdicts(result: GradedExercise) -> dict[str, Verdict]:
    return {name: entry.graded.verdict for name, entry in result.results.items()}


def test_all_right_is_all_points() -> None:
    result = grade(neuron(), {"a": "0,79", "L": 7.858, "z": "1.3"})
    assert verdicts(result) == {"a": R, "L": R, "z": R}
    assert (result.id, result.points, result.max_points) == ("t/q", 4.0, 4)
    assert [entry.is_step for entry in result.results.values()] == [False, False, True]


def test_missing_and_unreadable_answers() -> None:
    result = grade(neuron(), {"a": "?"})
    assert verdicts(result) == {"a": Verdict.UNREADABLE, "L": Verdict.MISSING}
    assert result.points == 0


def test_unknown_names_are_refused_with_a_hint() -> None:
    with pytest.raises(UsageError, match="t/q: nothing is called 'l'"):
        grade(neuron(), {"l": 1})
    with pytest.raises(UsageError, match="did you mean"):
        grade(exercise(number("w_new", 0.5)), {"w_nwe": 1})


def test_a_slip_in_an_answer_is_paid_once() -> None:
    """a = 0.31 is wrong; L = 3.1 is ten times that."""
    assert verdicts(grade(neuron(), {"a": "0.31", "L": "3.10"})) == {"a": WRONG, "L": WRONG}
    result = grade(neuron(), {"a": "0.31", "L": "3.10"}, recomputation=Neuron())
    assert verdicts(result) == {"a": WRONG, "L": FOLLOWS}
    assert result.points == 2.0
    assert "$a$" in result.results["L"].graded.says


def test_what_was_carried_unrounded_follows_too() -> None:
    """0.3149 was carried on and 0.31 written: L = 3.149 is as far off as that rounding puts it, 3.25 is not."""
    assert verdicts(grade(neuron(), {"a": "0.31", "L": "3.15"}, recomputation=Neuron()))["L"] is FOLLOWS
    assert verdicts(grade(neuron(), {"a": "0.31", "L": "3.25"}, recomputation=Neuron()))["L"] is WRONG


def test_a_slip_that_changes_nothing_explains_nothing() -> None:
    """a is wrong in the graph's last place; an L one off the truth does not follow from an unrelated slip."""
    result = grade(
        exercise(number("u", 0.5), number("L", 7.86), u=0.5, L=7.8583), {"u": 3, "L": 7.87}, recomputation=Neuron()
    )
    assert verdicts(result) == {"u": WRONG, "L": WRONG}


def test_too_few_digits_of_what_follows_is_half() -> None:
    result = grade(neuron(), {"a": "0.31", "L": "3.1"}, recomputation=Neuron())
    assert result.results["L"].graded.points_share == 1.0  # 3.10 without its zero
    result = grade(neuron(), {"a": "0.314", "L": "3.1"}, recomputation=Neuron())
    assert (verdicts(result)["L"], result.results["L"].graded.points_share) == (FOLLOWS, 0.5)


def test_a_slip_in_a_step_costs_half_of_the_first_answer_that_follows() -> None:
    a = sigmoid(0.8)
    result = grade(neuron(), {"z": "0.8", "a": f"{a:.4f}", "L": f"{10 * a:.3f}"}, recomputation=Neuron())
    assert verdicts(result) == {"a": FOLLOWS, "L": FOLLOWS, "z": WRONG}
    assert [result.results[name].graded.points_share for name in "aL"] == [0.5, 1.0]
    assert result.points == 3.0


def test_two_slips_together() -> None:
    """z is wrong, a does not follow from it, and L follows from a alone."""
    result = grade(neuron(), {"z": "0.8", "a": "0.31", "L": "3.10"}, recomputation=Neuron())
    assert verdicts(result) == {"a": WRONG, "L": FOLLOWS, "z": WRONG}
    assert result.points == 2.0


def test_what_follows_from_too_coarse_a_rounding_is_right() -> None:
    result = grade(neuron(), {"a": "0.8", "L": "8.00"}, recomputation=Neuron())
    assert verdicts(result) == {"a": Verdict.TOO_FEW_DIGITS, "L": FOLLOWS}
    assert result.points == 3.0


def test_the_same_known_mistake_is_paid_once_without_the_graph() -> None:
    result = grade(neuron(), {"a": "0.69", "L": "6,90"})
    assert verdicts(result) == {"a": MISTAKE, "L": FOLLOWS}
    assert result.results["a"].graded.says == "The bias is missing."
    assert result.points == 2.0


def test_answers_are_followed_in_the_order_of_the_work() -> None:
    """L is asked for before a, but computed after it."""
    swapped = replace(neuron(), answers=neuron().answers[::-1])
    result = grade(swapped, {"a": "0.31", "L": "3.10"}, recomputation=Neuron())
    assert verdicts(result) == {"L": FOLLOWS, "a": WRONG}
    assert list(result.results) == ["L", "a"]


def test_choices_vectors_and_whole_numbers_follow_too() -> None:
    lines = tuple(Choice(letter, plain(letter), letter == "A", None) for letter in "ABC")
    choice = Answer("v", "", "choice", "A", None, None, None, "Tick one", choices=lines)
    pair = Answer("pair", "pair", "vector", [0.79, 0.21], 2, None, [[0.785, 0.795], [0.205, 0.215]], "to 2 decimals")
    whole = Answer("n", "n", "integer", 13, None, None, [13, 13], "a whole number")
    asked = exercise(number("a", 0.79), pair, choice, whole, z=1.3, a=0.7858, pair=[0.7858, 0.2142])
    said = {"a": "0.31", "pair": "(0.31, 0.69)", "v": "B", "n": 12}
    assert verdicts(grade(asked, said, recomputation=Neuron())) == {
        "a": WRONG,
        "pair": FOLLOWS,
        "v": FOLLOWS,
        "n": WRONG,
    }
    assert verdicts(grade(asked, {**said, "v": "C"}, recomputation=Neuron()))["v"] is WRONG
    assert verdicts(grade(asked, {"z": "2.1", "n": 21}, recomputation=Neuron()))["n"] is FOLLOWS


def test_an_impossible_value_has_nothing_that_follows() -> None:
    result = grade(neuron(), {"z": "1000", "a": "0.31"}, recomputation=Neuron())
    assert verdicts(result) == {"a": WRONG, "L": Verdict.MISSING, "z": WRONG}


def conditioned(*mistakes: Mistake) -> Exercise:
    answers = [number(name, value, *mistakes, condition="p + q == 5") for name, value in (("p", 2.0), ("q", 3.0))]
    return exercise(*answers, points=2)


@pytest.mark.parametrize(("said", "with_graph", "without"), [
    ({"p": 2, "q": 3}, (R, R), (R, R)),
    ({"p": 1, "q": 4}, (R, R), (Verdict.UNDECIDED, Verdict.UNDECIDED)),
    ({"p": 2, "q": 4}, (WRONG, WRONG), (Verdict.UNDECIDED, Verdict.UNDECIDED)),
    ({"p": 2}, (Verdict.UNDECIDED, Verdict.MISSING), (Verdict.UNDECIDED, Verdict.MISSING)),
])  # fmt: skip
def test_whatever_fulfils_the_condition_is_right(
    said: dict[str, object], with_graph: tuple[Verdict, ...], without: tuple[Verdict, ...]
) -> None:
    decided, open_ = grade(conditioned(), said, recomputation=Neuron()), grade(conditioned(), said)
    assert tuple(verdicts(decided).values()) == with_graph
    assert tuple(verdicts(open_).values()) == without
    assert open_.undecided == tuple(n for n, v in zip("pq", without, strict=True) if v is Verdict.UNDECIDED)


def test_a_value_of_a_mistake_is_right_where_all_answers_together_fulfil_the_condition() -> None:
    slip = Mistake(1.0, plain("One is too few."))
    asked = conditioned(slip)
    assert verdicts(grade(asked, {"p": 1, "q": 4}, recomputation=Neuron())) == {"p": R, "q": R}
    both = grade(asked, {"p": 1, "q": 1}, recomputation=Neuron())
    assert set(verdicts(both).values()) == {Verdict.MISTAKE}
    assert both.results["p"].graded.says.startswith("One is too few.")
    # Beside a value that is neither, it proves nothing.
    assert set(verdicts(grade(asked, {"p": 1, "q": 7}, recomputation=Neuron())).values()) == {WRONG}


@pytest.mark.parametrize(("work", "text", "verdict"), [
    ({"z": 0.1545}, "0.15", R), ({"z": 0.1545}, "0.1545", R), ({"z": 0.1545}, "0.1553", R),
    ({"z": 0.1545}, "0.1556", WRONG),
    ({"z": 0.1545}, "0.2", Verdict.TOO_FEW_DIGITS), ({"z": 0.1545}, "0.16", WRONG), ({"z": 14}, "14", R),
    ({"z": 14}, "15", WRONG),
    ({"z": -1.7, "h": 0.1545}, "-1.7", R), ({"z": -1.7, "h": 0.1545}, "-1.6995", R), ({"z": 0.5}, "0.5", R),
    ({"z": 0.5}, "0.51", WRONG),
    ({"z": [0.1545, 2.0]}, "(0.15, 2)", R), ({"z": [[1, 2], [3, 4]]}, "[1 2; 3 4]", R),
    ({"z": [[1, 2], [3, 4]]}, "[1 3; 2 4]", Verdict.TRANSPOSED),
])  # fmt: skip
def test_steps_are_graded_kindly(work: dict[str, Value], text: str, verdict: Verdict) -> None:
    result = grade(exercise(number("a", 0.79), **work), {"z": text, "a": "0.79"})
    assert verdicts(result)["z"] is verdict
    assert result.points == 4.0


def test_steps_that_are_words_are_none() -> None:
    assert set(step_answers({"z": 1.5, "name": "saddle", "T": [[[1]]]})) == {"z"}


@given(points=st.integers(1, 20), right=st.lists(st.booleans(), min_size=1, max_size=12))
def test_points_come_in_halves_near_the_share_and_are_all_only_if_all_is_right(points: int, right: list[bool]) -> None:
    asked = exercise(*(number(f"y{k}", 0.5) for k in range(len(right))), points=points)
    result = grade(asked, {f"y{k}": "0.5" if ok else "0.7" for k, ok in enumerate(right)})
    share = sum(right) / len(right)
    assert (result.points * 2).is_integer()
    assert (result.points == points) == all(right)
    assert (result.points == 0) == (not any(right))
    assert abs(result.points - points * share) <= 0.5


def test_grade_is_a_function_however_it_was_imported() -> None:
    module = importlib.import_module("quizgen.grade")
    assert isinstance(module, ModuleType)
    assert quizgen.grade(neuron(), {"a": "0.79", "L": "7.86"}).points == 4.0
    assert "grade" in dir(quizgen)
