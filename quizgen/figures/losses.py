"""Loss curves of one network trained with several learning rates: the core trains it while the figure is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizgen.core.training import train_mlp
from quizgen.errors import UsageError
from quizgen.figures import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: What grows beyond the first loss times this leaves the picture.
_TOP = 2.0


def loss_curves(
    figure: Figure,
    X: Sequence[Sequence[float]],
    y: Sequence[float],
    weights: Sequence[Sequence[Sequence[float]]],
    biases: Sequence[Sequence[float]],
    activations: Sequence[str],
    rates: Sequence[float],
    epochs: int = 40,
    loss: str = "mean_squared_error",
) -> None:
    """The loss on the training set, before training and after each epoch, for each learning rate: run 1, run 2, …

    Each run starts from the same weights. The rates are not shown.

    Args:
        X, y, weights, biases, activations, epochs, loss: as `core.training.train_mlp` takes them.
        rates: one to three learning rates.

    Raises:
        UsageError, ShapeError: as `train_mlp`; UsageError for more than three rates or 5000 epochs.
    """
    if not 1 <= len(rates) <= len(style.LINES):
        raise UsageError(f"loss_curves: expected one to {len(style.LINES)} learning rates, got {len(rates)}")
    style.within(epochs, style.MOST_EPOCHS, "loss_curves: the number of epochs")
    axes = style.plot(figure, height=2.5)
    first = 0.0
    for place, (rate, line) in enumerate(zip(rates, style.LINES, strict=False), start=1):
        run = train_mlp(X, y, weights, biases, activations, rate, epochs, loss)
        first = run.losses[0]
        # Where the curve leaves the picture is seen without what lies far above.
        shown = [min(value, 100 * first) for value in run.losses]
        axes.plot(
            shown, color=line.color, linestyle=line.dash, marker=line.marker, markevery=(place, max(1, epochs // 8)),
            markersize=5, label=f"run {place}",
        )  # fmt: skip
    axes.set_xlim(0, epochs)
    axes.set_ylim(0, _TOP * first)
    axes.set_xlabel("epoch")
    axes.set_ylabel("training loss")
    if len(rates) > 1:
        style.legend_above(axes)
