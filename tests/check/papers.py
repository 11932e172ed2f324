"""A small paper with every kind of answer, made by hand, so that tests can read like a paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from quizgen.answers.asked import parse_asked
from quizgen.exercise import Answer, Choice, Exercise, Mistake, Paper, Section, Value
from quizgen.text import plain


def exercise(id_: str, title: str, *answers: Answer, work: Mapping[str, Value] | None = None) -> Exercise:
    return Exercise(
        id=id_, seed=7, variant=0, title=title, topic=id_.partition("/")[0], level=1, points=2, minutes=1.0,
        conventions=(), form={}, given={}, work=work or {}, question=plain("Compute it."), hints=(),
        solution=plain("It is $1 + 1 = 2$."), answers=answers,
    )  # fmt: skip


def asked(name: str, symbol: str, how: str, value: Value, shape: tuple[int, ...] = ()) -> Answer:
    """A quantity; `how` is what a question file says under `ask`."""
    form = parse_asked(how)
    return Answer(
        name=name, symbol=symbol, kind=form.kind(shape), value=value, decimals=form.decimals, digits=form.digits,
        accept=None if form.verbal else form.accept(value), format=form.phrase(several=bool(shape)),
    )  # fmt: skip


def lines(name: str, how: str, right: str, *texts: str, several: bool = False) -> Answer:
    """Lines to tick, or to put in order."""
    choices = tuple(
        Choice(letter, plain(text), letter in right, None) for letter, text in zip("ABCDEF", texts, strict=False)
    )
    form = parse_asked(how)
    return Answer(
        name=name, symbol="", kind=form.kind(()), value=right, decimals=None, digits=None, accept=None,
        format=form.phrase(several=several), choices=choices,
    )  # fmt: skip


GATE = replace(
    asked("g_f", "g_f", "2 decimals", 0.51), mistakes=(Mistake(0.49, plain("Gates use the *sigmoid*, not $1$.")),)
)
SIDE = asked("side", "n_{\\text{out}}", "integer", 14)
VECTOR = asked("h", "\\mathbf{h}'", "1 decimals", [1.5, -2.0], (2,))
MATRIX = asked("W", "\\mathbf{W}", "exact", [[1, 2], [3, -4]], (2, 2))
WORD = asked("gate", "", "text", "forget gate")
LINES = ("ReLU", "$\\tanh$", "Softplus", "None of *these*")

EXERCISES = (
    exercise("lstm/forget-gate", "Forget gate of an LSTM", GATE, work={"z": 0.0412, "g_f": 0.5103}),
    exercise("cnn/output-size", "Output size", SIDE, VECTOR, work={"side": 14, "h": [1.5, -2.0]}),
    exercise("dense/weights", "Weights: one layer", MATRIX),
    exercise("activations/choose", "Which activation?", lines("pick", "choice", "B", *LINES)),
    exercise("activations/several", "Which ones?", lines("picks", "choice", "AC", *LINES, several=True)),
    exercise("training/order", "The order of a step", lines("o", "ordering", "CAB", "update", "loss", "batch")),
    exercise("lstm/name", "Name the gate", WORD),
)

PAPER = Paper(
    "A test", "1DV3-R8X0", 7, "", EXERCISES,
    sections=(Section("Part one", "Write *clearly*.", 3), Section("Part two", "", 4)),
)  # fmt: skip

RIGHT = {
    (0, "g_f"): "0.51", (1, "side"): "14", (1, "h"): "(1.5, -2.0)", (2, "W"): "[[1, 2], [3, -4]]", (3, "pick"): "B",
    (4, "picks"): "AC", (5, "o"): "C, A, B", (6, "gate"): "forget gate",
}  # fmt: skip


def versions() -> tuple[Paper, Paper]:
    """Versions A and B; in B the choices stand in another order."""
    other = lines("pick", "choice", "C", *reversed(LINES))
    changed = tuple(replace(e, answers=(other,)) if e.id == "activations/choose" else e for e in EXERCISES)
    return replace(PAPER, version="A"), replace(PAPER, version="B", exercises=changed)
