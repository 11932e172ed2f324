"""Question files for tests, written in a line or two."""

from __future__ import annotations

from typing import Any

from quizgen.bank.question import Question
from quizgen.bank.question_file import read_source
from quizgen.bank.samplers import Sampler
from quizgen.exercise import Exercise
from quizgen.formula.terms import Shape, decimals_of


def question_file(
    *,
    given: str = "a = number(-2, 2, step=0.5)",
    work: str = "y = 2 * a",
    truth: str = "y = 2 * a",
    ask: str = "y: exact",
    more: str = "",
    text: str = "Given << a >>. Compute << y.symbol >>.",
    solution: str = "<< y.steps >>",
) -> str:
    """The text of a whole file; `more` is further front matter."""

    def block(lines: str) -> str:
        return "\n".join("  " + line for line in lines.split("\n"))

    return (
        f"---\ntitle: A test\ngiven: |\n{block(given)}\nwork: |\n{block(work)}\ntruth: |\n{block(truth)}\n"
        f"ask:\n{block(ask)}\n{more}\n---\n## Question\n{text}\n\n## Solution\n{solution}\n"
    )


def question(question_id: str = "test/question", **parts: str) -> Question:
    """A question from its parts, see `question_file`."""
    source, faults = read_source(f"{question_id}.md", question_file(**parts))
    if faults:
        raise AssertionError("\n".join(map(str, faults)))
    return Question(question_id, source)


def drawn(made: Question, seed: int = 1, variant: int = 0) -> Exercise:
    """An exercise, confirmed by the core."""
    return made.draw(seed=seed, variant=variant)


def fixed(value: Any) -> Sampler:
    """Draws the same number, vector or matrix every time; see the fixture `fixed_values`."""
    shape: Shape
    if not isinstance(value, list):
        shape, flat = (), [value]
    elif not isinstance(value[0], list):
        shape, flat = (len(value),), value
    else:
        shape, flat = (len(value), len(value[0])), [entry for row in value for entry in row]
    return Sampler((shape,), tuple(decimals_of(v) or 0 for v in flat), 0, lambda _: flat)
