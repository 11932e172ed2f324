"""Solutions as students hand them in, right and wrong, made from the question bank and from a neuron of our own."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from quizgen.bank import Bank, load_bank
from quizgen.errors import QuizgenError
from quizgen.proof.known import Known, KnownMistake
from quizgen.proof.names import read_name
from quizgen.proof.tokens import tokenize


@dataclass(frozen=True)
class Solution:
    """A text, the exercise, and what is wrong: its line (0 if nothing is) and a part of what should be said of it."""

    kind: str
    text: str
    known: Known
    line: int = 0
    says: str = ""


@dataclass(frozen=True)
class Solved:
    """An exercise of the bank with its graph."""

    id: str
    known: Known
    names: list[str]
    replay: Any


@cache
def solved(count: int, seed: int) -> tuple[Solved, ...]:
    """Exercises with at least two steps that are numbers and have names of their own."""
    bank: Bank = load_bank()
    found = []
    for variant in range(20):
        for question in bank.questions.values():
            try:
                exercise = question.draw(seed=seed, variant=variant, confirmed=False)
                replay = question.replay(seed=seed, variant=variant)
                mistakes = tuple(KnownMistake(str(says), values) for says, values in replay.mistakes)
            except (QuizgenError, ValueError):  # ValueError: a mistake that gives a step another shape
                continue
            symbols = {
                name: replay.symbols[name] for name in (*exercise.given, *exercise.work) if name in replay.symbols
            }
            known = Known(str(exercise.question), str(exercise.solution), dict(exercise.given), dict(exercise.work),
                          symbols, mistakes)  # fmt: skip
            names = [n for n, v in exercise.work.items() if isinstance(v, int | float) and _is_name(symbols.get(n, ""))]
            if len(names) >= 2 and len({symbols[n] for n in names}) == len(names):
                found.append(Solved(question.id, known, names, replay))
            if len(found) == count:
                return tuple(found)
    return tuple(found)


def _is_name(latex: str) -> bool:
    try:
        read_name(tokenize(latex))
    except QuizgenError:
        return False
    return True


def terse(exercise: Solved, values: dict[str, Any], style: str, names: Sequence[str] | None = None) -> str:
    """Step by step `name = value`, in LaTeX or typed."""
    lines = []
    for place, name in enumerate(names or exercise.names, 1):
        symbol, value = exercise.known.symbols[name], number(values[name])
        shown = f"${symbol} = {value}$" if style == "latex" else f"{name} = {value}"
        lines.append([f"{place}. {shown}", f"so {shown}.", shown][place % 3])
    return "\n".join(lines)


def number(value: float, decimals: int = 8) -> str:
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    if value and abs(value) < 1e-4:
        mantissa, exponent = f"{value:.6e}".split("e")
        return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
    return "0" if text == "-0" else text


def typed_name(exercise: Solved) -> bool:
    """Whether the exercise's own names can be typed: z, w_x, h_1."""
    return all("[" not in name for name in exercise.names)


def wrong_by_mistake(count: int) -> Iterator[Solution]:
    """A known mistake from the bank, all that follows carried on."""
    made = 0
    for exercise in solved(160, 21):
        for mistake in exercise.known.mistakes:
            values: dict[str, Any] = {**exercise.known.steps, **mistake.values}
            changed = [n for n in exercise.names if differs(values[n], exercise.known.steps[n])]
            if not changed or made == count:
                continue
            made += 1
            style = "typed" if made % 2 and typed_name(exercise) and "e-" not in str(values) else "latex"
            text = terse(exercise, values, style)
            if "e" in "".join(number(values[n]) for n in exercise.names):
                made -= 1
                continue
            yield Solution("mistake", text, exercise.known, exercise.names.index(changed[0]) + 1, mistake.says)
            break


def wrong_by_slip(count: int) -> Iterator[Solution]:
    """The sign of a step, or two of its digits, and what follows carried on."""
    made = 0
    for place, exercise in enumerate(solved(160, 22)):
        values: dict[str, Any] = dict(exercise.known.steps)
        name = exercise.names[place % (len(exercise.names) - 1)]
        value = values[name]
        digits = number(abs(value)).replace(".", "")
        if place % 2:
            other, says = -value, "sign"
        else:
            if len(digits) < 3 or "e" in digits or digits[-1] == digits[-2]:
                continue
            text = number(value)
            swapped = text[:-2] + text[-1] + text[-2]
            if "." in text[-2:]:
                continue
            other, says = float(swapped), "digits"
        follows = follow(exercise, {name: other})
        if not value or not follows or any("e" in number(follows[n]) for n in exercise.names):
            continue
        line = exercise.names.index(name) + 1
        if any(differs(follows[n], values[n]) for n in exercise.names[: line - 1]):
            continue
        if any(m.values.get(name) is not None and not differs(m.values[name], other) for m in exercise.known.mistakes):
            continue
        made += 1
        yield Solution(says, terse(exercise, follows, "latex"), exercise.known, line, says)
        if made == count:
            return


def follow(exercise: Solved, values: dict[str, float]) -> dict[str, Any]:
    """All steps where some have another value; empty where they cannot be computed."""
    try:
        return dict(exercise.replay.replay(values))
    except (QuizgenError, ArithmeticError, ValueError):
        return {}


def differs(a: Any, b: Any) -> bool:
    """Whether two values of a step are apart by more than its printing shows."""
    return abs(a - b) > 0.02 * abs(b) + 1e-9 if isinstance(a, int | float) and isinstance(b, int | float) else a != b


class Neuron:
    """z = w1 x1 + w2 x2 + b, a = sigma(z), L = (a - y)^2 / 2, dL/dz = (a - y) a (1 - a)."""

    def __init__(self, rnd: random.Random) -> None:
        self.w = [rnd.choice([-1.5, -0.5, 0.5, 1.5, 2]), rnd.choice([-2, -1, 1, 0.75])]
        self.x = [rnd.choice([-2, -1, 2, 3]), rnd.choice([-1.5, 0.5, 1.4])]
        self.b = rnd.choice([-0.7, -0.3, 0.1, 0.4, 0.9])
        self.y = rnd.choice([0, 1])
        self.z = round(self.w[0] * self.x[0] + self.w[1] * self.x[1] + self.b, 9)

    def values(self, z: float | None = None, a: float | None = None) -> dict[str, float]:
        z = self.z if z is None else z
        a = 1 / (1 + math.exp(-z)) if a is None else a
        return {"z": z, "a": a, "L": (a - self.y) ** 2 / 2, "d": (a - self.y) * a * (1 - a)}

    @property
    def known(self) -> Known:
        w, x = (f"({number(v[0])}, {number(v[1])})^\\top" for v in (self.w, self.x))
        question = (
            rf"A neuron has the weights $\mathbf{{w}} = {w}$ and the bias $b = {number(self.b)}$. It reads "
            rf"$\mathbf{{x}} = {x}$; the target is $y = {self.y}$. Compute $a = \sigma(z)$, the loss $L$ and "
            r"$\frac{\partial L}{\partial z}$."
        )
        steps = {name: round(value, 4) for name, value in self.values().items()}
        tanh, no_bias = self.values(a=math.tanh(self.z)), self.values(self.z - self.b)
        mistakes = (
            KnownMistake("The output is a sigmoid.", {n: v for n, v in tanh.items() if n != "z"}),
            KnownMistake("A neuron has a bias.", no_bias),
        )
        symbols = {"d": r"\frac{\partial L}{\partial z}", "w": r"\mathbf{w}", "x": r"\mathbf{x}"}
        given = {"w": self.w, "x": self.x, "b": self.b, "y": self.y}
        return Known(question, "", given, steps, symbols, mistakes)

    def lines(self, values: dict[str, float], decimals: int, function: str = "sigma", bias: bool = True) -> list[str]:
        """The derivation typed, every result rounded to `decimals` and carried on."""

        def p(value: float) -> str:
            return f"({number(value)})" if value < 0 else number(value)

        def r(value: float) -> float:
            return round(value + 1e-12, decimals)

        (w, v), (x, u) = self.w, self.x
        end = f" + {p(self.b)}" if bias else ""
        z, a = values["z"], values["a"]
        return [
            f"z = w*x + b = {p(w)}*{p(x)} + {p(v)}*{p(u)}{end} = {number(w * x)} + {p(v * u)}{end} = {number(z)}"
            if bias
            else f"z = {p(w)}*{p(x)} + {p(v)}*{p(u)} = {number(z)}",
            f"Then a = {function}(z) = {function}({number(z)}) ~ {number(r(a), decimals)}",
            f"the loss is L = 0.5*({number(r(a))} - {self.y})^2 = {(r(a) - self.y) ** 2 / 2:.{decimals}f}",
            f"dL/dz = (a - y)*a*(1 - a) = ({number(r(a))} - {self.y})*{p(r(a))}*(1 - {p(r(a))}) = "
            f"{(r(a) - self.y) * r(a) * (1 - r(a)):.{decimals}f}",
        ]


def wrong_neurons(count: int) -> Iterator[Solution]:
    """A forgotten bias, another function, a slip of the calculator, a sign, digits put in the wrong way round."""
    rnd = random.Random(5)  # noqa: S311  a fixed sequence is wanted
    for k in range(count):
        neuron = Neuron(rnd)
        kind = ("bias", "function", "arithmetic", "sign", "digits")[k % 5]
        known, decimals = neuron.known, (2, 3, 4)[k % 3]
        if kind == "bias":
            lines = neuron.lines(neuron.values(neuron.z - neuron.b), decimals, bias=False)
            yield Solution(kind, "\n".join(lines), known, 1, "A neuron has a bias.")
        elif kind == "function":
            lines = neuron.lines(neuron.values(a=math.tanh(neuron.z)), decimals, "tanh")
            yield Solution(kind, "\n".join(lines), known, 2, "The output is a sigmoid.")
        elif kind == "arithmetic":
            lines = neuron.lines(neuron.values(neuron.z + rnd.choice([0.3, -0.6, 1])), decimals)
            yield Solution(kind, "\n".join(lines), known, 1, "")
        elif kind == "sign":
            lines = neuron.lines(neuron.values(-neuron.z), decimals)
            yield Solution(kind, "\n".join(lines), known, 1, "sign")
        else:
            lines = neuron.lines(neuron.values(), decimals)
            right = lines[2].rsplit("= ", 1)[1]
            swapped = number(float(right) * 10)
            if len(right) > 3 and right[-1] != right[-2] and "." not in right[-2:]:
                swapped = right[:-2] + right[-1] + right[-2]
            if float(right) == 0:
                swapped = "0.2"
            lines[2] = lines[2].removesuffix(right) + swapped
            yield Solution(kind, "\n".join(lines), known, 3, "")


def right_solutions(count: int) -> Iterator[Solution]:
    """The printed ones, terse ones in another order, typed derivations rounded at each step, other names, restarts."""
    rnd = random.Random(6)  # noqa: S311  a fixed sequence is wanted
    exercises = solved(count, 23)
    for k in range(count):
        if k % 4 == 0:
            yield Solution("printed", exercises[k].known.solution, exercises[k].known)
        elif k % 4 == 1:
            exercise = exercises[k]
            names = exercise.names[::-1] if k % 8 == 1 else exercise.names
            yield Solution("terse", terse(exercise, dict(exercise.known.steps), "latex", names), exercise.known)
        else:
            neuron = Neuron(rnd)
            lines = neuron.lines(neuron.values(), (2, 3, 4)[k % 3])
            if k % 8 == 2:
                lines.insert(0, "First I forgot something, so again:")
            if k % 8 == 3:
                lines = [re.sub(r"\ba\b", "out", line) for line in lines]
            if k % 8 == 6:
                lines = [
                    line.replace("*", " · ").replace("~", "≈").replace("-", "−").replace("sigma", "σ") for line in lines
                ]
            if k % 8 == 7:
                lines = ["```", *lines, "```"]
            yield Solution("typed", "\n".join(lines), neuron.known)
