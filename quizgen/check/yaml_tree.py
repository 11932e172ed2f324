"""YAML as a tree of texts: no tag makes an object, no alias multiplies anything, no word becomes a number or a date."""

from __future__ import annotations

import yaml

from quizgen.check.tree import Builder, Node, TreeError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = ("", "~", "null", "Null", "NULL")


def read_yaml(text: str) -> Node:
    """The tree of one YAML document.

    Raises:
        TreeError: for anything that is not YAML, for tags, anchors, aliases, a second document, and as `Builder`.
    """
    tree = Builder()
    documents = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            line = _line(event)
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                raise TreeError(line, "expected one document, found a second one behind '---'")
            _refuse_extras(event, line)
            _build(tree, event, line, text)
    except yaml.YAMLError as error:
        raise _explained(error) from None
    except UnicodeEncodeError:
        raise TreeError(None, "found characters that are no text; type the answers again") from None
    return tree.root


def _build(tree: Builder, event: yaml.Event, line: int, text: str) -> None:
    match event:
        case yaml.ScalarEvent():
            plain = event.style in (None, "")
            tree.leaf(None if plain and event.value in _NOTHING else str(event.value), line)
        case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
            start = event.start_mark.index if event.flow_style and event.start_mark else None
            tree.begin(line, mapping=isinstance(event, yaml.MappingStartEvent), start=start)
        case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
            tree.end(text, event.end_mark.index if event.end_mark else 0)


def _refuse_extras(event: yaml.Event, line: int) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise TreeError(line, "found '&' or '*' before a name, which stands for something else in YAML; use quotes")
    if getattr(event, "tag", None):
        raise TreeError(line, "found a tag, '!…'; answers are plain text, numbers and lists: use quotes")


def _line(event: yaml.Event) -> int:
    return 1 if event.start_mark is None else int(event.start_mark.line) + 1


def _explained(error: yaml.YAMLError) -> TreeError:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "found a character that YAML does not allow"
    remedy = ""
    if "tab" in problem or "cannot start any token" in problem:
        remedy = "; indent with blanks, not with tabs, and put quotes around an answer that begins with a sign"
    elif "mapping values" in problem or "expected <block end>" in problem:
        remedy = "; write 'name: answer', a line each, and put quotes around an answer with ': ' or ', ' in it"
    return TreeError(None if mark is None else mark.line + 1, f"this is no valid YAML: {problem}{remedy}")
