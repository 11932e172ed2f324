"""Reverse-mode automatic differentiation: a tape of readable nodes, run backwards.

    tape = Tape()
    x, w = tape.variable(2.0, "x"), tape.variable(-1.0, "w")
    y = sigmoid(w * x)
    tape.backward(y)
    w.adjoint               # ∂y/∂w
    for node in tape.nodes: ...     # the whole graph in the order it was computed

Functions of arrays come from `operations`; `grad`, `value_and_grad`, `jacobian` and `hessian` make their own tape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from quizgen.core.differentiable import Operation, Traced, Value, new_level, reshape, shape_of
from quizgen.core.operations import Arithmetic, stack
from quizgen.core.shapes import as_array, as_result
from quizgen.errors import ShapeError


@dataclass(eq=False, slots=True)
class Node(Arithmetic):
    """One step of a computation.

    Attributes:
        tape: where it stands.
        index: its place on the tape, from 0.
        name: given to variables; "" for what was computed.
        rule: the operation it came from; None for a variable.
        inputs: what the operation was called with: nodes of this tape, and constants.
        options: further settings of the operation, such as the index of `get`.
        value: the result, float64.
        adjoint: ∂L/∂value of the same shape, after `Tape.backward`; None before.
    """

    tape: Tape = field(repr=False)
    index: int
    name: str
    rule: Operation | None = field(repr=False)
    inputs: tuple[Value, ...] = field(repr=False)
    options: Mapping[str, Any] = field(repr=False)
    value: Value
    adjoint: Value = None

    @property
    def level(self) -> int:  # type: ignore[override]  # read-only here: the tape's
        return self.tape.level

    @property
    def operation(self) -> str:
        """The operation's name; "variable" for a leaf."""
        return "variable" if self.rule is None else self.rule.name

    @property
    def derivatives(self) -> tuple[Value, ...]:
        """∂value/∂input for each input, None for constants.

        Entry by entry for elementwise operations, of the input's shape for reductions, the other factor for
        products; computed when asked for.
        """
        if self.rule is None:
            return ()
        values = self._values()
        wanted = [self._is_mine(given) for given in self.inputs]
        return tuple(
            self.rule.derivative(k, self.value, values, self.options) if mine else None for k, mine in enumerate(wanted)
        )

    def contributions(self) -> Iterator[tuple[Node, Value]]:
        """Each input node with its share of the adjoint, this node's adjoint times the local derivative."""
        if self.rule is not None:
            values = self._values()
            for k, given in enumerate(self.inputs):
                if self._is_mine(given):
                    yield given, self.rule.pull(k, self.adjoint, self.value, values, self.options)

    def record(self, operation: Operation, arguments: tuple[Value, ...], options: Mapping[str, Any]) -> Node:
        return self.tape.record(operation, arguments, options)

    def _values(self) -> tuple[Value, ...]:
        return tuple(given.value if self._is_mine(given) else given for given in self.inputs)

    def _is_mine(self, given: Value) -> bool:
        return isinstance(given, Node) and given.tape is self.tape


class Tape:
    """What was computed, step by step, in the order of computation.

    Attributes:
        nodes: every variable and every result.
        level: tells this tape from those begun before and after.
    """

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.level = new_level()

    def variable(self, value: Value, name: str = "") -> Node:
        """A leaf of the graph, to differentiate by; a number, an array-like or a traced value of an older trace."""
        start = value if isinstance(value, Traced) else as_array(value, name or "variable")[()]
        return self._append(name, None, (), {}, start)

    def record(self, operation: Operation, arguments: tuple[Value, ...], options: Mapping[str, Any]) -> Node:
        """Compute an operation on nodes of this tape and constants, and write it down."""
        inputs = tuple(
            given if isinstance(given, Traced) else as_array(given, operation.name)[()] for given in arguments
        )
        values = [given.value if isinstance(given, Node) and given.tape is self else given for given in inputs]
        return self._append("", operation, inputs, options, operation(*values, **options))

    def backward(self, output: Node, seed: Value = None) -> None:
        """Give every node its adjoint ∂L/∂node, in one pass from `output` back to the first node.

        Args:
            output: a node of this tape.
            seed: ∂L/∂output, of the output's shape; unless given the output must be a single number, and L is it.

        Raises:
            ShapeError: where the output is no single number and has no seed, or the seed another shape.
        """
        if seed is None:
            if output.shape:
                raise ShapeError(
                    f"a gradient needs a single number to start from, got an output of shape {output.shape}; "
                    "sum it up, take one of its entries, or give a seed"
                )
            seed = np.float64(1.0)
        elif shape_of(seed) != output.shape:
            raise ShapeError(f"seed must have the shape {output.shape} of the output, got {shape_of(seed)}")
        for node in self.nodes:
            node.adjoint = None
        output.adjoint = seed
        for node in reversed(self.nodes[: output.index + 1]):
            if node.adjoint is not None:
                for source, share in node.contributions():
                    source.adjoint = share if source.adjoint is None else source.adjoint + share
        for node in self.nodes:
            if node.adjoint is None:  # the output does not depend on it
                node.adjoint = np.zeros(node.shape)[()]

    def _append(
        self, name: str, rule: Operation | None, inputs: tuple[Value, ...], options: Mapping[str, Any], value: Value
    ) -> Node:
        node = Node(self, len(self.nodes), name, rule, inputs, options, value)
        self.nodes.append(node)
        return node


def value_and_grad(f: Callable[..., Value], argument: int = 0) -> Callable[..., tuple[Value, Value]]:
    """The function (x, …) ↦ (f(x, …), ∂f/∂x), for a function f whose value is a single number.

    Args:
        f: written with the functions of `operations` and + − * / ** @.
        argument: which of f's positional arguments is x; the gradient has its shape (a float for a number).

    Raises:
        ShapeError: on calling, where the value of f is no single number.
    """

    def differentiated(*arguments: Value) -> tuple[Value, Value]:
        tape, x, y = _trace(f, argument, arguments)
        if not _is_on(tape, y):
            if shape_of(y):
                raise ShapeError(f"a gradient needs a single number to start from, got a value of shape {shape_of(y)}")
            return _plain(y), _plain(np.zeros(x.shape))
        tape.backward(y)
        return _plain(y.value), _plain(x.adjoint)

    return differentiated


def grad(f: Callable[..., Value], argument: int = 0) -> Callable[..., Value]:
    """The gradient ∂f/∂x as a function of f's arguments, see `value_and_grad`."""
    both = value_and_grad(f, argument)
    return lambda *arguments: both(*arguments)[1]


def jacobian(f: Callable[..., Value], argument: int = 0) -> Callable[..., Value]:
    """All ∂f_i/∂x_j as a function of f's arguments: shape (*shape of f, *shape of x), one backward pass per output.

    A list or tuple of values counts as the array of them.
    """

    def differentiated(*arguments: Value) -> Value:
        tape, x, y = _trace(f, argument, arguments)
        shape = shape_of(y) + x.shape
        if not _is_on(tape, y):
            return _plain(np.zeros(shape))
        rows = []
        for place in np.ndindex(*y.shape):
            seed = np.zeros(y.shape)
            seed[place] = 1.0
            tape.backward(y, seed[()])
            rows.append(x.adjoint)
        return _plain(reshape(stack(rows), shape=shape))

    return differentiated


def hessian(f: Callable[..., Value], argument: int = 0) -> Callable[..., Value]:
    """All second derivatives ∂²f/∂x_i∂x_j of a function with a single number as value: the Jacobian of its gradient."""
    return jacobian(grad(f, argument), argument)


def _trace(f: Callable[..., Value], argument: int, arguments: tuple[Value, ...]) -> tuple[Tape, Node, Value]:
    tape = Tape()
    x = tape.variable(arguments[argument])
    y = f(*arguments[:argument], x, *arguments[argument + 1 :])
    return tape, x, stack(y) if isinstance(y, list | tuple) else y


def _is_on(tape: Tape, value: Value) -> bool:
    return isinstance(value, Node) and value.tape is tape


def _plain(value: Value) -> Value:
    return value if isinstance(value, Traced) else as_result(as_array(value, "value"))
