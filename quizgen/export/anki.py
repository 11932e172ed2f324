"""A deck for Anki: exercises with their solutions, facts, and blanks to fill."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import time
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from quizgen.errors import ExportError
from quizgen.exercise import Answer, Card, Exercise, Paper
from quizgen.export.anki_models import CLOZE, EXERCISE, FACT
from quizgen.export.cloze import to_cloze
from quizgen.export.drawings import drawings
from quizgen.export.each import each
from quizgen.export.html import figure_file, math_html, text_html, to_html, to_html_inline
from quizgen.export.values import is_number, latex_value, plain_value

if TYPE_CHECKING:
    import genanki


def export(paper: Paper) -> dict[str, bytes]:
    """`exam.apkg`, with the version's suffix: a note for each exercise."""
    return {f"exam{paper.suffix}.apkg": deck(paper.exercises, (), timestamp=None)}


def deck(exercises: Sequence[Exercise], cards: Sequence[Card], *, timestamp: float | None) -> bytes:
    """An Anki package with a subdeck for each topic, `quizgen::<topic>`.

    Importing a later package updates the notes it holds and keeps the learner's schedule, whatever has been reworded:
    a note is known by its question's id and variant, or its card's id.

    Args:
        exercises: a note each, in this order.
        cards: a note each, after the exercises.
        timestamp: when the deck was built, in seconds since 1970; the newer of two wordings wins. None stands for
            `SOURCE_DATE_EPOCH` where that is set, else for now. The same input at the same time gives the same bytes.

    Raises:
        ExportError: if there is nothing to put into the deck, genanki is missing, or a text cannot be shown.
    """
    try:
        import genanki
    except ImportError as error:
        raise ExportError(
            "an Anki deck needs the library genanki; install it with: pip install 'quizgen[anki]'"
        ) from error
    if not exercises and not cards:
        raise ExportError("there is nothing to put into the deck: no exercises and no cards")
    models = {kind: kind.model() for kind in (EXERCISE, FACT, CLOZE)}
    decks: dict[str, genanki.Deck] = {}
    notes = each(lambda e: (e.topic, EXERCISE, _exercise_fields(e), _exercise_tags(e)), exercises)
    notes += each(lambda c: (c.topic, CLOZE if c.cloze else FACT, _card_fields(c), _card_tags(c)), cards)
    keys = [(exercise.id, str(exercise.variant)) for exercise in exercises] + [(card.id, "card") for card in cards]
    for due, ((topic, kind, fields, tags), key) in enumerate(zip(notes, keys, strict=True), start=1):
        name = f"quizgen::{topic}"
        if name not in decks:
            decks[name] = genanki.Deck(_deck_id(name), name)
        fields += [""] * (len(kind.fields) - len(fields))
        decks[name].add_note(genanki.Note(models[kind], fields, tags=tags, guid=_guid(*key), due=due))
    media = _media(exercises)
    _check_shown(media, [field for _, _, fields, _ in notes for field in fields])
    return _package(decks.values(), media, _build_time() if timestamp is None else timestamp)


def _media(exercises: Sequence[Exercise]) -> dict[str, bytes]:
    """The figures under the names by which the notes show them."""
    return {figure_file(name.removesuffix(".svg")): drawn for name, drawn in drawings(exercises, "svg").items()}


def _check_shown(media: Mapping[str, bytes], fields: Iterable[str]) -> None:
    for field in fields:
        for name in re.findall(r'<img class="figure" src="([^"]*)"', field):
            if name not in media:
                raise ExportError(f"a card shows the figure {name!r}, which no exercise of the deck has")


def _guid(identity: str, part: str) -> str:
    """The identity of a note for ever.

    genanki joins the parts with `__`. No two notes can collide: the last part holds no underscore, and the first is
    always the same, so that what lies between them is the id.
    """
    import genanki

    return str(genanki.guid_for("quizgen", identity, part))


def _deck_id(name: str) -> int:
    """A deck's id follows from its name: 31 bits, the first of them set."""
    return 1 << 30 | int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) >> 2


def _build_time() -> float:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return time.time()
    if not epoch.isdecimal():
        raise ExportError(f"SOURCE_DATE_EPOCH must be a whole number of seconds since 1970; found {epoch!r}")
    return float(epoch)


#: Where the header of a database names the version of SQLite that wrote it, which no reader needs.
_SQLITE_VERSION = slice(96, 100)


def _package(decks: Iterable[genanki.Deck], media: Mapping[str, bytes], timestamp: float) -> bytes:
    """The package's bytes, which depend on nothing but its content.

    genanki stamps the members of the zip with the time of day; here they have none. They are stored as they are,
    because two versions of zlib compress to different bytes. Media are members named 0, 1, …, and the member `media`
    says which file each is; genanki itself would read them from the disk.
    """
    import genanki

    written, result = io.BytesIO(), io.BytesIO()
    genanki.Package(list(decks)).write_to_file(written, timestamp=timestamp)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            content = bytearray(source.read(name))
            if name == "collection.anki2":
                content[_SQLITE_VERSION] = bytes(4)
            elif name == "media":
                content = bytearray(json.dumps(dict(enumerate(media))).encode())
            target.writestr(_member(name), bytes(content))
        for place, drawn in enumerate(media.values()):
            target.writestr(_member(str(place)), drawn)
    return result.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)  # its time is 1980-01-01
    member.create_system, member.external_attr = 3, 0o644 << 16
    return member


_fixed = lru_cache(maxsize=4096)(to_html)  # texts without holes: the same few in every exercise of a question


def _exercise_fields(exercise: Exercise) -> list[str]:
    return [
        f"{exercise.id} {exercise.variant}",
        text_html(exercise.title),
        exercise.question.render(to_html) + _asked(exercise.answers),
        "".join(hint.render(to_html) for hint in exercise.hints),
        "".join(f"<p>{_right(answer)}</p>\n" for answer in exercise.answers),
        exercise.solution.render(to_html),
        _explanations(exercise.answers),
        "".join(map(_fixed, exercise.conventions)),
        text_html(exercise.topic),
        str(exercise.level),
        text_html(f"quizgen {exercise.id}, seed {exercise.seed}, variant {exercise.variant}"),
    ]


def _card_fields(card: Card) -> list[str]:
    where = [text_html(card.topic), text_html(card.kind), text_html(f"quizgen {card.id}")]
    if card.cloze:
        return [card.id, to_cloze(card.front), to_html_inline(card.back), *where]
    return [card.id, to_html_inline(card.front), to_html_inline(card.back), "yes" if card.reverse else "", *where]


def _exercise_tags(exercise: Exercise) -> list[str]:
    return [_tag("topic", exercise.topic), _tag("level", str(exercise.level)), _tag("kind", "exercise")]


def _card_tags(card: Card) -> list[str]:
    return [_tag("topic", card.topic), _tag("kind", card.kind)]


def _tag(family: str, name: str) -> str:
    """`quizgen::family::name`; a tag cannot hold a space."""
    return f"quizgen::{family}::{'-'.join(name.split())}"


def _asked(answers: Sequence[Answer]) -> str:
    """What to answer, and how to write it, or the lines to choose from."""
    lines = [
        f"<li>{_symbol(answer)} ({text_html(answer.format)})</li>" for answer in answers if answer.kind != "choice"
    ]
    asked = f'<ul class="asked">\n{"".join(lines)}</ul>\n' if lines else ""
    return "".join(_choices(answer) for answer in answers if answer.choices) + asked


def _choices(answer: Answer) -> str:
    wish = f"<p>{text_html(answer.format)}:</p>\n" if answer.format and answer.kind == "choice" else ""
    lines = "".join(
        f'<li><span class="letter">{text_html(choice.letter)}</span> {choice.text.render(to_html_inline)}</li>\n'
        for choice in answer.choices
    )
    return f'{wish}<ul class="choices">\n{lines}</ul>\n'


def _right(answer: Answer) -> str:
    if is_number(answer.value):
        symbol = f"{answer.symbol} = " if answer.symbol else ""
        return f"\\({math_html(symbol + latex_value(answer.value, answer))}\\)"
    if answer.kind != "formula":
        return f"<strong>{text_html(plain_value(answer.value))}</strong>"
    return f"{_symbol(answer)}: {_code(plain_value(answer.value))}"


def _explanations(answers: Sequence[Answer]) -> str:
    """What comes out after each known slip, and what there is to say about each choice."""
    lines = []
    for answer in answers:
        for mistake in answer.mistakes:
            number = is_number(mistake.value)
            value = (
                f"\\({math_html(latex_value(mistake.value, answer))}\\)"
                if number
                else _code(plain_value(mistake.value))
            )
            name = f"{_symbol(answer)}: " if len(answers) > 1 else ""
            lines.append(f"<li>{name}{value}: {mistake.says.render(to_html_inline)}</li>\n")
        for choice in answer.choices:
            if choice.says is not None:
                right = "right" if choice.right else "wrong"
                lines.append(f"<li>{text_html(choice.letter)} is {right}: {choice.says.render(to_html_inline)}</li>\n")
    return f"<ul>\n{''.join(lines)}</ul>\n" if lines else ""


def _symbol(answer: Answer) -> str:
    return f"\\({math_html(answer.symbol)}\\)" if answer.symbol else text_html(answer.name)


def _code(text: str) -> str:
    return f"<code>{text_html(text)}</code>"
