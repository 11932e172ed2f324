"""JSON as a tree of texts with their lines."""

from __future__ import annotations

import json
import re

from quizgen.check.tree import Builder, Node, TreeError

#: The parts of a JSON text that mean something; it is known to be valid when this is used.
_PART = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]|[^\s\[\]{},:"]+|\n')


def read_json(text: str) -> Node:
    """The tree of a JSON text.

    Raises:
        TreeError: for anything that is not JSON, NaN and the like among it, and as `Builder`.
    """
    _validate(text)
    tree = Builder()
    line = 1
    for part in _PART.findall(text):
        if part == "\n":
            line += 1
        elif part in "[{":
            tree.begin(line, mapping=part == "{")
        elif part in "]}":
            tree.end()
        elif part.startswith('"'):
            tree.leaf(json.loads(part), line)
        else:
            tree.leaf(None if part == "null" else part, line)
    return tree.root


def _validate(text: str) -> None:
    try:
        json.loads(text, parse_constant=_refuse, parse_int=str, parse_float=str)
    except RecursionError:
        raise TreeError(None, "lists and objects are nested too deeply, which no answer is") from None
    except json.JSONDecodeError as error:
        raise TreeError(error.lineno, f"this is no valid JSON: {error.msg}") from None


def _refuse(word: str) -> None:
    raise TreeError(None, f"found {word}, which is no number; expected finite numbers, or text in quotes")
