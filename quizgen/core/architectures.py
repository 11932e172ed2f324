"""Classic image classifiers as data: layer by layer as published, activations and normalisation left out.

Shapes are (w, h, c). What these tables lead to is held against the published counts in the tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from quizgen.core.image_layers import AveragePool2D, Conv2D, MaxPool2D, Subsampling2D
from quizgen.core.layers import Dense, Dropout, Flatten, Layer, Shape


@dataclass(frozen=True, slots=True)
class Architecture:
    """A network that has a name.

    Attributes:
        input_shape: of one image, (w, h, c).
        source: where it was published, or whose variant this is.
    """

    name: str
    input_shape: Shape
    layers: tuple[Layer, ...]
    source: str


#: Which of the six maps of S2 each of the sixteen maps of C3 sees: table I of the paper.
LENET5_CONNECTIONS = (
    *((0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5)),
    *((0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5)),
    *((0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5)),
    (0, 1, 2, 3, 4, 5),
)

LENET5_ORIGINAL = Architecture(
    name="LeNet-5 (1998)",
    input_shape=(32, 32, 1),
    layers=(
        Conv2D(6, 5),
        Subsampling2D(2),
        Conv2D(16, 5, connections=LENET5_CONNECTIONS),
        Subsampling2D(2),
        Conv2D(120, 5),
        Flatten(),
        Dense(84),
    ),
    source="LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition (1998), "
    "without its fixed output layer",
)

LENET5 = Architecture(
    name="LeNet-5",
    input_shape=(32, 32, 1),
    layers=(
        Conv2D(6, 5),
        AveragePool2D(2),
        Conv2D(16, 5),
        AveragePool2D(2),
        Flatten(),
        Dense(120),
        Dense(84),
        Dense(10),
    ),
    source="the usual modern variant: fully connected maps, plain pooling, a dense output layer",
)

ALEXNET_ORIGINAL = Architecture(
    name="AlexNet (2012)",
    input_shape=(227, 227, 3),
    layers=(
        Conv2D(96, 11, stride=4),
        MaxPool2D(3, 2),
        Conv2D(256, 5, padding=2, groups=2),
        MaxPool2D(3, 2),
        Conv2D(384, 3, padding=1),
        Conv2D(384, 3, padding=1, groups=2),
        Conv2D(256, 3, padding=1, groups=2),
        MaxPool2D(3, 2),
        Flatten(),
        Dense(4096),
        Dropout(0.5),
        Dense(4096),
        Dropout(0.5),
        Dense(1000),
    ),
    source="Krizhevsky, Sutskever, Hinton: ImageNet classification with deep convolutional neural networks (2012), "
    "the groups being its two GPUs; the paper says 224 pixels, its sizes need 227",
)

ALEXNET = Architecture(
    name="AlexNet",
    input_shape=(224, 224, 3),
    layers=(
        Conv2D(64, 11, padding=2, stride=4),
        MaxPool2D(3, 2),
        Conv2D(192, 5, padding=2),
        MaxPool2D(3, 2),
        Conv2D(384, 3, padding=1),
        Conv2D(256, 3, padding=1),
        Conv2D(256, 3, padding=1),
        MaxPool2D(3, 2),
        Flatten(),
        Dropout(0.5),
        Dense(4096),
        Dropout(0.5),
        Dense(4096),
        Dense(1000),
    ),
    source="Krizhevsky: One weird trick for parallelizing convolutional neural networks (2014), as in torchvision",
)


def _vgg(name: str, convolutions: tuple[int, ...]) -> Architecture:
    """Blocks of 3×3 convolutions, so many in each, every block followed by pooling; then three dense layers."""
    layers: list[Layer] = []
    for filters, count in zip((64, 128, 256, 512, 512), convolutions, strict=True):
        layers += [Conv2D(filters, 3, padding=1)] * count
        layers.append(MaxPool2D(2))
    layers += [Flatten(), Dense(4096), Dropout(0.5), Dense(4096), Dropout(0.5), Dense(1000)]
    source = "Simonyan, Zisserman: Very deep convolutional networks for large-scale image recognition (2015)"
    return Architecture(name, (224, 224, 3), tuple(layers), source)


VGG16 = _vgg("VGG-16", (2, 2, 3, 3, 3))
VGG19 = _vgg("VGG-19", (2, 2, 4, 4, 4))

#: All of them by name, from the oldest on.
ARCHITECTURES: Mapping[str, Architecture] = MappingProxyType(
    {each.name: each for each in (LENET5_ORIGINAL, LENET5, ALEXNET_ORIGINAL, ALEXNET, VGG16, VGG19)}
)
