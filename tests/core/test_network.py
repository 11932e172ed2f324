"""Shape inference and counts against published networks; recurrent counts against PyTorch where it is installed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.core.architectures import (
    ALEXNET,
    ALEXNET_ORIGINAL,
    ARCHITECTURES,
    LENET5,
    LENET5_ORIGINAL,
    VGG16,
    VGG19,
    Architecture,
)
from quizgen.core.image_layers import AveragePool2D, Conv2D, GlobalPool, MaxPool2D, Subsampling2D
from quizgen.core.layers import Dense, Dropout, Flatten, Reshape
from quizgen.core.network import multiply_accumulates, parameters, shapes, summary
from quizgen.core.sequence_layers import GRU, LSTM, RNN, Conv1D, Embedding, TimeDistributed
from quizgen.errors import ShapeError, UsageError


@pytest.mark.parametrize(
    ("network", "published"),
    [
        (LENET5_ORIGINAL, 60_000),
        (LENET5, 61_706),
        (ALEXNET_ORIGINAL, 60_965_224),
        (ALEXNET, 61_100_840),
        (VGG16, 138_357_544),
        (VGG19, 143_667_240),
    ],
    ids=lambda value: value.name if isinstance(value, Architecture) else None,
)
def test_parameters_as_published(network: Architecture, published: int) -> None:
    found = parameters(network.layers, network.input_shape)
    assert found == published
    assert type(found) is int
    assert ARCHITECTURES[network.name] is network


def test_the_layers_of_lenet5_as_the_paper_counts_them() -> None:
    """Section II.B of LeCun et al. (1998): trainable parameters and sizes of C1, S2, C3, S4, C5 and F6."""
    rows = summary(LENET5_ORIGINAL.layers, LENET5_ORIGINAL.input_shape).rows
    assert [row.parameters for row in rows if row.parameters] == [156, 12, 1_516, 32, 48_120, 10_164]
    assert [row.output_shape for row in rows] == [
        *((28, 28, 6), (14, 14, 6), (10, 10, 16), (5, 5, 16), (1, 1, 120)),
        *((120,), (84,)),
    ]
    # The paper counts connections with those of the biases: 122,304 for C1 and 151,600 for C3.
    assert rows[0].multiply_accumulates + 28 * 28 * 6 == 122_304
    assert rows[2].multiply_accumulates + 10 * 10 * 16 == 151_600


@pytest.mark.parametrize(
    ("network", "giga"),
    [(ALEXNET, 0.71), (VGG16, 15.47), (VGG19, 19.63)],  # the GFLOPS column of torchvision's table of weights
    ids=lambda value: value.name if isinstance(value, Architecture) else None,
)
def test_multiply_accumulates_as_published(network: Architecture, giga: float) -> None:
    assert round(multiply_accumulates(network.layers, network.input_shape) / 1e9, 2) == giga


def test_the_feature_maps_of_alexnet() -> None:
    sides = [shape for shape in shapes(ALEXNET_ORIGINAL.layers, (227, 227, 3)) if len(shape) == 3]
    assert sides == [
        *((55, 55, 96), (27, 27, 96), (27, 27, 256), (13, 13, 256)),
        *((13, 13, 384), (13, 13, 384), (13, 13, 256), (6, 6, 256)),
    ]


def test_a_small_network_row_by_row() -> None:
    table = summary([Conv2D(8, 5, padding=2), MaxPool2D(2), Flatten(), Dense(10)], (32, 32, 3))
    assert [tuple(row) for row in table.rows] == [
        ("Conv2D", (32, 32, 8), 600, 8, 608, 614_400),
        ("MaxPool2D", (16, 16, 8), 0, 0, 0, 0),
        ("Flatten", (2048,), 0, 0, 0, 0),
        ("Dense", (10,), 20_480, 10, 20_490, 20_480),
    ]
    assert (table.weights, table.biases, table.parameters) == (21_080, 18, 21_098)
    assert table.multiply_accumulates == 634_880


@pytest.mark.parametrize(
    ("layers", "input_shape", "expected"),
    [
        ([Conv2D(4, (3, 5), padding="same")], (10, 20, 1), (10, 20, 4)),
        ([Conv2D(4, 3, padding="same", stride=2)], (11, 20, 1), (6, 10, 4)),
        ([Conv2D(4, 3, padding="same", dilation=2)], (10, 9, 1), (10, 9, 4)),
        ([Conv2D(4, (3, 5))], (10, 20, 1), (8, 16, 4)),
        ([Conv2D(4, 3, padding=(0, 1), stride=(2, 1))], (9, 9, 2), (4, 9, 4)),
        ([AveragePool2D(2)], (7, 9, 5), (3, 4, 5)),
        ([MaxPool2D((2, 3), (1, 2))], (7, 9, 5), (6, 4, 5)),
        ([GlobalPool(), Flatten()], (7, 7, 512), (512,)),
        ([Dense(5)], (10, 3), (10, 5)),
        ([Dropout(0.2)], (4, 4, 2), (4, 4, 2)),
        ([Reshape((8, 32))], (8, 4, 8), (8, 32)),
        ([Embedding(1000, 16), LSTM(32, return_sequences=True), GRU(8)], (12,), (8,)),
        ([RNN(7, return_sequences=True)], (12, 3), (12, 7)),
        ([Conv1D(6, 3, stride=2)], (20, 4), (9, 6)),
        ([TimeDistributed(Conv2D(8, 3)), TimeDistributed(Flatten()), LSTM(9)], (10, 16, 16, 3), (9,)),
    ],
)
def test_shapes(layers: list[Any], input_shape: tuple[int, ...], expected: tuple[int, ...]) -> None:
    assert shapes(layers, input_shape)[-1] == expected


@pytest.mark.parametrize(
    ("layer", "input_shape", "weights", "biases", "work"),
    [
        (Dense(5), (10, 3), 15, 5, 150),
        (Dense(5, bias=False), (3,), 15, 0, 15),
        (Conv2D(8, 3, groups=4, bias=False), (5, 5, 4), 72, 0, 648),
        (Subsampling2D(2), (6, 6, 4), 4, 4, 36),
        (Conv1D(6, 3), (20, 4), 72, 6, 1296),
        (Conv1D(6, 3, padding="same", groups=2), (20, 4), 36, 6, 720),
        (Embedding(1000, 16), (12,), 16_000, 0, 0),
        (TimeDistributed(Dense(2)), (10, 3), 6, 2, 60),
    ],
)
def test_counts_of_one_layer(layer: Any, input_shape: tuple[int, ...], weights: int, biases: int, work: int) -> None:
    (row,) = summary([layer], input_shape).rows
    assert (row.weights, row.biases, row.multiply_accumulates) == (weights, biases, work)


SIZES = {"H": st.integers(1, 40), "D": st.integers(1, 40), "T": st.integers(1, 30)}


@given(**SIZES)
def test_recurrent_counts_matrix_by_matrix(H: int, D: int, T: int) -> None:
    """W_hh, W_xh and b of each weighted sum; the length of the sequence plays no part."""
    for layer, sums in ((RNN, 1), (GRU, 3), (LSTM, 4)):
        each = H * H + H * D + H
        assert parameters([layer(H)], (T, D)) == sums * each
        assert parameters([layer(H, two_biases=True)], (T, D)) == sums * (each + H)
        assert multiply_accumulates([layer(H)], (T, D)) == T * sums * (each - H)


@pytest.mark.parametrize("name", ["RNN", "LSTM", "GRU"])
def test_recurrent_counts_as_pytorch(name: str) -> None:
    torch = pytest.importorskip("torch")
    theirs = sum(weights.numel() for weights in getattr(torch.nn, name)(5, 7).parameters())
    assert parameters([{"RNN": RNN, "LSTM": LSTM, "GRU": GRU}[name](7, two_biases=True)], (3, 5)) == theirs


@pytest.mark.parametrize(
    ("layers", "input_shape", "message"),
    [
        (
            [Flatten(), Conv2D(4, 3)],
            (8, 8, 3),
            r"layer 2, Conv2D: expected an input of shape \(w, h, c\), got \(192,\)",
        ),
        ([MaxPool2D(2), Conv2D(4, 5)], (8, 8, 3), "layer 2, Conv2D: a kernel that spans 5 does not fit"),
        ([Conv2D(4, 2, padding="same")], (8, 8, 3), "layer 1, Conv2D: no equal padding"),
        ([Conv2D(4, 3, groups=2)], (8, 8, 3), "groups must divide 3 input channels and 4 filters, got 2"),
        ([Conv2D(2, 3, connections=((0,), (0, 3)))], (8, 8, 3), "channels from 0 to 2"),
        ([LSTM(4)], (8,), r"layer 1, LSTM: expected an input of shape \(T, D\)"),
        ([Reshape((5, 5))], (24,), r"\(24,\) holds 24 numbers, and \(5, 5\) would hold 25"),
        ([], (), "at least one axis"),
    ],
)
def test_what_does_not_fit_is_named(layers: list[Any], input_shape: tuple[int, ...], message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        summary(layers, input_shape)


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([Dense(0)], "layer 1, Dense: units must be a whole number of at least 1, got 0"),
        ([Conv2D(4, 3, stride=0)], "layer 1, Conv2D: stride must be a whole number"),
    ],
)
def test_bad_settings_are_named(layers: list[Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        parameters(layers, (8, 8, 3))


def test_a_dropout_rate_of_one_is_refused() -> None:
    with pytest.raises(UsageError, match=r"Dropout: rate must be .* less than 1, got 1"):
        Dropout(1)
