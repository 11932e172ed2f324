"""Blueprints: what an exam is to look like, as a YAML file: sections, topics, points, minutes, versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from quizgen import resources
from quizgen.bank.reading import read_text
from quizgen.bank.yaml_nodes import YamlFile
from quizgen.code import LEVELS, MAX_VERSIONS
from quizgen.errors import BankError, UsageError, did_you_mean

#: No blueprint of a person comes near it.
MAX_FILE = 100_000
KEYS = ("title", "instructions", "minutes", "versions", "sections")
SECTION_KEYS = ("title", "instructions", "topics", "levels", "count", "questions", "points")


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """What a section is to hold.

    Attributes:
        count: how many exercises, those named under `questions` among them.
        questions: these for certain, in this order; the others are chosen.
        line: of the file.
    """

    title: str
    instructions: str
    topics: tuple[str, ...]
    levels: tuple[int, ...]
    count: int
    questions: tuple[str, ...]
    points: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What an exam is to look like.

    Attributes:
        minutes: that it should take, by estimate; None: whatever the sections come to.
    """

    path: str
    title: str
    instructions: str
    minutes: int | None
    versions: int
    sections: tuple[SectionPlan, ...]


def ready_blueprints() -> dict[str, Path]:
    """The blueprints that come with quizgen, by name."""
    return {file.stem: file for file in sorted((resources.templates() / "blueprints").glob("*.yaml"))}


def read_blueprint(path: Path | str) -> Blueprint:
    """The blueprint in a file.

    Args:
        path: of the file, or the name of one that comes with quizgen: `midterm`.

    Raises:
        UsageError: if the file cannot be read, or with all its faults, each with its line.
    """
    path = Path(path)
    ready = ready_blueprints()
    file = path if path.exists() else ready.get(str(path).removesuffix(".yaml"))
    if file is None:
        hint = did_you_mean(str(path), list(ready))
        raise UsageError(f"there is no blueprint '{path}'{hint}; ready ones are {', '.join(ready)}")
    try:
        text = read_text(file, MAX_FILE, "a blueprint")
    except UsageError as error:
        raise UsageError(f"{file}: {error}") from None
    try:
        reader = _Reader(YamlFile(str(path), text))
    except BankError as error:  # no YAML at all
        raise UsageError(str(error)) from None
    blueprint = reader.blueprint()
    if reader.nodes.faults:
        raise UsageError("the blueprint has faults:\n" + "\n".join(f"  {fault}" for fault in reader.nodes.faults))
    return blueprint


class _Reader:
    def __init__(self, nodes: YamlFile) -> None:
        self.nodes = nodes

    def blueprint(self) -> Blueprint:
        nodes = self.nodes
        entries = self._entries(nodes.root, "blueprint", KEYS)
        sections = entries.get("sections")
        plans = [] if sections is None else [self._section(item) for item in nodes.items(sections, "sections")]
        if not plans:
            nodes.fault(
                sections if sections is not None else 1, "a blueprint needs one section or more under 'sections'"
            )
        return Blueprint(
            nodes.path,
            self._text(entries, "title"),
            self._text(entries, "instructions"),
            self._integer(entries, "minutes", 1000),
            self._integer(entries, "versions", MAX_VERSIONS) or 1,
            tuple(plans),
        )

    def _section(self, item: yaml.Node) -> SectionPlan:
        nodes = self.nodes
        entries = self._entries(item, "section", SECTION_KEYS)
        questions = tuple(nodes.texts(entries["questions"], "questions")) if "questions" in entries else ()
        count = self._integer(entries, "count", 200)
        if count is None and not questions:
            nodes.fault(item, "section: expected 'count', how many exercises, or 'questions', a list of ids")
        if count is not None and count < len(questions):
            nodes.fault(item, f"section: {count} exercises cannot hold the {len(questions)} questions named")
        levels = entries.get("levels")
        return SectionPlan(
            self._text(entries, "title"),
            self._text(entries, "instructions"),
            tuple(nodes.texts(entries["topics"], "topics")) if "topics" in entries else (),
            () if levels is None else self._levels(levels),
            count or len(questions),
            questions,
            self._integer(entries, "points", 100),
            nodes.line(item),
        )

    def _entries(self, node: yaml.Node | None, what: str, keys: Sequence[str]) -> dict[str, yaml.Node]:
        if node is None:
            self.nodes.fault(1, f"{what}: the file is empty")
            return {}
        entries = dict(self.nodes.mapping(node, what))
        for key, value in entries.items():
            if key not in keys:
                self.nodes.fault(
                    value, f"{what}: unknown key '{key}'{did_you_mean(key, keys)}; known: {', '.join(keys)}"
                )
        return entries

    def _text(self, entries: dict[str, yaml.Node], key: str) -> str:
        return self.nodes.text(entries[key], key).text.strip() if key in entries else ""

    def _integer(self, entries: dict[str, yaml.Node], key: str, most: int) -> int | None:
        return self.nodes.integer(entries[key], key, 1, most) if key in entries else None

    def _levels(self, node: yaml.Node) -> tuple[int, ...]:
        items = [node] if isinstance(node, yaml.ScalarNode) else self.nodes.items(node, "levels")
        return tuple(self.nodes.integer(item, "levels", LEVELS[0], LEVELS[-1]) for item in items)
