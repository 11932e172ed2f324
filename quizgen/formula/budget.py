"""How much a stranger's formulas may make a computer do: counted, so that a file always comes to the same end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from quizgen.errors import FormulaError

#: Parts of formulas that are computed or built, loops unrolled: three times what the largest question needs.
MAX_STEPS = 100_000

_left: ContextVar[list[int] | None] = ContextVar("_left", default=None)


@contextmanager
def limited(steps: int = MAX_STEPS) -> Iterator[None]:
    """Within it, all `spend` together; an account that is open already is the one that counts."""
    if _left.get() is not None:
        yield
        return
    token = _left.set([steps])
    try:
        yield
    finally:
        _left.reset(token)


def spend(steps: int = 1) -> None:
    """Takes steps from the account that is open, if one is.

    Raises:
        FormulaError: when there are none left.
    """
    left = _left.get()
    if left is not None:
        left[0] -= steps
        if left[0] < 0:
            raise FormulaError("takes too many steps to compute; make loops, arrays or definitions smaller")
