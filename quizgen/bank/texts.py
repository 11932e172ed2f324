"""The texts of a form: rendered, typeset, and with a function that fills their holes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from quizgen.bank.fillings import FillingWriter
from quizgen.bank.form import Form, Wanted
from quizgen.bank.images import FIGURE_NAMES, with_figure_names
from quizgen.bank.minutes import minutes
from quizgen.bank.outcomes import combinations
from quizgen.bank.program import unrounded
from quizgen.bank.shown import Family, FormNumber, Shown
from quizgen.bank.source import QuestionSource
from quizgen.bank.wording import Wording
from quizgen.bank.yaml_nodes import Located, Scalar
from quizgen.errors import BankError, FormulaError
from quizgen.formula import terms
from quizgen.formula.compile import Emitter, compile_function
from quizgen.formula.evaluate import evaluate
from quizgen.formula.holes import Holes
from quizgen.formula.keyboard import KeyboardWriter
from quizgen.formula.steps import Step, decided
from quizgen.formula.terms import Cell
from quizgen.text import Skeleton

Decisions = tuple[int, ...]


@dataclass(frozen=True)
class Texts:
    """The texts of a form for one way its decisions can fall.

    Attributes:
        figures: the names of the figures that the texts show, each once, the question's first.
        fillings: from the values of a variant, the letters of its right choices, and the names that its figures
            have by those in the file, to what fills the holes.
        right: which of the choices are right.
        several: whether more than one could be, had the decisions fallen otherwise.
        keys: the text of each formula that is asked for; then of the formula that each mistake makes of it.
    """

    question: Skeleton
    hints: tuple[Skeleton, ...]
    solution: Skeleton
    conventions: tuple[str, ...]
    choices: tuple[Skeleton, ...]
    choice_says: tuple[Skeleton | None, ...]
    mistake_says: tuple[Skeleton, ...]
    right: tuple[bool, ...]
    several: bool
    keys: Mapping[str, tuple[Skeleton, ...]]
    minutes: float
    figures: tuple[str, ...]
    fillings: Callable[[Sequence[Any], str, Mapping[str, str]], list[str]]


def wording_of(source: QuestionSource) -> Wording:
    """The texts of a file, in the order in which `CompiledForm` takes them apart."""
    pieces = [source.question, source.solution, *source.hints, *source.conventions]
    pieces += [choice.text for choice in source.choices]
    pieces += [choice.says or Located("", choice.text.line) for choice in source.choices]
    pieces += [mistake.says for mistake in source.mistakes]
    return Wording(source.path, [with_figure_names(piece) for piece in pieces] if source.figures else pieces)


class TextCompiler:
    """Renders and typesets all texts of a form for one way its decisions can fall."""

    def __init__(self, form: Form, wording: Wording, outcomes: Mapping[str, str], decisions: Decisions) -> None:
        self.form = form
        self.wording = wording
        self.outcomes = outcomes
        self.holes = Holes()
        bits = decisions[len(form.outcomes) :]
        self.chosen = {id(term): bool(bit) for term, bit in zip(form.conditionals, bits, strict=True)}

    def texts(self) -> Texts:
        source = self.form.source
        rendered = iter(self.wording.render(self._names()))

        def take(count: int) -> tuple[Skeleton, ...]:
            return tuple(next(rendered) for _ in range(count))

        question, solution = take(2)
        self._check_silent(question)
        hints, conventions = take(len(source.hints)), take(len(source.conventions))
        choices, notes = take(len(source.choices)), take(len(source.choices))
        says = take(len(source.mistakes))
        by_place = {mistake.says: text for mistake, text in zip(source.mistakes, says, strict=True)}
        keys = {w.name: self._keys(w) for w in self.form.wanted if w.asked.letter is not None}
        worked_out = self._cells(solution) - self._cells(question)
        looked_at = len(self._figures((question,))) + bool(self._figures(choices))
        return Texts(
            question, hints, solution, tuple(text.source for text in conventions), choices,
            tuple(note if note.source else None for note in notes),
            tuple(by_place[mistake.says] for mistake in self.form.mistakes),
            self._right(), self._several(), keys, source.minutes or minutes(self.form, worked_out, looked_at),
            self._figures((question, *choices, *hints, solution, *notes, *says)), self._fillings(),
        )  # fmt: skip

    def _check_silent(self, question: Skeleton) -> None:
        """Refuses a question that prints its own answer."""
        for wanted in self.form.wanted:
            if wanted.quantity is not None and not self._cells(question).isdisjoint(wanted.quantity.cells):
                path, line = self.form.source.path, self.form.source.question.line
                raise BankError(path, line, f"text: the question prints the answer; write << {wanted.name}.symbol >>")
            for name in self._figures((question,)):
                if wanted.name in self.form.source.figures[name].names:
                    path, line = self.form.source.path, self.form.source.figures[name].call.lineno
                    raise BankError(path, line, f"figures: '{name}' shows '{wanted.name}', which is asked for")

    def _names(self) -> dict[str, Any]:
        """What the text can speak of."""
        form, names = self.form, dict[str, Any](self.outcomes)
        for name, value in form.constants.items():
            plain = isinstance(value, int) and not isinstance(value, bool)
            names[name] = FormNumber.make(value, form.scope.symbol(name, 0)) if plain else value  # type: ignore[arg-type]
        asked = {w.quantity: w.asked for w in form.wanted if w.quantity is not None}
        steps = {step.quantity: self._decided(step) for step in form.steps}
        for name, quantity in form.scope.quantities.items():
            names[name] = Shown(quantity, steps.get(quantity), self.holes, asked.get(quantity))
        for name, members in form.scope.families.items():
            shown = {i: Shown(q, steps.get(q), self.holes, asked.get(q)) for i, q in members.items()}
            names[name] = Family(name, shown)
        letters = [w.name for w in form.wanted if w.asked.choice or w.asked.word == "ordering"]
        if letters:
            names["letters"] = self.holes.letters(letters[0])
        names[FIGURE_NAMES] = {name: self.holes.figure(name) for name in form.source.figures}
        return names

    def _decided(self, step: Step) -> Step:
        return Step(step.quantity, decided(step.term, self.chosen), step.carry, step.line)

    def _right(self) -> tuple[bool, ...]:
        source = self.form.source
        found = self._right_for(self.outcomes, self.form.constants)
        if source.choices and not any(found):
            case = ", ".join(f"{name} = {value!r}" for name, value in {**self.form.constants, **self.outcomes}.items())
            raise BankError(source.path, source.lines.get("choices"), f"choices: none is right where {case}")
        return found

    def _several(self) -> bool:
        """Whether more than one choice can be right, in any form and however decisions fall: wording must not tell."""
        if not self.form.source.choices:
            return False
        vary = self.form.source.vary
        forms = (dict(zip(vary, values, strict=True)) for values in product(*vary.values()))
        outcomes = [texts for _, texts in combinations(self.form.outcomes)]
        return any(sum(self._right_for(texts, form)) > 1 for form in forms for texts in outcomes)

    def _right_for(self, outcomes: Mapping[str, str], form: Mapping[str, Scalar]) -> tuple[bool, ...]:
        source, names = self.form.source, {**form, **outcomes}
        found = []
        for choice in source.choices:
            try:
                found.append(choice.right is None or bool(evaluate(choice.right, names, {})))
            except FormulaError as error:
                known = "; it may depend on the form and on outcomes" if "unknown name" in str(error) else ""
                raise BankError(source.path, choice.text.line, f"choices: right: {error}{known}") from None
        return tuple(found)

    def _keys(self, wanted: Wanted) -> tuple[Skeleton, ...]:
        """The formula asked for as a keyboard writes it, and what each mistake makes of it."""
        if wanted.quantity is None:
            return ()
        cell = wanted.quantity.cells[0]
        keys = [self._key(cell, {})]
        for mistake in self.form.mistakes:
            keys.append(self._key(cell, {step.quantity.cells[0]: term for step, term in mistake.steps}))
        return tuple(keys)

    def _key(self, cell: Cell, replaced: Mapping[Cell, terms.Term]) -> Skeleton:
        inside = {s.quantity.cells[0]: decided(s.term, self.chosen) for s in self.form.steps if s.quantity.free}
        writer = KeyboardWriter(self.holes, {**inside, **replaced})
        return Skeleton(writer.text(terms.cell(cell)))

    def _cells(self, text: Skeleton) -> set[Cell]:
        """The cells whose values a text shows."""
        _, order = text.pieces()
        shown = (self.holes.fillings[place].term for place in order)
        return {term.data for term in shown if term is not None and isinstance(term.data, Cell)}

    def _figures(self, texts: Sequence[Skeleton]) -> tuple[str, ...]:
        """The names of the figures that the texts show, in their order."""
        shown = (self.holes.fillings[place] for text in texts for place in text.pieces()[1])
        return tuple(dict.fromkeys(filling.name for filling in shown if filling.way == "figure"))

    def _fillings(self) -> Callable[[Sequence[Any], str, Mapping[str, str]], list[str]]:
        """The function that writes what fills the holes."""
        cells = [f"v{cell.index}" for cell in self.form.scope.cells] + [f"t{c.index}" for c in unrounded(self.form)]
        writer = FillingWriter(self.holes.fillings, Emitter(lambda cell: f"v{cell.index}"), set(unrounded(self.form)))
        parts = [writer.expression(filling) for filling in self.holes.fillings]
        unpack = [f"({', '.join(cells)},) = values"] if cells else []
        return compile_function("fillings", "values, letters, figures", [*unpack, f"return [{', '.join(parts)}]"], {})
