"""A question: from (seed, variant) to a finished exercise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice, product
from typing import TYPE_CHECKING, Any, NamedTuple

from quizgen.answers.asked import Asked
from quizgen.bank.form import Mistake as FormMistake
from quizgen.bank.form import Wanted, is_possible
from quizgen.bank.program import MISTAKE, REASONS
from quizgen.bank.source import QuestionSource
from quizgen.bank.stream import Stream, form_order, shuffled
from quizgen.bank.yaml_nodes import Scalar
from quizgen.errors import BankError, DrawError
from quizgen.exercise import Answer, Choice, Exercise, Mistake, Value
from quizgen.numerals import number_text
from quizgen.text import Skeleton, Text, hole

if TYPE_CHECKING:  # NumPy and Jinja come with it, and a list of questions needs neither
    from quizgen.bank.compiled import CompiledForm
    from quizgen.bank.replay import Replay
    from quizgen.bank.texts import Decisions, Texts
    from quizgen.bank.wording import Wording

#: A variant is drawn anew at most this often; a question whose draws are mostly rejected is faulty.
MAX_ATTEMPTS = 500
MAX_FORMS = 500
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NUMBER_CHOICE = Skeleton(f"${hole(0)}$")


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
        return _Assembly(self, compiled, decisions, values, asked, mistakes, random).exercise(seed, variant)

    def replay(self, *, seed: int, variant: int) -> Replay:
        """The exercise that (id, seed, variant) stands for, to be run again with other values of its steps.

        Raises:
            DrawError, BankError: as `draw` does.
        """
        from quizgen.bank.replay import Replay

        compiled, drawn, random = self._fair_draw(seed, variant)
        values, decisions, asked, mistakes, _ = drawn
        assembly = _Assembly(self, compiled, decisions, values, asked, mistakes, random)
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


class _Values(NamedTuple):
    """The numbers of one asked quantity: the right ones, and those of each mistake, () where it makes no sense."""

    right: tuple[Any, ...]
    wrong: list[tuple[Any, ...]]

    @classmethod
    def of(
        cls, wanted: Wanted, mistakes: Sequence[FormMistake], right: Iterator[Any], wrong: Sequence[Iterator[Any]]
    ) -> _Values:
        """Takes them from the asked values of the whole exercise, which come one after the other."""
        if wanted.quantity is None:
            return cls((), [])
        quantity, count = wanted.quantity, len(wanted.quantity.cells)
        sizes = (mistake.sizes.get(quantity, count) for mistake in mistakes)
        return cls(
            tuple(islice(right, count)),
            [tuple(islice(values, size)) for values, size in zip(wrong, sizes, strict=True)],
        )


class _Assembly:
    """Puts an exercise together from what a draw came to."""

    def __init__(
        self,
        question: Question,
        compiled: CompiledForm,
        decisions: Decisions,
        values: Sequence[Any],
        asked: Sequence[Any],
        mistakes: Sequence[Sequence[Any]],
        random: Sequence[int],
    ) -> None:
        self.question = question
        self.compiled = compiled
        self.decisions = decisions
        self.texts: Texts = compiled.texts(decisions)
        self.values = values
        self.asked = asked
        self.mistakes = mistakes
        self.shuffle = random[compiled.form.words :]
        order = shuffled(self.shuffle) if question.source.choices else ()
        self.order = order
        if any(wanted.asked.word == "ordering" for wanted in compiled.form.wanted):
            self.letters = "".join(_LETTERS[order.index(k)] for k in range(len(order)))
        else:
            self.letters = "".join(_LETTERS[place] for place, k in enumerate(order) if self.texts.right[k])
        self.fillings: list[str] = []
        self.explanations: list[Text] = []

    def exercise(self, seed: int, variant: int) -> Exercise:
        question, compiled, texts = self.question, self.compiled, self.texts
        form = compiled.form
        given, work = compiled.facts(self.values)
        number_choice = self._number_choices()
        figure_names = self.compiled.figure_names(question.id, seed, variant)
        self.fillings = texts.fillings(self.values, self.letters, figure_names)
        fill = self._filled
        self.explanations = [fill(says) for says in texts.mistake_says]
        return Exercise(
            id=question.id,
            seed=seed,
            variant=variant,
            title=question.title,
            topic=question.topic,
            level=question.level,
            points=question.points,
            minutes=texts.minutes,
            conventions=texts.conventions,
            form=dict(form.constants),
            given=given,
            work=work,
            question=fill(texts.question),
            hints=tuple(map(fill, texts.hints)),
            solution=fill(texts.solution),
            answers=tuple(self._answers(number_choice)),
            figures=compiled.figures(self.decisions, figure_names, given, work),
        )

    def _filled(self, skeleton: Skeleton) -> Text:
        return Text(skeleton, self.fillings)

    def _answers(self, number_choice: list[tuple[Any, int]]) -> list[Answer]:
        found = []
        right = iter(self.asked)
        wrong = [iter(values) for values in self.mistakes]
        for wanted in self.compiled.form.wanted:
            asked = _Values.of(wanted, self.compiled.form.mistakes, right, wrong)
            if wanted.asked.choice:
                found.append(self._choice(wanted, number_choice))
            elif wanted.asked.word == "ordering":
                found.append(self._ordering(wanted))
            elif wanted.asked.word == "text":
                found.append(self._text(wanted))
            elif wanted.asked.letter is not None:
                found.append(self._formula(wanted))
            else:
                found.append(self._number(wanted, asked))
        return found

    def _number(self, wanted: Wanted, values: _Values) -> Answer:
        asked, quantity = wanted.asked, wanted.quantity
        if quantity is None:
            raise TypeError("a number that is asked for has a quantity")
        shape, whole = quantity.shape, asked.integer
        value = _shaped(values.right, shape, whole=whole)
        # Mistakes differ in some answer; in this one two may come to the same, and the first explains it.
        explained: dict[Any, Text] = {}
        for wrong, says in zip(values.wrong, self.explanations, strict=True):
            if wrong and wrong != values.right:
                explained.setdefault(wrong, says)
        mistakes = [Mistake(_shaped(wrong, shape, whole=whole), says) for wrong, says in explained.items()]
        fits = wanted.any_fitting
        return Answer(
            wanted.name, str(quantity.symbol), asked.kind(shape), value, asked.decimals, asked.digits,
            None if fits else asked.accept(value), asked.phrase(several=bool(shape)), tuple(mistakes),
            condition=self.compiled.form.condition if fits else None,
        )  # fmt: skip

    def _formula(self, wanted: Wanted) -> Answer:
        asked, quantity = wanted.asked, wanted.quantity
        key, *wrong = self.texts.keys[wanted.name]
        value = str(self._filled(key))
        pairs = [(str(self._filled(text)), says) for text, says in zip(wrong, self.explanations, strict=True)]
        made = zip(self.mistakes, pairs, strict=True)
        mistakes = tuple(Mistake(text, says) for numbers, (text, says) in made if numbers and text != value)
        symbol = str(quantity.symbol) if quantity is not None else wanted.name
        return Answer(wanted.name, symbol, "formula", value, None, None, None, asked.phrase(), mistakes)

    def _number_choices(self) -> list[tuple[Any, int]]:
        """For a choice among numbers: the truth (-1) and the mistakes, shuffled. Fixes the right letter."""
        form = self.compiled.form
        wanted = next((w for w in form.wanted if w.asked.choice), None)
        if wanted is None or wanted.quantity is None or form.source.choices:
            return []
        place = sum(len(w.quantity.cells) for w in form.wanted[: form.wanted.index(wanted)] if w.quantity)
        options = [(self.asked[place], -1), *((wrong[place], k) for k, wrong in enumerate(self.mistakes) if wrong)]
        distinct = list({value: (value, k) for value, k in reversed(options)}.values())[::-1]
        order = [k for k in shuffled(self.shuffle) if k < len(distinct)]
        shown = [distinct[k] for k in order]
        self.letters = _LETTERS[[k for _, k in shown].index(-1)]
        return shown

    def _choice(self, wanted: Wanted, number_choice: list[tuple[Any, int]]) -> Answer:
        choices = self._number_lines(number_choice) if number_choice else self._text_lines()
        symbol = str(wanted.quantity.symbol) if wanted.quantity is not None else ""
        asked: Asked = wanted.asked
        return Answer(
            wanted.name,
            symbol,
            "choice",
            self.letters,
            None,
            None,
            None,
            asked.phrase(several=self.texts.several),
            (),
            choices,
        )

    def _ordering(self, wanted: Wanted) -> Answer:
        lines = tuple(replace(line, right=False, says=None) for line in self._text_lines())
        phrase = wanted.asked.phrase()
        return Answer(wanted.name, "", "ordering", self.letters, None, None, None, phrase, choices=lines)

    def _text(self, wanted: Wanted) -> Answer:
        """The first line that is right is the answer, the others are synonyms; those that are wrong, known mistakes."""
        lines = [self._filled(text) for text in self.texts.choices]
        right = [str(line) for line, fits in zip(lines, self.texts.right, strict=True) if fits]
        wrong = zip(lines, self.texts.right, self.texts.choice_says, strict=True)
        mistakes = tuple(Mistake(str(line), self._filled(says)) for line, fits, says in wrong if not fits and says)
        return Answer(
            wanted.name, "", "text", right[0], None, None, None, wanted.asked.phrase(), mistakes,
            synonyms=tuple(right[1:]),
        )  # fmt: skip

    def _number_lines(self, options: list[tuple[Any, int]]) -> tuple[Choice, ...]:
        says = self.explanations
        return tuple(
            Choice(_LETTERS[place], Text(_NUMBER_CHOICE, [number_text(value)]), k < 0, None if k < 0 else says[k])
            for place, (value, k) in enumerate(options)
        )  # fmt: skip

    def _text_lines(self) -> tuple[Choice, ...]:
        texts = self.texts
        lines = []
        for place, k in enumerate(self.order):
            note = texts.choice_says[k]
            says = None if note is None else self._filled(note)
            lines.append(Choice(_LETTERS[place], self._filled(texts.choices[k]), texts.right[k], says))
        return tuple(lines)


def _shaped(flat: Sequence[Any], shape: tuple[int, ...], *, whole: bool) -> Value:
    """Numbers as JSON has them: one, a list, or rows; whole ones as integers where whole ones are asked for."""
    numbers: list[Value] = [int(v) if v == int(v) else v for v in flat] if whole else [*flat]
    if not shape:
        return numbers[0]
    if len(shape) == 1:
        return numbers
    return [numbers[k : k + shape[1]] for k in range(0, len(numbers), shape[1])]
