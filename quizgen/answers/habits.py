"""Numbers, vectors, matrices and shapes as people write them: right ones in many habits, wrong and malformed ones."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor, log10

from quizgen.answers.array import Array, array_of, decimals, exactly
from quizgen.answers.closeness import targets
from quizgen.answers.kind import Samples
from quizgen.exercise import Answer, Value

_NOT_NUMBERS = (
    "abc", "1.2.3", "1/0", "0.5 red apples", "5 million", "(1", "1 + ", "nan", "9**9**9", "__import__('os')", "\u202e1",
)  # fmt: skip
_NOT_ARRAYS = ("(1, 2", "one, two", "[[1, 2], [3]]", "[1; nan]", "(1, 2]", "1, x", "[[[]]]", "\x00")


def number_samples(answer: Answer) -> Samples:
    """For integers and numbers."""
    places = _Places(answer)
    (value,) = array_of(answer.value).cells
    text = places.text(value)
    return Samples(
        right=tuple(dict.fromkeys(_habits(value, text, whole=answer.kind == "integer"))),
        wrong=tuple(places.text(wrong) for wrong in places.beside(0)),
        malformed=(*_NOT_NUMBERS, "1, 2, 3"),
        mistaken=tuple(places.text(_number(mistake.value)) for mistake in answer.mistakes),
    )


def array_samples(answer: Answer) -> Samples:
    """For vectors and matrices."""
    places = _Places(answer)
    write = _matrix_texts if len(places.values.shape) == 2 else _vector_texts
    flat = ", ".join(map(places.text, places.values.cells))
    rows = places.values.shape[0] if len(places.values.shape) == 2 and 1 not in places.values.shape else 1
    return Samples(
        right=tuple(dict.fromkeys(write(places.values.map(places.text)))),
        wrong=tuple(next(write(wrong.map(places.text))) for wrong in _one_off(places)),
        malformed=(*_NOT_ARRAYS, flat) if rows > 1 else _NOT_ARRAYS,
        mistaken=tuple(next(write(array_of(mistake.value).map(places.text))) for mistake in answer.mistakes),
    )


def shape_samples(answer: Answer) -> Samples:
    """For shapes."""
    places = _Places(answer)
    return Samples(
        right=tuple(dict.fromkeys(_shape_texts(places.values.map(places.text)))),
        wrong=tuple(next(_shape_texts(wrong.map(places.text))) for wrong in _one_off(places)),
        malformed=(*_NOT_ARRAYS, "2.5 x 3 x 4", "28 times 28", "x"),
        mistaken=tuple(next(_shape_texts(array_of(mistake.value).map(places.text))) for mistake in answer.mistakes),
    )


class _Places:
    """Writes numbers with the places asked for; exact ones with as many as all right and mistaken ones need."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.values = array_of(answer.value)
        self._targets = targets(answer)
        known = [*self.values.cells, *(x for slip in answer.mistakes for x in array_of(slip.value).cells)]
        self._needed = max(map(decimals, known))

    def text(self, value: int | float) -> str:
        if self._answer.decimals is not None:
            return f"{value:.{self._answer.decimals}f}"
        if self._answer.digits is None:
            return f"{value:.{self._needed}f}"
        if value == 0:
            return "0"
        exponent = floor(log10(abs(value)))
        if -5 <= exponent < 15:
            return f"{value:.{max(0, self._answer.digits - 1 - exponent)}f}"
        return f"{value:.{self._answer.digits - 1}e}"

    def beside(self, cell: int) -> Iterator[int | float]:
        """Numbers on both sides of what is accepted for a cell, too far off to be right; none below 0 in a shape."""
        target = self._targets.cells[cell]
        unit = target.unit or Fraction(1)
        below = [] if self._answer.kind == "shape" else [target.low - 4 * unit]
        # Beyond a power of ten the same digits are coarser: 0.0010 is an honest, if coarse, rounding of 0.00098.
        steps = 30 if self._answer.digits else 3
        for wrong in (target.high + steps * unit, *below, target.high + 100 * unit):
            yield int(wrong) if wrong.denominator == 1 else float(wrong)


def _one_off(places: _Places) -> Iterator[Array[int | float]]:
    """The right array with one number wrong."""
    cells = places.values.cells
    for k in {0, len(cells) - 1}:
        for wrong in places.beside(k):
            yield Array(places.values.shape, (*cells[:k], wrong, *cells[k + 1 :]))


def _number(value: Value) -> int | float:
    (number,) = array_of(value).cells
    return number


def _habits(value: int | float, text: str, *, whole: bool) -> Iterator[str]:
    """A number in every honest spelling."""
    yield from (text, f" {text} ", f"${text}$", f"x = {text}", f"x ≈ {text}", text.replace("-", "−"))
    yield f"{text}." if "." not in text and "e" not in text else text
    yield f"{text} units"
    yield text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text
    if "e" not in text:
        yield "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)
    if "." in text:
        yield text.replace(".", ",")
        yield f"{text}0" if "e" not in text else text
    exact = exactly(float(text) if not whole else int(value))
    yield f"{exact.numerator}/{exact.denominator}"
    yield rf"\frac{{{exact.numerator}}}{{{exact.denominator}}}"
    digits = len(text.lstrip("-0.").replace(".", "").partition("e")[0])
    mantissa, _, exponent = f"{float(text):.{max(0, digits - 1)}e}".partition("e")
    yield from (f"{mantissa}e{int(exponent)}", f"{mantissa}E{int(exponent)}", f"{mantissa}·10^{int(exponent)}")
    yield rf"{mantissa} \cdot 10^{{{int(exponent)}}}"
    if whole:
        grouped = f"{int(value):,}"
        yield from (grouped, grouped.replace(",", " "), grouped.replace(",", "_"), grouped.replace(",", "{,}"))
        yield f"{int(value)}.0"


def _vector_texts(cells: Array[str]) -> Iterator[str]:
    entries = list(cells.cells)
    for separator in (", ", ",", "; ", " "):
        joined = separator.join(entries)
        yield from (f"({joined})", f"[{joined}]", f"$[{joined}]$")
        yield from (joined, f"v = ({joined})", f"({joined})^T", rf"\left({joined}\right)^\top")
    yield "\n".join(entries)
    yield "[" + ", ".join(f"[{entry}]" for entry in entries) + "]"
    yield r"\begin{pmatrix}" + r" \\ ".join(entries) + r"\end{pmatrix}"
    yield r"$\begin{bmatrix}" + " & ".join(entries) + r"\end{bmatrix}$"
    yield f"np.array([{', '.join(entries)}])"
    yield "; ".join(entry.replace(".", ",") for entry in entries)
    yield "(" + ", ".join(entries).replace("-", "−") + ")"
    yield f"({', '.join(entries)}) m"


def _matrix_texts(cells: Array[str]) -> Iterator[str]:
    columns = cells.shape[1]
    rows = [list(cells.cells[start : start + columns]) for start in range(0, len(cells.cells), columns)]
    yield "[" + ", ".join(f"[{', '.join(row)}]" for row in rows) + "]"
    yield "[" + "\n ".join(f"[{' '.join(row)}]" for row in rows) + "]"
    yield "[" + "; ".join(" ".join(row) for row in rows) + "]"
    yield "[" + "; ".join(", ".join(row) for row in rows) + "]"
    yield "((" + "), (".join(", ".join(row) for row in rows) + "))"
    yield "{{" + "}, {".join(", ".join(row) for row in rows) + "}}"
    yield "\n".join(" ".join(row) for row in rows)
    yield "\n".join("; ".join(entry.replace(".", ",") for entry in row) for row in rows)
    yield "W = [" + ", ".join(f"[{', '.join(row)}]" for row in rows).replace("-", "−") + "]"
    yield r"$\begin{pmatrix} " + r" \\ ".join(" & ".join(row) for row in rows) + r" \end{pmatrix}$"
    yield r"\left[\begin{array}{cc}" + "\\\\\n".join(" & ".join(row) for row in rows) + r"\end{array}\right]"


def _shape_texts(cells: Array[str]) -> Iterator[str]:
    for separator in (", ", "x", " x ", "×", " × ", " * ", " by ", ",", " "):
        yield separator.join(cells.cells)
    yield from (f"({', '.join(cells.cells)})", f"[{', '.join(cells.cells)}]", f"torch.Size([{', '.join(cells.cells)}])")
    yield "$" + r" \times ".join(cells.cells) + "$"
    yield f"({','.join(cells.cells)},)"
