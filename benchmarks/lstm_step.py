"""How fast is an exercise? One LSTM step with its whole solution, against a Jinja template written by hand.

Run it with `python benchmarks/lstm_step.py`; `benchmarks/README.md` says what its lines mean.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yardstick
from timing import Timing, side_by_side, table

import quizgen
from quizgen.exercise import Exercise
from quizgen.export import FORMATS, export
from quizgen.export.html import to_html
from quizgen.export.latex_text import to_latex

SEED = 7
COMPARED = 400
BY_HAND = "Jinja template by hand"
BARE = "python -c pass"


def main() -> None:
    bank = quizgen.load_bank()
    question = quizgen.load_bank(Path(__file__).parent / "bank")["lstm/full-step"]
    compare_texts(question)
    print(f"One LSTM step, from seed to question and solution; the same text in {COMPARED} of {COMPARED} variants")
    print(table(steps(question), BY_HAND), end="\n\n")
    print(f"Any question of the bank ({len(bank.questions)} of them in turn), from seed to Markdown")
    print(table(anything(bank), BY_HAND), end="\n\n")
    print("An exam of ten exercises in all formats: drawing, writing, files in memory")
    print(table(exams(bank), "exam of ten"), end="\n\n")
    print("Start of a process")
    print(table(starts(), BARE))


def compare_texts(question: quizgen.Question) -> None:
    """The two write the same text, or there is nothing to compare.

    Raises:
        SystemExit: with both texts of the first variant in which they differ.
    """
    for variant in range(COMPARED):
        exercise = question.draw(seed=SEED, variant=variant)
        ours = str(exercise.question), str(exercise.solution)
        by_hand = yardstick.written(_rows(exercise.given, exercise.form["D"]), str(exercise.form["out"]))
        if ours != by_hand:
            sys.exit("\n\n".join([f"variant {variant} differs", *ours, "by hand:", *by_hand]))


def steps(question: quizgen.Question) -> dict[str, Timing]:
    """The exercise that the two write alike, and its conversion to other formats."""
    drawn = [question.draw(seed=SEED, variant=variant) for variant in range(1000)]

    def by_hand(number: int) -> None:
        yardstick.from_seed(number)

    def confirmed(number: int) -> None:
        _write(question.draw(seed=number, variant=number))

    def unconfirmed(number: int) -> None:
        _write(question.draw(seed=number, variant=number, confirmed=False))

    def latex(number: int) -> None:
        _convert(drawn[number % len(drawn)], to_latex)

    def html(number: int) -> None:
        _convert(drawn[number % len(drawn)], to_html)

    contenders = {
        BY_HAND: by_hand,
        "quizgen": confirmed,
        "quizgen, core not asked": unconfirmed,
        "  and to LaTeX": latex,
        "  and to HTML": html,
    }
    for contender in contenders.values():
        for number in range(len(yardstick.FORMS) * 10):
            contender(number)
    return side_by_side(contenders, rounds=25, calls=200)


def anything(bank: quizgen.Bank) -> dict[str, Timing]:
    """All questions in turn; every form compiled before, as after the first exercises of a long run."""
    questions = list(bank.questions.values())
    for question in questions:
        for variant in range(2 * question.forms):
            _write(question.draw(seed=SEED, variant=variant))

    def any_question(number: int) -> None:
        _write(questions[number % len(questions)].draw(seed=SEED, variant=number))

    def unconfirmed(number: int) -> None:
        _write(questions[number % len(questions)].draw(seed=SEED, variant=number, confirmed=False))

    contenders = {
        BY_HAND: lambda number: yardstick.from_seed(number),
        "a question of the bank": any_question,
        "a question, core not asked": unconfirmed,
    }
    return side_by_side(contenders, rounds=10, calls=10 * len(questions))


def exams(bank: quizgen.Bank) -> dict[str, Timing]:
    """An exam from a bank that is in memory, and from one that has to be read and compiled first."""

    def exam(number: int, known: quizgen.Bank = bank) -> None:
        made = quizgen.make_exam(known, count=10, seed=number)
        for format_ in FORMATS:
            export(made.papers[0], format_)

    exam(0)
    return side_by_side(
        {"exam of ten": exam, "the same, bank read anew": lambda number: exam(number, quizgen.load_bank())},
        rounds=5,
        calls=2,
    )


def starts() -> dict[str, Timing]:
    """The commands as a shell starts them."""

    def start(*arguments: str) -> Any:
        command = [sys.executable, *arguments]
        return lambda _: subprocess.run(command, check=True, capture_output=True)  # noqa: S603 -- our own arguments

    return side_by_side(
        {
            BARE: start("-c", "pass"),
            "quizgen --help": start("-m", "quizgen", "--help"),
            "quizgen list": start("-m", "quizgen", "list"),
            "quizgen show lstm/full-step": start("-m", "quizgen", "show", "lstm/full-step", "--seed", "7"),
        },
        rounds=11,
        calls=1,
    )


def _write(exercise: Exercise) -> tuple[str, str]:
    return str(exercise.question), str(exercise.solution)


def _convert(exercise: Exercise, convert: Any) -> tuple[str, str]:
    return exercise.question.render(convert), exercise.solution.render(convert)


def _rows(given: Mapping[str, Any], inputs: object) -> yardstick.Given:
    """The numbers as the yardstick takes them: a single input is a vector of one as well."""
    if inputs != 1:
        return given
    found = {**given, "x_t": [given["x_t"]]}
    for letter in "fioc":
        found[f"W_x{letter}"] = [[weight] for weight in given[f"W_x{letter}"]]
    return found


if __name__ == "__main__":
    main()
