"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from quizgen.errors import UsageError


def write_all(directory: Path, files: Mapping[str, bytes], *, force: bool) -> tuple[Path, ...]:
    """Write all the files into a folder, or none: on any error, Ctrl-C included, what was there is there again.

    The contents go to a temporary folder inside `directory` first and reach the disk there; only then does one
    rename per file put them in place. The folder itself is made where it is missing.

    Args:
        directory: the folder to write into.
        files: file names, without folders, and contents.
        force: whether files that exist may be replaced.

    Returns:
        The files' paths, in the order given.

    Raises:
        UsageError: if files exist and `force` is not set, or the system does not let us write; nothing has changed.
        ValueError: if a name has a folder in it.
    """
    for name in files:
        if Path(name).name != name or name in ("", ".."):
            raise ValueError(f"expected file names without folders, got {name!r}")
    directory = Path(directory)
    try:
        with _existing(directory):
            _check_free([directory / name for name in files], force=force)
            with tempfile.TemporaryDirectory(prefix=".quizgen-", dir=directory) as staging:
                new, old = Path(staging, "new"), Path(staging, "old")
                _write(new, files)
                _put_in_place(new, directory, old, names=list(files))
    except OSError as error:
        raise UsageError(_explain(error, directory)) from error
    return tuple(directory / name for name in files)


@contextmanager
def _existing(directory: Path) -> Iterator[None]:
    """The folder and those above it, made where they are missing and removed again when the work fails."""
    missing = [folder for folder in (directory, *directory.parents) if not folder.exists()]
    try:
        directory.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for folder in missing:
            try:
                folder.rmdir()
            except OSError:  # not made, or someone else has put a file there meanwhile
                break
        raise


def _check_free(targets: Sequence[Path], *, force: bool) -> None:
    present = [target for target in targets if os.path.lexists(target)]
    odd = [target for target in present if target.exists() and not target.is_file()]
    if odd:
        raise UsageError(f"{odd[0]} is in the way: it is not an ordinary file; write to another place with -o")
    if present and not force:
        others = f" and {len(present) - 1} more" if len(present) > 1 else ""
        verb = "exist" if others else "exists"
        raise UsageError(
            f"{present[0]}{others} {verb} already; replace with --force, or write to another place with -o"
        )


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        with (folder / name).open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def _put_in_place(new: Path, directory: Path, old: Path, *, names: Sequence[str]) -> None:
    """Rename each file from `new` into `directory`; what it replaces stays in `old`, and comes back on an error."""
    old.mkdir()
    try:
        for name in names:
            if os.path.lexists(directory / name):
                _keep(directory / name, old / name)
            (new / name).replace(directory / name)
    except BaseException:
        for name in names:
            if (new / name).exists():
                continue  # its turn had not come
            if os.path.lexists(old / name):
                (old / name).replace(directory / name)
            else:
                (directory / name).unlink()
        raise


def _keep(file: Path, copy: Path) -> None:
    """A second name for a file, so that it can be put back; a copy where the file system has no links."""
    try:
        os.link(file, copy, follow_symlinks=False)
    except OSError:
        shutil.copy2(file, copy, follow_symlinks=False)


def _explain(error: OSError, directory: Path) -> str:
    match error.errno:
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"no permission to write into {directory}; choose another place with -o"
        case errno.ENOSPC | errno.EDQUOT:
            return f"the disk that holds {directory} is full, so nothing was written; free some space and try again"
        case errno.EEXIST | errno.ENOTDIR:
            return f"{directory} cannot be a folder, a file is in the way; choose another place with -o"
        case _:
            return f"cannot write into {directory}, so nothing was written: {error.strerror or error}"
