"""Drawing: from (question, seed, variant) to an exercise that is fair, right, and the same for ever."""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import asdict

import numpy as np
import pytest
from questions import question

from quizgen.bank.program import DECISION, MISTAKE, NOT_FINITE, REASONS, ROUNDING
from quizgen.bank.question import Question
from quizgen.errors import BankError, DrawError
from quizgen.exercise import Exercise

GATE = {
    "given": "x = vector(D, -2, 2, step=0.5)\nw = vector(D, -2, 2, step=0.5)\nb = number(-1, 1, step=0.1)",
    "work": "z = w @ x + b\ny = sigmoid(z)",
    "truth": "y = sigmoid(w @ x + b)",
    "ask": "y: 2 decimals",
    "more": "vary: {D: [2, 3, 4]}\nreject: |\n  abs(z) > 4\nmistakes:\n  - wrong: y = tanh(z)\n"
    "    says: Gates << y.symbol >>.\n"
            "  - wrong: z = w @ x\n    says: The bias $<< b.value >>$ is missing.",
    "text": "Given << x >>, << w >>, << b >>.",
    "solution": "<< z.steps >>\n<< y.steps >>",
}  # fmt: skip


def gate(question_id: str = "test/gate") -> Question:
    return question(question_id, **GATE)


def drawn(made: Question, seed: int = 1, variant: int = 0) -> Exercise:
    return made.draw(seed=seed, variant=variant)


def reasons(made: Question, variants: int = 60) -> set[str]:
    return {reason for reason, count in made.rejections(seed=1, variants=variants).items() if count}


# --- the same for ever


def test_the_same_seed_and_variant_are_the_same_exercise() -> None:
    def document(exercise: Exercise) -> str:
        return json.dumps(asdict(exercise), default=str, sort_keys=True)

    assert document(drawn(gate(), 5, 3)) == document(drawn(gate(), 5, 3))
    assert document(drawn(gate(), 5, 3)) != document(drawn(gate(), 6, 3))
    assert document(drawn(gate(), 5, 3)) != document(drawn(gate("test/other"), 5, 3))


def test_the_order_in_which_variants_are_drawn_does_not_matter() -> None:
    forwards, backwards = gate(), gate()
    first = [str(drawn(forwards, 2, k).question) for k in range(8)]
    last = [str(drawn(backwards, 2, k).question) for k in reversed(range(8))]
    assert first == last[::-1]


def test_variants_of_one_seed_are_different() -> None:
    made = gate()
    assert len({str(drawn(made, 1, k).question) for k in range(60)}) == 60


# --- forms


def test_forms_are_balanced_and_come_again_after_a_round() -> None:
    made = gate()
    assert made.forms == 3
    for seed in range(5):
        sizes = [drawn(made, seed, k).form["D"] for k in range(12)]
        assert sizes[:3] == sizes[3:6] == sizes[6:9] == sizes[9:]
        assert sorted(sizes[:3]) == [2, 3, 4]  # type: ignore[type-var]


def test_the_order_of_forms_depends_on_the_seed() -> None:
    made = gate()
    assert len({tuple(drawn(made, seed, k).form["D"] for k in range(3)) for seed in range(30)}) == 6


def test_a_condition_on_the_form_rules_forms_out() -> None:
    made = question(given="a = number(1, 9)", more="vary: {D: [1, 2, 3], E: [1, 2]}\nreject: |\n  D == E")
    assert made.forms == 4
    assert all(drawn(made, 1, k).form["D"] != drawn(made, 1, k).form["E"] for k in range(8))


def test_every_form_may_not_be_ruled_out() -> None:
    made = question(more="vary: {D: [1, 2]}\nreject: |\n  D > 0")
    with pytest.raises(BankError, match="rules out every form"):
        drawn(made)


def test_there_is_a_bound_on_forms() -> None:
    many = ", ".join(map(str, range(30)))
    with pytest.raises(BankError, match="900 forms are too many, at most 500"):
        drawn(question(more=f"vary: {{D: [{many}], E: [{many}]}}"))


# --- what comes out


def test_an_exercise_is_complete_and_true() -> None:
    made = gate()
    for variant in range(30):
        exercise = drawn(made, 3, variant)
        x, w, b = (np.array(exercise.given[name]) for name in "xwb")
        z = float(w @ x + b)
        assert abs(z) <= 4
        assert exercise.work["z"] == pytest.approx(z, abs=1e-9)
        assert exercise.work["y"] == pytest.approx(1 / (1 + math.exp(-z)), abs=5e-5)
        (answer,) = exercise.answers
        assert answer.value == pytest.approx(1 / (1 + math.exp(-z)), abs=5e-3)
        assert (answer.kind, answer.decimals, answer.digits, answer.format) == ("number", 2, None, "to 2 decimals")
        assert answer.accept == [pytest.approx(answer.value - 0.005), pytest.approx(answer.value + 0.005)]  # type: ignore[operator]


def test_each_mistake_follows_through_and_says_why() -> None:
    for variant in range(30):
        exercise = drawn(gate(), 3, variant)
        x, w, b = (np.array(exercise.given[name]) for name in "xwb")
        tanh, no_bias = exercise.answers[0].mistakes
        assert tanh.value == pytest.approx(math.tanh(float(w @ x + b)), abs=5.1e-3)
        assert no_bias.value == pytest.approx(1 / (1 + math.exp(-float(w @ x))), abs=5.1e-3)
        assert str(tanh.says) == "Gates $y$."
        assert str(no_bias.says) == f"The bias ${exercise.given['b']:g}$ is missing."


def test_a_mistake_of_some_forms_only() -> None:
    made = question(
        given="a = number(1, 9)",
        work="y = D * a",
        truth="y = D * a",
        more="vary: {D: [2, 3]}\nmistakes:\n  - wrong: y = a\n    says: x\n    when: D > 2",
    )
    assert {drawn(made, 1, k).form["D"]: len(drawn(made, 1, k).answers[0].mistakes) for k in range(2)} == {2: 0, 3: 1}


def test_several_quantities_are_asked_for_each_with_its_own_mistakes() -> None:
    made = question(
        given="a = number(1, 9)",
        work="z = 2 * a\ny = z + 1\nv = [a, z]",
        truth="z = 2 * a\ny = 2 * a + 1\nv = [a, 2 * a]",
        ask="z: integer\ny: exact\nv: 1 decimal",
        more="mistakes:\n  - wrong: y = z - 1\n    says: sign",
        solution="x",
    )
    z, y, v = drawn(made).answers
    a = drawn(made).given["a"]
    assert (z.kind, z.value, z.mistakes) == ("integer", 2 * a, ())  # type: ignore[operator]
    assert (y.value, y.mistakes[0].value) == (2 * a + 1, 2 * a - 1)  # type: ignore[operator]
    assert (v.kind, v.value, v.mistakes) == ("vector", [a, 2 * a], ())  # type: ignore[operator]


def test_loops_make_families_that_can_be_asked_for() -> None:
    made = question(
        given="for l in range(1, 3):\n    W[l] = matrix(2, 2, -2, 2)\nx = vector(2, 1, 3)",
        work="h[0] = 1 * x\nfor l in range(1, 3):\n    h[l] = relu(W[l] @ h[l - 1])\ns = sum(h[2])",
        truth="h[0] = x\nfor l in range(1, 3):\n    h[l] = relu(W[l] @ h[l - 1])\ns = sum(h[2])",
        ask="h[2]: exact\ns: integer",
        text="x",
        solution="<< h[2].steps >>",
    )
    exercise = drawn(made)
    W = [np.array(exercise.given[f"W[{k}]"]) for k in (1, 2)]
    h = np.maximum(W[1] @ np.maximum(W[0] @ np.array(exercise.given["x"]), 0), 0)
    assert exercise.answers[0].value == h.tolist()
    assert (exercise.answers[1].kind, exercise.answers[1].value) == ("integer", h.sum())


def test_what_is_asked_for_as_a_whole_number_is_an_int() -> None:
    made = question(
        given="a = number(0, 3, step=0.5)", work="y = floor(a) + 1", truth="y = a // 1 + 1", ask="y: integer"
    )
    assert all(type(drawn(made, 1, k).answers[0].value) is int for k in range(10))


# --- a fair variant


def test_a_step_that_depends_on_the_rounding_is_drawn_again() -> None:
    """a / 3 to 4 decimals, carried on and multiplied by 1000: the printed path is wrong from the first decimal on."""
    made = question(
        given="a = integer(1, 9)", work="z = a / 3\ny = 1000 * z", truth="y = 1000 * a / 3", ask="y: 1 decimal"
    )
    assert REASONS[ROUNDING] in reasons(made)
    for variant in range(20):
        assert drawn(made, 1, variant).given["a"] % 3 == 0  # type: ignore[operator]


def test_an_answer_on_the_edge_of_two_roundings_is_drawn_again() -> None:
    """Ties such as 0.125 to two decimals: half a unit of float noise decides."""
    made = question(given="a = number(0, 1, step=0.125)", work="y = a + 0", truth="y = a + 0", ask="y: 2 decimals")
    assert {drawn(made, 1, k).given["a"] for k in range(60)} <= {0.0, 0.25, 0.5, 0.75, 1.0}


def test_a_decision_that_depends_on_the_rounding_is_drawn_again() -> None:
    """z = a / 3 is printed as 0.3333, and 3 z > 0.9999 only in full."""
    made = question(
        given="a = integer(1, 4)",
        work='z = a / 3\ncase = "above" if 3 * z > a - 0.00001 else "below"\ny = 2 * a',
        ask="y: exact",
        solution="<< case >>",
    )
    assert REASONS[DECISION] in reasons(made)
    assert {drawn(made, 1, k).given["a"] for k in range(20)} == {2, 3}  # 3 · 0.6667 is above 2


def test_a_mistake_that_comes_to_the_truth_is_drawn_again() -> None:
    made = question(
        given="a = integer(0, 3)",
        work="y = 2 * a",
        truth="y = 2 * a",
        more="mistakes:\n  - wrong: y = a ** 2\n    says: square",
    )
    assert REASONS[MISTAKE] in reasons(made)
    assert {drawn(made, 1, k).given["a"] for k in range(20)} == {1, 3}  # at 0 and 2 doubling is squaring


def test_two_mistakes_that_come_to_one_value_are_drawn_again() -> None:
    made = question(
        given="a = integer(1, 4)",
        work="y = 10 * a",
        truth="y = 10 * a",
        more="mistakes:\n  - wrong: y = 2 * a\n    says: x\n  - wrong: y = a ** 2\n    says: y",
    )
    assert REASONS[MISTAKE] in reasons(made)
    assert {drawn(made, 1, k).given["a"] for k in range(20)} == {1, 3, 4}


def test_what_is_not_finite_is_drawn_again() -> None:
    made = question(given="a = integer(-1, 1)", work="y = 1 / a", truth="y = 1 / a", ask="y: 2 decimals")
    assert REASONS[NOT_FINITE] in reasons(made)
    assert {drawn(made, 1, k).given["a"] for k in range(20)} == {-1, 1}


def test_a_condition_of_the_file_is_told_by_its_line() -> None:
    made = question(given="a = integer(1, 4)", more="reject: |\n  a == 1\n  a > 3")
    assert {drawn(made, 1, k).given["a"] for k in range(20)} == {2, 3}
    assert reasons(made) == {"kept", "the condition in line 12", "the condition in line 13"}


def test_no_fair_draw_is_an_error_that_tells_the_reasons() -> None:
    made = question(
        given="a = integer(1, 3)",
        work="y = 2 * a",
        more="reject: |\n  a < 3\nmistakes:\n  - wrong: y = a + 3\n    says: x",
    )
    with pytest.raises(DrawError) as caught:
        drawn(made, 4, 2)
    message = str(caught.value)
    assert message.startswith("test/question: seed 4, variant 2: none of 500 draws is fair: the condition in line 12 (")
    assert f"; {REASONS[MISTAKE]} (" in message
    assert "loosen 'reject' or take other ranges" in message


def test_every_honest_way_comes_to_the_asked_answer() -> None:
    """Full precision, the printed numbers, and rounding after every key: for what was kept, all the same."""
    made = question(
        given="a = number(-2, 2, step=0.1)\nb = number(0.1, 2, step=0.1)",
        work="z = a / b\ne = exp(z)\ny = e / (1 + e)",
        truth="y = exp(a / b) / (1 + exp(a / b))",
        ask="y: 3 decimals",
        more="reject: |\n  abs(z) > 5",
        solution="<< y.steps >>",
    )
    for variant in range(100):
        exercise = drawn(made, 1, variant)
        a, b = exercise.given["a"], exercise.given["b"]
        full = 1 / (1 + math.exp(-a / b))  # type: ignore[operator]
        z = round(a / b, 5)  # type: ignore[operator]
        e = round(math.exp(z), 5)
        printed, keys = e / (1 + e), e / round(1 + e, 5)
        assert {f"{value:.3f}" for value in (full, printed, keys)} == {f"{exercise.answers[0].value:.3f}"}


# --- the truth is asked


def test_a_wrong_truth_is_refused() -> None:
    with pytest.raises(DrawError, match=r"the core computes y = .*, 'work' computes"):
        drawn(question(given="a = integer(1, 4)", work="y = 2 * a", truth="y = 3 * a"))


def test_a_wrong_work_is_refused_in_any_entry() -> None:
    made = question(
        given="u = vector(2, 1, 4)\na = integer(1, 2)",
        work="y = [u[0], u[1] + 1]",
        truth="y = array([u[0], u[1]])",
        text="x",
    )
    with pytest.raises(DrawError, match="the core computes"):
        drawn(made)


def test_a_slightly_wrong_work_is_refused_although_it_rounds_alike() -> None:
    with pytest.raises(DrawError, match="the core computes"):
        drawn(question(given="a = integer(1, 4)", work="y = a / 3 + 0.000001", truth="y = a / 3", ask="y: 1 decimal"))


def test_a_truth_of_another_shape_is_refused() -> None:
    made = question(given="u = vector(2, 1, 4)", work="y = 2 * u", truth="y = outer(u, u)", text="x")
    with pytest.raises((DrawError, BankError), match="shape"):
        drawn(made)


def test_an_intermediate_that_truth_names_is_compared_too() -> None:
    with pytest.raises(DrawError, match="the core computes z"):
        drawn(question(given="a = integer(1, 4)", work="z = a + 1\ny = 2 * a", truth="z = a + 2\ny = 2 * a"))


def test_an_outcome_that_truth_names_is_compared_too() -> None:
    parts = {"given": "a = integer(1, 4)", "work": 'case = "odd" if a == 1 or a == 3 else "even"\ny = 2 * a'}
    right = question(**parts, truth='case = "odd" if a % 2 == 1 else "even"\ny = 2 * a')
    wrong = question(**parts, truth='case = "odd"\ny = 2 * a')
    for variant in range(8):
        drawn(right, 1, variant)
    even = next(k for k in range(8) if drawn(right, 1, k).given["a"] in (2, 4))
    with pytest.raises(DrawError, match="the core says case is 'odd', 'work' says 'even'"):
        drawn(wrong, 1, even)


@pytest.mark.parametrize(("truth", "words"), [
    ("z = 1", "'y' is asked for, but the core is not asked for it"),
    ("y = 2 * a\na = 1", "'a' is given, not computed"),
    ("y = nope(a)", "unknown function 'nope'"),
    ("y = b", "unknown name 'b'"),
    ("y = a / 0", "cannot be computed"),
    ("y = 'text'", "no number"),
])  # fmt: skip
def test_a_truth_that_cannot_be_asked_is_a_fault_of_the_file(truth: str, words: str) -> None:
    with pytest.raises(BankError, match=words) as caught:
        drawn(question(given="a = integer(1, 4)", work="y = 2 * a", truth=truth))
    assert caught.value.line is not None


@pytest.mark.parametrize(("parts", "words"), [
    ({"ask": "q: exact"}, "'q' is not a step of 'work'"),
    ({"work": "y = a / 3", "ask": "y: exact"}, "endless decimals"),
    ({"given": "a = number(0, 1, step=0.5)", "work": "y = a + 1", "ask": "y: integer"}, "can have decimals"),
    ({"ask": "y: formula in x"}, "no free"),
    ({"more": "mistakes:\n  - wrong: q = 1\n    says: x"}, "'q' is not a step of 'work'"),
    ({"work": "y = 2 * a\nz = a",
    "more": "mistakes:\n  - wrong: z = 1\n    says: x"}, "changes nothing that is asked for"),
    ({"work": "y = 2 * a\nz = a", "more": "mistakes:\n  - wrong: y = z\n    says: x"}, "computed later"),
    ({"more": "mistakes:\n  - wrong: y = [a, a]\n    says: x"}, "the mistake makes it"),
    ({"given": "a = 3"}, "expected a sampler such as number"),
    ({"given": "a = nubmer(1, 2)"}, "did you mean 'number'"),
    ({"given": "a, b = number(1, 2)"}, "makes 1 quantities, 2 names"),
    ({"given": "X, y = dataset(4, 2, -1, 1)", "work": "y = 1"}, "already has a value"),
    ({"given": "a = number(1, 2)\nb = number(0, a)"}, ""),
])  # fmt: skip
def test_parts_that_do_not_fit_together_are_faults_with_their_line(parts: dict[str, str], words: str) -> None:
    with pytest.raises(BankError) as caught:
        drawn(question(**{"given": "a = integer(1, 4)", **parts}))
    assert words in str(caught.value)
    assert caught.value.line is not None


# --- choices


CHOICES = """choices:
  - text: It grows by << a.value >>.
    right: case == "up"
    says: Yes.
  - text: It falls.
    right: case == "down"
  - text: It stays.
    right: false
"""
DIAGNOSIS = {
    "given": "a = integer(-4, 4, nonzero=True)", "work": 'case = "up" if a > 0 else "down"', "truth": "",
    "ask": "verdict: choice",
    "more": CHOICES, "text": "It changes by << a.value >>.", "solution": "It is << letters >>.",
}  # fmt: skip


def test_the_right_line_depends_on_the_numbers() -> None:
    made = question(**DIAGNOSIS)
    for variant in range(20):
        exercise = drawn(made, 1, variant)
        (answer,) = exercise.answers
        assert answer.kind == "choice"
        assert [choice.letter for choice in answer.choices] == ["A", "B", "C"]
        (right,) = (choice for choice in answer.choices if choice.right)
        assert answer.value == right.letter
        assert str(right.text).startswith("It grows" if exercise.given["a"] > 0 else "It falls")  # type: ignore[operator]
        assert str(exercise.solution) == f"It is {right.letter}."
        assert answer.format == "one letter"


def test_what_a_line_says_stays_with_it() -> None:
    for variant in range(10):
        for choice in drawn(question(**DIAGNOSIS), 1, variant).answers[0].choices:
            assert (str(choice.says) == "Yes.") == str(choice.text).startswith("It grows")


def test_the_right_letter_is_each_one_equally_often() -> None:
    made = question(**DIAGNOSIS)
    counts = Counter(made.draw(seed=1, variant=k).answers[0].value for k in range(900))
    assert all(240 < counts[letter] < 360 for letter in "ABC")  # 300 expected, standard deviation 14


def test_several_lines_can_be_right() -> None:
    made = question(**{**DIAGNOSIS, "more": CHOICES.replace("right: false", "right: true")})
    (answer,) = drawn(made).answers
    assert len(str(answer.value)) == 2
    assert answer.format == "all letters that apply"


def test_no_right_line_is_a_fault() -> None:
    made = question(
        **{**DIAGNOSIS, "more": CHOICES.replace('case == "down"', "false").replace('case == "up"', "false")}
    )
    with pytest.raises(BankError, match="none is right"):
        drawn(made)


def test_a_choice_among_numbers_offers_the_truth_and_each_mistake() -> None:
    made = question(
        given="a = integer(2, 40)",
        work="y = 2 * a + 1",
        truth="y = 2 * a + 1",
        ask="y: choice",
        more="mistakes:\n  - wrong: y = 2 * a\n    says: one\n  - wrong: y = a + 1\n    says: two\n"
        "  - wrong: y = 2 * (a + 1)\n    says: three",
        solution="<< y.steps >> It is << letters >>.",
    )
    seen: Counter[object] = Counter()
    for variant in range(400):
        exercise = drawn(made, 1, variant)
        (answer,) = exercise.answers
        a = exercise.given["a"]
        says = {str(choice.text): choice.says and str(choice.says) for choice in answer.choices}
        assert says == {f"${2 * a + 1}$": None, f"${2 * a}$": "one", f"${a + 1}$": "two", f"${2 * (a + 1)}$": "three"}  # type: ignore[operator]
        (right,) = (choice for choice in answer.choices if choice.right)
        assert str(right.text) == f"${2 * a + 1}$"  # type: ignore[operator]
        assert right.letter == answer.value
        assert str(exercise.solution).endswith(f"It is {answer.value}.")
        seen[answer.value] += 1
    assert all(60 < seen[letter] < 140 for letter in "ABCD")  # 100 expected, standard deviation 9


# --- branches and formulas


def test_only_the_branch_taken_is_printed() -> None:
    made = question(
        given="g = number(1, 9)\nv = number(3, 5)",
        work="y = v * g / 10 if g > v else g",
        truth="y = min(g, v * g / 10) if g > v else g",
        ask="y: exact",
        text="x",
        solution="<< y.steps >>",
    )
    seen = set()
    for variant in range(30):
        exercise = made.draw(seed=1, variant=variant, confirmed=False)
        clipped = exercise.given["g"] > exercise.given["v"]  # type: ignore[operator]
        assert (r"\frac" in str(exercise.solution)) is clipped
        seen.add(clipped)
    assert seen == {True, False}


FORMULA = {
    "given": "w = number(-3, 3, step=0.5, nonzero=True)\nb = number(1, 3)\nx = free(-2, 2)",
    "work": "z = w * x + b\nd = w * sigmoid_prime(z)",
    "truth": "f(t) = sigmoid(w * t + b)\nd = gradient(f, 0, x)",
    "ask": "d: formula in x",
    "more": "mistakes:\n  - wrong: d = sigmoid_prime(z)\n    says: The inner derivative.",
    "text": "Given << w >> and << b >>.", "solution": "<< d.formula >>",
}  # fmt: skip


def test_a_formula_that_is_asked_for_is_written_as_a_keyboard_has_it() -> None:
    made = question(**FORMULA)
    for variant in range(10):
        exercise = drawn(made, 1, variant)
        (answer,) = exercise.answers
        w, b = exercise.given["w"], exercise.given["b"]
        assert str(answer.value).replace(" ", "") == f"{w:g}*sigmoid_prime({w:g}*x+{b})"
        assert answer.mistakes[0].value == str(answer.value).split("*", 1)[1]
        assert (answer.kind, answer.accept, answer.format) == ("formula", None, "a formula in x")
        assert "x" not in exercise.given
        assert "d" not in exercise.work


def test_what_depends_on_a_letter_is_asked_for_as_a_formula() -> None:
    with pytest.raises(BankError, match="formula in x"):
        drawn(question(**{**FORMULA, "ask": "d: 2 decimals"}))
