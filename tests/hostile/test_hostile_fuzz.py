"""Fuzzers that know how files are made: real ones with lines gone, doubled, swapped, and hostile pieces put in.

QUIZGEN_FUZZ=5000 in the environment makes as many examples of each in place of a few.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import cache

import pytest
from corpus import FRAGMENTS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers import READERS, good_paper, read_question

from quizgen import resources
from quizgen.errors import QuizgenError

EXAMPLES = int(os.environ.get("QUIZGEN_FUZZ", "40"))
SHORT = sorted(fragment for fragment in FRAGMENTS.values() if len(fragment) < 200 and fragment.isprintable())
fuzzed = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

#: Pieces of all languages that files are written in.
TOKENS = [
    *"0123456789.,;:+-*/^()[]{}|=<>!?%&'\"\\_ \n\t$#@~`", "---\n", "## Solution\n", "## Hint\n", "<<", ">>", "<%",
    "%>", "<# ", "title:", "given: |\n", "work: |\n", "  y = ", "truth: |\n", "ask:\n", "vary:\n", "reject: |\n",
    "- ", "  ", "y", "x[0]", "for k in range(3):\n", "sum(", "if", "else", "endif", "for", "in", "lambda",
    "vector(2, -1, 1)", "integer(1, 9)", "sigmoid(", "softmax(", ".steps", ".value", ".T", "@", "**", "$$", "\\frac{",
    "\\begin{aligned}", "\\end{aligned}", "\\\\", "{{", "}}", "![", "](", "|-|", "```", "&a ", "*a", "!!str ", "nan",
    "1e309", "-0", "None", "True", *SHORT,
]  # fmt: skip


@cache
def files(pattern: str) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted(resources.bank().rglob(pattern))]


@st.composite
def mutated(draw: st.DrawFn, originals: Callable[[], list[str]]) -> str:
    """A real file with up to four changes."""
    text = draw(st.sampled_from(originals()))
    for _ in range(draw(st.integers(1, 4))):
        lines = text.split("\n")
        at = draw(st.integers(0, len(lines) - 1))
        match draw(
            st.sampled_from(("delete", "double", "swap", "splice", "token", "insert", "number", "cut", "indent"))
        ):
            case "delete":
                del lines[at]
            case "double":
                lines[at:at] = [lines[at]] * draw(st.sampled_from((1, 2, 30)))
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case "splice":
                donor = draw(st.sampled_from(originals())).split("\n")
                start = draw(st.integers(0, len(donor) - 1))
                lines[at:at] = donor[start : start + draw(st.integers(1, 6))]
            case "token":
                words = re.split(r"(\W)", lines[at])
                words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(TOKENS))
                lines[at] = "".join(words)
            case "insert":
                place = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:place] + draw(st.sampled_from(SHORT)) + lines[at][place:]
            case "number":
                value = draw(st.sampled_from(("0", "-1", "1e300", "99999", "0.0000001", "999999999999", "1/0")))
                lines[at] = re.sub(r"\d+(?:\.\d+)?", value, lines[at], count=1)
            case "cut":
                lines = lines[: at + 1]
            case "indent":
                lines[at] = " " * draw(st.integers(0, 6)) + lines[at].lstrip()
        text = "\n".join(lines)
    return text


def read(reader: str, text: str) -> None:
    """Reads a text; being refused is as good as being read."""
    try:
        READERS[reader](text)
    except QuizgenError as error:
        message = str(error)
        if len(message) < 10:
            raise


@fuzzed
@given(mutated(lambda: [text for text in files("*.md") if "figures:" not in text]))
def test_question_files(text: str) -> None:
    read("questions", text)


@fuzzed
@given(mutated(lambda: files("cards.yaml")))
def test_files_of_cards(text: str) -> None:
    read("cards", text)


@fuzzed
@given(mutated(lambda: files("outline.yaml")))
def test_outlines(text: str) -> None:
    read("outlines", text)


@fuzzed
@given(mutated(lambda: [f.read_text() for f in sorted((resources.templates() / "blueprints").glob("*.yaml"))]))
def test_blueprints(text: str) -> None:
    read("blueprints", text)


@fuzzed
@given(mutated(lambda: [good_paper()]))
def test_files_of_exams(text: str) -> None:
    read("papers", text)


PIECES = st.lists(st.sampled_from(TOKENS), max_size=40).map("".join)


@pytest.mark.parametrize("reader", READERS)
@fuzzed
@given(text=st.one_of(st.text(max_size=200), PIECES))
def test_any_text(reader: str, text: str) -> None:
    read(reader, text)


@pytest.mark.parametrize("section", ["Question", "Solution"])
@fuzzed
@given(text=PIECES)
def test_any_text_of_a_question(section: str, text: str) -> None:
    parts = {"Question": "Given << x >>.", "Solution": "<< y.steps >>"}
    parts[section] += f"\n\n{text}"
    body = "".join(f"## {name}\n{content}\n\n" for name, content in parts.items())
    front = "title: A\ngiven: |\n  x = integer(1, 9)\nwork: |\n  y = x + 1\ntruth: |\n  y = x + 1\nask:\n  y: integer"
    read("questions", f"---\n{front}\n---\n{body}")


@pytest.mark.parametrize("key", ["given", "work", "truth", "reject"])
@fuzzed
@given(lines=st.lists(PIECES.map(lambda line: line.replace("\n", " ")), min_size=1, max_size=4))
def test_any_formulas_of_a_question(key: str, lines: list[str]) -> None:
    blocks = {"given": "  x = integer(1, 9)", "work": "  y = x + 1", "truth": "  y = x + 1", "reject": "  x > 8"}
    starts = {"given": "b = ", "work": "b = ", "truth": "b = ", "reject": ""}
    blocks[key] += "".join(f"\n  {starts[key]}{line}" for line in lines)
    front = "".join(f"{name}: |\n{block}\n" for name, block in blocks.items())
    read(
        "questions",
        f"---\ntitle: A\n{front}ask:\n  y: integer\n---\n## Question\n<< x >>\n## Solution\n<< y.steps >>\n",
    )


def test_what_is_mutated_is_good() -> None:
    """Else the fuzzers would only ever see refusals."""
    for text in files("*.md")[:10]:
        read_question(text)
