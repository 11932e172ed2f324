"""Where the numbers of an exercise come from: samplers, called by name under `given`.

A sampler is told everything about the form and nothing about the variant; it turns random words into numbers that
have just the decimals they are printed with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import product

from quizgen.errors import FormulaError
from quizgen.formula.terms import Shape
from quizgen.numerals import Number

_MOST_VALUES = 1_000_000
_MOST_CELLS = 1_000
_WORD = 32
#: No number of an exercise has more.
_MOST_DECIMALS = 12
_LARGEST = 10**15

Grid = Sequence[Number]


@dataclass(frozen=True)
class Sampler:
    """Turns random words into the numbers of one quantity.

    Attributes:
        shapes: of the quantities it makes; most make one.
        decimals: how many decimals each number has at most, in order.
        words: how many random words of 32 bits it needs.
        draw: from the words to the numbers.
        grid: the values of each single number, where the numbers are drawn independently, a word each.
        free: the quantity stays a letter; its number serves for checks only.
    """

    shapes: tuple[Shape, ...]
    decimals: tuple[int, ...]
    words: int
    draw: Callable[[Sequence[int]], Sequence[Number]]
    grid: Grid | None = None
    free: bool = False


def pick(word: int, count: int) -> int:
    """A number below `count` from a random word, each equally often."""
    return (word * count) >> _WORD


def number(low: Number, high: Number, step: Number = 1, *, nonzero: bool = False) -> Sampler:
    """One number: low, low + step, …, high."""
    return _independent((), _values(low, high, step, nonzero=nonzero))


def integer(low: int, high: int, step: int = 1, *, nonzero: bool = False) -> Sampler:
    """One whole number."""
    if any(type(value) is not int for value in (low, high, step)):
        raise FormulaError(f"integer takes whole numbers, found {low}, {high}, {step}")
    return number(low, high, step, nonzero=nonzero)


def choice(*values: Number) -> Sampler:
    """One of the numbers listed."""
    if not values or any(isinstance(v, bool) or not isinstance(v, (int, float)) for v in values):
        raise FormulaError("choice takes one or more numbers; a choice among texts belongs under 'vary'")
    if not all(abs(value) < _LARGEST for value in values):
        raise FormulaError("choice takes numbers below 10^15")
    return _independent((), values)


def vector(
    size: int, low: Number, high: Number, step: Number = 1, *, nonzero: bool = False, distinct: bool = False
) -> Sampler:
    """A vector of numbers; `distinct`: no two equal."""
    values = _values(low, high, step, nonzero=nonzero)
    return _distinct((size,), values) if distinct else _independent((size,), values)


def matrix(
    rows: int,
    columns: int,
    low: Number,
    high: Number,
    step: Number = 1,
    *,
    nonzero: bool = False,
    distinct: bool = False,
) -> Sampler:
    """A matrix of numbers."""
    values = _values(low, high, step, nonzero=nonzero)
    return _distinct((rows, columns), values) if distinct else _independent((rows, columns), values)


def image(height: int, width: int, low: int = 0, high: int = 9) -> Sampler:
    """A matrix of whole grey values."""
    return matrix(height, width, low, high)


def symmetric(size: int, low: Number, high: Number, step: Number = 1, *, nonzero: bool = False) -> Sampler:
    """A symmetric matrix: the numbers on and above the diagonal are drawn, the others mirrored."""
    values = _values(low, high, step, nonzero=nonzero)
    _check_cells((size, size))
    above = [(i, j) for i in range(size) for j in range(i, size)]
    place = {pair: k for k, pair in enumerate(above)}

    def draw(words: Sequence[int]) -> list[Number]:
        drawn = [values[pick(word, len(values))] for word in words]
        return [drawn[place[min(i, j), max(i, j)]] for i, j in product(range(size), repeat=2)]

    return Sampler(((size, size),), (_decimals(values),) * size**2, len(above), draw)


def signs(size: int) -> Sampler:
    """A vector of labels -1 and +1."""
    return _independent((size,), (-1, 1))


def one_hot(size: int) -> Sampler:
    """A vector of zeros with a single 1."""
    _check_cells((size,))

    def draw(words: Sequence[int]) -> list[Number]:
        hot = pick(words[0], size)
        return [int(k == hot) for k in range(size)]

    return Sampler(((size,),), (0,) * size, 1, draw)


def permutation(size: int) -> Sampler:
    """The whole numbers 1 … size in random order."""
    return _distinct((size,), range(1, size + 1))


def architecture(depth: int, low: int, high: int, *, growing: bool = False) -> Sampler:
    """Layer widths as people choose them (8, 10, 12, 16, 20, 24, 32, …): falling, or growing."""
    usual = [base * 2**k for k in range(20) for base in (8, 10, 12)]
    values = sorted(value for value in usual if low <= value <= high)
    if len(values) < depth:
        raise FormulaError(f"there are only {len(values)} usual widths from {low} to {high}, {depth} are needed")
    chosen = _distinct((depth,), values)

    def draw(words: Sequence[int]) -> list[Number]:
        return sorted(chosen.draw(words), reverse=not growing)

    return Sampler(((depth,),), (0,) * depth, depth, draw)


def dataset(size: int, features: int, low: Number, high: Number, step: Number = 1) -> Sampler:
    """Different points, a row each, and labels ±1 that a line separates; makes two quantities.

    The labels are cut at the middle of the points' order along a random direction, so both occur.
    """
    values = _values(low, high, step)
    _check_cells((size, features + 1))
    if size < 2 or features < 1 or len(values) ** features < size:
        raise FormulaError(f"cannot draw {size} different points with {features} features of {len(values)} values")
    bits = 4

    def draw(words: Sequence[int]) -> list[Number]:
        codes = _choose(words[:size], len(values) ** features)
        points = [[values[code // len(values) ** f % len(values)] for f in range(features)] for code in codes]
        # Points that tie along the direction are told apart by their coordinates: still a linear order.
        weights = [(1 + (word & 0xFF) / 97) * (1 if word & 0x100 else -1) for word in words[size:]]
        order = sorted(
            range(size), key=lambda i: (sum(w * x for w, x in zip(weights, points[i], strict=True)), *points[i])
        )
        low_half = set(order[: size // 2])
        labels: list[Number] = [-1 if i in low_half else 1 for i in range(size)]
        return [x for point in points for x in point] + labels

    decimals = (_decimals(values),) * (size * features) + (0,) * size
    if (len(values) ** features).bit_length() > _WORD - bits:
        raise FormulaError("the grid of points is too fine; take a larger step")
    return Sampler(((size, features), (size,)), decimals, size + features, draw)


def free(low: Number, high: Number) -> Sampler:
    """A letter that stays a letter, the x of a formula; `low` and `high` bound where the formula is checked."""
    values = _values(low, high, 0.01)
    sampler = _independent((), values)
    return Sampler(sampler.shapes, sampler.decimals, sampler.words, sampler.draw, sampler.grid, free=True)


SAMPLERS: Mapping[str, Callable[..., Sampler]] = {
    "number": number,
    "integer": integer,
    "choice": choice,
    "vector": vector,
    "matrix": matrix,
    "image": image,
    "symmetric": symmetric,
    "signs": signs,
    "one_hot": one_hot,
    "permutation": permutation,
    "architecture": architecture,
    "dataset": dataset,
    "free": free,
}


def _values(low: Number, high: Number, step: Number, *, nonzero: bool = False) -> Grid:
    """low, low + step, …, high as exact decimals; whole numbers as integers."""
    try:
        first, last, width = (Decimal(repr(value)) for value in (low, high, step))
    except InvalidOperation:
        raise FormulaError(f"low, high and step must be numbers, found {low!r}, {high!r}, {step!r}") from None
    if not all(value.is_finite() and abs(value) < _LARGEST for value in (first, last, width)):
        raise FormulaError(f"low, high and step must be below 10^15, found {low!r:.40}, {high!r:.40}, {step!r:.40}")
    if width <= 0 or last < first or (last - first) / width > _MOST_VALUES or (last - first) % width != 0:
        if width > 0 and (last - first) / width > _MOST_VALUES:
            raise FormulaError(f"the values are too many, at most {_MOST_VALUES}; take a larger step")
        raise FormulaError(f"from {low} to {high} there are no whole steps of {step}; low < high, step > 0")
    count = int((last - first) / width) + 1
    whole = all(value == value.to_integral_value() for value in (first, width))
    if whole and not (nonzero and first <= 0 <= last):
        return range(int(first), int(last) + 1, int(width))
    exact = (first + k * width for k in range(count))
    found = [int(value) if whole else float(value) for value in exact if not (nonzero and value == 0)]
    if not found:
        raise FormulaError("there is no value to draw but 0")
    return tuple(found)


def _decimals(values: Grid) -> int:
    if isinstance(values, range):
        return 0
    most = max(max(0, -int(Decimal(repr(value)).normalize().as_tuple().exponent)) for value in values)
    if most > _MOST_DECIMALS:
        raise FormulaError(
            f"numbers are drawn with at most {_MOST_DECIMALS} decimals, found {most}; take a larger step"
        )
    return most


def _check_cells(shape: Shape) -> None:
    if any(type(size) is not int or size < 1 for size in shape):
        raise FormulaError(f"sizes are whole numbers from 1 on, found {shape}")
    count = 1
    for size in shape:
        count *= size
    if count > _MOST_CELLS:
        raise FormulaError(f"{count} numbers are too many for one quantity, at most {_MOST_CELLS}")


def _independent(shape: Shape, values: Grid) -> Sampler:
    _check_cells(shape)
    count = 1
    for size in shape:
        count *= size

    def draw(words: Sequence[int]) -> list[Number]:
        return [values[pick(word, len(values))] for word in words]

    return Sampler((shape,), (_decimals(values),) * count, count, draw, values)


def _distinct(shape: Shape, values: Grid) -> Sampler:
    _check_cells(shape)
    count = 1
    for size in shape:
        count *= size
    if count > len(values):
        raise FormulaError(f"cannot draw {count} different numbers out of {len(values)}")

    def draw(words: Sequence[int]) -> list[Number]:
        return [values[k] for k in _choose(words, len(values))]

    return Sampler((shape,), (_decimals(values),) * count, count, draw)


def _choose(words: Sequence[int], count: int) -> list[int]:
    """Different numbers below `count`, one for each word: a shuffle of which only the beginning is made."""
    moved: dict[int, int] = {}
    chosen = []
    for place, word in enumerate(words):
        other = place + pick(word, count - place)
        chosen.append(moved.get(other, other))
        moved[other] = moved.get(place, place)
    return chosen
