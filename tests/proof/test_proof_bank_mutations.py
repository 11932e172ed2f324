"""One displayed number changed at random in each of a thousand solutions of the bank: the reader notices nearly all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quizgen.bank import load_bank
from quizgen.errors import QuizgenError
from quizgen.exercise import Exercise
from quizgen.proof import Report, read
from quizgen.proof.mutate import displayed, mutate

SOLUTIONS = 1000
MOST_MISSED = 0.03


def solutions() -> Iterator[tuple[Exercise, int]]:
    """Exercises whose solutions display a number, question after question, with the decimals that they carry."""
    bank = load_bank()
    found = 0
    for variant in range(1000):
        for question in bank.questions.values():
            try:
                exercise = question.draw(seed=11, variant=variant, confirmed=False)
            except QuizgenError:
                continue  # other tests tell
            if next(displayed(str(exercise.solution)), None) is not None:
                yield exercise, question.source.carry.decimals or 4
                found += 1
            if found == SOLUTIONS:
                return


def proof(exercise: Exercise, solution: str, decimals: int) -> Report:
    answers = {
        answer.symbol: answer.value for answer in exercise.answers if answer.symbol and answer.accept is not None
    }
    values = {**exercise.form, **exercise.given, **exercise.work}
    return read(solution, context=str(exercise.question), values=values, answers=answers, decimals=decimals)


def test_a_changed_number_is_noticed() -> None:
    missed = []
    for seed, (exercise, decimals) in enumerate(solutions()):
        solution = str(exercise.solution)
        change = mutate(solution, seed)
        assert change is not None
        before, after = proof(exercise, solution, decimals), proof(exercise, change.text, decimals)
        new_strays = Counter(stray.text for stray in after.strays) - Counter(stray.text for stray in before.strays)
        if not (after.false or len(after.undecided) > len(before.undecided) or new_strays):
            line = change.text.split("\n")[change.line - 1]
            missed.append(f"{exercise.id}: {change.old} -> {change.new} in {line[max(0, change.column - 60) :][:100]}")
        assert not before.false, (exercise.id, list(map(str, before.false)))
    assert len(missed) <= MOST_MISSED * SOLUTIONS, "\n".join([f"{len(missed)} missed:", *missed])


def test_a_mutation_is_one_number_and_always_the_same() -> None:
    text = "Step $z_1 = 0.5 \\cdot 2 = 1$, `x = 3`, <!-- 4 -->\n\n1. by 10, [a](b-5)\n"
    for seed in range(30):
        change = mutate(text, seed)
        assert change == mutate(text, seed)
        assert change is not None
        assert change.old in ("0.5", "2", "1", "10")
        assert change.new != change.old
        assert len(change.text) == len(text)
    assert mutate("no number", 1) is None
