"""Finding mathematics, keeping the table of symbols, and saying where and why."""

from __future__ import annotations

import pytest

from quizgen.errors import QuizgenError
from quizgen.proof import ProofError, read


def verdicts(text: str, **options: object) -> list[str]:
    return [relation.verdict for relation in read(text, **options).relations]  # type: ignore[arg-type]


def test_a_relation_says_where_it_stands_and_both_values() -> None:
    (relation,) = read("First.\n\nThen $0.5 \\cdot 2\n= 1.1$.").false
    assert (relation.line, relation.column) == (4, 1)
    assert (relation.left, relation.operator, relation.right) == (r"0.5 \cdot 2", "=", "1.1")
    assert (relation.left_value, relation.right_value) == ("1", "1.1")
    assert str(relation).startswith("4:1: false: ")


@pytest.mark.parametrize(
    "text",
    [
        "`$1 = 2$`",
        "``a ` $1 = 2$``",
        "```\n$1 = 2$\n```",
        "~~~ python\n$1 = 2$\n~~~",
        "<!-- $1 = 2$ -->",
        r"\$1 = 2\$",
        "it costs $1 = 2 $ or so",
        "$1\n\n= 2$",
        "no mathematics: 1 = 2",
    ],
)
def test_what_is_not_mathematics_is_left_alone(text: str) -> None:
    assert read(text).relations == ()


@pytest.mark.parametrize(
    "text",
    [
        "$1 = 2$",
        "$$1 = 2$$",
        "$$\n1\n= 2\n$$",
        "| a | b |\n|---|---|\n| $5$ | $1 = 2$ |",
        "costs \\$5, $1 = 2$",
        "`code` $1 = 2$ `code`",
        r"$$\begin{aligned} & 1 \\ &= 2 \end{aligned}$$",
        r"$$\begin{aligned} a &= 1 & 1 &= 2 \end{aligned}$$",
        r"$a = 1, \quad 1 = 2$",
        r"$0 < 1 \Rightarrow 1 = 2$",
        r"$a = 1 \text{ and } 1 = 2$",
    ],
)
def test_what_is_mathematics_is_read(text: str) -> None:
    assert [relation.verdict for relation in read(text).false] == ["false"]


def test_rows_that_start_with_a_sign_continue_the_row_above() -> None:
    assert verdicts(r"$$\begin{aligned} z &= 1 + 2 \\ &\quad + 3 \\ &= 6 \end{aligned}$$") == ["defined", "true"]
    assert verdicts(r"$$\begin{aligned} z &= 1 + 2 \\ & + 3 \\ &= 6 \end{aligned}$$") == ["defined", "true"]


def test_numbers_in_table_cells_do_no_harm() -> None:
    assert verdicts("| layer | $z$ | \\|a\\| |\n|--|--|--|\n| 1 | 0.5 | 3\n| $2$ | $-0.25$ | $(2,$ |\n| 3 |") == []


SAMPLES = r"""
| $k$ | $x_1$ | $x_2$ | $y$ |
|---|---|---|---|
| 1 | $2$ | $-1$ | $1$ |
| 2 | $0.5$ | $3$ | $-1$ |
"""


def test_a_table_that_counts_its_rows_gives_values() -> None:
    report = read(SAMPLES + r"$\mathbf{x}_2 = (0.5, 3)$, $y_2 + y_1 = 0$, $\mathbf{x}_1 \cdot \mathbf{x}_2 = -2$")
    assert [relation.verdict for relation in report.relations] == ["defined"] * 4 + ["true"] * 3
    assert report.strays == ()


def test_a_table_of_results_is_compared_with_the_work() -> None:
    table = "| $t$ | $h_t$ | remark |\n|:-:|:-:|---|\n| 1 | $0.13$ | small |\n| 2 | 0.4 | |\n"
    report = read(r"$h_1 = \sigma(-1.9) \approx 0.1301$ and $h_2 = 0.2 \cdot 2 = 0.5$" + "\n\n" + table)
    assert [relation.verdict for relation in report.relations[4:]] == ["true", "false"]
    (_, false) = report.false
    assert (false.left, false.right, false.line) == ("h_{2}", "0.4", 6)


def test_a_name_is_worth_what_was_printed() -> None:
    chain = r"$g_f = \sigma(-1.9) \approx 0.1301$, $2 g_f = 0.2602$, $2 g_f = 0.2603$"
    assert verdicts(chain) == ["defined", "true", "true", "false"]


def test_spellings_of_one_name() -> None:
    assert verdicts(r"$h_{t-1} = 0.5$ $h_{t - 1} = 0.6$")[-1] == "false"
    assert verdicts(r"$\boldsymbol{\delta}_1 = 2$ $\mathbf{\delta}_{1} = 3$")[-1] == "false"
    assert verdicts(r"$\frac{\partial L}{\partial w} = 0.6$ $\partial L / \partial w = 0.7$")[-1] == "false"
    assert verdicts(r"$\hat{y}=1$ $\hat y = 2$")[-1] == "false"
    assert verdicts(r"$w^{\text{new}} = 0.5$ $w = 0.7$ $x^{(2)} = 1$ $x = 2$") == ["defined"] * 4


def test_what_is_given_may_not_change_but_what_is_derived_may_be_derived_anew() -> None:
    assert verdicts("$w = 0.5$ $w = 0.4 + 0.2 = 0.6$")[1] == "false"
    assert verdicts("$z = 1 + 1 = 2$ $z = 1 + 2 = 3$") == ["defined", "true", "defined", "true"]
    assert verdicts("$z = 1 + 1 = 2$ so $z = 3$")[-1] == "false"
    assert verdicts("$w = 0.5$ $w \\leftarrow w + 0.1 = 0.6$ $w = 0.6$") == ["defined", "defined", "true", "true"]


def test_conditions_claim_nothing() -> None:
    assert verdicts("$z = -1.9$. If $z > 0$ it fires.") == ["defined", "general"]
    assert verdicts("$z = -1.9$, so $z > 0$.") == ["defined", "false"]


def test_for_each_step_a_name_is_set_anew() -> None:
    assert verdicts("For $t = 1$ we get $x = 2 + 1 = 3$; for $t = 2$ we get more.").count("false") == 0


def test_functions_of_the_text() -> None:
    assert verdicts("$f(x) = x^2 + 3x$, $f(2) = 4 + 6 = 10$, $f(2) = 11$")[1:] == ["true", "true", "false"]
    assert verdicts(r"$\sigma_h = \tanh$, $\sigma_h(0.5) \approx 0.4621$") == ["defined", "true"]
    assert verdicts("$h = 0.5$ $h (1 - h) = 0.25$")[-1] == "true"
    assert verdicts("$f(x) = f(x + 1)$, $f(2) = 3$")[-1] == "undecided"


def test_across_what_cannot_be_read_a_slip_is_still_found() -> None:
    assert verdicts(r"$1 + 1 = \mathcal{?} = 2$") == ["undecided", "undecided"]
    assert verdicts(r"$1 + 1 = \mathcal{?} = 3$") == ["undecided", "false"]


def test_known_values() -> None:
    known = {r"\mathbf{x}": [2, 3], "w": 0.1, r"\frac{\partial L}{\partial b}": "0.25"}
    assert verdicts(r"$x_2 w = 0.3$ $\frac{\partial L}{\partial b} = 0.25$", known=known) == ["true", "true"]
    first = read("$a = 1 + 1 = 2$")
    assert verdicts("$a = 3$", known=first.names) == ["false"]


@pytest.mark.parametrize("known", [{"w": float("nan")}, {"w": []}, {"w": [[1], [2, 3]]}, {"1": 2}, {"w": "one"}])
def test_known_values_that_cannot_be_read(known: dict[str, object]) -> None:
    with pytest.raises(ProofError, match="the known symbol"):
        read("", known=known)
    assert issubclass(ProofError, QuizgenError)


def test_a_computed_number_alone_repeats_one_printed_before() -> None:
    text = r"$g = \sigma(-0.95) \approx 0.2789$. A value of ${}$ lets little through."
    assert not read(text.replace("{}", "0.2789")).false
    assert not read(text.replace("{}", "0.279")).false
    (false,) = read(text.replace("{}", "0.2788")).false
    assert false.operator == ""
    report = read("a threshold of $0.7$")
    assert not report.relations
    assert [stray.text for stray in report.strays] == ["0.7"]


def test_a_student_may_round_where_we_may_not() -> None:
    for chain in (r"\sigma(-1.9) = 0.13", r"\frac{1}{3} = 0.33", r"0.33 \cdot 3 = 1", r"13.7 \approx 14"):
        assert verdicts(f"${chain}$", mode="kind") == ["true"], chain
    for chain in (r"\sigma(-1.9) = 0.15", "2 + 3 = 6", r"0.3333 \cdot 3 = 1.1", r"13.7 \approx 15", r"0.13 > 0.5"):
        assert verdicts(f"${chain}$", mode="kind") == ["false"], chain


def test_a_students_own_value_is_compared_with_the_known_one() -> None:
    known = {"z": -1.9}
    assert verdicts(r"$z = 1 - 3 + 0.1 = -1.9$", known=known, mode="kind") == ["true", "true"]
    assert verdicts(r"$z = 1 + 3 + 0.1 = 4.1$", known=known, mode="kind") == ["false", "true"]


def test_decimals_of_the_work() -> None:
    assert verdicts(r"$\frac{1}{3} \approx 0.3$") == ["false"]
    assert verdicts(r"$\frac{1}{3} \approx 0.3$", decimals=3) == ["true"]


def test_the_share_of_what_is_decided() -> None:
    report = read(r"$1 = 1$ $1 = 2$ $\log 2 = 3$ $a = 1$ $u > v$")
    assert len(report.true) == len(report.false) == len(report.undecided) == 1
    assert report.decided_share == pytest.approx(2 / 3)
    assert read("nothing").decided_share == 1


def test_cr_ends_a_row_everywhere() -> None:
    inline = read(r"$\mathbf{o} = \begin{pmatrix} 5 \cr 4 \cr{} 10 \end{pmatrix}$, so $\mathbf{o} = (5, 4, 10)^\top$.")
    assert [relation.verdict for relation in inline.relations] == ["defined", "true"]
    broken = read("$$\\begin{aligned} z &= 1 + 2 \\cr\n&= 4 \\end{aligned}$$")
    assert [relation.verdict for relation in broken.relations][-1] == "false"


@pytest.mark.parametrize(("length", "shape", "lines"), [(7, "(30, 3)", []), (5, "(30, 3)", [1]), (7, "(30, 8)", [2])])
def test_answers_with_brackets_in_their_symbols(length: int, shape: str, lines: list[int]) -> None:
    text = (
        f"$\\operatorname{{length}}(\\mathbf{{b}}_2) = {length}$\n$\\operatorname{{shape}}(\\mathbf{{H}}_2) = {shape}$"
    )
    answers = {r"\operatorname{length}(\mathbf{b}_2)": 7, r"\operatorname{shape}(\mathbf{H}_2)": [30, 3]}
    assert [relation.line for relation in read(text, answers=answers).false] == lines
