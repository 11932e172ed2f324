"""What counts as ugly, and what does not."""

from __future__ import annotations

import pytest

from quizgen.verify.texts import UGLY


@pytest.mark.parametrize(
    "text",
    [
        "a = nan", r"x - 0", "$-0$", r"-0.0 \cdot 3", "1e-05", "2.5E3", "0.30000000000000004", "3 + -2", r"2 \cdot -1",
        "<< x >>", "<% if", "a = None", "Undefined", "x\ue001", "\U000f0001", "the end..",
    ],
)  # fmt: skip
def test_ugly_things_are_seen(text: str) -> None:
    assert any(pattern.search(text) for pattern in UGLY.values())


@pytest.mark.parametrize("text", ["3 - 0.7", "-0.05", "None of them", r"a \to -1 + (-0.5)", "|---|:--|", "1, 2, …, 10"])
def test_fine_things_are_left_alone(text: str) -> None:
    assert not any(pattern.search(text) for pattern in UGLY.values())
