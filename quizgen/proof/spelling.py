r"""One plain spelling for the ways in which a symbol is printed and typed: `\mathbf{w}_x`, `w_x` and `wx` are `wx`."""

from __future__ import annotations

import re

_DERIVATIVE = re.compile(r"\\frac\{(?:\\partial ?|d)(?P<above>.*?)\}\{(?:\\partial ?|d)(?P<below>.*)\}")
_HAT = re.compile(r"\\(?:hat|bar|tilde)(?P<inner>\{(?:[^{}]|\{[^{}]*\})*\})")

_SHORT_SCRIPT = re.compile(r"(?P<sign>[_^])\{(?P<inner>[A-Za-z0-9*+-])\}")


def shortly(key: str) -> str:
    """A canonical symbol as one would type it: g_f for g_{f}."""
    return _SHORT_SCRIPT.sub(r"\g<sign>\g<inner>", key)


def plainly(key: str) -> str:
    """The letters and digits of a symbol in their order: bold, braces, indices and commas do not count."""
    key = _DERIVATIVE.sub(r"d\g<above>d\g<below>", key)
    key = _HAT.sub(r"\g<inner>hat", key)
    key = re.sub(r"\\(?:mathbf|boldsymbol|mathrm|mathcal|text|operatorname)(?![a-z])", "", key)
    return re.sub(r"[^A-Za-z0-9+*'-]", "", key.replace(r"\partial", "d").replace(r"\ell", "l"))
