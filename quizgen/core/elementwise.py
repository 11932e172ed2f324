"""Functions of one number that are written for arrays and take single numbers just as well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, cast, overload

from numpy.typing import ArrayLike

from quizgen.core.shapes import Array, Value, as_array, as_result

P = ParamSpec("P")


class Elementwise(Protocol[P]):
    """A number gives a Python float; an array or nested sequence gives a float64 array of its shape."""

    __name__: str

    @overload
    def __call__(self, x: float, /, *args: P.args, **parameters: P.kwargs) -> float: ...

    @overload
    def __call__(self, x: Array | Sequence[Any], /, *args: P.args, **parameters: P.kwargs) -> Array: ...


def elementwise(function: Callable[Concatenate[Array, P], Array]) -> Elementwise[P]:
    """Let `function`, which maps a float64 array to one of the same shape, take numbers and nested sequences too."""

    @wraps(function)
    def on_numbers_too(x: ArrayLike, /, *args: P.args, **parameters: P.kwargs) -> Value:
        return as_result(function(as_array(x, f"{function.__name__}: x"), *args, **parameters))

    return cast(Elementwise[P], on_numbers_too)
