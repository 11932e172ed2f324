"""The layouts and the bank are found in a checkout and inside a wheel."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizgen import resources
from quizgen.errors import QuizgenError

PLACES = [("templates", resources.templates), ("question_bank", resources.bank)]


@pytest.mark.parametrize(("name", "find"), PLACES)
@pytest.mark.parametrize("place", ["site/quizgen/_data", "site"])
def test_inside_the_package_or_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name, find, place) -> None:
    folder = tmp_path / place / name
    folder.mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "site" / "quizgen")
    assert find() == folder


@pytest.mark.parametrize(("name", "find"), PLACES)
def test_what_is_installed_beside_a_wheel_is_not_ours(tmp_path: Path, monkeypatch, name, find) -> None:
    (tmp_path / "quizgen" / "_data" / name).mkdir(parents=True)
    (tmp_path / name).mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "quizgen")
    assert find() == tmp_path / "quizgen" / "_data" / name


@pytest.mark.parametrize(("name", "find"), PLACES)
def test_an_incomplete_installation_is_said_to_be_one(tmp_path: Path, monkeypatch, name, find) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "quizgen")
    with pytest.raises(QuizgenError, match=f"not completely installed.*{name}"):
        find()
