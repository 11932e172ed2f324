"""What is read, and that everything else is refused at once, with the place."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.errors import FormulaError
from quizgen.formula.parse import MAX_DEPTH, parse_block, parse_conditions, parse_expression

LINE = 10

#: A block, the line and the column of the fault, and words of the message.
REFUSED = [
    # attributes, and other ways to Python's objects
    ("y = x.__class__", 10, 5, "'.__class__' is not allowed"),
    ("y = x.real", 10, 5, "only '.T' is"),
    ("y = a.T.imag", 10, 5, "'.imag' is not allowed"),
    ("y = (lambda x: x)(1)", 10, None, "'lambda'"),
    ("y = f(x)(y)", 10, 5, "called by its name"),
    ("y = x[0](1)", 10, 5, "called by its name"),
    ("y = 2 * (lambda: 1)", 10, None, "'lambda'"),
    ("y = f'{x}'", 10, 5, "not allowed"),
    ("y = 'a' 'b' f'{c}'", 10, 5, "not allowed"),
    ("y = (z := 3)", 10, 6, "not allowed"),
    ("y = await x", 10, 5, "not allowed"),
    ("y = yield", 10, 5, "not allowed"),
    ("y = *x", 10, 5, "not allowed"),
    ("y = f(*x)", 10, 7, "not allowed"),
    ("y = f(**x)", 10, 5, "'**' is not allowed in a call"),
    ("y = {1: 2}", 10, 5, "not allowed"),
    ("y = {1, 2}", 10, 5, "not allowed"),
    ("y = {k for k in range(3)}", 10, 5, "not allowed"),
    # comprehensions
    ("y = [k for k in range(3) if k]", 10, 5, "for name in range"),
    ("y = sum(i * j for i in range(3) for j in range(3))", 10, 8, "one 'for' at a time"),
    ("y = (k async for k in range(3))", 10, 5, "for name in range"),
    ("y = [k for k, l in range(3)]", 10, 5, "for name in range"),
    ("y = [k for x[0] in range(3)]", 10, 5, "for name in range"),
    # literals
    ("y = 1e400", 10, 5, "smaller than 10^15"),
    ("y = 1e15", 10, 5, "smaller than 10^15"),
    ("y = -1000000000000000", 10, 6, "smaller than 10^15"),
    ("y = 1j", 10, 5, "not a number"),
    ("y = b'x'", 10, 5, "not a number"),
    ("y = None", 10, 5, "not a number"),
    ("y = ...", 10, 5, "not a number"),
    ("y = 007", 10, 5, "leading zeros"),
    # comparisons and slices
    ("y = a < b < c", 10, 5, "not chained"),
    ("y = x[::2]", 10, 9, "no step"),
    # statements
    ("import os", 10, 1, "expected an assignment"),
    ("a = 1\nfrom os import path", 11, 1, "expected an assignment"),
    ("def f(): pass", 10, 1, "expected an assignment"),
    ("class A: pass", 10, 1, "expected an assignment"),
    ("del x", 10, 1, "expected an assignment"),
    ("x += 1", 10, 1, "expected an assignment"),
    ("x: int = 1", 10, 1, "expected an assignment"),
    ("while True: pass", 10, 1, "expected an assignment"),
    ("if a: b = 1", 10, 1, "expected an assignment"),
    ("try:\n x = 1\nexcept: x = 1", 10, 1, "expected an assignment"),
    ("with a: b = 1", 10, 1, "expected an assignment"),
    ("global x", 10, 1, "expected an assignment"),
    ("return 1", 10, 1, "expected an assignment"),
    ("match x:\n case 1: y = 1", 10, 1, "expected an assignment"),
    ("print(1)", 10, 1, "expected an assignment"),
    ("y = 1 ; import os", 10, 9, "expected an assignment"),
    ("for k in range(3):\n  print(k)", 11, 3, "expected an assignment"),
    # the left side
    ("a = b = 1", 10, 1, "one name is assigned at a time"),
    ("x.y = 1", 10, 1, "the left side must be a name"),
    ("f(x)[0] = 1", 10, 1, "the left side must be a name"),
    ("[a, b] = f(x)", 10, 1, "the left side must be a name"),
    ("a, *b = f(x)", 10, 1, "the left side must be a name"),
    # loops
    ("for i, j in range(3):\n  x = 1", 10, 1, "for name in range"),
    ("for i in range(3):\n  x = 1\nelse:\n  y = 1", 10, 1, "for name in range"),
    ("for a in x:\n for b in x:\n  for c in x:\n   for d in x:\n    for e in x:\n     y = 1", 14, 5, "deeper than 4"),
    # malformed
    ("y = ", 10, 5, "cannot be read"),
    ("y = (", 10, 5, "never closed"),
    ("y = 5 5", 10, 7, "cannot be read"),
    ("y = x if a", 10, 5, "expected 'else'"),
    ("z = 1\ny = x +\nw = 2", 11, 8, "cannot be read"),
    ("y = x\n   z = 1", 11, 3, "unexpected indent"),
    ("y = 'a\nb'", 10, 5, "unterminated string"),
    ("f(1) = 2", 10, None, "cannot be read"),
    # size
    ("y = \x001", 10, None, "null bytes"),
    ("y = " + "-" * 50_000 + "1", 10, None, "too long"),
    ("y = " + "9" * 5_000, 10, None, "a line of 5004 characters"),
    ("z = 1\ny = " + "x," * 2_000, 11, None, "a line of"),
    ("y = 1\n" * 3_000, 10, None, "more than 5000 parts"),
    ("y = " + "-" * 1_000 + "1", 10, None, "nested deeper"),
    ("z = 1\ny = " + "not " * 100 + "x", 11, None, "nested deeper"),
    ("y = " + "(" * 200 + "1" + ")" * 200, 10, None, "nested deeper"),
    ("y = " + "[" * 200 + "1" + "]" * 200, 10, None, "nested deeper"),
    ("y = " + "- " * 400 + "1", 10, None, "nested deeper"),
    ("y = " + "x" + "[0]" * 300, 10, 5, "nested deeper"),
    ("y = x" + ".T" * 500, 10, 5, "nested deeper"),
    ("y = " + "x@" * 900 + "x", 10, 5, "nested deeper"),
    ("y = " + "+".join(["x"] * 700), 10, 5, "nested deeper"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "column", "words"), REFUSED, ids=[case[0][:30] for case in REFUSED])
def test_hostile_and_malformed_blocks_are_refused_with_their_place(
    text: str, line: int, column: int | None, words: str
) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_block(text, LINE)
    assert words in str(caught.value)
    assert caught.value.line == line
    if column is not None:
        assert caught.value.column == column


@pytest.mark.parametrize("text", ["y = ~x", "y = a << b", "y = a | b", "y = a ^ b", "y = a is b", "y = a in b"])
def test_operators_that_mathematics_does_not_have_are_refused_with_their_place(text: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_block(text, LINE)
    assert caught.value.line == LINE
    assert "''" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["y = " + "f(" * 59 + "x" + ")" * 59, "y = " + "a if b else " * 60 + "c", "y = a" + "**a" * 500]
)
def test_deep_nesting_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(FormulaError, match="nested deeper") as caught:
        parse_block(text, LINE)
    assert caught.value.line == LINE


@pytest.mark.parametrize(
    "text", ["f = lambda x=9**9: x", "f = lambda *a: 1", "f = lambda **a: 1", "f(x, x) = x", "f() = 1"]
)
def test_a_definition_has_plain_parameters(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_block(text, LINE)


def test_powers_are_read_but_never_computed_while_reading() -> None:
    (statement,) = parse_block("y = 9**9**9**9")
    assert isinstance(statement, ast.Assign)
    assert isinstance(statement.value, ast.BinOp)


@pytest.mark.parametrize("text", [
    "", "# only a remark", "y = 1", "y = x[0, 1:3]", "y = W.T @ x", "y = a if b > 0 and not c else d",
    "h[1] = 1\nfor t in range(2, 4):\n    h[t] = h[t - 1] / 2", "X, y = dataset(4, 2, -1, 1)",
    "side(x, f) = floor(x / f)\nn = side(3, 2)", "y = f(x, step=0.5)", "case = 'a' if x > 0 else 'b'",
    "y = sum(x[k] for k in range(3))", "y = [x[k] for k in range(3)]", "y = (a +\n     b)", "y = 1_000 + 0.5e3",
    "y = " + "(" * 15 + "x" + ")" * 15,
])  # fmt: skip
def test_what_authors_write_is_read(text: str) -> None:
    statements = parse_block(text, LINE)
    assert all(statement.lineno >= LINE for statement in statements)


def test_a_definition_is_a_lambda_on_its_own_line() -> None:
    first, second = parse_block("side(x, f) = floor(x / f)\n\nn = side(3, 2)", LINE)
    assert isinstance(first, ast.Assign)
    assert isinstance(first.value, ast.Lambda)
    assert [argument.arg for argument in first.value.args.args] == ["x", "f"]
    assert (first.lineno, second.lineno) == (10, 12)


def test_an_equation_inside_of_a_line_is_no_definition() -> None:
    (condition,) = parse_conditions("norm(g) == 0", LINE)
    assert isinstance(condition, ast.Compare)


def test_parts_of_results_are_read_only_where_they_exist() -> None:
    parse_block("s = lstm_step(x)\nh = s.h", fields=True)
    with pytest.raises(FormulaError, match=r"'\.h' is not allowed") as caught:
        parse_block("s = lstm_step(x)\nh = s.h", LINE)
    assert caught.value.line == 11
    for text in ("y = x.__class__", "y = s._replace", "y = x.__init__.__globals__"):
        with pytest.raises(FormulaError, match="not allowed"):
            parse_block(text, fields=True)


def test_conditions_are_expressions() -> None:
    assert len(parse_conditions("a > 1\nnot distinct(x)  # ties\n\nany(z < 0)", LINE)) == 3
    with pytest.raises(FormulaError, match="expected a condition") as caught:
        parse_conditions("a > 1\nb = 2", LINE)
    assert caught.value.line == 11
    with pytest.raises(FormulaError, match="not chained"):
        parse_conditions("1 < a < 2")
    with pytest.raises(FormulaError, match="not allowed"):
        parse_conditions("x.shape")


def test_an_expression_is_one_expression() -> None:
    assert isinstance(parse_expression("  s > 1 "), ast.Compare)
    for text in ("s = 1", "a; b", "", "a\nb", "x.__class__", "lambda: 1"):
        with pytest.raises(FormulaError):
            parse_expression(text, 7)


def test_depth_is_counted_from_each_statement() -> None:
    brackets = MAX_DEPTH // 2
    text = "y = " + "-(1 + " * brackets + "x" + ")" * brackets
    with pytest.raises(FormulaError, match="nested deeper"):
        parse_block(text)
    assert parse_block("y = " + "abs(" * 10 + "x" + ")" * 10 + "\n" + "z = " + "abs(" * 10 + "x" + ")" * 10)


_PIECES = ("y", "=", "==", "x", "1", "0.5", "(", ")", "[", "]", "{", "}", ".", ",", ":", "for", "in", "range",
"lambda", "if",
           "else", "**", "@", "-", "not", "\n", " ", "  ", "'", '"', "\\", "#", "f", "T", "await", "é", "\t", ";",
           "*")  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join) | st.text(max_size=60))
def test_any_text_is_read_or_refused_as_a_formula(text: str) -> None:
    for parse in (parse_block, parse_conditions, parse_expression):
        try:
            parse(text)
        except FormulaError:
            continue
