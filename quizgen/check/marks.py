"""A student's answers to a whole paper, graded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quizgen.answers.follow import Recomputation
from quizgen.answers.verdict import Verdict
from quizgen.check.sheet import Sheet
from quizgen.grade import GradedExercise, Result, grade


@dataclass(frozen=True, slots=True)
class Marks:
    """What a student's answers have earned.

    Attributes:
        exercises: all of the paper's, in its order; those that were not answered have earned nothing.
    """

    sheet: Sheet
    exercises: tuple[GradedExercise, ...]

    @property
    def points(self) -> float:
        return sum(graded.points for graded in self.exercises)

    @property
    def max_points(self) -> int:
        return sum(graded.max_points for graded in self.exercises)

    @property
    def percent(self) -> float:
        """Of the points, to one decimal: 100 only for all of them, 0 only for none (and on a paper without points)."""
        if not self.max_points or not self.points:
            return 0.0
        if self.points == self.max_points:
            return 100.0
        return min(max(round(100 * self.points / self.max_points, 1), 0.1), 99.9)

    def having(self, verdict: Verdict) -> Iterator[tuple[int, Result]]:
        """The asked quantities with this verdict, each with the number of its exercise on the paper, from 1."""
        for number, graded in enumerate(self.exercises, 1):
            for result in graded.results.values():
                if result.graded.verdict is verdict and not result.is_step:
                    yield number, result


def mark(sheet: Sheet, replays: Mapping[int, Recomputation]) -> Marks:
    """The marks for a sheet.

    Args:
        replays: by place in the paper, what runs an exercise again; where there is none, nothing follows from a slip.
    """
    return Marks(
        sheet,
        tuple(
            grade(exercise, sheet.answers.get(place, {}), recomputation=replays.get(place))
            for place, exercise in enumerate(sheet.paper.exercises)
        ),
    )
