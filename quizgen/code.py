"""Exam codes: all of an exam's selection in some twenty characters that can be typed from paper.

A code is a row of bits in Crockford's base 32 (digits and letters without I, L, O, U): the layout's number, the
bank's fingerprint, the seed, the versions, what was chosen, and a check. Topics and questions are numbered as the
bank lists them, which the fingerprint fixes. The check is the CRC-16 of CCITT over the bits before it: it finds
every error within sixteen neighbouring bits, so every wrong character and every swap of neighbours.
"""

from __future__ import annotations

from binascii import crc_hqx
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from quizgen.errors import UsageError

if TYPE_CHECKING:
    from quizgen.bank import Bank

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MAX_VERSIONS = 26
LEVELS = (1, 2, 3)

T = TypeVar("T")

_READ_AS = str.maketrans("OIL", "011")
_LAYOUT = 1
#: More characters than the code of any exam that a person puts together has.
_LONGEST = 20_000
_SHOWN = 100
_CHECK_BITS = 16


@dataclass(frozen=True, slots=True)
class Selection:
    """Everything that decides an exam, given the bank.

    Attributes:
        seed: 0 ≤ seed < 2**32.
        versions: how many versions, 1 to 26.
        count: how many exercises.
        topics: topics of the bank, in its order; empty: all.
        levels: ascending; empty: all.
        ids: the questions themselves, in order; then `topics` and `levels` are empty.
    """

    seed: int
    versions: int
    count: int
    topics: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    ids: tuple[str, ...] = ()


def encode(selection: Selection, bank: Bank) -> str:
    """The code of an exam, in groups of four characters: `1DV3-R8X0-…`."""
    questions = list(bank.questions)
    bits = _Bits()
    bits.put(_LAYOUT, 5)
    bits.put(bank.fingerprint, 24)
    bits.put(selection.seed, 32)
    bits.put(selection.versions - 1, 5)
    bits.put(selection.count, len(questions).bit_length())
    bits.put(bool(selection.ids), 1)
    if selection.ids:
        for name in selection.ids:
            bits.put(questions.index(name), len(questions).bit_length())
    else:
        bits.put_some(selection.levels, LEVELS)
        bits.put_some(selection.topics, bank.topics)
    return _seal(bits)


def decode(code: str, bank: Bank) -> Selection:
    """The selection that a code stands for. Case, spaces, hyphens do not matter; O is read as 0, I and L as 1.

    Raises:
        UsageError: if the code is mistyped, or was made with another bank or by another quizgen.
    """
    if len(code) > _LONGEST:
        raise _mistyped(code)
    symbols = "".join(code.upper().translate(_READ_AS).replace("-", "").split())
    bits = _unseal(symbols)
    if bits is None:
        raise _mistyped(code)
    if bits.take(5) != _LAYOUT:
        raise UsageError(f"the exam code {code!r} was made by a newer quizgen; install that version to use it")
    if bits.take(24) != bank.fingerprint:
        raise UsageError(
            f"the exam code {code!r} was made with another question bank, or another version of this one; "
            "use the bank that the exam was made with (--bank)"
        )
    selection = _read(bits, bank)
    if encode(selection, bank) != _grouped(symbols):  # bits left over, or too few of them
        raise _mistyped(code)
    return selection


class _Bits:
    """A row of bits, written at its end and read from its start."""

    def __init__(self, value: int = 0, length: int = 0) -> None:
        self.value = value
        self.length = length

    def put(self, value: int, width: int) -> None:
        if not 0 <= value < 1 << width:
            raise ValueError(f"{value} does not fit into {width} bits")
        self.value = self.value << width | value
        self.length += width

    def take(self, width: int) -> int:
        """The next bits as a number; zeros after the end."""
        self.length -= width
        if self.length < 0:
            return 0
        taken, self.value = divmod(self.value, 1 << self.length)
        return taken

    def put_some(self, chosen: Sequence[T], known: Sequence[T]) -> None:
        """Which of the known are chosen, a bit each; a single 0 where nothing is."""
        self.put(bool(chosen), 1)
        for one in known if chosen else ():
            self.put(one in chosen, 1)

    def take_some(self, known: Sequence[T]) -> tuple[T, ...]:
        return tuple(one for one in known if self.take(1)) if self.take(1) else ()


def _read(bits: _Bits, bank: Bank) -> Selection:
    questions = list(bank.questions)
    width = len(questions).bit_length()
    seed, versions, count = bits.take(32), bits.take(5) + 1, bits.take(width)
    if not bits.take(1):
        levels = bits.take_some(LEVELS)
        return Selection(seed, versions, count, bits.take_some(bank.topics), levels)
    places = [min(bits.take(width), len(questions) - 1) for _ in range(count)]
    return Selection(seed, versions, count, ids=tuple(questions[place] for place in places))


def _seal(bits: _Bits) -> str:
    """The bits and their check as symbols."""
    bits.put(0, -(bits.length + _CHECK_BITS) % 5)
    bits.put(_check(bits), _CHECK_BITS)
    return _grouped("".join(ALPHABET[bits.take(5)] for _ in range(bits.length // 5)))


def _unseal(symbols: str) -> _Bits | None:
    """The bits that symbols stand for, or None where they are no symbols or their check fails."""
    bits = _Bits()
    for symbol in symbols:
        if symbol not in ALPHABET:
            return None
        bits.put(ALPHABET.index(symbol), 5)
    if bits.length <= _CHECK_BITS:
        return None
    value, check = divmod(bits.value, 1 << _CHECK_BITS)
    bits = _Bits(value, bits.length - _CHECK_BITS)
    return bits if _check(bits) == check else None


def _check(bits: _Bits) -> int:
    return crc_hqx(bits.value.to_bytes(-(-bits.length // 8), "big"), 0xFFFF)


def _grouped(symbols: str) -> str:
    return "-".join(symbols[start : start + 4] for start in range(0, len(symbols), 4))


def _mistyped(code: str) -> UsageError:
    if len(code) > _SHOWN:
        code = f"{code[:_SHOWN]}…"
    return UsageError(f"the exam code {code!r} is mistyped: its check does not fit; compare it with the paper")
