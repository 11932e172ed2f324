"""The whole bank as one paper, filled in: right answers, known mistakes, slips that are carried on."""

from __future__ import annotations

from pathlib import Path

import pytest
from filling import Typed, filled, paper_of

import quizgen
from quizgen.answers import Verdict, samples
from quizgen.bank import Bank
from quizgen.check.marks import Marks, mark
from quizgen.check.read import read_sheet
from quizgen.exam_file import read_paper, replays
from quizgen.exercise import Answer, Paper, Value
from quizgen.export import export
from quizgen.export.values import is_number, latex_value

SCALARS = ("number", "integer")


@pytest.fixture(scope="module")
def bank() -> Bank:
    return quizgen.load_bank()


@pytest.fixture(scope="module")
def paper(bank: Bank, tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """Every question of the bank, handed out and read back."""
    drawn = paper_of([question.draw(seed=11) for question in bank.questions.values()])
    file = tmp_path_factory.mktemp("exam") / "exam.json"
    file.write_bytes(export(drawn, "json")["exam.json"])
    return read_paper(file)


def marked(paper: Paper, typed: Typed, bank: Bank, folder: Path) -> Marks:
    file = folder / "anna.md"
    file.write_text(filled(paper, typed), encoding="utf-8")
    return mark(read_sheet(file, [paper]), replays(paper, bank))


def right(answer: Answer, spelling: int) -> str:
    """One of the honest spellings of the right answer; boxes are ticked by their letters."""
    texts = [str(answer.value)] if answer.kind == "choice" else samples(answer).right
    return texts[spelling % len(texts)]


def all_right(paper: Paper, spelling: int) -> dict[tuple[int, str], str]:
    return {
        (place, answer.name): right(answer, spelling)
        for place, exercise in enumerate(paper.exercises)
        for answer in exercise.answers
    }


def not_right(marks: Marks) -> list[str]:
    return [
        f"{graded.id}: {result.name} = {result.graded.value}: {result.graded.verdict}: {result.graded.says}"
        for graded in marks.exercises
        for result in graded.results.values()
        if result.graded.verdict is not Verdict.RIGHT
    ]


@pytest.mark.parametrize("spelling", [0, 1, 2, 3, 5, 7])
def test_right_answers_have_full_marks(paper: Paper, bank: Bank, tmp_path: Path, spelling: int) -> None:
    marks = marked(paper, all_right(paper, spelling), bank, tmp_path)
    assert not_right(marks) == []
    assert (marks.points, marks.percent) == (paper.points, 100.0)


def test_an_empty_paper_has_no_marks_and_no_faults(paper: Paper, bank: Bank, tmp_path: Path) -> None:
    marks = marked(paper, {}, bank, tmp_path)
    assert marks.points == 0
    assert {r.graded.verdict for e in marks.exercises for r in e.results.values()} == {Verdict.MISSING}


@pytest.mark.parametrize("turn", range(3))
def test_each_known_mistake_is_explained(paper: Paper, bank: Bank, tmp_path: Path, turn: int) -> None:
    typed = all_right(paper, 0)
    made: dict[int, tuple[str, str]] = {}
    for place, exercise in enumerate(paper.exercises):
        known = [
            (answer.name, text, str(mistake.says))
            for answer in exercise.answers
            for text, mistake in zip(samples(answer).mistaken, answer.mistakes, strict=True)
        ]
        if known:
            name, typed[place, name], says = known[turn % len(known)]
            made[place] = (name, says)
    assert len(made) > 50
    marks = marked(paper, typed, bank, tmp_path)
    for place, (name, says) in made.items():
        graded = marks.exercises[place]
        found = graded.results[name].graded
        assert (found.verdict, found.says.startswith(says)) == (Verdict.MISTAKE, True), f"{graded.id}: {found}"
        assert graded.points < graded.max_points


def test_a_slip_that_is_carried_on_costs_once(paper: Paper, bank: Bank, tmp_path: Path) -> None:
    """A wrong first value, and what the bank's own graph makes of it in the answers behind."""
    graphs = replays(paper, bank)
    typed = all_right(paper, 0)
    carried: dict[int, list[str]] = {}
    for place, exercise in enumerate(paper.exercises):
        first = exercise.answers[0]
        if place not in graphs or first.kind not in SCALARS or first.name not in exercise.work:
            continue
        if any(answer.condition is not None for answer in exercise.answers):
            continue
        off = 2 if first.kind == "integer" else 0.37
        slip = round(float(str(first.value)) + off, first.decimals or 2)
        found = graphs[place].replay({first.name: slip})
        later = [a for a in exercise.answers[1:] if a.name in found and far(a, found[a.name])]
        if later and not any(slip == mistake.value for mistake in first.mistakes):
            typed[place, first.name] = f"{slip:.10g}"
            typed |= {(place, answer.name): written(answer, found[answer.name]) for answer in later}
            carried[place] = [answer.name for answer in later]
    assert len(carried) >= 5
    marks = marked(paper, typed, bank, tmp_path)
    for place, names in carried.items():
        graded = marks.exercises[place]
        for name in names:
            assert graded.results[name].graded.verdict is Verdict.FOLLOWS, f"{graded.id}: {graded.results[name]}"
        assert 0 < graded.points < graded.max_points


def far(answer: Answer, value: Value) -> bool:
    """Whether a number is another one than the right one, beyond all rounding."""
    if not is_number(value) or answer.kind not in SCALARS:
        return False
    return abs(float(str(value)) - float(str(answer.value))) > 0.05 * max(1.0, abs(float(str(answer.value))))


def written(answer: Answer, value: Value) -> str:
    return latex_value(value, answer)
