"""Exercises made by hand that hold everything an exporter may meet."""

from __future__ import annotations

from dataclasses import replace

from quizgen.exercise import Answer, Card, Choice, Exercise, Mistake, Paper
from quizgen.text import Skeleton, Text, hole, plain


def gate(w: str = "0.5", z: str = "-1.9", answer: float = 0.13) -> Exercise:
    """Scalars in holes, a chain of aligned lines, a mistake, a hint."""
    question = Skeleton(
        "An LSTM cell of one unit reads $x_t = 2$ after $\\mathbf{h}_{t-1} = 0.5$. "
        f"Its forget gate has $w_x = {hole(0)}$ and $b = -0.9$.\n\nCompute the gate's value $g_f$."
    )
    solution = Skeleton(
        "First the pre-activation, then the *switch*:\n\n$$\n\\begin{aligned}\n"
        f"z &= w_x x_t + b \\\\\n&= {hole(0)} \\cdot 2 - 0.9 \\\\\n&= {hole(1)}\n\\end{{aligned}}\n$$\n\n"
        f"$$g_f = \\sigma(z) = \\frac{{1}}{{1 + e^{{{hole(2)}}}}} \\approx {hole(3)}$$\n"
    )
    fillings = (w, z, z.removeprefix("-"), str(answer))
    return Exercise(
        id="lstm/forget-gate",
        seed=7,
        variant=0,
        title="Forget gate of an LSTM",
        topic="lstm",
        level=1,
        points=2,
        minutes=3.5,
        conventions=("$\\sigma$ is the sigmoid; one bias per gate.",),
        form={"units": 1},
        given={"w_x": float(w), "x_t": 2, "b": -0.9},
        work={"z": float(z), "g_f": answer},
        question=Text(question, fillings),
        hints=(plain("A gate is one dense neuron over the input *and* the previous hidden state."),),
        solution=Text(solution, fillings),
        answers=(
            Answer(
                name="g_f",
                symbol="g_f",
                kind="number",
                value=answer,
                decimals=2,
                digits=None,
                accept=[answer - 0.005, answer + 0.005],
                format="to 2 decimals",
                mistakes=(Mistake(-0.96, plain("Gates use the sigmoid. They are switches between $0$ and $1$.")),),
            ),
        ),
    )


def layer() -> Exercise:
    """Matrices, a table, several answers of several kinds, two hints, two conventions."""
    return replace(
        gate(),
        id="dense/layer",
        title="Output of a dense layer",
        topic="dense",
        level=2,
        points=4,
        minutes=8,
        conventions=("$\\mathbf{W}$ has shape (outputs, inputs).", "Write vectors as `[1, 2]`."),
        form={"inputs": 2, "outputs": 2},
        given={"W": [[0.5, 1], [-1, 2]], "x": [2, 3]},
        work={"y": [4.1, 4]},
        question=plain(
            "A layer $\\mathbf{y} = \\mathbf{W}\\mathbf{x} + \\mathbf{b}$ has\n"
            "$$\\mathbf{W} = \\begin{pmatrix} 0.5 & 1 \\\\ -1 & 2 \\end{pmatrix}, \\quad "
            "\\mathbf{x} = \\begin{pmatrix} 2 \\\\ 3 \\end{pmatrix}$$\nand this many parameters:\n\n"
            "| layer | shape | $M(D+1)$ |\n|:--|:-:|--:|\n| `dense_1` | $2 \\times 2$ | $6$ |\n"
            "| `dense_2` | $\\lvert x \\rvert \\le 1$ | $61{,}100{,}840$ |\n\n"
            "Give\n\n- its output,\n- the number of its parameters\n  1. with biases,\n  2. without."
        ),
        hints=(plain("Row by row."), plain("Do not forget $\\mathbf{b}$.")),
        solution=plain(
            "$$\\mathbf{y} = \\begin{pmatrix} 0.5 \\cdot 2 + 1 \\cdot 3 + 0.1 \\\\ -1 \\cdot 2 + 2 \\cdot 3 "
            "\\end{pmatrix} = \\begin{pmatrix} 4.1 \\\\ 4 \\end{pmatrix}$$\n\n"
            "and $\\left\\lfloor \\frac{32 - 5 + 2 \\cdot 2}{1} "
            "\\right\\rfloor + 1 = 32$, so "
            "$\\frac{\\partial L}{\\partial \\mathbf{W}} = \\boldsymbol{\\delta}\\, \\mathbf{x}^\\top$."
        ),
        answers=(
            Answer(
                "y",
                "\\mathbf{y}",
                "vector",
                [4.1, 4],
                1,
                None,
                [[4.05, 4.15], [3.95, 4.05]],
                "to 1 decimal",
                (Mistake([4.0, 4.0], plain("The bias is missing.")),),
            ),
            Answer(
                "n",
                "n",
                "integer",
                61100840,
                None,
                None,
                [61100840, 61100840],
                "a whole number",
                (Mistake(4, plain("Each unit has a bias too.\n\nCount it.")),),
            ),
            Answer("W", "\\mathbf{W}", "matrix", [[1, 2], [3, 4]], None, 3, None, "to 3 significant digits"),
        ),
    )


def choice() -> Exercise:
    """Lines to tick, with reasons."""
    lines = (
        Choice("A", plain("$(0, 1)$"), True, plain("The sigmoid is open on both sides.")),
        Choice("B", plain("$[0, 1]$"), False, plain("It never *reaches* its bounds.")),
        Choice("C", plain("all reals"), False, None),
    )
    return replace(
        gate(),
        id="activations/range",
        title="Range of the sigmoid",
        topic="activations",
        points=1,
        minutes=1,
        conventions=(),
        form={},
        given={},
        work={},
        question=plain("Which is the range of $\\sigma$?"),
        hints=(),
        solution=plain("From $e^{-x} > 0$ follows $0 < \\sigma(x) < 1$."),
        answers=(Answer("range", "", "choice", "A", None, None, None, "Tick one", (), lines),),
    )


def hostile() -> Exercise:
    """Text that would break, or run in, a document that did not escape it."""
    return replace(
        gate(),
        id="training/hostile__text",
        title="50% of <script>alert(1)</script> & \\input{x} costs $5_a #1 ~ ^ {} }} `q` *s*",
        topic="training",
        level=3,
        conventions=("A \\<tag\\> & 100 % of x_1 – “quoted” → σ ≈ 1 · 2",),
        question=plain(
            "Pay \\$5 for \\<script\\>alert(1)\\</script\\>, or \\\\input{/etc/passwd} & 3 % of #1, a_b, {x}, }} and ~."
            "\n\n[1, 2] is a vector; $a<b$ and $\\{1, 2\\}$ are mathematics; see "
            "[the notes](https://example.org/a_b?c=d&e=%20#f).\n\n"
            "```python\nx = {'a': 5}  # 10 % & <b>\n\n    indented -- twice\n```"
        ),
        solution=plain("It is `x_1 <b> & $5 -- \\input`, by $f'(x) = 2x$.  \nDone: {{c1::x}} and ::."),
        answers=(
            Answer("f", "f'(x)", "formula", "2*x**1 + exp(x_1)", None, None, None, "a formula in x", (
                Mistake("2*x^2", plain("One power too many, by 100 %.")),
            )),
            Answer("tiny", "\\eta", "number", 0.0000123, None, 3, [0.0000122, 0.0000124], "to 3 significant digits"),
        ),
    )  # fmt: skip


def paper(version: str = "") -> Paper:
    """All of them."""
    return Paper("Practice & more – σ, 100 %", "7K3F-9Q2M", 7, version, (gate(), layer(), choice(), hostile()))


def cards() -> tuple[Card, ...]:
    """A card of each sort."""
    return (
        Card("lstm/gate", "lstm", "definition", "What is a *gate*?", "A factor $g \\in (0, 1)$, with $a < b$ & more."),
        Card("losses/mse", "losses", "formula", "Mean squared error",
             "$$\\frac{1}{N} \\sum_i (\\hat{y}_i - y_i)^2$$", reverse=True),
        Card(
            "activations/ranges", "activations", "list",
            "The range of {{the sigmoid}} is {{$(0, 1)$}}, of $\\tanh$ it is {{$(-1, \\frac{1}{1^{1^{1}}})$}}, and "
            "$h_t = {{g_o}} \\odot \\tanh(C_t)$ in {{a::b}}.",
            "Open intervals.", cloze=True,
        ),
    )  # fmt: skip
