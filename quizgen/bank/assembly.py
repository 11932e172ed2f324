"""What a draw came to, put together: the texts filled, the answers with their intervals, mistakes and choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from quizgen.answers.asked import Asked
from quizgen.bank.form import Mistake as FormMistake
from quizgen.bank.form import Wanted
from quizgen.bank.stream import shuffled
from quizgen.errors import DrawError
from quizgen.exercise import Answer, Choice, Exercise, Mistake, Value
from quizgen.numerals import number_text
from quizgen.text import Skeleton, Text, hole

if TYPE_CHECKING:  # NumPy and Jinja come with it, and a list of questions needs neither
    from quizgen.bank.compiled import CompiledForm
    from quizgen.bank.question import Question
    from quizgen.bank.texts import Decisions, Texts

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NUMBER_CHOICE = Skeleton(f"${hole(0)}$")


class AskedValues(NamedTuple):
    """The numbers of one asked quantity: the right ones, and those of each mistake, () where it makes no sense."""

    right: tuple[Any, ...]
    wrong: list[tuple[Any, ...]]

    @classmethod
    def of(
        cls, wanted: Wanted, mistakes: Sequence[FormMistake], right: Iterator[Any], wrong: Sequence[Iterator[Any]]
    ) -> AskedValues:
        """Takes them from the asked values of the whole exercise, which come one after the other."""
        if wanted.quantity is None:
            return cls((), [])
        quantity, count = wanted.quantity, len(wanted.quantity.cells)
        sizes = (mistake.sizes.get(quantity, count) for mistake in mistakes)
        return cls(
            tuple(islice(right, count)),
            [tuple(islice(values, size)) for values, size in zip(wrong, sizes, strict=True)],
        )


class Assembly:
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
        try:
            self.fillings = texts.fillings(self.values, self.letters, figure_names)
        except (ArithmeticError, ValueError):
            raise DrawError(
                f"{question.id}: seed {seed}, variant {variant}: a number half-way through a line of the solution is "
                "too large, or not defined; take other ranges under 'given', or more steps"
            ) from None
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
            asked = AskedValues.of(wanted, self.compiled.form.mistakes, right, wrong)
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

    def _number(self, wanted: Wanted, values: AskedValues) -> Answer:
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
