"""The options that several commands have, each written once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from quizgen.code import LEVELS
from quizgen.exam import SEEDS

Command = TypeVar("Command", bound=Callable[..., Any])

topics = click.option(
    "-t", "--topic", "topics", multiple=True, metavar="TOPIC", help="Only this topic; give it again for more."
)
ids = click.option(
    "-q", "--question", "ids", multiple=True, metavar="ID", help="Just this question; give it again for more."
)
levels = click.option(
    "--level",
    "levels",
    multiple=True,
    type=click.IntRange(LEVELS[0], LEVELS[-1]),
    help="Only this level, from one formula (1) to an exam's last question (3); give it again for more.",
)
seed = click.option(
    "--seed", type=click.IntRange(0, SEEDS - 1), metavar="N", help="The same seed gives the same numbers; default: new."
)
force = click.option("--force", is_flag=True, help="Replace files that exist.")
bank = click.option(
    "--bank",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Your own question bank; default: the one that comes with quizgen.",
)


def fresh_seed(seed: int | None) -> int:
    """The seed given, or one that nobody has seen."""
    import secrets

    return secrets.randbelow(SEEDS) if seed is None else seed
