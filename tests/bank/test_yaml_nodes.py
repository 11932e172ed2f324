"""Hostile YAML: nothing is ever made from it, and nothing explodes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.bank.question_file import read_source
from quizgen.bank.yaml_nodes import YamlFile
from quizgen.errors import BankError

BODY = "---\n## Question\nQ\n\n## Solution\nS\n"
MINIMAL = "title: T\nask:\n  y: exact\n"

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + k)}: &{chr(98 + k)} [{', '.join(['*' + chr(97 + k)] * 9)}]\n" for k in range(20)
)


@pytest.mark.parametrize("front", [
    LAUGHS + MINIMAL, MINIMAL + LAUGHS.replace("a: &a",
    "covers: &a"), MINIMAL + "vary:\n  D: &x [*x]\n", MINIMAL + "vary: &v\n  D: *v\n",
    "[" * 5_000 + "\n", MINIMAL + "covers: " + "[" * 3_000 + "]" * 3_000 + "\n",
    MINIMAL + "covers: " + "{a: " * 1_000 + "}" * 1_000 + "\n",
    MINIMAL + "covers: *missing\n", MINIMAL + "level: !!python/object/apply:os.system [echo]\n", MINIMAL + "x: \x07\n",
    MINIMAL + "level: !!int two\n", MINIMAL + "--- \nsecond: document\n",
])  # fmt: skip
def test_hostile_front_matter_is_a_fault_and_nothing_worse(front: str) -> None:
    _, faults = read_source("p.md", f"---\n{front}{BODY}")
    assert faults
    assert all(isinstance(fault, BankError) for fault in faults)


@pytest.mark.parametrize(
    "tag",
    ["!!python/object/apply:os.system", "!!python/name:os.system", "!unknown", "!!binary", "!!timestamp", "!!set"],
)
def test_no_object_is_made_from_a_tag(tag: str) -> None:
    nodes = YamlFile("p", f"key: {tag} value")
    ((_, node),) = nodes.mapping(nodes.root, "file")
    assert nodes.scalar(node, "key") == "value"


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_as_a_file_of_a_bank(text: str) -> None:
    try:
        nodes = YamlFile("p", text)
    except BankError as error:
        refusal = str(error)
        if not refusal.startswith("p"):
            raise
        return
    if nodes.root is not None:
        for key, node in nodes.mapping(nodes.root, "file"):
            assert isinstance(key, str)
            nodes.scalar(node, "value")


@pytest.mark.parametrize(("text", "value"), [("3", 3), ("-2", -2), ("0x1f", 31), ("0.5", 0.5), ("true", True),
                                             ("False", False), ("relu", "relu"),
                                             ("'3'", "3"), ("yes", "yes"), ("~", "~"), ("2020-01-01",
                                             "2020-01-01")])  # fmt: skip
def test_scalars_are_numbers_truth_values_or_texts(text: str, value: object) -> None:
    nodes = YamlFile("p", f"key: {text}")
    ((_, node),) = nodes.mapping(nodes.root, "file")
    found = nodes.scalar(node, "key")
    assert found == value
    assert type(found) is type(value)


def test_a_block_begins_on_the_line_after_its_mark() -> None:
    nodes = YamlFile("p", "a: |\n  x\n\nb: >\n  y\nc: z\n", first_line=2)
    assert [nodes.line(node) for _, node in nodes.mapping(nodes.root, "file")] == [3, 6, 7]
