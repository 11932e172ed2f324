"""Reading a question file: front matter and sections, checked line by line, with all faults at once."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

import yaml

from quizgen.answers.asked import Asked, parse_asked
from quizgen.bank.characters import refused_character
from quizgen.bank.images import FigureSource, image_faults, read_figures
from quizgen.bank.source import ChoiceSource, MistakeSource, QuestionSource
from quizgen.bank.yaml_nodes import Located, YamlFile
from quizgen.errors import BankError, FormulaError, did_you_mean
from quizgen.formula.parse import parse_block, parse_conditions, parse_expression
from quizgen.formula.steps import Carry

#: No question of a person comes near it.
MAX_FILE = 200_000

MAX_TITLE = 200
#: Each choice has a letter; a mistake can become a choice.
MAX_CHOICES = 26
MAX_MISTAKES = 25
#: Hints and conventions, names under `ask`, `vary` and `symbols`, sections of the lecture.
MAX_ENTRIES = 50

POINTS_BY_LEVEL = {1: 2, 2: 4, 3: 6}
KEYS = (
    "title", "level", "points", "minutes", "vary", "given", "work", "reject", "truth", "ask", "accept", "carry",
    "mistakes", "choices", "figures", "symbols", "conventions", "covers", "fewer",
)  # fmt: skip
SECTIONS = ("Question", "Hint", "Solution")

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^##[ \t]+(.*?)[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_CARRY = re.compile(r"(\d+) (decimals?|digits?)")
_NAME = re.compile(r"[A-Za-z]\w*")

T = TypeVar("T")

#: Stands in for a condition that cannot be read, once its fault is told.
_NEVER: ast.expr = ast.Constant(value=False)


def read_source(path: str, text: str) -> tuple[QuestionSource, list[BankError]]:
    """A question file's content and all its faults; with any fault the content is not to be used.

    Args:
        path: as it is shown in errors.
    """
    if len(text) > MAX_FILE:
        return QuestionSource(path), [BankError(path, None, f"is too long: at most {MAX_FILE} characters")]
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    refused = refused_character(text)
    if refused is not None:
        return QuestionSource(path), [BankError(path, *refused)]
    front = _FRONT.match(text)
    if front is None:
        message = "expected the file to begin with front matter between two lines of '---'"
        if text.startswith("---"):
            message = "the front matter is not closed by a second line of '---'"
        return QuestionSource(path), [BankError(path, 1, message)]
    try:
        nodes = YamlFile(path, front[1], first_line=2)
    except BankError as error:
        return QuestionSource(path), [error]
    reader = _Reader(path, nodes)
    reader.front_matter()
    reader.sections(text, front.end())
    reader.complete()
    return reader.source, sorted(nodes.faults, key=lambda fault: fault.line or 0)


class _Reader:
    def __init__(self, path: str, nodes: YamlFile) -> None:
        self.nodes = nodes
        self.source = QuestionSource(path)

    def front_matter(self) -> None:
        root = self.nodes.root
        if root is None:
            self.nodes.fault(1, "the front matter is empty")
            return
        for key, node in self.nodes.mapping(root, "front matter"):
            self.source.lines[key] = self.nodes.line(node)
            if key in KEYS:
                getattr(self, f"_{key}")(node)
            else:
                self.nodes.fault(node, f"unknown key '{key}'{did_you_mean(key, KEYS)}; known: {', '.join(KEYS)}")

    def sections(self, text: str, start: int) -> None:
        fences = [match.span() for match in _FENCE.finditer(text, start)]
        headings = [
            match
            for match in _HEADING.finditer(text, start)
            if not any(low <= match.start() < high for low, high in fences)
        ]
        stray = text[start : headings[0].start() if headings else len(text)].strip()
        if stray:
            self.nodes.fault(text.count("\n", 0, start) + 1, "text before the first '## …' heading")
        for place, heading in enumerate(headings):
            end = headings[place + 1].start() if place + 1 < len(headings) else len(text)
            line = text.count("\n", 0, heading.end()) + 2
            body = text[heading.end() + 1 : end].rstrip()
            lead = len(body) - len(body.lstrip("\n"))
            self._section(heading[1], Located(body.strip("\n"), line + lead))

    def complete(self) -> None:
        source, fault = self.source, self.nodes.fault
        for name, there in (("title", source.title), ("ask", source.ask)):
            if name not in source.lines:
                fault(1, f"the key '{name}' is missing")
            elif name == "title" and not there:
                fault(source.lines[name], "title: is empty")
        for name, section in (("Question", source.question), ("Solution", source.solution)):
            if not section.text.strip():
                fault(None, f"the section '## {name}' is missing or empty")
        for key in ("given", "work", "truth", "reject", "accept", "mistakes"):
            source.lines.setdefault(key, 1)
        self._check_choices()
        self._check_images()
        source.points = source.points or POINTS_BY_LEVEL[source.level]
        if "carry" not in source.lines:
            source.carry = _default_carry(source.ask)

    def _check_images(self) -> None:
        """Each image of the text is a figure of the file, and each figure is shown."""
        source = self.source
        if "figures" in source.lines and not source.figures:
            return  # what is wrong with them is told already
        texts = [source.question, source.solution, *source.hints, *(mistake.says for mistake in source.mistakes)]
        texts += [text for choice in source.choices for text in (choice.text, choice.says) if text is not None]
        for line, message in image_faults(texts, source.figures, source.lines.get("figures")):
            self.nodes.fault(line, message)

    def _check_choices(self) -> None:
        """One answer has the lines under `choices`; they have a condition each, unless their order is asked for."""
        source, fault = self.source, self.nodes.fault
        words = [asked.word for asked in source.ask.values() if asked.choice or asked.verbal]
        if len(words) > 1:
            fault(source.lines["ask"], f"ask: only one of {', '.join(map(repr, words))} can be asked for in a question")
        for choice in source.choices:
            if choice.right is None and "ordering" not in words:
                fault(choice.text.line, "choices: the key 'right' is missing")
            if choice.right is not None and "ordering" in words:
                fault(choice.text.line, "choices: the lines of an ordering stand in the right order, without 'right'")

    def _section(self, name: str, content: Located) -> None:
        source = self.source
        if name == "Hint":
            source.hints.append(content)
            if len(source.hints) == MAX_ENTRIES + 1:
                self.nodes.fault(content.line - 1, f"more than {MAX_ENTRIES} hints")
        elif name not in SECTIONS:
            self.nodes.fault(content.line - 1, f"unknown section '## {name}'; known: {', '.join(SECTIONS)}")
        elif getattr(source, name.lower()).text:
            self.nodes.fault(content.line - 1, f"the section '## {name}' stands there twice")
        else:
            setattr(source, name.lower(), content)

    def _formulas(self, node: yaml.Node, what: str, parse: Callable[[str, int], T], nothing: T) -> T:
        found = self.nodes.text(node, what)
        try:
            return parse(found.text, found.line)
        except FormulaError as error:
            self.nodes.fault(error.line or found.line, f"{what}: {error}")
            return nothing

    def _title(self, node: yaml.Node) -> None:
        self.source.title = self.nodes.text(node, "title").text.strip()
        if "\n" in self.source.title or len(self.source.title) > MAX_TITLE:
            self.nodes.fault(node, f"title: expected one line of at most {MAX_TITLE} characters")

    def _level(self, node: yaml.Node) -> None:
        self.source.level = self.nodes.integer(node, "level", 1, 3)

    def _points(self, node: yaml.Node) -> None:
        self.source.points = self.nodes.integer(node, "points", 1, 100)

    def _minutes(self, node: yaml.Node) -> None:
        self.source.minutes = self.nodes.integer(node, "minutes", 1, 120)

    def _vary(self, node: yaml.Node) -> None:
        for name, values in self._few_names(node, "vary"):
            if not _NAME.fullmatch(name):
                self.nodes.fault(values, f"vary: '{name}' is not a name")
            items = self.nodes.items(values, f"vary: {name}")
            self.source.vary[name] = [self.nodes.scalar(item, f"vary: {name}") for item in items]
            if not items:
                self.nodes.fault(values, f"vary: '{name}' needs one or more values, such as [1, 2, 3]")

    def _given(self, node: yaml.Node) -> None:
        self.source.given = self._formulas(node, "given", parse_block, [])

    def _work(self, node: yaml.Node) -> None:
        self.source.work = self._formulas(node, "work", parse_block, [])

    def _truth(self, node: yaml.Node) -> None:
        self.source.truth = self._formulas(node, "truth", partial(parse_block, fields=True), [])

    def _reject(self, node: yaml.Node) -> None:
        self.source.reject = self._formulas(node, "reject", parse_conditions, [])

    def _accept(self, node: yaml.Node) -> None:
        self.source.accept = self._formulas(node, "accept", parse_conditions, [])

    def _ask(self, node: yaml.Node) -> None:
        for name, value in self._few_names(node, "ask"):
            found = self.nodes.text(value, f"ask: {name}")
            try:
                self.source.ask[name] = parse_asked(found.text)
            except FormulaError as error:
                self.nodes.fault(value, f"ask: {name}: {error}")
        if isinstance(node, yaml.MappingNode) and not node.value:
            self.nodes.fault(node, "ask: needs one or more lines such as 'z: 2 decimals'")

    def _carry(self, node: yaml.Node) -> None:
        found = self.nodes.text(node, "carry")
        match = _CARRY.fullmatch(found.text.strip())
        if match is None or not 1 <= int(match[1]) <= 12:
            self.nodes.fault(node, f"carry: expected '4 decimals' or '6 digits' (1 to 12), found '{found.text}'")
        elif match[2].startswith("decimal"):
            self.source.carry = Carry(int(match[1]), None)
        else:
            self.source.carry = Carry(None, int(match[1]))

    def _mistakes(self, node: yaml.Node) -> None:
        for item in self._few(node, "mistakes", MAX_MISTAKES):
            entries = dict(self.nodes.mapping(item, "mistakes"))
            if not self._has(item, entries, "mistakes", ("wrong", "says"), ("when",)):
                continue
            wrong: Sequence[ast.stmt] = self._formulas(entries["wrong"], "mistakes: wrong", parse_block, [])
            when = entries.get("when")
            condition = None if when is None else self._formulas(when, "mistakes: when", parse_expression, None)
            self.source.mistakes.append(MistakeSource(wrong, self.nodes.text(entries["says"], "says"), condition))

    def _choices(self, node: yaml.Node) -> None:
        for item in self._few(node, "choices", MAX_CHOICES):
            entries = dict(self.nodes.mapping(item, "choices"))
            if not self._has(item, entries, "choices", ("text",), ("right", "says")):
                continue
            right, says = entries.get("right"), entries.get("says")
            condition = None
            if right is not None:
                condition = self._formulas(_truth_value(right), "choices: right", parse_expression, _NEVER)
            text = self.nodes.text(entries["text"], "choices: text")
            note = None if says is None else self.nodes.text(says, "choices: says")
            self.source.choices.append(ChoiceSource(text, condition, note))

    def _figures(self, node: yaml.Node) -> None:
        self.source.figures = self._formulas(node, "figures", _figures_of, {})

    def _symbols(self, node: yaml.Node) -> None:
        for name, value in self._few_names(node, "symbols", 4 * MAX_ENTRIES):
            latex = self.nodes.text(value, f"symbols: {name}").text
            if len(latex) > MAX_TITLE or "\n" in latex:
                self.nodes.fault(value, f"symbols: {name}: expected one line of at most {MAX_TITLE} characters")
            elif "$" in latex:
                self.nodes.fault(value, f"symbols: {name}: is mathematics already; write it without '$'")
            else:
                self.source.symbols[name] = latex

    def _conventions(self, node: yaml.Node) -> None:
        items = [node] if isinstance(node, yaml.ScalarNode) else self._few(node, "conventions", MAX_ENTRIES)
        self.source.conventions = [self.nodes.text(item, "conventions") for item in items]

    def _covers(self, node: yaml.Node) -> None:
        covers = self.nodes.texts(node, "covers")
        if len(covers) > MAX_ENTRIES or max(map(len, covers), default=0) > MAX_TITLE:
            self.nodes.fault(node, f"covers: expected at most {MAX_ENTRIES} sections of {MAX_TITLE} characters")
            covers = []
        self.source.covers = covers

    def _fewer(self, node: yaml.Node) -> None:
        self.source.fewer = self.nodes.text(node, "fewer").text

    def _few_names(self, node: yaml.Node, what: str, most: int = MAX_ENTRIES) -> Iterator[tuple[str, yaml.Node]]:
        """The entries of a mapping that nobody makes long."""
        for place, (name, value) in enumerate(self.nodes.mapping(node, what)):
            if place == most:
                self.nodes.fault(value, f"{what}: found more than {most} entries")
                return
            yield name, value

    def _few(self, node: yaml.Node, what: str, most: int) -> list[yaml.Node]:
        """The entries of a list that nobody makes long."""
        items = self.nodes.items(node, what)
        if len(items) > most:
            self.nodes.fault(node, f"{what}: found {len(items)} entries, at most {most}")
        return items[:most]

    def _has(
        self,
        item: yaml.Node,
        entries: Mapping[str, yaml.Node],
        what: str,
        needed: Sequence[str],
        allowed: Sequence[str],
    ) -> bool:
        """Whether an entry of a list has the keys it needs and no others."""
        missing = [key for key in needed if key not in entries]
        unknown = [key for key in entries if key not in (*needed, *allowed)]
        for key in missing:
            self.nodes.fault(item, f"{what}: the key '{key}' is missing")
        for key in unknown:
            hint = did_you_mean(key, [*needed, *allowed])
            self.nodes.fault(
                entries[key], f"{what}: unknown key '{key}'{hint}; known: {', '.join([*needed, *allowed])}"
            )
        return not missing and not unknown


def _figures_of(text: str, line: int) -> dict[str, FigureSource]:
    return read_figures(parse_block(text, line))


def _truth_value(node: yaml.Node) -> yaml.Node:
    """`right: true` is YAML's true; a condition is read as Python, whose true is `True`."""
    if isinstance(node, yaml.ScalarNode) and str(node.value).lower() in ("true", "false"):
        node.value = str(node.value).capitalize()
    return node


def _default_carry(ask: Mapping[str, Asked]) -> Carry:
    """Two decimals (or digits) more than what is asked for, so that honest rounding cannot change an answer."""
    digits = [asked.digits for asked in ask.values() if asked.digits is not None]
    decimals = [asked.decimals for asked in ask.values() if asked.decimals is not None]
    if digits and not decimals:
        return Carry(None, max(digits) + 2)
    return Carry(max(decimals, default=2) + 2, None)
