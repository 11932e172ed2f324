"""Answers from YAML and JSON: `{"cnn/output-shape": {"side": "14"}}`, by ids or numbers of exercises.

version: A
cnn/output-shape: {side: 14}
"2": B
lstm/forget-gate:
  g_f: 0.51
  steps:
    z: 0.0413
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from quizgen.answers.steps import step_answers
from quizgen.check.sheet import Faults, Sheet, choose_paper
from quizgen.check.tree import Leaf, Listing, Node, Table
from quizgen.errors import did_you_mean
from quizgen.exercise import Exercise, Paper
from quizgen.export.harmless import one_line

#: Besides exercises a file may say which paper it answers.
_CODE, _VERSION = "code", "version"
#: Under an exercise, what holds steps of the solution; they may stand beside the answers as well.
_STEPS = "steps"


def sheet_of(root: Node, faults: Faults, papers: Sequence[Paper]) -> Sheet:
    """The answers in a tree.

    Args:
        faults: of the file; the errors name it.
        papers: the versions of the exam, at least one.

    Raises:
        SheetError: with everything that is wrong, each with its line.
    """
    if not isinstance(root, Table):
        raise faults.fail(
            root.line, f"expected answers by exercise, such as '{_example(papers[0])}', found {_kind(root)}"
        )
    said = {key.text: node for key, node in root.entries if key.text in (_CODE, _VERSION)}
    paper = choose_paper(
        papers,
        faults,
        code=_word(said.get(_CODE), _CODE, faults),
        version=_word(said.get(_VERSION), _VERSION, faults),
        line=min((node.line for node in said.values()), default=None),
    )
    answers: dict[int, Mapping[str, object]] = {}
    seen: set[str] = set()
    for key, node in root.entries:
        place = None if key.text in said else _place(str(key.text), paper, key.line, faults)
        if key.text in seen or place in answers:
            faults.add(key.line, f"'{one_line(str(key.text))}' stands here for the second time; keep one")
        elif place is not None:
            answers[place] = _answers(node, paper.exercises[place], faults)
        seen.add(str(key.text))
    faults.refuse()
    return Sheet(faults.path, paper, answers)


def _example(paper: Paper) -> str:
    exercise = next((each for each in paper.exercises if each.answers), None)
    return f"{exercise.id}: {{{exercise.answers[0].name}: …}}" if exercise else "topic/question: answer"


def _word(node: Node | None, key: str, faults: Faults) -> str | None:
    if node is None or (isinstance(node, Leaf) and node.text is None):
        return None
    if isinstance(node, Leaf):
        return node.text
    faults.add(node.line, f"{key}: expected a word as it stands on the paper, found {_kind(node)}")
    return None


def _place(key: str, paper: Paper, line: int, faults: Faults) -> int | None:
    """The exercise that a key names, by its id or its number on the paper."""
    ids = [exercise.id for exercise in paper.exercises]
    if ids.count(key) == 1:
        return ids.index(key)
    if key in ids:
        faults.add(line, f"'{one_line(key)}' is asked twice in this exam; name it by its number on the paper")
        return None
    number = re.fullmatch(r"0*(\d{1,4})\.?", key.strip(), re.ASCII)
    if number and 1 <= int(number[1]) <= len(ids):
        return int(number[1]) - 1
    hint = did_you_mean(key[:80], ids) or f"; expected a number from 1 to {len(ids)}, or an id such as {ids[0]}"
    faults.add(line, f"the exam has no exercise '{one_line(key)}'{hint}")
    return None


def _answers(node: Node, exercise: Exercise, faults: Faults) -> dict[str, object]:
    asked = [answer.name for answer in exercise.answers]
    if not isinstance(node, Table):
        if len(asked) == 1:
            return {asked[0]: _raw(node, exercise.id, faults)}
        if not (isinstance(node, Leaf) and node.text is None):
            names = ", ".join(map(one_line, asked))
            faults.add(node.line, f"{exercise.id}: expected 'name: answer' for each of {names}, found {_kind(node)}")
        return {}
    known = list(dict.fromkeys([*asked, *step_answers(exercise.work)]))
    found: dict[str, object] = {}
    for key, value in node.entries:
        if key.text == _STEPS and _STEPS not in asked:
            if isinstance(value, Table):
                for name, step in value.entries:
                    _put(name, step, exercise, known, found, faults)
            elif not (isinstance(value, Leaf) and value.text is None):
                faults.add(value.line, f"{exercise.id}: steps: expected 'name: value' lines, found {_kind(value)}")
        else:
            _put(key, value, exercise, known, found, faults)
    return found


def _put(
    key: Leaf, node: Node, exercise: Exercise, known: Sequence[str], found: dict[str, object], faults: Faults
) -> None:
    name = str(key.text)
    if name not in known:
        names = f"; known are {', '.join(map(one_line, known[:12]))}" if known else "; it has none"
        hint = did_you_mean(name[:80], list(known)) or names
        faults.add(key.line, f"{exercise.id}: nothing is called '{one_line(name)}'{hint}")
    elif name in found:
        faults.add(key.line, f"{exercise.id}: '{one_line(name)}' stands here for the second time; keep one")
    else:
        found[name] = _raw(node, exercise.id, faults)


def _raw(node: Node, where: str, faults: Faults) -> object:
    """An answer as a grader takes it: a text, nested lists of texts, or None."""
    if isinstance(node, Leaf):
        return node.text
    if isinstance(node, Listing):
        return node.source or [_raw(inner, where, faults) for inner in node.nodes]
    faults.add(node.line, f"{where}: expected an answer (text, a number, or a list of numbers), found {_kind(node)}")
    return None


def _kind(node: Node) -> str:
    if isinstance(node, Table):
        return "a mapping with names"
    if isinstance(node, Listing):
        return "a list"
    return "nothing" if node.text is None else f"'{one_line(node.text)}'"
