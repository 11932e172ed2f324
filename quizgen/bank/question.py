"""A question: from (seed, variant) to a finished exercise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

from quizgen.bank.assembly import Assembly
from quizgen.bank.form import is_possible
from quizgen.bank.program import MISTAKE, REASONS
from quizgen.bank.source import QuestionSource
from quizgen.bank.stream import Stream, form_order
from quizgen.bank.yaml_nodes import Scalar
from quizgen.errors import BankError, DrawError
from quizgen.exercise import Exercise

if TYPE_CHECKING:  # NumPy and Jinja come with it, and a list of questions needs neither
    from quizgen.bank.compiled import CompiledForm
    from quizgen.bank.replay import Replay
    from quizgen.bank.wording import Wording

#: A variant is drawn anew at most this often; a question whose draws are mostly rejected is faulty.
MAX_ATTEMPTS = 500
MAX_FORMS = 500


class Question:
    """A parameterised question. Forms are compiled when they are first drawn from.

    Attributes:
        id: its path in the bank without the suffix, `cnn/output-shape`.
    """

    def __init__(self, question_id: str, source: QuestionSource) -> None:
        self.id = question_id
        self.source = source
        self.topic = question_id.split("/")[0]
        self.title = source.title
        self.level = source.level
        self.points = source.points
        self.covers = tuple(source.covers)
        self._stream = Stream(question_id)
        self._wording: Wording | None = None
        self._compiled: dict[int, CompiledForm] = {}

    def __repr__(self) -> str:
        return f"Question({self.id!r})"

    @cached_property
    def _constants(self) -> list[Mapping[str, Scalar]]:
        """The possible forms: every combination under `vary` that `reject` does not rule out."""
        names, lists = list(self.source.vary), list(self.source.vary.values())
        count = 1
        for values in lists:
            count *= len(values)
        if count > MAX_FORMS:
            line = self.source.lines.get("vary")
            raise BankError(self.source.path, line, f"vary: {count} forms are too many, at most {MAX_FORMS}")
        combined = [dict(zip(names, values, strict=True)) for values in product(*lists)]
        found: list[Mapping[str, Scalar]] = [values for values in combined if is_possible(self.source, values)]
        if not found:
            raise BankError(self.source.path, self.source.lines.get("reject"), "reject: rules out every form")
        return found

    @property
    def forms(self) -> int:
        """How many forms there are. Variants k and k + forms have the same form, within one seed."""
        return len(self._constants)

    def form(self, place: int) -> CompiledForm:
        """Form number `place`, compiled.

        Raises:
            BankError: for the first fault in the file, with its line.
        """
        found = self._compiled.get(place)
        if found is None:
            from quizgen.bank.compiled import CompiledForm
            from quizgen.bank.texts import wording_of

            self._wording = self._wording or wording_of(self.source)
            found = self._compiled[place] = CompiledForm(self.source, self._wording, self._constants[place])
        return found

    def draw(self, *, seed: int, variant: int = 0, confirmed: bool = True) -> Exercise:
        """The exercise that (id, seed, variant) stands for, the same everywhere and for ever.

        Args:
            seed, variant: whole numbers from 0 on.
            confirmed: ask the numeric core whether the answers are right, and refuse the exercise if not. Only a
                measurement of the drawing alone has a reason to leave it out.

        Raises:
            DrawError: if no fair variant is found, or the core comes to another answer.
            BankError: for a fault in the question's file.
        """
        compiled, drawn, random = self._fair_draw(seed, variant)
        values, decisions, asked, mistakes, exact = drawn
        if confirmed:
            compiled.confirm(values, decisions, exact)
        return Assembly(self, compiled, decisions, values, asked, mistakes, random).exercise(seed, variant)

    def replay(self, *, seed: int, variant: int) -> Replay:
        """The exercise that (id, seed, variant) stands for, to be run again with other values of its steps.

        Raises:
            DrawError, BankError: as `draw` does.
        """
        from quizgen.bank.replay import Replay

        compiled, drawn, random = self._fair_draw(seed, variant)
        values, decisions, asked, mistakes, _ = drawn
        assembly = Assembly(self, compiled, decisions, values, asked, mistakes, random)
        assembly.exercise(seed, variant)
        return Replay(compiled.form, values, decisions, list(map(str, assembly.explanations)))

    def _fair_draw(self, seed: int, variant: int) -> tuple[CompiledForm, Any, Sequence[int]]:
        compiled = self.form(form_order(self._stream, seed, self.forms)[variant % self.forms])
        numbers, words = compiled.numbers, compiled.words
        for attempt in range(MAX_ATTEMPTS):
            random = self._stream.words(seed, variant, attempt, words)
            drawn = numbers(random)
            if drawn.__class__ is tuple:
                return compiled, drawn, random
        raise DrawError(f"{self.id}: seed {seed}, variant {variant}: {self._why(compiled, seed, variant)}")

    def rejections(self, *, seed: int, variants: int) -> dict[str, int]:
        """How often draws are rejected, by reason, and under "kept" how many are not, over some variants."""
        counts = {"kept": 0}
        for variant in range(variants):
            compiled = self.form(form_order(self._stream, seed, self.forms)[variant % self.forms])
            for attempt in range(MAX_ATTEMPTS):
                drawn = compiled.numbers(self._stream.words(seed, variant, attempt, compiled.words))
                reason = "kept" if drawn.__class__ is tuple else self._reason(compiled, drawn)
                counts[reason] = counts.get(reason, 0) + 1
                if reason == "kept":
                    break
        return counts

    def _why(self, compiled: CompiledForm, seed: int, variant: int) -> str:
        reasons: dict[str, int] = {}
        for attempt in range(MAX_ATTEMPTS):
            drawn = compiled.numbers(self._stream.words(seed, variant, attempt, compiled.words))
            reason = self._reason(compiled, drawn)
            reasons[reason] = reasons.get(reason, 0) + 1
        told = "; ".join(f"{reason} ({count} times)" for reason, count in sorted(reasons.items(), key=lambda e: -e[1]))
        return f"none of {MAX_ATTEMPTS} draws is fair: {told}; mend what is named, or take other ranges under 'given'"

    def _reason(self, compiled: CompiledForm, code: int) -> str:
        if code in REASONS:
            return REASONS[code]
        if code <= MISTAKE:
            line = compiled.form.mistakes[MISTAKE - code].says.line
            return f"the mistake in line {line} comes to the truth, or to what an earlier mistake comes to"
        return f"the condition in line {compiled.form.rejects[code][1]}"
