"""Exam codes say everything about an exam, and a typing slip is never another exam."""

from __future__ import annotations

import re

import pytest
from fake_bank import FakeBank, fake_bank
from hypothesis import given
from hypothesis import strategies as st

from quizgen.code import ALPHABET, Selection, decode, encode
from quizgen.errors import UsageError

BANK = fake_bank({"cnn": 17, "dense": 9, "lstm": 11, "rnn": 2})
NAMES = list(BANK.questions)

BLUEPRINTS = st.one_of(
    st.builds(
        Selection,
        seed=st.integers(0, 2**32 - 1),
        versions=st.integers(1, 26),
        count=st.integers(1, len(NAMES)),
        topics=st.sets(st.sampled_from(BANK.topics)).map(lambda chosen: tuple(sorted(chosen))),
        levels=st.sets(st.sampled_from((1, 2, 3))).map(lambda chosen: tuple(sorted(chosen))),
    ),
    st.lists(st.sampled_from(NAMES), min_size=1, unique=True).flatmap(
        lambda ids: st.builds(
            Selection,
            seed=st.integers(0, 2**32 - 1),
            versions=st.integers(1, 26),
            count=st.just(len(ids)),
            ids=st.just(tuple(ids)),
        )
    ),
)


@given(BLUEPRINTS)
def test_a_code_says_everything(selection: Selection) -> None:
    code = encode(selection, BANK)
    assert re.fullmatch(f"([{ALPHABET}]{{4}}-)*[{ALPHABET}]{{1,4}}", code)
    assert decode(code, BANK) == selection


@given(BLUEPRINTS)
def test_a_code_may_be_typed_carelessly(selection: Selection) -> None:
    code = encode(selection, BANK)
    for typed in (
        code.lower(),
        code.replace("-", ""),
        code.replace("-", " ") + "\n",
        code.replace("0", "O").replace("1", "I"),
        code.replace("0", "o").replace("1", "l"),
    ):
        assert decode(typed, BANK) == selection


@given(BLUEPRINTS, st.data())
def test_wrong_characters_and_swaps_are_found(selection: Selection, data: st.DataObject) -> None:
    symbols = encode(selection, BANK).replace("-", "")
    place = data.draw(st.integers(0, len(symbols) - 1))
    other = data.draw(st.sampled_from(ALPHABET))
    wrong = symbols[:place] + other + symbols[place + 1 :]
    swapped = symbols[:place] + symbols[place : place + 2][::-1] + symbols[place + 2 :]
    for typed in {wrong, swapped} - {symbols}:
        with pytest.raises(UsageError, match="is mistyped"):
            decode(typed, BANK)


def test_one_code_with_every_single_slip() -> None:
    symbols = encode(Selection(7, 3, 10, topics=("cnn",), levels=(1, 2)), BANK).replace("-", "")
    slips = {symbols[:k] + c + symbols[k + 1 :] for k in range(len(symbols)) for c in ALPHABET}
    slips |= {symbols[:k] + symbols[k + 1] + symbols[k] + symbols[k + 2 :] for k in range(len(symbols) - 1)}
    assert len(slips - {symbols}) > 31 * len(symbols)
    for typed in slips - {symbols}:
        with pytest.raises(UsageError, match="is mistyped"):
            decode(typed, BANK)


@given(st.text(max_size=40))
def test_what_is_no_code_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError):
        decode(text, BANK)


@pytest.mark.parametrize("cut", [slice(0, -1), slice(1, None), slice(0, 4), slice(0, 0)])
def test_a_code_with_characters_missing(cut: slice) -> None:
    code = encode(Selection(7, 1, 10), BANK)
    with pytest.raises(UsageError, match="is mistyped"):
        decode(code[cut], BANK)


def test_a_code_of_another_bank_is_not_an_exam_of_this_one() -> None:
    code = encode(Selection(7, 1, 10), BANK)
    with pytest.raises(UsageError, match="another question bank, or another version"):
        decode(code, fake_bank({"cnn": 17}, fingerprint=0xABCDEE))


def test_the_usual_code_is_short() -> None:
    large: FakeBank = fake_bank({f"topic{k}": 9 for k in range(12)})
    assert len(encode(Selection(2**32 - 1, 1, 10), large).replace("-", "")) <= 20
