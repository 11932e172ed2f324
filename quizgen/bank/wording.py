"""The texts of a form: Jinja rendered once, with every number a hole.

In the text of a question, a name stands for an object that writes itself: `<< z >>` is `z = -1.9`, `<< z.value >>`
the number, `<< z.steps >>` the whole line of the solution. Each writes its own dollars, and none inside of an
author's formula.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any

from jinja2 import FileSystemLoader, TemplateError, TemplateNotFound, TemplateSyntaxError

from quizgen import resources
from quizgen.bank.markup import display, inline, resolve
from quizgen.bank.sandbox import Sandbox
from quizgen.bank.shown import ChainText, Family, FixedText, FormNumber, Shown
from quizgen.bank.yaml_nodes import Located
from quizgen.errors import BankError
from quizgen.text import Skeleton

_BREAK = "\ue003"
_NAME = "<question>"


class Wording:
    """The texts of one question file, compiled once, rendered once per form."""

    def __init__(self, path: str, pieces: Sequence[Located]) -> None:
        self._path = path
        self._pieces = pieces
        self._starts: list[int] = []
        source, line = [], 1
        for piece in pieces:
            self._starts.append(line)
            source.append(piece.text)
            line += piece.text.count("\n") + 1
        self._source = f"{_BREAK}\n".join(source)
        self._template: Any = None

    def render(self, names: Mapping[str, Any]) -> list[Skeleton]:
        """The texts with everything that the form fixes put in.

        Raises:
            BankError: with the line of the file.
        """
        try:
            if self._template is None:
                self._template = _environment().from_string(self._source)
            document = _environment().limited(partial(self._template.render, names))
        except TemplateNotFound as error:
            known = ", ".join(_environment().list_templates())
            missing = f"text: there is no file of macros {error.name!r}; known: {known}"
            raise BankError(self._path, self._line(_template_line(error)), missing) from None
        except TemplateSyntaxError as error:
            unclosed = repr(_BREAK)[1:-1] in (error.message or "")
            message = "a '<<' or '<%' is not closed" if unclosed else error.message
            raise BankError(self._path, self._line(error.lineno), f"text: {message}") from None
        except (RecursionError, MemoryError, SyntaxError):  # of the code that Jinja makes of it
            raise BankError(self._path, self._pieces[0].line, "text: is nested too deeply") from None
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
            raise BankError(self._path, self._line(_template_line(error)), f"text: {error}") from None
        texts = document.split(_BREAK)
        lines = [piece.line for piece in self._pieces]
        if len(texts) != len(lines):
            message = "text: an '<% if %>' or '<% for %>' must end in the section in which it begins"
            raise BankError(self._path, lines[0], message)
        return [Skeleton(self._resolved(text, line)) for text, line in zip(texts, lines, strict=True)]

    def _line(self, line: int | None) -> int | None:
        if line is None:
            return None
        place = max((k for k, start in enumerate(self._starts) if start <= line), default=0)
        return self._pieces[place].line + line - self._starts[place]

    def _resolved(self, text: str, line: int) -> str:
        try:
            return resolve(text.strip("\n"))
        except ValueError as error:
            raise BankError(self._path, line, f"text: {error}") from None


def _template_line(error: BaseException) -> int | None:
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename in ("<template>", _NAME)]
    return lines[-1] if lines else None


@cache
def _environment() -> Sandbox:
    loader = FileSystemLoader(resources.templates() / "macros")
    return Sandbox(loader, {"inline": inline, "display": display}, (Shown, ChainText, FixedText, Family, FormNumber))
