"""The entry point: finds a command, imports it when it is called, and turns whatever happens into an exit status.

Results go to standard output, talk and errors to standard error. The exit status is 0 when the work is done, 1 when
it found a fault, 2 for bad usage or input, and 130 and 141 after Ctrl-C and when nobody reads the output any more.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import cast

import click

from quizgen.errors import QuizgenError, did_you_mean

#: Each command, in the order of the help, with the line that stands there; it is `command` in the module of its name.
COMMANDS = {
    "exam": "Write an exam with its solutions.",
    "anki": "Write an Anki deck of exercises and flashcards.",
    "list": "List the questions of the bank, and count its cards.",
    "show": "Show one exercise with its solution.",
    "verify": "Draw many variants of every question and check them.",
    "check": "Grade a student's answers, or those of a whole class.",
    "proof": "Proof-read a written solution: the first wrong line, and why.",
    "practice": "Practise: an exercise at a time, with hints and explanations.",
    "new": "Start a new question file.",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return the exit status; `arguments` are those of the process if None."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without σ shows ? instead of a traceback
    try:
        status = _run(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains when it flushes at exit
        return 141
    except (KeyboardInterrupt, click.Abort):
        click.echo("quizgen: stopped", err=True)
        return 130
    except click.UsageError as error:
        return _fail(error.format_message(), error.ctx)
    except (QuizgenError, click.ClickException, OSError) as error:
        return _fail(error.format_message() if isinstance(error, click.ClickException) else str(error))
    return status


class LazyGroup(click.Group):
    """A group whose help and whose names of commands are known without importing the commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        if cmd_name not in COMMANDS:
            known = ", ".join(COMMANDS)
            near = did_you_mean(cmd_name, list(COMMANDS))
            raise click.UsageError(f"there is no command {cmd_name!r}{near or f'; the commands are {known}'}", ctx)
        return cast(click.Command, import_module(f"quizgen.cli.{cmd_name}").command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="quizgen", message="%(prog)s %(version)s")
def quizgen() -> None:
    """Exams and flashcards on neural networks, whose numbers are computed and proven, not typed in.

    `quizgen COMMAND --help` explains a command.
    """


def _run(arguments: list[str]) -> int:
    try:
        with quizgen.make_context("quizgen", arguments) as context:
            return cast(int | None, quizgen.invoke(context)) or 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.exceptions.Exit as ended:  # after --help and --version
        return ended.exit_code


def _fail(message: str, context: click.Context | None = None) -> int:
    """Say what is wrong and, where the command line itself is, where to read how it should be."""
    click.echo(f"quizgen: error: {message}", err=True)
    if context is not None:
        click.echo(f"Try '{context.command_path} --help'.", err=True)
    return 2
