"""Sizes against counting window positions one by one; counts against published layers."""

from __future__ import annotations

from itertools import product
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.core.conv_arithmetic import (
    ConvSetting,
    conv_multiply_accumulates,
    conv_output_size,
    conv_parameters,
    dense_multiply_accumulates,
    dense_parameters,
    pool_output_size,
    receptive_field,
    receptive_fields,
    same_padding,
    solve_conv,
)
from quizgen.errors import QuizgenError, ShapeError, UsageError


def positions(size: int, kernel: int, padding: int, stride: int, dilation: int) -> int:
    """Slide the kernel along until its last pixel leaves the padded input."""
    start, count = 0, 0
    while start + dilation * (kernel - 1) <= size + 2 * padding - 1:
        start, count = start + stride, count + 1
    return count


SETTINGS = {
    "size": st.integers(1, 40),
    "kernel": st.integers(1, 7),
    "padding": st.integers(0, 4),
    "stride": st.integers(1, 5),
    "dilation": st.integers(1, 3),
}


@given(**SETTINGS)
def test_output_size_counts_positions(size: int, kernel: int, padding: int, stride: int, dilation: int) -> None:
    expected = positions(size, kernel, padding, stride, dilation)
    if expected:
        found = conv_output_size(size, kernel, padding, stride, dilation)
        assert found == expected
        assert type(found) is int
    else:
        with pytest.raises(ShapeError, match=f"does not fit into an input of {size}"):
            conv_output_size(size, kernel, padding, stride, dilation)


@given(x=st.integers(7, 60), f=st.integers(1, 7), p=st.integers(0, 4), s=st.integers(1, 5))
def test_both_formulas_of_the_output_size_agree(x: int, f: int, p: int, s: int) -> None:
    assert conv_output_size(x, f, p, s) == ceil((x - f + 2 * p + 1) / s)


@given(x=st.integers(1, 60), f=st.integers(0, 5).map(lambda k: 2 * k + 1), s=st.integers(1, 4), d=st.integers(1, 3))
def test_same_padding_keeps_the_size(x: int, f: int, s: int, d: int) -> None:
    p = same_padding(f, d)
    assert conv_output_size(x, f, p, 1, d) == x
    assert conv_output_size(x, f, p, s, d) == ceil(x / s)


def test_same_padding_of_an_even_kernel_is_refused() -> None:
    with pytest.raises(ShapeError, match="kernel of 4"):
        same_padding(4)
    assert same_padding(4, dilation=2) == 3


def test_pool_output_size() -> None:
    assert [pool_output_size(7, 2), pool_output_size(8, 2), pool_output_size(55, 3, 2)] == [3, 4, 27]


@pytest.mark.parametrize(
    ("call", "published"),
    [
        (lambda: conv_parameters(5, 5, 1, 6), 156),  # LeNet-5, C1
        (lambda: conv_parameters(11, 11, 3, 96), 34_944),  # AlexNet, first layer
        (lambda: conv_parameters(5, 5, 96, 256, groups=2), 307_456),  # AlexNet, second layer, on two GPUs
        (lambda: conv_parameters(3, 3, 512, 512), 2_359_808),  # VGG-16, block 5
        (lambda: conv_parameters(7, 7, 3, 64, bias=False), 9_408),  # ResNet, first layer
        (lambda: dense_parameters(9_216, 4_096), 37_752_832),  # AlexNet, fc6
        (lambda: dense_parameters(120, 84), 10_164),  # LeNet-5, F6
        (lambda: dense_parameters(3, 2, bias=False), 6),
        (lambda: conv_multiply_accumulates(11, 11, 3, 96, 55, 55), 105_415_200),  # AlexNet, conv1 (Eyeriss, table I)
        (lambda: conv_multiply_accumulates(5, 5, 96, 256, 27, 27, groups=2), 223_948_800),
        (lambda: dense_multiply_accumulates(4_096, 1_000), 4_096_000),
    ],
)
def test_counts_as_published(call: object, published: int) -> None:
    found = call()  # type: ignore[operator]
    assert found == published
    assert type(found) is int


def test_groups_must_divide_the_channels() -> None:
    with pytest.raises(ShapeError, match="groups must divide c_in = 3 and c_out = 8, got 2"):
        conv_parameters(3, 3, 3, 8, groups=2)


@given(
    stack=st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3), st.integers(1, 3)), max_size=5),
)
def test_receptive_field_is_the_input_that_one_output_needs(stack: list[tuple[int, int, int]]) -> None:
    """Walk back: n neighbouring outputs of a layer read s(n − 1) + d(f − 1) + 1 of its inputs."""
    for depth in range(1, len(stack) + 1):
        needed = 1
        for kernel, stride, dilation in reversed(stack[:depth]):
            needed = stride * (needed - 1) + dilation * (kernel - 1) + 1
        kernels, strides, dilations = (list(column) for column in zip(*stack, strict=True))
        assert receptive_fields(kernels, strides, dilations)[depth - 1] == needed


def test_receptive_field_of_known_stacks() -> None:
    assert receptive_field([3, 3]) == 5
    assert receptive_field([3, 3, 3]) == 7
    assert receptive_fields([3, 2, 3], [1, 2, 1]) == (3, 4, 8)
    assert receptive_field([3, 3, 3], dilations=[1, 2, 4]) == 15
    assert receptive_field([]) == 1
    # AlexNet's last pooling layer sees 195 pixels: Araujo et al., Computing receptive fields (Distill, 2019).
    assert receptive_field([11, 3, 5, 3, 3, 3, 3, 3], [4, 2, 1, 2, 1, 1, 1, 2]) == 195
    # VGG-16's last pooling layer: 212 pixels, the same source.
    vgg = [3, 3, 2] * 2 + [3, 3, 3, 2] * 3
    assert receptive_field(vgg, [2 if f == 2 else 1 for f in vgg]) == 212


def test_receptive_field_wants_one_stride_per_layer() -> None:
    with pytest.raises(ShapeError, match="one number per layer, 2 of them like kernels, got 1"):
        receptive_field([3, 3], [1])


@given(size=st.integers(1, 20), wanted=st.integers(1, 20))
def test_solve_conv_finds_all_and_only_the_solutions(size: int, wanted: int) -> None:
    ranges = [range(1, 8), range(4), range(1, 4), range(1, 3)]
    expected = tuple(setting for setting in product(*ranges) if positions(size, *setting) == wanted)
    assert solve_conv(size, wanted, *ranges) == expected


def test_solve_conv_names_what_it_found() -> None:
    assert solve_conv(32, 32, range(1, 8), range(3)) == (
        ConvSetting(kernel=1, padding=0, stride=1, dilation=1),
        ConvSetting(kernel=3, padding=1, stride=1, dilation=1),
        ConvSetting(kernel=5, padding=2, stride=1, dilation=1),
    )
    assert solve_conv(4, 100, range(1, 5)) == ()


@pytest.mark.parametrize(
    "call",
    [
        lambda: conv_output_size(5, 0),
        lambda: conv_output_size(5, 3, -1),
        lambda: conv_output_size(5, 3, stride=0),
        lambda: conv_output_size(5.5, 3),
        lambda: dense_parameters(0, 3),
    ],
)
def test_what_is_no_count_is_refused(call: object) -> None:
    with pytest.raises(UsageError, match="must be a whole number of at least"):
        call()  # type: ignore[operator]
    assert issubclass(UsageError, QuizgenError)
