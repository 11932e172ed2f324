"""The note types of the Anki deck.

A learner's collection knows a note type by its id and lays out its fields by position: neither may ever change. What
is new goes into a spare field; what a layout or the style sheet says may change at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizgen.export.layout import source

if TYPE_CHECKING:
    import genanki

_SPARE = ("Spare1", "Spare2", "Spare3")


@dataclass(frozen=True, slots=True)
class NoteType:
    """A kind of note.

    Attributes:
        model_id: constant for ever.
        fields: frozen, in this order; the first, `ID`, keeps any two notes apart.
        cards: for each card that a note makes, its name and the stem of its layouts under `templates/anki/`.
        cloze: whether the blanks of the text make the cards.
    """

    model_id: int
    name: str
    fields: tuple[str, ...]
    cards: tuple[tuple[str, str, str], ...]
    cloze: bool = False

    def model(self) -> genanki.Model:
        """The note type as genanki has it."""
        import genanki

        return genanki.Model(
            self.model_id,
            self.name,
            fields=[{"name": name} for name in self.fields],
            templates=[
                {"name": name, "qfmt": source(f"anki/{front}.html"), "afmt": source(f"anki/{back}.html")}
                for name, front, back in self.cards
            ],
            css=source("anki/style.css"),
            model_type=genanki.Model.CLOZE if self.cloze else genanki.Model.FRONT_BACK,
        )


EXERCISE = NoteType(
    1607392841,
    "quizgen exercise",
    (
        "ID", "Title", "Question", "Hint", "Answer", "Solution", "Mistakes", "Conventions", "Topic", "Level", "Source",
        *_SPARE,
    ),
    (("Exercise", "exercise.front", "exercise.back"),),
)  # fmt: skip

FACT = NoteType(
    1607392842,
    "quizgen fact",
    ("ID", "Front", "Back", "Reverse", "Topic", "Kind", "Source", *_SPARE),
    (("Forwards", "card.front", "card.back"), ("Backwards", "reverse.front", "reverse.back")),
)

CLOZE = NoteType(
    1607392843,
    "quizgen cloze",
    ("ID", "Text", "Extra", "Topic", "Kind", "Source", *_SPARE),
    (("Cloze", "cloze.front", "cloze.back"),),
    cloze=True,
)
