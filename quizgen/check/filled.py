"""The answers on a filled-in Markdown paper: behind `- $y$ (to 2 decimals): ______`, and in boxes `- [x] A. text`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quizgen.answers.clean import LONGEST_ANSWER
from quizgen.check.page import Page, bare, folded, is_heading, read_page
from quizgen.check.sheet import Faults, Sheet
from quizgen.exercise import Answer, Choice, Exercise, Kind, Paper
from quizgen.export.github import escape, inline, to_github
from quizgen.export.harmless import one_line

_ITEM = re.compile(r"\s*[-*+•][ \t]+(.*)")
_BOX = re.compile(r"\s*[-*+•][ \t]*\[([^\[\]]{0,8})\][ \t]*\**([A-Z])\**[.):](.*)")
#: A cross is as often a "no" as a tick, and is neither here.
_TICKS = frozenset("xX✓✔☑☒√+*vV")
_WRAPPERS = ("**", "$$", "`", "$", "*")
#: A line that can only be a further row of a vector or matrix, or a further letter of an ordering.
_ROW = re.compile(r"(?=.*\d)(?:[\s\d.,;:eE+−–()\[\]{}|&/*·$-]|\\[A-Za-z]++|\\\\)++")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{")
_BULLET = re.compile(r"\s*[-+*][ \t]+\d[\d.,; \t-]*")
_BRACKET = re.compile(r"[(\[{\\]")
_LETTERS = re.compile(r"\s*(?:\d{1,2}[.):]\s*)?\(?[A-Za-z]\b[\s.):,;>→-]*")
#: How an answer goes on below its first line, by its kind; any answer does where a bracket is open.
_MORE: Mapping[Kind, re.Pattern[str]] = {"vector": _ROW, "matrix": _ROW, "shape": _ROW, "ordering": _LETTERS}


def answers_on_paper(text: str, faults: Faults, papers: Sequence[Paper]) -> Sheet:
    """The answers on a paper as `quizgen.export.markdown` writes it, filled in.

    Text below an answer, and headings of the student's own, are working and are not read. An answer may go on over
    several lines: rows of numbers, brackets that are still open, a code block or `$$…$$`.

    Raises:
        SheetError: with everything that is wrong, each with its line.
    """
    page = read_page(text, faults, papers)
    readers = {place: _Reader(page, span, page.paper.exercises[place], faults) for place, span in page.spans.items()}
    answers = {place: reader.answers() for place, reader in readers.items()}
    faults.refuse()
    blanks = [reader for reader in readers.values() if reader.blanks]
    written = any(raw for found in answers.values() for raw in found.values())
    if blanks and not written and not any(reader.taken for reader in blanks):
        raise faults.fail(None, "no line of this paper has a place for an answer; hand in exam.md, filled in")
    return Sheet(faults.path, page.paper, answers)


@dataclass
class _Reader:
    """Reads one exercise of a page."""

    page: Page
    span: range
    exercise: Exercise
    faults: Faults

    def __post_init__(self) -> None:
        self.ticking = [answer for answer in self.exercise.answers if answer.kind == "choice"]
        self.blanks = [(_label(answer), answer) for answer in self.exercise.answers if answer.kind != "choice"]
        self.lines = {
            answer.name: {choice.letter: _first_line(choice) for choice in answer.choices} for answer in self.ticking
        }
        self.headlines = {f"{folded(answer.format)}:" for answer in self.ticking}
        self.taken: dict[str, int] = {}

    def answers(self) -> Mapping[str, object]:
        found: dict[str, object] = {}
        ticked: dict[tuple[str, str], str] = {}
        for number in self.span:
            if number in self.page.code:
                continue
            line = self.page.lines[number]
            if box := _BOX.fullmatch(line):
                self._tick(box, number, ticked)
            elif (blank := self._blank(line)) and self._free(blank[0].name, number):
                found[blank[0].name] = self._typed(*blank, number)
        for answer in self.ticking:
            # A mark that is no tick is handed on, to be told that it cannot be read.
            found[answer.name] = ", ".join(
                letter if mark in _TICKS else f"[{mark}] {letter}"
                for (name, letter), mark in ticked.items()
                if name == answer.name and mark
            )
        return found

    def _blank(self, line: str) -> tuple[Answer, str] | None:
        """The answer that a line has the place for, and what stands behind its colon."""
        item = _ITEM.fullmatch(line)
        if item is None:
            return None
        for label, answer in self.blanks:
            rest = _behind(item[1], label)
            if rest is not None and (answer.name not in self.taken or not self._has_twin(label)):
                return answer, rest
        return None

    def _has_twin(self, label: str) -> bool:
        """Whether a further quantity has the same label and no answer yet."""
        return any(other == label and answer.name not in self.taken for other, answer in self.blanks)

    def _free(self, name: str, number: int) -> bool:
        if name in self.taken:
            first = f"after line {self.taken[name] + 1}"
            self.faults.add(number + 1, f"the place for '{one_line(name)}' stands here for the second time, {first}")
            return False
        self.taken[name] = number
        return True

    def _tick(self, box: re.Match[str], number: int, ticked: dict[tuple[str, str], str]) -> None:
        """Notes what stands in a box, by the name of the answer and the letter."""
        letter = box[2]
        answer = self._choice(letter, folded(box[3]), number, ticked)
        if answer is not None:
            ticked[answer.name, letter] = box[1].strip()

    def _choice(self, letter: str, text: str, number: int, ticked: Mapping[tuple[str, str], str]) -> Answer | None:
        """The answer that a box belongs to; None for a box of the student's own."""
        lettered = [answer for answer in self.ticking if letter in self.lines[answer.name]]
        fitting = [answer for answer in lettered if text.startswith(self.lines[answer.name][letter])]
        open_ = [answer for answer in fitting or lettered if (answer.name, letter) not in ticked]
        elsewhere = any(text and text == line for lines in self.lines.values() for line in lines.values())
        if not fitting and (elsewhere or len(lettered) > 1):
            self.faults.add(
                number + 1, f"this line has another letter than {letter}; is this a paper of another version?"
            )
        elif open_:
            return open_[0]
        elif lettered:
            self.faults.add(number + 1, f"the box {letter} stands here for the second time; keep one")
        return None

    def _typed(self, answer: Answer, first: str, number: int) -> str:
        """What the student wrote for an answer whose line is `number`, behind its colon and below."""
        typed = _without_blank(first)
        more = _MORE.get(answer.kind)
        if not typed:
            return self._below(number, keep_close="_" in first)
        taken = [typed]
        for following in self._following(number + 1):
            so_far, line = "\n".join(taken), self.page.lines[following]
            if len(so_far) > LONGEST_ANSWER or not (_is_open(so_far) or (more and more.fullmatch(line))):
                break
            taken.append(_without_blank(line))
        if more is _ROW and not _BRACKET.search(typed):
            self._refuse_bullet(number + len(taken))
        return _unwrapped("\n".join(taken))

    def _below(self, number: int, *, keep_close: bool) -> str:
        """An answer on the lines below; where the blank still stands, it must follow without an empty line."""
        start = number + 1
        while not keep_close and start < self.span.stop and start <= number + 2 and not self.page.lines[start].strip():
            start += 1
        if start in self.page.code:
            return "\n".join(self.page.lines[start + 1 : self.page.code[start]])
        self._refuse_bullet(start)
        return _unwrapped("\n".join(_without_blank(self.page.lines[k]) for k in self._following(start)))

    def _following(self, start: int) -> Iterator[int]:
        """The numbers of lines up to an empty one, or to one that begins something else."""
        for number in range(start, self.span.stop):
            line = self.page.lines[number]
            stops = number in self.page.code or not line.strip() or is_heading(line) or _ITEM.fullmatch(line)
            if stops or folded(line) in self.headlines:
                return
            yield number

    def _refuse_bullet(self, number: int) -> None:
        """`- 0.5` on a line of its own is -0.5 or an item of a list: nobody can tell."""
        line = self.page.lines[number] if number in self.span else ""
        if _BULLET.fullmatch(line):
            self.faults.add(
                number + 1,
                f"'{one_line(line)}' could be an item of a list or a number with a minus sign; "
                "write the answer behind the colon",
            )


def _label(answer: Answer) -> str:
    """What stands in front of the blank, bare."""
    symbol = f"${inline(answer.symbol)}$" if answer.symbol else escape(answer.name)
    return bare(f"{symbol} ({answer.format}):")


def _behind(content: str, label: str) -> str | None:
    """What follows a bare label in a line; None if the line does not begin with it."""
    at = 0
    for wanted in label:
        while at < len(content) and not bare(content[at]):
            at += 1
        if at == len(content) or content[at] != wanted:
            return None
        at += 1
    return content[at:]


def _first_line(choice: Choice) -> str:
    return folded(to_github(str(choice.text)).partition("\n")[0])


def _without_blank(text: str) -> str:
    """What was typed in front of, into or behind the blank."""
    return text.replace("\\_", "_").strip("_ \t\N{NO-BREAK SPACE}")


def _is_open(text: str) -> bool:
    """Whether a bracket, an environment or a display is not closed yet."""
    environments = list(_ENVIRONMENT.findall(text))
    brackets = sum(map(text.count, "([{")) > sum(map(text.count, ")]}"))
    return brackets or environments.count("begin") > environments.count("end") or text.count("$$") % 2 == 1


def _unwrapped(text: str) -> str:
    """The answer without the signs around it that only change how it looks."""
    text = text.strip()
    for _ in _WRAPPERS:  # bold code, say; more than that is not worn
        for wrapper in _WRAPPERS:
            if len(text) > 2 * len(wrapper) and text.startswith(wrapper) and text.endswith(wrapper):
                text = text[len(wrapper) : -len(wrapper)].strip()
    return text
