"""What is asked for besides numbers: all lines in the right order, and a word or two."""

from __future__ import annotations

import pytest
from questions import drawn, question

from quizgen.bank.question import Question
from quizgen.bank.question_file import read_source
from quizgen.exercise import Paper
from quizgen.export import FORMATS, export

LINES = ["the forward pass", "the loss", "the backward pass", "the update"]


def ordering() -> Question:
    lines = "\n".join(f"  - text: {line}" for line in LINES)
    return question(ask="steps: ordering", more=f"choices:\n{lines}",
                    text="With << a >>, put in order.", solution="The order is << letters >>.")  # fmt: skip


def word() -> Question:
    return question(
        given="a = number(-2, 2, step=0.5, nonzero=True)", ask="kind: text",
        work='y = 2 * a\ncase = "minimum" if a > 0 else "maximum"', truth="y = 2 * a",
        more="""choices:
  - text: minimum
    right: case == "minimum"
    says: The curve opens downwards.
  - text: lowest point
    right: case == "minimum"
  - text: maximum
    right: case == "maximum"
    says: The curve opens upwards.""",
        text="<< a >>: what is it?", solution="<< y.steps >>",
    )  # fmt: skip


@pytest.mark.parametrize("variant", range(20))
def test_the_letters_of_an_ordering_follow_the_file(variant: int) -> None:
    exercise = drawn(ordering(), variant=variant)
    answer = exercise.answers[0]
    shown = {choice.letter: str(choice.text) for choice in answer.choices}
    assert [shown[letter] for letter in str(answer.value)] == LINES
    assert answer.kind == "ordering"
    assert f"The order is {answer.value}." in str(exercise.solution)
    assert not any(choice.right or choice.says for choice in answer.choices)


def test_the_lines_of_an_ordering_are_shuffled() -> None:
    assert len({str(drawn(ordering(), variant=k).answers[0].value) for k in range(100)}) > 15


@pytest.mark.parametrize("name", FORMATS)
def test_they_can_be_exported(name: str) -> None:
    exercises = (drawn(ordering()), drawn(word()))
    assert export(Paper("Words", "", 1, "", exercises), name)


def test_markdown_has_no_boxes_to_tick_for_an_ordering() -> None:
    text = export(Paper("Words", "", 1, "", (drawn(ordering()),)), "markdown")["exam.md"].decode()
    assert "[ ]" not in text
    assert "- A. the" in text
    assert "- steps (all letters in the right order): ______" in text


def test_a_word_has_synonyms_and_known_mistakes() -> None:
    answers = {str(a.value): a for a in (drawn(word(), variant=k).answers[0] for k in range(30))}
    assert answers.keys() == {"minimum", "maximum"}
    assert answers["minimum"].synonyms == ("lowest point",)
    assert [m.value for m in answers["minimum"].mistakes] == ["maximum"]
    assert answers["maximum"].synonyms == ()
    assert [(m.value, str(m.says)) for m in answers["maximum"].mistakes] == [("minimum", "The curve opens downwards.")]


@pytest.mark.parametrize(("ask", "lines", "message"), [
    ("y: choice", "  - text: one\n  - text: two", "the key 'right' is missing"),
    ("y: ordering", "  - text: one\n    right: true\n  - text: two", "stand in the right order, without 'right'"),
    ("y: text\n  z: choice", "  - text: one\n    right: true", "only one of 'text', 'choice' can be asked for"),
])  # fmt: skip
def test_lines_that_do_not_fit_are_a_fault(ask: str, lines: str, message: str) -> None:
    text = f"---\ntitle: T\nask:\n  {ask}\nchoices:\n{lines}\n---\n## Question\nq\n\n## Solution\ns\n"
    _, faults = read_source("t.md", text)
    assert any(message in str(fault) for fault in faults), faults


def test_a_question_of_texts_alone_needs_no_numbers() -> None:
    text = (
        "---\ntitle: T\nvary:\n  k: [1, 2]\nask:\n  z: choice\nchoices:\n  - text: one\n    right: k == 1\n"
        "  - text: two\n    right: true\n  - text: three\n    right: false\n---\n## Question\nq\n\n## Solution\ns\n"
    )
    source, faults = read_source("t.md", text)
    assert not faults
    exercises = [Question("t/t", source).draw(seed=1, variant=k) for k in range(4)]
    assert {len(str(exercise.answers[0].value)) for exercise in exercises} == {1, 2}
    # Where any form has several right lines, no form tells how many it has.
    assert {exercise.answers[0].format for exercise in exercises} == {"Tick all that apply"}


def test_a_column_of_a_table_has_fixed_decimals() -> None:
    text = "$<< a.fixed(2) >>$ << y.symbol >>"
    made = question(given="a = choice(1.5, 2)", work="y = a * 1", truth="y = a", text=text)
    assert {str(drawn(made, variant=k).question) for k in range(8)} == {"$1.50$ $y$", "$2.00$ $y$"}
