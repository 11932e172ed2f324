"""Training and validation loss of one course of training: the core trains the network while the figure is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizgen.core.training import train_mlp
from quizgen.figures import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def fit_curves(
    figure: Figure,
    X: Sequence[Sequence[float]],
    y: Sequence[float],
    X_val: Sequence[Sequence[float]],
    y_val: Sequence[float],
    weights: Sequence[Sequence[Sequence[float]]],
    biases: Sequence[Sequence[float]],
    activations: Sequence[str],
    alpha: float = 0.1,
    epochs: int = 300,
    loss: str = "binary_cross_entropy",
) -> None:
    """The loss on training and validation set, before training and after each epoch.

    Args:
        X, y, X_val, y_val, weights, biases, activations, alpha, epochs, loss: as `core.training.train_mlp` takes them.

    Raises:
        UsageError, ShapeError: as `train_mlp`; UsageError for more than 5000 epochs.
    """
    style.within(epochs, style.MOST_EPOCHS, "fit_curves: the number of epochs")
    run = train_mlp(X, y, weights, biases, activations, alpha, epochs, loss, X_val, y_val)
    axes = style.plot(figure, height=2.5)
    courses = (("training", run.losses), ("validation", run.validation_losses))
    for (name, losses), line in zip(courses, style.LINES, strict=False):
        axes.plot(
            losses, color=line.color, linestyle=line.dash, marker=line.marker,
            markevery=(epochs // 12, max(1, epochs // 6)), markersize=5, label=name,
        )  # fmt: skip
    axes.set_xlim(0, epochs)
    axes.set_ylim(0, 1.12 * max(*run.losses, *run.validation_losses))
    axes.set_xlabel("epoch")
    axes.set_ylabel("loss")
    style.legend_above(axes)
