"""The key `figures` and the images of the text: what is told wrong, and what an exercise then has."""

from __future__ import annotations

import pytest
from questions import question, question_file

from quizgen.bank.images import image_faults
from quizgen.bank.question_file import read_source
from quizgen.bank.yaml_nodes import Located
from quizgen.errors import BankError

PLOT = "figures: |\n  plot = data_points([[a, 1], [b, -1]], [1, -1], w=[1, 2 * a])"
GIVEN = "a = number(-2, 2, step=0.5)\nb = integer(3, 5)"
SHOWN = "![The points (<< a.value >>, 1) and (<< b.value >>, −1)](plot)\n\nGiven << a >>. Compute << y.symbol >>."


def test_a_figure_is_told_the_numbers_as_printed() -> None:
    exercise = question(given=GIVEN, more=PLOT, text=SHOWN).draw(seed=1, variant=0)
    (figure,) = exercise.figures
    a, b = exercise.given["a"], exercise.given["b"]
    assert figure.draw == "data_points"
    assert figure.arguments == {"X": [[a, 1], [b, -1]], "y": [1, -1], "w": [1, 2 * a]}  # type: ignore[operator]
    assert f"]({figure.name})" in str(exercise.question)
    assert str(exercise.question).startswith(f"![The points (${a:g}$, 1)".replace(".0", ""))


def test_names_of_figures_are_unique_and_say_nothing() -> None:
    more = "figures: |\n  right = activation_curve('relu')\n  wrong = activation_curve('tanh')"
    made = question(more=more, text="![A curve](right) ![A curve](wrong) << a >>")
    names = [f.name for seed in (1, 2) for k in range(5) for f in made.draw(seed=seed, variant=k).figures]
    assert len(set(names)) == 20
    assert not any("right" in name or "wrong" in name for name in names)
    assert names == [f.name for seed in (1, 2) for k in range(5) for f in made.draw(seed=seed, variant=k).figures]


def test_only_figures_that_are_shown_are_there() -> None:
    more = "vary:\n  f: [relu, tanh]\nfigures: |\n  one = activation_curve('relu')\n  other = activation_curve('tanh')"
    text = '<% if f == "relu" %>![A corner](one)<% else %>![An S](other)<% endif %> << a >>'
    made = question(more=more, text=text)
    for variant in range(4):
        exercise = made.draw(seed=1, variant=variant)
        assert [figure.arguments for figure in exercise.figures] == [{"f": exercise.form["f"]}]


def test_an_exercise_without_figures_has_none() -> None:
    assert question().draw(seed=1).figures == ()


def test_looking_takes_time() -> None:
    with_figure = question(given=GIVEN, more=PLOT, text=SHOWN).draw(seed=1).minutes
    assert with_figure == question(given=GIVEN).draw(seed=1).minutes + 0.5


@pytest.mark.parametrize(
    ("figures", "text", "fault"),
    [
        ("plot = data_point([[1, 2]], [1])", "![x](plot)", "12: figures: unknown figure 'data_point'; did you mean"),
        ("plot = 3", "![x](plot)", "12: figures: expected a line such as 'plot = "),
        ("plot, b = lstm_cell()", "![x](plot)", "12: figures: expected a line such as 'plot = "),
        ("plot = lstm_cell()\n  plot = lstm_cell()", "![x](plot)", "13: figures: the figure 'plot' stands there twice"),
        ("plot = lstm_cell()", "a\n\n![x](plott)", "17: text: the image 'plott' is no figure of this file; did you"),
        ("plot = lstm_cell()", "![](plot)", "15: text: the image 'plot' needs a text for those who cannot see it"),
        ("plot = lstm_cell()", "nothing", "12: figures: no text shows 'plot'"),
        ("plot = lstm_cell(__import__('os'))", "![x](plot)", None),
    ],
)
def test_faults_have_their_line(figures: str, text: str, fault: str | None) -> None:
    source, faults = read_source("t/q.md", question_file(more=f"figures: |\n  {figures}", text=text))
    told = [str(found) for found in faults]
    if fault is None:
        assert not told
        assert source.figures
    else:
        assert any(line.startswith(f"t/q.md:{fault}") for line in told), told


def test_an_image_without_figures_is_a_fault() -> None:
    faults = list(image_faults([Located("![a cat](cat.png)", 7)], {}, None))
    assert faults == [(7, "text: the image 'cat.png' is no figure of this file; the file has none under 'figures'")]


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ("plot = data_points([[1, 2]])", "figures: 'plot': data_points: missing a required argument: 'y'"),
        ("plot = lstm_cell(colour=1)", "figures: 'plot': lstm_cell: got an unexpected keyword argument 'colour'"),
        ("plot = lstm_cell([q])", "figures: unknown name 'q'"),
        ("plot = lstm_cell(__import__('os'))", "figures: unknown function '__import__'"),
        ("plot = lstm_cell([a / 0])", "cannot be computed"),
        ("plot = lstm_cell([y])", "figures: 'plot' shows 'y', which is asked for"),
    ],
)
def test_what_has_no_meaning_is_told_when_drawn(figures: str, message: str) -> None:
    made = question(more=f"figures: |\n  {figures}", text="![x](plot) << a >>")
    with pytest.raises(BankError) as error:
        made.draw(seed=1)
    assert str(error.value).startswith("test/question.md:12: ")
    assert message in str(error.value)
