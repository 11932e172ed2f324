"""One form of a question, ready to draw from: numbers by the compiled program, texts by filling holes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quizgen.bank.figures import check_calls, figure_name, figures
from quizgen.bank.form import build_form, placed
from quizgen.bank.outcomes import OutcomeText
from quizgen.bank.program import compile_facts, compile_numbers
from quizgen.bank.source import QuestionSource
from quizgen.bank.texts import Decisions, TextCompiler, Texts
from quizgen.bank.truth import confirm, targets
from quizgen.bank.wording import Wording
from quizgen.bank.yaml_nodes import Scalar
from quizgen.exercise import Figure
from quizgen.formula.budget import limited


class CompiledForm:
    """A form with its compiled functions; texts are compiled when first needed."""

    def __init__(self, source: QuestionSource, wording: Wording, constants: Mapping[str, Scalar]) -> None:
        self._wording = wording
        with placed(source.path, "work", source.lines.get("work")), limited():
            self.form = build_form(source, constants)
            check_calls(self.form)
            self._targets = targets(self.form)
            self.numbers = compile_numbers(self.form, self._targets)
            self.facts = compile_facts(self.form)
        self.words = self.form.words + (len(source.choices) if source.choices else len(self.form.mistakes) + 1)
        self._texts: dict[Decisions, Texts] = {}

    def confirm(self, values: Sequence[Any], decisions: Decisions, exact: Sequence[float]) -> None:
        """Asks the core, see `truth.confirm`."""
        confirm(self.form, values, exact, self._targets, self.outcomes(decisions))

    def outcomes(self, decisions: Decisions) -> dict[str, str]:
        """What the named decisions come to."""
        named = zip(self.form.outcomes, decisions, strict=False)
        return {outcome.name: OutcomeText.of(outcome, place) for outcome, place in named}

    def figure_names(self, question_id: str, seed: int, variant: int) -> dict[str, str]:
        """What the figures are called in one exercise, by what the file calls them."""
        return {name: figure_name(question_id, seed, variant, name) for name in self.form.source.figures}

    def figures(
        self, decisions: Decisions, names: Mapping[str, str], given: Mapping[str, Any], work: Mapping[str, Any]
    ) -> tuple[Figure, ...]:
        """The figures that the texts show, see `figures.figures`."""
        shown = self.texts(decisions).figures
        return figures(self.form, shown, names, given, work, self.outcomes(decisions)) if shown else ()

    def texts(self, decisions: Decisions) -> Texts:
        """The texts for one way the decisions can fall.

        Raises:
            BankError: for a fault in the text, with its line.
        """
        found = self._texts.get(decisions)
        if found is None:
            with placed(self.form.source.path, "text", self.form.source.solution.line), limited():
                compiler = TextCompiler(self.form, self._wording, self.outcomes(decisions), decisions)
                found = self._texts[decisions] = compiler.texts()
        return found
