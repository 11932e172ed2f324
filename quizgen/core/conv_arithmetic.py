"""Sizes, parameters and work of convolutional and dense layers: whole numbers, no images.

Along one side of an image: x pixels, a kernel of f, padding p on both ends, stride s, dilation d.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, product
from typing import NamedTuple

from quizgen.core.shapes import as_count
from quizgen.errors import ShapeError


def conv_output_size(size: int, kernel: int, padding: int = 0, stride: int = 1, dilation: int = 1) -> int:
    """The side of a convolution's output, ⌊(x + 2p − d(f − 1) − 1) / s⌋ + 1.

    Without dilation that is ⌊(x − f + 2p) / s⌋ + 1, which equals (x − f + 2p + 1) / s rounded *up*.

    Raises:
        ShapeError: where not even one kernel fits into the padded input.

    Source: Dumoulin and Visin, A guide to convolution arithmetic for deep learning (2016), relation 15.
    """
    x, f = as_count(size, "conv_output_size: size"), as_count(kernel, "conv_output_size: kernel")
    p, s, d = (
        as_count(padding, "conv_output_size: padding", 0),
        as_count(stride, "conv_output_size: stride"),
        as_count(dilation, "conv_output_size: dilation"),
    )
    extent = d * (f - 1) + 1
    if extent > x + 2 * p:
        raise ShapeError(
            f"a kernel that spans {extent} does not fit into an input of {x} with padding {p} on both sides, "
            f"{x + 2 * p} together; make the kernel smaller or the padding larger"
        )
    return (x + 2 * p - extent) // s + 1


def pool_output_size(size: int, window: int, stride: int | None = None) -> int:
    """The side of a pooling layer's output, ⌊(x − f) / s⌋ + 1; the stride is the window unless given."""
    return conv_output_size(size, window, stride=window if stride is None else stride)


def same_padding(kernel: int, dilation: int = 1) -> int:
    """The padding that keeps the size at stride 1, p = d(f − 1) / 2; at stride s it gives ⌈x / s⌉.

    Raises:
        ShapeError: where d(f − 1) is odd: no equal padding of both ends keeps the size then.
    """
    f, d = as_count(kernel, "same_padding: kernel"), as_count(dilation, "same_padding: dilation")
    if d * (f - 1) % 2:
        raise ShapeError(
            f"no equal padding of both ends keeps the size for a kernel of {f} with dilation {d}: "
            f"{d * (f - 1)} is odd; take a kernel of odd size"
        )
    return d * (f - 1) // 2


def conv_parameters(f_h: int, f_w: int, c_in: int, c_out: int, bias: bool = True, groups: int = 1) -> int:
    """Trainable numbers of a 2-D convolution, (f_h · f_w · c_in / groups + 1) · c_out; no + 1 without bias.

    Raises:
        ShapeError: where `groups` does not divide both `c_in` and `c_out`.
    """
    return (_weights_per_output(f_h, f_w, c_in, c_out, groups) + bool(bias)) * c_out


def dense_parameters(D: int, M: int, bias: bool = True) -> int:
    """Trainable numbers of a dense layer from D inputs to M outputs, M(D + 1); M·D without bias."""
    return as_count(M, "dense_parameters: M") * (as_count(D, "dense_parameters: D") + bool(bias))


def conv_multiply_accumulates(
    f_h: int, f_w: int, c_in: int, c_out: int, h_out: int, w_out: int, groups: int = 1
) -> int:
    """Multiply-accumulate operations of a 2-D convolution: each of its h_out · w_out · c_out outputs takes
    f_h · f_w · c_in / groups. Adding the bias counts as none.
    """
    outputs = as_count(h_out, "convolution: h_out") * as_count(w_out, "convolution: w_out") * c_out
    return _weights_per_output(f_h, f_w, c_in, c_out, groups) * outputs


def dense_multiply_accumulates(D: int, M: int) -> int:
    """Multiply-accumulate operations of a dense layer for one input vector, M·D."""
    return dense_parameters(D, M, bias=False)


def receptive_fields(
    kernels: Sequence[int], strides: Sequence[int] | None = None, dilations: Sequence[int] | None = None
) -> tuple[int, ...]:
    """How many input pixels, along one side, one unit sees after each layer of a stack of windows.

    r_0 = 1 and j_0 = 1; layer l gives r_l = r_{l−1} + d_l (f_l − 1) j_{l−1} and j_l = s_l j_{l−1}, where the
    jump j is the distance, in input pixels, between neighbouring units. Padding does not change it.

    Args:
        kernels: f_l of convolutions and pooling windows, from the input on.
        strides: s_l, all 1 unless given; a pooling layer's stride is usually its window.
        dilations: d_l, all 1 unless given.

    Raises:
        ShapeError: where the three do not have the same length.
    """
    layers = len(kernels)
    f = [as_count(kernel, "receptive_fields: kernels") for kernel in kernels]
    s = [
        as_count(stride, "receptive_fields: strides")
        for stride in _one_each(strides, "receptive_fields: strides", layers)
    ]
    d = [
        as_count(dilation, "receptive_fields: dilations")
        for dilation in _one_each(dilations, "receptive_fields: dilations", layers)
    ]
    jumps = accumulate(s, int.__mul__, initial=1)
    growth = (d_l * (f_l - 1) * jump for d_l, f_l, jump in zip(d, f, jumps, strict=False))  # the last jump is unused
    return tuple(accumulate(growth, initial=1))[1:]


def receptive_field(
    kernels: Sequence[int], strides: Sequence[int] | None = None, dilations: Sequence[int] | None = None
) -> int:
    """The receptive field after the last layer of a stack, see `receptive_fields`; 1 for an empty stack."""
    return (1, *receptive_fields(kernels, strides, dilations))[-1]


class ConvSetting(NamedTuple):
    """One choice of a convolution's hyper-parameters along one side."""

    kernel: int
    padding: int
    stride: int
    dilation: int


def solve_conv(
    size: int,
    wanted: int,
    kernels: Iterable[int],
    paddings: Iterable[int] = (0,),
    strides: Iterable[int] = (1,),
    dilations: Iterable[int] = (1,),
) -> tuple[ConvSetting, ...]:
    """Every setting within the ranges that turns a side of `size` into one of `wanted`, in the ranges' order.

    Settings whose kernel does not fit into the padded input are no solutions. An empty result means that the
    ranges hold none.
    """
    x, y = as_count(size, "solve_conv: size"), as_count(wanted, "solve_conv: wanted")
    settings = (ConvSetting(*setting) for setting in product(kernels, paddings, strides, dilations))
    return tuple(
        setting
        for setting in settings
        if setting.dilation * (setting.kernel - 1) < x + 2 * setting.padding and conv_output_size(x, *setting) == y
    )


def _weights_per_output(f_h: int, f_w: int, c_in: int, c_out: int, groups: int) -> int:
    f_h, f_w, c_in = (
        as_count(f_h, "convolution: f_h"),
        as_count(f_w, "convolution: f_w"),
        as_count(c_in, "convolution: c_in"),
    )
    c_out, groups = as_count(c_out, "convolution: c_out"), as_count(groups, "convolution: groups")
    if c_in % groups or c_out % groups:
        raise ShapeError(f"groups must divide c_in = {c_in} and c_out = {c_out}, got {groups}")
    return f_h * f_w * c_in // groups


def _one_each(values: Sequence[int] | None, name: str, layers: int) -> Sequence[int]:
    if values is None:
        return [1] * layers
    if len(values) != layers:
        raise ShapeError(f"{name} must hold one number per layer, {layers} of them like kernels, got {len(values)}")
    return values
