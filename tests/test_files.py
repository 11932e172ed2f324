"""All files or none, whatever happens in between."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from quizgen.errors import UsageError
from quizgen.files import write_all

NEW = {"a.md": b"new a", "b.md": b"new b", "c.md": b"new c"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_writes_all_files_into_a_folder_that_it_makes(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "er"
    paths = write_all(folder, NEW, force=False)
    assert paths == tuple(folder / name for name in NEW)
    assert contents(folder) == NEW


def test_files_have_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    (path,) = write_all(tmp_path, {"a.md": b""}, force=False)
    assert path.stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_refuses_to_replace_and_names_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_bytes(b"old")
    with pytest.raises(UsageError, match=r"b\.md exists already; replace with --force"):
        write_all(tmp_path, NEW, force=False)
    (tmp_path / "c.md").write_bytes(b"old")
    with pytest.raises(UsageError, match=r"b\.md and 1 more exist already"):
        write_all(tmp_path, NEW, force=False)
    assert contents(tmp_path) == {"b.md": b"old", "c.md": b"old"}


def test_replaces_with_force(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_bytes(b"old")
    (tmp_path / "other").write_bytes(b"kept")
    write_all(tmp_path, NEW, force=True)
    assert contents(tmp_path) == NEW | {"other": b"kept"}


def test_a_folder_in_the_way_of_a_file_is_refused_even_with_force(tmp_path: Path) -> None:
    (tmp_path / "b.md").mkdir()
    with pytest.raises(UsageError, match="in the way"):
        write_all(tmp_path, NEW, force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["b.md"]


def test_a_file_in_the_way_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(UsageError, match="a file is in the way"):
            write_all(folder, NEW, force=True)
    assert contents(tmp_path) == {"file": b"old"}


def test_names_with_folders_are_a_mistake_of_the_caller(tmp_path: Path) -> None:
    for name in ("../a", "a/b", "", ".."):
        with pytest.raises(ValueError, match="file names without folders"):
            write_all(tmp_path, {name: b""}, force=True)


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("failing", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("turn", [1, 2, 3])
def test_what_was_there_is_there_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turn: int, call: str, failing: BaseException, force: bool
) -> None:
    folder = tmp_path / "out"
    if force:
        folder.mkdir()
        (folder / "a.md").write_bytes(b"old a")
        (folder / "c.md").write_bytes(b"old c")
    before = contents(folder) if force else None
    owner, real = (os, os.fsync) if call == "fsync" else (Path, Path.replace)
    calls = []

    def fail_at_turn(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == turn:
            raise failing
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(owner, call, fail_at_turn)
    expected = KeyboardInterrupt if isinstance(failing, KeyboardInterrupt) else UsageError
    with pytest.raises(expected, match=None if expected is KeyboardInterrupt else "is full, so nothing was written"):
        write_all(folder, NEW, force=force)
    assert len(calls) >= turn
    assert (contents(folder) if folder.exists() else None) == before


def test_where_there_are_no_links_files_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    (tmp_path / "a.md").write_bytes(b"old a")
    write_all(tmp_path, NEW, force=True)
    assert contents(tmp_path) == NEW


def test_a_limit_of_the_system_leaves_nothing_behind(tmp_path: Path) -> None:
    """A real failure of the operating system, in a process of its own: no file may grow beyond 1000 bytes."""
    (tmp_path / "a").write_bytes(b"old")
    script = (
        "import sys\nfrom pathlib import Path\nfrom quizgen.files import write_all\n"
        "write_all(Path(sys.argv[1]), {'a': b'short', 'b': bytes(5000)}, force=True)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
    )
    assert "UsageError: cannot write into" in done.stderr
    assert contents(tmp_path) == {"a": b"old"}


def test_no_permission(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)  # nothing is forbidden to root
    try:
        with pytest.raises(UsageError, match="no permission to write"):
            write_all(folder, NEW, force=False)
        with pytest.raises(UsageError, match="no permission to write"):
            write_all(folder / "below", NEW, force=False)
    finally:
        os.seteuid(user)
    assert contents(folder) == {}
