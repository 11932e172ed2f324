"""YAML read as nodes that know their lines; no tag makes an object, and no alias multiplies anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import yaml

from quizgen.bank.characters import refused_character
from quizgen.errors import BankError

#: Bounds that no file of a person reaches, and that keep hostile ones from costing time or memory.
MAX_DEPTH = 12
MAX_NODES = 10_000
_MAX_MESSAGE = 600
_LARGEST = 10**15

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_EXPONENT = re.compile(r"[-+]?\d+(?:\.\d*)?[eE][-+]?\d{1,2}")
_TAG = "tag:yaml.org,2002:"

Scalar = int | float | bool | str


@dataclass(frozen=True, slots=True)
class Located:
    """A text and the line of the file on which it begins, counted from 1."""

    text: str
    line: int


class YamlFile:
    """The nodes of one YAML text, with errors that name file and line.

    Args:
        path: as it is shown in errors.
        first_line: the line of the file on which the YAML begins.

    Raises:
        BankError: for what is no YAML, and for YAML too deep or too large to be read.
    """

    def __init__(self, path: str, text: str, first_line: int = 1) -> None:
        self.path = path
        self._offset = first_line
        self.faults: list[BankError] = []
        refused = refused_character(text)
        if refused is not None:
            raise BankError(path, refused[0] + first_line - 1, refused[1])
        try:
            self._check_bounds(text)
            self.root = yaml.compose(text, Loader=_Loader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = None if mark is None else mark.line + first_line
            problem = getattr(error, "problem", None) or "not readable"
            raise BankError(path, line, f"YAML: {problem}{_remedy(problem)}") from None

    def _check_bounds(self, text: str) -> None:
        """Walks over the events, which cost nothing, before the nodes are made, which an alias would multiply."""
        depth = count = 0
        for event in yaml.parse(text, Loader=_Loader):
            line = int(event.start_mark.line if event.start_mark else 0) + self._offset
            count += isinstance(event, yaml.NodeEvent)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            refused = refused_character(event.value) if isinstance(event, yaml.ScalarEvent) else None
            if refused is not None:  # written as an escape, "\u202e"
                raise BankError(self.path, line, refused[1])
            if isinstance(event, yaml.AliasEvent):
                raise BankError(
                    self.path, line, "YAML: an alias, '*name', is not used here; write it out, or use quotes"
                )
            if depth > MAX_DEPTH:
                raise BankError(self.path, line, f"YAML: lists and mappings are nested more than {MAX_DEPTH} deep")
            if count > MAX_NODES:
                raise BankError(self.path, line, f"YAML: more than {MAX_NODES} entries; split the file")
            if getattr(event, "anchor", None) or getattr(event, "tag", None):
                self.fault(line, "YAML: '&' and '!' before a value have a meaning that is not used here; use quotes")

    def line(self, node: yaml.Node) -> int:
        """The line of the file on which a node's own text begins."""
        below = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
        return int(node.start_mark.line) + self._offset + below

    def fault(self, node: yaml.Node | int | None, message: str) -> None:
        """Notes a fault; reading goes on, so that all faults of a file are told at once."""
        line = self.line(node) if isinstance(node, yaml.Node) else node
        self.faults.append(BankError(self.path, line, _shortened(message)))

    def mapping(self, node: yaml.Node, what: str) -> Iterator[tuple[str, yaml.Node]]:
        """The entries of a mapping; the same key twice is a fault."""
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, f"{what}: expected 'key: value' lines, found {_kind(node)}")
            return
        seen = set()
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else None
            if not isinstance(name, str) or name in seen:
                self.fault(key, f"{what}: the key {name!r} is not a name or stands there twice")
                continue
            seen.add(name)
            yield name, value

    def items(self, node: yaml.Node, what: str) -> list[yaml.Node]:
        """The entries of a list."""
        if not isinstance(node, yaml.SequenceNode):
            self.fault(node, f"{what}: expected a list, one '- …' a line, found {_kind(node)}")
            return []
        return list(node.value)

    def text(self, node: yaml.Node, what: str) -> Located:
        """A text as it stands, whatever YAML would take it for."""
        if not isinstance(node, yaml.ScalarNode):
            self.fault(node, f"{what}: expected a text, found {_kind(node)}; formulas go into a block after '|'")
            return Located("", self.line(node))
        return Located(str(node.value), self.line(node))

    def texts(self, node: yaml.Node, what: str) -> list[str]:
        """One text, or a list of them."""
        items = [node] if isinstance(node, yaml.ScalarNode) else self.items(node, what)
        return [self.text(item, what).text for item in items]

    def scalar(self, node: yaml.Node, what: str) -> Scalar:
        """A whole number, a decimal, true, false or a text."""
        found = self.text(node, what).text
        try:
            if node.tag == f"{_TAG}int":
                return _bounded(int(found, 0))
            if node.tag == f"{_TAG}float":
                return _bounded(float(found))
        except ValueError:
            self.fault(node, f"{what}: '{found}' is not a number that can be used here")
        if (
            isinstance(node, yaml.ScalarNode) and not node.style and _EXPONENT.fullmatch(found)
        ):  # YAML takes 1e-3 for a text
            return float(found)
        if node.tag == f"{_TAG}bool" and found.lower() in ("true", "false"):
            return found.lower() == "true"
        return found

    def integer(self, node: yaml.Node, what: str, low: int, high: int) -> int:
        """A whole number between two bounds."""
        value = self.scalar(node, what)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fault(node, f"{what}: expected a whole number from {low} to {high}, found {value!r}")
            return low
        return value


_Number = TypeVar("_Number", int, float)


def _bounded(number: _Number) -> _Number:
    """A number that one can compute with.

    Raises:
        ValueError: for another.
    """
    if not abs(number) < _LARGEST:
        raise ValueError("out of bounds")
    return number


def _shortened(message: str) -> str:
    """A message that repeats what it found, without the middle of a thing that is too long to be shown."""
    if len(message) <= _MAX_MESSAGE:
        return message
    return f"{message[: _MAX_MESSAGE // 2]} … {message[-_MAX_MESSAGE // 3 :]}"


def _remedy(problem: str) -> str:
    if "tab" in problem or "cannot start any token" in problem:
        return "; indent with blanks, not with tabs"
    return "; text with ': ' or '#' in it needs quotation marks" if "mapping values" in problem else ""


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    return "a list" if isinstance(node, yaml.SequenceNode) else f"'{node.value}'"
