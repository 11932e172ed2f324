"""The frames of documents: Jinja templates under `templates/<format>/`, read once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from quizgen import resources

if TYPE_CHECKING:
    from jinja2 import Environment


def fill(template: str, **names: Any) -> str:
    """A layout with its names filled in, e.g. `fill("markdown/exam.md", title=…)`.

    Nothing is escaped: what is handed in is in the document's format already. A name that the template uses and
    nobody handed in is an error.
    """
    return _environment().get_template(template).render(**names)


@cache
def source(template: str) -> str:
    """A layout as it stands, e.g. a style sheet."""
    return (resources.templates() / template).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(resources.templates()),
        autoescape=False,  # noqa: S701 - LaTeX and Markdown have escapes of their own, made by their exporters
        undefined=StrictUndefined,
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
