"""Names, shapes, loops, families and definitions: what formulas mean, and what is refused."""

from __future__ import annotations

import pytest

from quizgen.errors import FormulaError
from quizgen.formula import terms
from quizgen.formula.elements import elements
from quizgen.formula.parse import parse_block
from quizgen.formula.scope import MAX_CELLS, Scope
from quizgen.formula.steps import Carry, Outcome, Step, build_steps

LINE = 5


def scope() -> Scope:
    """Two numbers, two vectors, two matrices; a form with sizes and an activation."""
    form = {"T": 3, "D": 2, "fn": "relu"}
    made = Scope(dict(form), form=frozenset(form))
    for name, shape in (("a", ()), ("b", ()), ("u", (2,)), ("w", (3,)), ("M", (2, 2)), ("R", (2, 3))):
        count = 1
        for size in shape:
            count *= size
        made.declare(name, shape, [1] * count)
    return made


def built(work: str) -> list[Step | Outcome]:
    return list(build_steps(parse_block(work, LINE), scope(), Carry(4)))


def last(work: str) -> Step:
    step = built(work)[-1]
    assert isinstance(step, Step)
    return step


def refused(work: str) -> FormulaError:
    with pytest.raises(FormulaError) as caught:
        built(work)
    return caught.value


@pytest.mark.parametrize(("formula", "shape"), [
    ("a + u", (2,)), ("u * u", (2,)), ("u @ u", ()), ("M @ u", (2,)), ("u @ R", (3,)), ("R @ w", (2,)),
    ("R.T @ u", (3,)),
    ("M @ R", (2, 3)), ("outer(u, w)", (2, 3)), ("R.T", (3, 2)), ("sum(R)", ()), ("mean(w)", ()), ("max(w)", ()),
    ("max(0, w)", (3,)), ("min(u, a)", (2,)), ("norm(R)", ()), ("argmax(w)", ()), ("softmax(w)", (3,)),
    ("sigmoid(R)", (2, 3)),
    ("u ** 2", (2,)), ("u[0]", ()), ("u[-1]", ()), ("R[0]", (3,)), ("R[0, 1]", ()), ("R[1, 1:3]", (2,)),
    ("R[0:2, 1]", (2,)),
    ("R[0:1, 0:2]", (1, 2)), ("w[1:]", (2,)), ("w[:2]", (2,)), ("M[0][1]", ()), ("(M @ u)[0]", ()),
    ("(M @ R)[0:1]", (1, 3)),
    ("[a, b, 0]", (3,)), ("[u, u]", (2, 2)), ("[w[k] * k for k in range(3)]", (3,)), ("[[a, b], [b, a]]", (2, 2)),
    ("sum(u for k in range(2))", (2,)), ("pad(u, 1)", (4,)), ("pad(R, 2)", (6, 7)), ("pad(M, 0)", (2, 2)),
    ("a if a > 0 else b", ()),
    ("u if a > 0 else -u", (2,)), ("fn(u)", (2,)), ("T * a", ()),
])  # fmt: skip
def test_shapes_follow_from_the_formula(formula: str, shape: tuple[int, ...]) -> None:
    assert last(f"y = {formula}").quantity.shape == shape


@pytest.mark.parametrize(("formula", "words"), [
    ("u @ w", r"found \(2\) @ \(3\)"),
    ("R @ u", r"found \(2, 3\) @ \(2\)"),
    ("u @ a", r"found \(2\) @ a single number"),
    ("u + w", r"found \(2\) \+ \(3\)"),
    ("M * R", r"found \(2, 2\) \* \(2, 3\); write '@' for a matrix product"),
    ("M + u", r"found \(2, 2\) \+ \(2\)"),
    ("outer(M, u)", r"two vectors, found \(2, 2\) and \(2\)"),
    ("u.T", r"needs a matrix, found \(2\)"),
    ("argmax(M)", r"needs a vector, found shape \(2, 2\)"),
    ("max(u, w)", r"shapes \(2\) and \(3\)"),
    ("[a, u]", r"one shape, found a single number, \(2\)"),
    ("[M, M]", "at most two dimensions"),
    ("[]", "at least one entry"),
    ("a ** u", "the exponent must be a single number"),
    ("M ** 2", "not elementwise"),
    ("a if a > 0 else u", r"found shapes a single number and \(2\)"),
    ("sum(a)", "sum needs a vector"),
    ("norm(a)", "of a single number take abs"),
    ("max(a)", "several numbers"),
    ("pad(a, 1)", "pad takes an array"),
    ("a and u", "write any"),
    ("parametric_relu(u, w)", "do not fit|one shape|equal shapes|single number"),
])  # fmt: skip
def test_shapes_that_do_not_fit_are_named(formula: str, words: str) -> None:
    error = refused(f"z = 1\ny = {formula}")
    assert pytest.raises(FormulaError, match=words).matches(error)
    assert error.line == LINE + 1


@pytest.mark.parametrize(("work", "line", "words"), [
    ("y = alpah", 5, "unknown name 'alpah'"),
    ("y = Tt", 5, "unknown name 'Tt'; did you mean 'T'?"),
    ("y = sigmiod(a)", 5, "did you mean 'sigmoid'"),
    ("y = print(1)", 5, "unknown function 'print'"),
    ("y = sigmoid(a, b)", 5, "takes 1 argument, found 2"),
    ("y = sum(u, u)", 5, "takes 1 argument, found 2"),
    ("y = sigmoid(z=a)", 5, "no named arguments"),
    ("y = 2 * 'a'", 5, "the text 'a' cannot be computed with"),
    ("y = fn + 1", 5, "'fn' is the text 'relu'"),
    ("y = a ** b ** 2", 5, "a power of a power"),
    ("y = a // 2", 5, "write floor(a / b)"),
    ("y = (1, 2)", 5, "cannot be computed with"),
    ("y = a[0]", 5, "has no entries"),
    ("y = u[2]", 5, "outside of 0 … 1"),
    ("y = u[0:3]", 5, "does not lie within 0:2"),
    ("y = u[1:1]", 5, "does not lie within 0:2"),
    ("y = M[0, 1, 0]", 5, "too many indices"),
    ("y = u[0.5]", 5, "whole number, found 0.5"),
    ("y = sum(u[k] for k in range(0))", 5, "no terms"),
    ("y = sum(u[k] for k in u)", 5, "runs over 'range"),
    ("y = sum(u[a] for a in range(2))", 5, "already the name of something else"),
    ("y = 1\ny = 2", 6, "already has a value"),
    ("a = 1", 5, "already has a value"),
    ("h[1] = a\nh[1] = b", 6, "'h[1]' already has a value"),
    ("h[1] = a\nh[1, 2] = b", 6, "another number of indices"),
    ("h[1] = a\nz = h[2]", 6, "not computed before this line; known: h[1]"),
    ("h[1] = a\nh[2] = u\nz = h", 7, "one shape"),
    ("h[1, 1] = a\nh[1, 2] = b\nh[2, 1] = a\nz = h", 8, "do not fill a table"),
    ("for k in range(2):\n  y = k", 6, "already has a value"),
    ("for a in range(2):\n  y[a] = 1", 5, "already in use"),
    ("for k in range(1000000):\n  y[k] = k", 5, "too long, at most 1000"),
    ("for k in range(500):\n  Y[k] = outer(w * k, w * k)", 6, "more than 4000 numbers"),
    ("side(p, q) = p + q\ny = side(1)", 6, "takes 2 arguments, found 1"),
    ("c = 'p' if a > 0 else 1", 5, "expected a text"),
    ("c = 'p' if a > 0 else 'q'\nd = c + 1", 6, "'c' is a text"),
    ("c[1] = 'p' if a > 0 else 'q'", 5, "cannot have an index"),
])  # fmt: skip
def test_what_has_no_meaning_is_refused_with_its_line(work: str, line: int, words: str) -> None:
    error = refused(work)
    assert words in str(error)
    assert error.line == line


def test_a_loop_makes_a_family_and_its_name_is_free_afterwards() -> None:
    steps = built("h[1] = a\nfor t in range(2, T + 1):\n    h[t] = h[t - 1] * b\nt = h[3]")
    assert [str(step.quantity.symbol) for step in steps if isinstance(step, Step)] == ["h_1", "h_2", "h_3", "t"]
    assert [step.line for step in steps] == [5, 7, 7, 8]


def test_a_loop_over_nothing_makes_nothing() -> None:
    assert built("for k in range(0):\n  y = k") == []


def test_a_family_is_an_array_of_its_members_in_order() -> None:
    step = last("h[3] = 30\nh[1] = 10\nh[2] = 20\ny = h")
    assert [entry.data.symbol.indices for entry in elements(step.term) if isinstance(entry.data, terms.Cell)] == [
        ("1",), ("2",), ("3",),
    ]  # fmt: skip
    assert last("h[1, 1] = a\nh[1, 2] = b\ny = h").quantity.shape == (1, 2)


def test_entries_are_counted_from_0_and_printed_from_1() -> None:
    assert last("y = M[1, 0]").term.data == scope().quantities["M"].cells[2]
    assert str(last("y = M[1, 0]").term.data.symbol) == "M_{2,1}"  # type: ignore[union-attr]
    assert str(last("y = R[1]").term.data.symbol) == r"\mathbf{r}_2"  # type: ignore[union-attr]


def test_a_definition_is_written_out() -> None:
    plain, defined = last("y = (a - b) / 2 + 1"), last("half(p, q) = (p - q) / 2 + 1\ny = half(a, b)")
    assert [part.op for part in terms.walk(plain.term)] == [part.op for part in terms.walk(defined.term)]


def test_a_condition_on_the_form_is_decided_at_once() -> None:
    assert last("y = a if fn == 'relu' else unknown_name").term.data == scope().quantities["a"].cells[0]
    assert last("y = unknown_name if T > 5 and D == 2 else a").term.op == "cell"
    assert last("y = a if a > 0 else b").term.op == "conditional"


def test_a_form_names_the_function() -> None:
    assert last("y = fn(a)").term.data == "relu"


def test_numbers_of_the_form_keep_their_symbols() -> None:
    number = last("y = T * a").term.args[0]
    assert (number.data, str(number.symbol)) == (3, "T")


def test_an_outcome_is_a_text_that_numbers_decide() -> None:
    (outcome,) = built("c = 'p' if a > 0 else ('q' if b > 0 else 'r')")
    assert isinstance(outcome, Outcome)
    assert outcome.texts == ("p", "q", "r")
    (decided,) = built("c = 'p' if T > 1 else 'q'")
    assert isinstance(decided, Outcome)
    assert decided.texts == ("p",)


@pytest.mark.parametrize(("formula", "decimals"), [
    ("a + b", 1), ("a * b", 2), ("a * b * a", 3), ("a / 4", 3), ("a / 3", None), ("a / b", None), ("a ** 2", 2),
    ("exp(a)", None),
    ("floor(a / b)", 0), ("max(a, b)", 1), ("abs(a)", 1), ("relu(a)", 1), ("leaky_relu(a)", 3), ("u @ u", 2),
    ("u @ u + a", 2),
    ("sum(w)", 1), ("a if a > 0 else a * b", 2), ("0.25 * a", 3), ("a / 8", 4), ("a / 16", None), ("a / 1", 1),
    ("argmax(w)", 0),
    ("relu_prime(a) * b", 1), ("sgn(a)", 0), ("a ** 3 * 10", 3),
])  # fmt: skip
def test_it_is_known_how_many_decimals_a_result_can_have(formula: str, decimals: int | None) -> None:
    """The given numbers have one decimal; the work carries four."""
    step = last(f"y = {formula}")
    assert step.exact is (decimals is not None)
    if decimals is not None:
        assert step.quantity.cells[0].decimals == decimals


def test_there_is_a_bound_on_numbers() -> None:
    made = scope()
    made.declare("big", (60, 60), [0] * 3600)
    with pytest.raises(FormulaError, match=str(MAX_CELLS)):
        made.declare("big2", (60, 60), [0] * 3600)


@pytest.mark.parametrize("work", ["f(p) = f(p)\ny = f(a)", "f(p) = g(p)\ng(p) = f(p)\ny = f(a)"])
def test_a_definition_that_uses_itself_is_refused(work: str) -> None:
    refused(work)


def test_a_fault_in_a_definition_has_a_line_of_the_file() -> None:
    assert (refused("f(p) = p + zz\ny = f(a)").line or 0) >= LINE


@pytest.mark.parametrize("formula", ["u[a]", "pad(u, a)", "w[0:a]"])
def test_an_index_cannot_depend_on_a_drawn_number(formula: str) -> None:
    assert "unknown name" not in str(refused(f"y = {formula}"))


@pytest.mark.parametrize("work", ["y = pad(u, -1)", "y = parametric_relu(a)", "h[1, 1] = a\nh[2, 2] = b\ny = h"])
def test_these_should_be_refused_too(work: str) -> None:
    refused(work)
