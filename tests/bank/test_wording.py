"""Texts: dollars where they belong, nothing of Python within reach, faults on their lines."""

from __future__ import annotations

import re

import pytest
from questions import question, question_file

from quizgen.bank.markup import display, inline, resolve
from quizgen.errors import BankError
from quizgen.exercise import Exercise

#: The first line of the question's text in a file of `question_file` with the parts below.
FIRST = (
    next(
        k
        for k, text in enumerate(question_file(given="a\nb\nc", work="d\ne\nf\ng").split("\n"), 1)
        if text == "## Question"
    )
    + 1
)
GIVEN = "a = choice(-1.5)\nu = vector(2, 3, 3)\nM = matrix(2, 2, 4, 4)"
WORK = "z = a - 1\nh[1] = a\nh[2] = h[1] + 1\ny = z / 7"


def drawn(text: str, *, work: str = WORK, solution: str = "s", more: str = "") -> Exercise:
    made = question(given=GIVEN, work=work, truth="y = 0", ask="y: 2 decimals", text=text, solution=solution, more=more)
    return made.draw(seed=1, confirmed=False)


def shown(text: str) -> str:
    return str(drawn("x", solution=text).solution)


X = inline("x")


@pytest.mark.parametrize(("text", "expected"), [
    (f"a {X} b", "a $x$ b"),
    (f"${X} + 1$", "$x + 1$"),
    (f"$$\n{X} + 1\n$$", "$$\nx + 1\n$$"),
    (f"$$a$$ {X} $b$ {X}", "$$a$$ $x$ $b$ $x$"),
    (rf"costs \$5 and {X}", r"costs \$5 and $x$"),
    (f"`$` and {X}", "`$` and $x$"),
    (f"(${X}$) {X}", "($x$) $x$"),
])  # fmt: skip
def test_dollars_stand_outside_of_mathematics_and_not_inside(text: str, expected: str) -> None:
    assert resolve(text) == expected


D = display("x")


@pytest.mark.parametrize(("text", "expected"), [
    (D, "$$\nx\n$$"),
    (f"before\n{D}\nafter", "before\n\n$$\nx\n$$\n\nafter"),
    (f"before\n\n\n\n{D}\n\n\n\nafter", "before\n\n$$\nx\n$$\n\nafter"),
    (f"{D}\n{D}", "$$\nx\n$$\n\n$$\nx\n$$"),
    (f"- item\n  {display('x')}\n- next", "- item\n\n  $$\n  x\n  $$\n\n- next"),
    (f"1. item\n   {display('a' + chr(10) + 'b')}", "1. item\n\n   $$\n   a\n   b\n   $$"),
])  # fmt: skip
def test_displayed_mathematics_is_a_paragraph_as_deep_as_its_list(text: str, expected: str) -> None:
    assert resolve(text) == expected


@pytest.mark.parametrize(("text", "words"), [
    ("a $b", "'$' is not closed"),
    ("a $$b$", "'$$' is not closed"),
    (f"$a {D}$", "stand outside of"),
    (inline("a$b"), "inside of a number's own mathematics"),
])  # fmt: skip
def test_dollars_that_do_not_match_are_refused(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        resolve(text)


def test_dollars_in_a_block_of_code_are_no_mathematics() -> None:
    assert resolve(f"```\n$ quizgen\n```\n{X}") == "```\n$ quizgen\n```\n$x$"


def test_two_numbers_side_by_side_do_not_make_two_dollars() -> None:
    with pytest.raises(BankError, match="side by side"):
        shown("<< a.value >><< a.value >>")


@pytest.mark.parametrize(("text", "expected"), [
    ("<< a >>", "$a = -1.5$"),
    ("<< a.symbol >> is << a.value >>", "$a$ is $-1.5$"),
    ("$2 + << a.value >>$", "$2 + -1.5$"),
    ("<< u.row >>", r"$\mathbf{u} = (3, 3)$"),
    ("<< u[0] >>, << u[1].value >>", "$u_1 = 3$, $3$"),
    ("<< M[0, 1] >>, << M[1][0].value >>", "$M_{1,2} = 4$, $4$"),
    ("<< M.value >>", r"$\begin{pmatrix} 4 & 4 \\ 4 & 4 \end{pmatrix}$"),
    ("<< h[2] >>", "$h_2 = -0.5$"),
    ("<< z.formula >>", "$z = a - 1$"),
    ("<< z.inline >>", "$z = a - 1 = -1.5 - 1 = -2.5$"),
    ("<< z.steps >>", "$$\nz = a - 1 = -1.5 - 1 = -2.5\n$$"),
    ('<< z.steps("symbols", "result") >>', "$$\nz = a - 1 = -2.5\n$$"),
    ("<< y.answer >> of << y.value >>", "$-0.36$ of $-0.3571$"),
    ("<< y.inline >>", r"$y = \frac{z}{7} = \frac{-2.5}{7} \approx -0.3571$"),
    ("<% for k in range(2) %><< u[k].value >>, <% endfor %>", "$3$, $3$, "),
    ("<% for m in h %><< m.value >>; <% endfor %>", "$-1.5$; $-0.5$; "),
    ("a <# remark #>b", "a b"),
    ("{{ braces }} {% are %} Markdown's", "{{ braces }} {% are %} Markdown's"),
])  # fmt: skip
def test_a_name_prints_itself(text: str, expected: str) -> None:
    assert shown(text) == expected.strip()


def test_an_aligned_line_has_one_part_below_the_other() -> None:
    assert shown("<< y.aligned >>") == "\n".join(
        [
            "$$",
            r"\begin{aligned}",
            r"y &= \frac{z}{7} \\",
            r"&= \frac{-2.5}{7} \\",
            r"&\approx -0.3571",
            r"\end{aligned}",
            "$$",
        ]
    )


def test_the_form_may_be_branched_on_and_printed() -> None:
    more = "vary: {D: [3], f: [relu], eta: [0.5], both: [true]}"
    text = (
        "<% if D > 2 and f == 'relu' and both %>yes<% else %>no<% endif %> << D >> << D.symbol >> << D.value >> << f >>"
    )
    assert str(drawn(text, more=more).question) == "yes $D = 3$ $D$ $3$ relu"


def test_an_outcome_may_be_branched_on_and_printed() -> None:
    made = drawn(
        "<% if case == 'low' %>below<% else %>above<% endif %> (<< case >>)",
        work=WORK + '\ncase = "low" if a < 0 else "high"',
    )
    assert str(made.question) == "below (low)"


@pytest.mark.parametrize("text", [
    "<% if a > 0 %>x<% endif %>", "<% if a < 0 %>x<% endif %>", "<% if a %>x<% endif %>", "<% if a == 1 %>x<% endif %>",
    "<% if a != 1 %>x<% endif %>", "<% if not a %>x<% endif %>", "<% if u == 1 %>x<% endif %>", "<< a and 1 >>",
    "<% if a in [1] %>x<% endif %>",
    "<% if a >= 0 %>x<% endif %>", "<% if a <= 0 %>x<% endif %>", "<% if a + 1 > 0 %>x<% endif %>",
])  # fmt: skip
def test_text_that_depends_on_a_number_is_refused_with_the_way_out(text: str) -> None:
    with pytest.raises(BankError, match=r"text cannot depend on the number .*'work'.* gives the cases names"):
        drawn(text)


ESCAPES = [
    "<< ''.__class__.__mro__ >>", "<< a.__class__ >>", "<< a['__class__'] >>", "<< a | attr('__class__') >>",
    "<< a.__init__.__globals__ >>",
    "<< a._quantity >>", "<< a._holes.fillings >>", "<< z.steps.__call__ >>", "<< z.steps._make >>",
    "<< self.__init__ >>", "<< (1).__class__ >>",
    "<< D.__class__ >>", "<< '{0.__class__}'.format(a) >>", "<< range(10**9) | list >>",
    "<< lipsum.__globals__ >>", "<< cycler >>", "<< joiner >>",
    "<< namespace >>", "<< dict >>", "<< debug() >>", "<% import 'os' as os %>", "<% include '/etc/passwd' %>",
    "<% extends '../../pyproject.toml' %>",
    "<% import '../../../pyproject.toml' as p %>", "<% set x = a.__class__.__base__ %><< x >>",
    "<< inline.__globals__ >>", "<< range.__self__ >>",
    "<< [].__class__.__base__.__subclasses__() >>",
]  # fmt: skip


@pytest.mark.parametrize("text", ESCAPES)
def test_a_text_reaches_nothing_of_python(text: str) -> None:
    with pytest.raises(BankError) as caught:
        drawn(text, more="vary: {D: [3]}")
    assert caught.value.path == "test/question.md"


@pytest.mark.parametrize(("text", "words"), [
    ("<< nope >>", "'nope' is undefined"),
    ("<< a.nope >>", "a has no '.nope'; known: symbol, value"),
    ("<< a.steps >>", "no line of solution"),
    ("<< z.answer >>", "not asked for; use .value"),
    ("<< z.steps('nope') >>", "unknown stage 'nope'; known: symbols, numbers, stages, result"),
    ("<< h[3] >>", "h[3] does not exist"),
    ("<% for e in a %>x<% endfor %>", "nothing to loop over"),
    ("<% if %>", "Expected an expression"),
    ("<< M['x'] >>", "M has no '.x'"),
    ("$<< z.steps >>$", "stand outside of"),
    ("<< 1 / 0 >>", "division by zero"),
])  # fmt: skip
def test_a_fault_in_a_text_has_its_line(text: str, words: str) -> None:
    for before, lines in (("", 0), ("one\n\n<% if 1 %>\nthree\n<% endif %>\n", 5)):
        with pytest.raises(BankError, match=re.escape(words)) as caught:
            drawn(before + text)
        line = caught.value.line
        if words != "stand outside of":  # which is known of the whole section only
            assert line == FIRST + lines


@pytest.mark.parametrize("text", ["<< y >>", "<< y.value >>", "<< y.answer >>"])
def test_a_question_does_not_print_its_answer(text: str) -> None:
    with pytest.raises(BankError, match="the question prints the answer"):
        drawn(text)


def test_a_fault_in_the_solution_has_its_line_too() -> None:
    with pytest.raises(BankError, match="'nope' is undefined") as caught:
        drawn("first\nsecond", solution="a\n\nb << nope >>")
    assert caught.value.line == FIRST + 1 + 3 + 2


def test_conditions_in_one_section_do_not_leak_into_the_next() -> None:
    made = drawn("<% set word = 'here' %><< word >>", solution="<< z.symbol >>")
    assert (str(made.question), str(made.solution)) == ("here", "$z$")


@pytest.mark.parametrize(
    "text",
    [
        "<< h >>",
        "<< a | int >>",
        "<< M.row >>",
        "<< a",
        "<< [].append(1) >>",
    ],
)
def test_what_has_no_text_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(BankError) as caught:
        drawn(text)
    assert not re.search(r"object|ue003|\ue003|Shown", str(caught.value))
