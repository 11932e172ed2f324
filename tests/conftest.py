"""What tests of several folders share."""

from __future__ import annotations

import pytest
from questions import fixed

from quizgen.bank.samplers import SAMPLERS


@pytest.fixture
def fixed_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the `given` of a test's question name its values: `u = fixed([1, -2])`."""
    monkeypatch.setitem(SAMPLERS, "fixed", fixed)
