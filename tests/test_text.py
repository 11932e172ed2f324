"""Skeletons and what fills their holes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.text import FIRST_HOLE, LAST_HOLE, Skeleton, Text, hole, plain


def test_fillings_stand_where_their_holes_are() -> None:
    skeleton = Skeleton(f"${hole(0)} + {hole(1)} = {hole(0)}$")
    assert str(Text(skeleton, ["1", "(-2)"])) == "$1 + (-2) = 1$"
    assert str(Text(skeleton, ["7", "8"])) == "$7 + 8 = 7$"


@given(st.lists(st.text(st.characters(max_codepoint=0xE000), max_size=5), min_size=1, max_size=6), st.data())
def test_a_text_is_its_pieces_and_its_fillings_joined(fixed: list[str], data: st.DataObject) -> None:
    order = data.draw(st.lists(st.integers(0, 3), min_size=len(fixed) - 1, max_size=len(fixed) - 1))
    fillings = ["a", "", "-1", r"\approx"]
    source = fixed[0] + "".join(hole(k) + piece for k, piece in zip(order, fixed[1:], strict=True))
    expected = fixed[0] + "".join(fillings[k] + piece for k, piece in zip(order, fixed[1:], strict=True))
    assert str(Text(Skeleton(source), fillings)) == expected


def test_a_text_without_holes_needs_no_fillings() -> None:
    assert str(plain("*a* $x$")) == "*a* $x$"
    assert str(plain("")) == ""


def test_a_converter_runs_once_for_all_variants_and_may_move_holes() -> None:
    calls = []

    def reversed_words(markdown: str) -> str:
        calls.append(markdown)
        return " ".join(reversed(markdown.split()))

    skeleton = Skeleton(f"first {hole(0)} {hole(1)}")
    texts = [Text(skeleton, [str(k), "x"]).render(reversed_words) for k in range(3)]
    assert texts == ["x 0 first", "x 1 first", "x 2 first"]
    assert len(calls) == 1
    assert str(Text(skeleton, ["0", "x"])) == "first 0 x"


def test_each_format_has_its_own_conversion() -> None:
    skeleton = Skeleton(f"a {hole(0)}")
    text = Text(skeleton, ["b"])
    assert (text.render(str.upper), text.render(str.title), text.render()) == ("A b", "A b", "a b")


def test_a_filling_is_never_converted() -> None:
    assert Text(Skeleton(f"x{hole(0)}"), [r"\cdot"]).render(str.upper) == r"X\cdot"


def test_texts_are_equal_if_they_read_alike() -> None:
    one, other = Text(Skeleton(f"a{hole(0)}"), ["b"]), plain("ab")
    assert one == other
    assert hash(one) == hash(other)
    assert one != plain("ac")
    assert one != "ab"
    assert repr(one) == "Text('ab')"


def test_an_empty_text_is_false() -> None:
    assert not plain("")
    assert plain("a")
    assert Text(Skeleton(hole(0)), [""])  # there is something that could be said


@pytest.mark.parametrize("index", [-1, LAST_HOLE - FIRST_HOLE + 1])
def test_there_are_only_so_many_holes(index: int) -> None:
    with pytest.raises(ValueError, match="a text can have 65534 holes"):
        hole(index)


def test_holes_are_different_private_characters() -> None:
    assert len({hole(k) for k in range(100)}) == 100
    assert len(hole(LAST_HOLE - FIRST_HOLE)) == 1
