"""`quizgen new`: a question file to start from."""

from __future__ import annotations

import re
from pathlib import Path

import click

from quizgen import resources
from quizgen.errors import UsageError
from quizgen.files import write_all

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@click.command("new")
@click.argument("question", metavar="TOPIC/NAME")
@click.option(
    "--bank",
    "folder",
    type=click.Path(path_type=Path),
    default="question_bank",
    metavar="DIR",
    help="The question bank to add it to; default: ./question_bank.",
)
def command(question: str, folder: Path) -> None:
    """Start a new question file.

    The file works as it stands and explains its parts; change it into your own question. The name is in lowercase
    letters, digits and hyphens, such as cnn/output-shape.
    """
    topic, _, name = question.partition("/")
    if not (_NAME.fullmatch(topic) and _NAME.fullmatch(name)):
        raise UsageError(
            f"expected TOPIC/NAME in lowercase letters, digits and single hyphens, such as cnn/output-shape,"
            f" not {question!r}"
        )
    file = folder / topic / f"{name}.md"
    if file.exists():
        raise UsageError(f"{file} exists already; choose another name, or edit that file")
    text = (resources.templates() / "new" / "question.md").read_text(encoding="utf-8")
    title = name.replace("-", " ").capitalize()
    write_all(file.parent, {file.name: text.replace("TITLE", title, 1).encode()}, force=False)
    click.echo(f"wrote {file}")
    click.echo(f"Read it, change it, and look at it with: quizgen show {question} --bank {folder}", err=True)
