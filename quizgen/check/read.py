"""A student's answers from a file: YAML, JSON, or the filled-in Markdown paper. None of them can do anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from quizgen.check.entries import sheet_of
from quizgen.check.filled import answers_on_paper
from quizgen.check.json_tree import read_json
from quizgen.check.sheet import Faults, Sheet
from quizgen.check.tree import Node, TreeError
from quizgen.check.yaml_tree import read_yaml
from quizgen.errors import UsageError
from quizgen.exercise import Paper
from quizgen.export.harmless import harmless

#: The largest file that is read, in bytes; a paper of a hundred exercises has a tenth of it.
MAX_BYTES = 1_000_000


def read_sheet(path: Path | str, papers: Sequence[Paper]) -> Sheet:
    """One student's answers. How a file is read depends on the end of its name, see `READERS`.

    Args:
        papers: the versions of the exam, at least one; the file says which one it answers.

    Raises:
        SheetError: if the file cannot be read, or does not fit the exam: every fault with its line.
    """
    path = Path(path)
    faults = Faults(str(path))
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise faults.fail(None, f"expected a file of answers, {_SUFFIXES}, found one that ends in '{path.suffix}'")
    return reader(_text(path, faults), faults, papers)


def answer_files(folder: Path) -> tuple[list[tuple[str, Path]], list[Path]]:
    """The files of answers in a folder, each with the name of its student, sorted, and the files that are none.

    The student's name is that of the file without its end; with it where two files differ in nothing else. Hidden files
    and folders are passed over.

    Raises:
        UsageError: if there are no answers.
    """
    files = sorted(path for path in folder.iterdir() if not path.name.startswith(".") and path.is_file())
    answers = [path for path in files if path.suffix.lower() in READERS]
    if not answers:
        raise UsageError(
            f"{harmless(str(folder))}: expected a file of answers for each student, {_SUFFIXES}, found none"
        )
    stems = [path.stem for path in answers]
    named = [(path.stem if stems.count(path.stem) == 1 else path.name, path) for path in answers]
    return named, [path for path in files if path not in answers]


def _text(path: Path, faults: Faults) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise faults.fail(None, f"cannot be read: {error.strerror}") from None
    if len(content) > MAX_BYTES:
        raise faults.fail(None, f"is larger than {MAX_BYTES // 1000} kB, which no answers to an exam are")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise faults.fail(None, "expected text in UTF-8; save it in that encoding") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _tree(read: Callable[[str], Node]) -> Callable[[str, Faults, Sequence[Paper]], Sheet]:
    """The reader of a file that holds a tree."""

    def reader(text: str, faults: Faults, papers: Sequence[Paper]) -> Sheet:
        try:
            root = read(text)
        except TreeError as error:
            raise faults.fail(error.line, error.message) from None
        return sheet_of(root, faults, papers)

    return reader


#: How files of answers are read, by the end of their names.
READERS: Mapping[str, Callable[[str, Faults, Sequence[Paper]], Sheet]] = {
    ".md": answers_on_paper,
    ".markdown": answers_on_paper,
    ".yaml": _tree(read_yaml),
    ".yml": _tree(read_yaml),
    ".json": _tree(read_json),
}
_SUFFIXES = f"{', '.join(list(READERS)[:-1])} or {list(READERS)[-1]}"
