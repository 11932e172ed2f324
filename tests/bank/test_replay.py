"""An exercise run again: what follows from a slip, and from each known mistake."""

from __future__ import annotations

import math

import pytest
from questions import drawn, question

from quizgen.bank import load_bank
from quizgen.bank.question import Question
from quizgen.errors import UsageError

BANK = load_bank()
MORE = """mistakes:
  - wrong: z = w * x
    says: The bias is missing.
  - wrong: h = z
    says: Squash << z.symbol >>."""


def neuron() -> Question:
    return question(given="w = number(0.5, 2, step=0.5)\nx = number(1, 2, step=0.5)\nb = choice(0.5, 1)",
                    work="z = w * x + b\nh = tanh(z)\ny = 2 * h", truth="y = 2 * tanh(w * x + b)",
                    ask="y: 2 decimals", more=MORE,
                    text="<< w >>, << x >>, << b >>: << y.symbol >>?")  # fmt: skip


def test_nothing_put_in_gives_the_exercise_back() -> None:
    for name in ("lstm/full-step", "backpropagation/training-step", "cnn/max-pooling"):
        made = BANK[name]
        exercise = made.draw(seed=3, variant=1)
        assert made.replay(seed=3, variant=1).replay({}) == exercise.work


def test_what_is_put_in_is_carried_on() -> None:
    found = neuron().replay(seed=1, variant=0).replay({"z": 0.25})
    assert found["z"] == 0.25
    assert found["h"] == round(math.tanh(0.25), 4)
    assert found["y"] == round(2 * round(math.tanh(0.25), 4), 4)


def test_what_comes_before_stays() -> None:
    made = neuron()
    assert made.replay(seed=1, variant=0).replay({"h": 0.5})["z"] == drawn(made).work["z"]


def test_mistakes_have_their_steps() -> None:
    made = neuron()
    exercise = drawn(made)
    bias, raw = made.replay(seed=1, variant=0).mistakes
    assert bias[0] == "The bias is missing."
    assert set(bias[1]) == {"z", "h", "y"}
    assert raw[0] == "Squash $z$."
    assert raw[1] == {"h": exercise.work["z"], "y": 2 * exercise.work["z"]}  # type: ignore[operator]


def test_symbols_are_those_of_the_text() -> None:
    symbols = BANK["lstm/full-step"].replay(seed=1, variant=0).symbols
    assert symbols["g_f"].strip("{}").startswith(("g_f", r"\mathbf{g}_f"))


@pytest.mark.parametrize(("values", "message"), [
    ({"zz": 1}, "'zz' is no step of this exercise; did you mean 'z'"),
    ({"z": [1, 2]}, "'z' consists of 1 numbers, found 2"),
    ({"z": "one"}, "a number was expected, found 'one'"),
])  # fmt: skip
def test_what_cannot_be_put_in_is_told(values: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        neuron().replay(seed=1, variant=0).replay(values)  # type: ignore[arg-type]


def test_nothing_follows_from_a_value_that_overflows() -> None:
    made = question(given="x = number(1, 2, step=0.5)", work="y = x + 1\nz = exp(y)",
                    truth="z = exp(x + 1)", ask="z: 2 decimals", text="<< x >> << z.symbol >>",
                    solution="<< y.steps >>\n<< z.steps >>")  # fmt: skip
    with pytest.raises(UsageError, match="nothing follows from y with such values"):
        made.replay(seed=1, variant=0).replay({"y": 1e9})
