"""Wheel, sdist and editable install carry the layouts and the bank: all that is tracked, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("hatchling", reason="the build tool is not installed: pip install hatchling editables")

ROOT = Path(__file__).parents[1]
SHIPPED = ("quizgen", "templates", "question_bank")


@pytest.fixture(scope="module")
def tracked() -> set[str]:
    """The shipped files of the checkout, those not yet committed included."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *SHIPPED],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listing.returncode != 0:
        pytest.skip("not in a git checkout, so nothing tells which files there should be")
    return {name for name in listing.stdout.split("\0") if name and (ROOT / name).exists()}


def build(target: str, into: Path, source: Path = ROOT) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(into)],
        cwd=source,
        check=True,
        capture_output=True,
    )
    (archive,) = into.iterdir()
    return archive


def in_wheel(name: str) -> str:
    return name if name.startswith("quizgen/") else f"quizgen/_data/{name}"


def shipped(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def test_the_wheel_carries_every_tracked_file_and_nothing_else(tracked: set[str], tmp_path: Path) -> None:
    wheel = build("wheel", tmp_path)
    assert shipped(wheel) == {in_wheel(name) for name in tracked}
    with zipfile.ZipFile(wheel) as archive:
        for name in tracked:
            assert archive.read(in_wheel(name)) == (ROOT / name).read_bytes(), name


def test_the_sdist_makes_the_same_wheel(tracked: set[str], tmp_path: Path) -> None:
    with tarfile.open(build("sdist", tmp_path / "sdist")) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    for name in tracked:
        assert (source / name).read_bytes() == (ROOT / name).read_bytes(), name
    assert shipped(build("wheel", tmp_path / "wheel", source)) == {in_wheel(name) for name in tracked}


def test_an_editable_install_is_the_checkout(tmp_path: Path) -> None:
    pytest.importorskip("editables", reason="the build tool for editable installs is not installed")
    wheel = build("wheel:editable", tmp_path)
    with zipfile.ZipFile(wheel) as archive:
        (link,) = [name for name in archive.namelist() if name.endswith(".pth")]
        assert Path(archive.read(link).decode().strip()) == ROOT
    assert shipped(wheel) == {link}  # no copies that would grow stale


def test_what_a_wheel_carries_is_found_there(tracked: set[str], tmp_path: Path) -> None:
    with zipfile.ZipFile(build("wheel", tmp_path / "wheel")) as archive:
        archive.extractall(tmp_path / "site")  # noqa: S202 -- we have just made it
    script = "from quizgen import resources; print(resources.templates(), resources.bank(), sep='\\n')"
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path / "site", capture_output=True, text=True, check=True
    ).stdout.split("\n")
    data = tmp_path / "site" / "quizgen" / "_data"
    assert found[:2] == [str(data / "templates"), str(data / "question_bank")]
