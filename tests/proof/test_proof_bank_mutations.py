"""One displayed number changed at random in each of a thousand solutions of the bank: the reader notices nearly all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quizgen.bank import load_bank
from quizgen.errors import QuizgenError
from quizgen.exercise import Exercise
from quizgen.proof import Report, read
from quizgen.proof.document import Lines, formulas
from quizgen.proof.mutate import Mutation, displayed, mutate

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
            shown = f"{change.old} -> {change.new} in {line[max(0, change.column - 60) :][:100]}"
            missed.append(f"{why_missed(change, after)}: {exercise.id}: {shown}")
        assert not before.false, (exercise.id, list(map(str, before.false)))
    told = "\n".join([f"{len(missed)} of {SOLUTIONS} missed:", *sorted(missed)])
    print(told)  # pytest -s shows it
    assert len(missed) <= MOST_MISSED * SOLUTIONS, told


def why_missed(change: Mutation, after: Report) -> str:
    """What the reader made of the changed number: its verdicts on the relations that hold it, if there are any."""
    before = change.text.split("\n")[: change.line - 1]
    offset = sum(len(line) + 1 for line in before) + change.column - 1
    formula = next((f for f in formulas(change.text) if f.offset <= offset < f.offset + len(f.text)), None)
    if formula is None:
        return "in words, where the exercise has this number, too"
    lines = Lines(change.text)
    start, end = lines.place(formula.offset), lines.place(formula.offset + len(formula.text))
    held = [
        relation
        for relation in after.relations
        if start <= (relation.line, relation.column) <= end
        and change.new in relation.left + relation.right
        and (change.line == relation.line or start[0] != end[0])
    ]
    if not held:
        return "alone, where the exercise has this number, too"
    verdicts = {relation.verdict for relation in held}
    if "true" in verdicts and verdicts <= {"true", "defined"}:  # a chain also defines its first name
        return "still true, for the values that its symbols have"
    if "general" in verdicts:
        return "a statement about symbols without values"
    return "the value of a symbol that nothing checks" if "defined" in verdicts else "not decided before either"


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
