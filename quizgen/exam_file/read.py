"""A file, or a folder of files, read as papers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from quizgen.errors import UsageError
from quizgen.exam_file.content import paper_of
from quizgen.exam_file.values import ContentError
from quizgen.exercise import Paper

SCHEMA = "quizgen.exam/1"

#: An exam of a hundred long exercises has a tenth of it.
MAX_BYTES = 4_000_000


def read_paper(path: Path | str) -> Paper:
    """The paper in an `exam.json`. Estimated minutes are not in the file; they are 0.

    Raises:
        UsageError: if the file cannot be read, or is no exam; the message names the place in it.
    """
    path = Path(path)
    data = _parsed(path)
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        found = data.get("schema") if isinstance(data, dict) else data
        raise UsageError(f"{path}: expected an exam of schema '{SCHEMA}', found {found!r:.60}")
    try:
        return paper_of(data)
    except ContentError as wrong:
        raise UsageError(f"{path}: {wrong}") from None


def read_papers(path: Path | str) -> tuple[Paper, ...]:
    """The paper in an `exam.json`, or all versions of an exam: the files `exam*.json` of a folder, by their names.

    Raises:
        UsageError: as `read_paper`; if there is no such file, or if the files are not the versions of one exam.
    """
    path = Path(path)
    if not path.is_dir():
        return (read_paper(path),)
    files = sorted(path.glob("exam*.json"))
    if not files:
        raise UsageError(f"{path}: there is no exam.json in this folder; write one with 'quizgen exam -f json'")
    papers = tuple(map(read_paper, files))
    for file, paper in zip(files[1:], papers[1:], strict=True):
        if paper.code != papers[0].code:
            raise UsageError(
                f"{file} belongs to another exam than {files[0]}: its code differs; keep one exam a folder"
            )
    versions = [paper.version for paper in papers]
    for place, version in enumerate(versions):
        if version in versions[:place]:
            first = files[versions.index(version)]
            raise UsageError(f"{files[place]} is the same version as {first}; keep one file a version")
    return papers


def _parsed(path: Path) -> Any:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise UsageError(f"{path}: is too large for an exam: more than {MAX_BYTES // 10**6} MB")
        return json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    except RecursionError:
        raise UsageError(f"{path}: is nested too deeply for an exam") from None
    except ValueError as error:  # JSON and UTF-8 alike
        raise UsageError(f"{path}: expected the exam.json of an exam, found no valid JSON: {error}") from None


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")
