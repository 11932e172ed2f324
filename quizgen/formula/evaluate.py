"""The plain way to a formula's value: walk the checked tree and compute, on numbers or on arrays.

`truth` is evaluated this way with the core's functions, and so are the constants of a form (ranges, sizes, the
arguments of samplers). It knows nothing of terms, rounding or compiled programs: it is the other way to the number.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from types import FunctionType
from typing import Any

from quizgen.errors import FormulaError, QuizgenError, at_line, counted, did_you_mean
from quizgen.formula.arithmetic import binary, bounded_range, paid
from quizgen.formula.budget import limited, spend

_COMPARE: Mapping[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}

Functions = Mapping[str, Callable[..., Any]]


def evaluate(node: ast.expr, names: Mapping[str, Any], functions: Functions) -> Any:
    """The value of an expression.

    Args:
        node: from `parse`.
        names: values by name, functions made by `as_function` among them; an indexed name `h[1]` of a family is
            looked up as `names["h"][1]`.
        functions: what may be called.

    Raises:
        FormulaError: for an unknown name or function, or arguments that do not fit, with the line.
    """
    with limited():
        return _Evaluator(names, functions).value(node)


def as_function(definition: ast.Lambda, names: Mapping[str, Any], functions: Functions) -> Callable[..., Any]:
    """A definition, `f(a, b) = …`, as a function of values."""
    parameters = [argument.arg for argument in definition.args.args]

    def function(*values: Any) -> Any:
        if len(values) != len(parameters):
            raise FormulaError(
                f"expected {counted(len(parameters), 'argument')}, found {len(values)}", line=definition.lineno
            )
        return evaluate(definition.body, {**names, **dict(zip(parameters, values, strict=True))}, functions)

    return function


def integer_range(node: ast.expr, names: Mapping[str, Any], functions: Functions) -> range:
    """The range of a loop, `range(a, b)`, with ends that are known and not too far apart."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range"):
        raise FormulaError("a loop runs over 'range(…)'", line=node.lineno)
    ends = [evaluate(arg, names, functions) for arg in node.args]
    if not 1 <= len(ends) <= 3 or any(not isinstance(end, int) for end in ends) or (len(ends) == 3 and ends[2] == 0):
        raise FormulaError(f"the ends of a range are whole numbers, found {ends}", line=node.lineno)
    with at_line(node.lineno):
        return bounded_range(*ends)


class _Evaluator:
    def __init__(self, names: Mapping[str, Any], functions: Functions) -> None:
        self.names = names
        self.functions = functions

    def value(self, node: ast.expr) -> Any:
        handler = _HANDLERS.get(type(node))
        if handler is None:
            raise FormulaError(f"'{ast.unparse(node)}' has no value here", line=node.lineno)
        try:
            spend()
            return handler(self, node)
        except FormulaError as error:
            if error.line is None:
                error.line = node.lineno
            raise
        except QuizgenError as error:
            raise FormulaError(str(error), line=node.lineno) from error
        except RecursionError:
            raise FormulaError("a definition calls itself without end", line=node.lineno) from None
        except MemoryError:
            raise FormulaError("needs more memory than there is; make arrays smaller", line=node.lineno) from None
        except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError) as error:
            raise FormulaError(f"{_source(node)} cannot be computed: {error}", line=node.lineno) from error

    def _constant(self, node: ast.Constant) -> Any:
        return node.value

    def _name(self, node: ast.Name) -> Any:
        if node.id not in self.names:
            raise FormulaError(f"unknown name '{node.id}'{did_you_mean(node.id, list(self.names))}", line=node.lineno)
        return self.names[node.id]

    def _binop(self, node: ast.BinOp) -> Any:
        return binary(node.op, self.value(node.left), self.value(node.right))

    def _unaryop(self, node: ast.UnaryOp) -> Any:
        value = self.value(node.operand)
        if isinstance(node.op, ast.Not):
            return not value
        return -value if isinstance(node.op, ast.USub) else value

    def _boolop(self, node: ast.BoolOp) -> Any:
        values = (self.value(part) for part in node.values)
        return all(values) if isinstance(node.op, ast.And) else any(values)

    def _compare(self, node: ast.Compare) -> Any:
        return _COMPARE[type(node.ops[0])](self.value(node.left), self.value(node.comparators[0]))

    def _ifexp(self, node: ast.IfExp) -> Any:
        return self.value(node.body if self.value(node.test) else node.orelse)

    def _list(self, node: ast.List) -> Any:
        return paid([self.value(item) for item in node.elts])

    def _tuple(self, node: ast.Tuple) -> Any:
        return paid(tuple(self.value(item) for item in node.elts))

    def _subscript(self, node: ast.Subscript) -> Any:
        return self.value(node.value)[self.value(node.slice)]

    def _slice(self, node: ast.Slice) -> Any:
        ends = (self.value(end) if end is not None else None for end in (node.lower, node.upper))
        return slice(*ends)

    def _attribute(self, node: ast.Attribute) -> Any:
        value = self.value(node.value)
        if node.attr == "T":
            return value.T
        known = _parts(value)
        if node.attr not in known:
            hint = did_you_mean(node.attr, known) or (f"; it has {', '.join(known)}" if known else "")
            raise FormulaError(f"'{ast.unparse(node.value)}' has no part '.{node.attr}'{hint}", line=node.lineno)
        return getattr(value, node.attr)

    def _call(self, node: ast.Call) -> Any:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        function = self.functions.get(name, self.names.get(name))
        if not callable(function) or not (name in self.functions or isinstance(function, FunctionType)):
            hint = did_you_mean(name, list(self.functions))
            raise FormulaError(f"unknown function '{name}'{hint}", line=node.lineno)
        if len(node.args) == 1 and isinstance(node.args[0], (ast.GeneratorExp, ast.ListComp)):
            args: list[Any] = [self._listcomp(node.args[0])]
        else:
            args = [self.value(arg) for arg in node.args]
        keywords = {keyword.arg: self.value(keyword.value) for keyword in node.keywords if keyword.arg}
        return function(*args, **keywords)

    def _listcomp(self, node: ast.ListComp | ast.GeneratorExp) -> list[Any]:
        part = node.generators[0]
        letter = part.target.id if isinstance(part.target, ast.Name) else ""
        run = integer_range(part.iter, self.names, self.functions)
        return paid([_Evaluator({**self.names, letter: k}, self.functions).value(node.elt) for k in run])


_HANDLERS: Mapping[type[ast.expr], Callable[[_Evaluator, Any], Any]] = {
    ast.Constant: _Evaluator._constant,
    ast.Name: _Evaluator._name,
    ast.BinOp: _Evaluator._binop,
    ast.UnaryOp: _Evaluator._unaryop,
    ast.BoolOp: _Evaluator._boolop,
    ast.Compare: _Evaluator._compare,
    ast.IfExp: _Evaluator._ifexp,
    ast.List: _Evaluator._list,
    ast.Tuple: _Evaluator._tuple,
    ast.Subscript: _Evaluator._subscript,
    ast.Slice: _Evaluator._slice,
    ast.Attribute: _Evaluator._attribute,
    ast.Call: _Evaluator._call,
    ast.ListComp: _Evaluator._listcomp,
    ast.GeneratorExp: _Evaluator._listcomp,
}


def _source(node: ast.expr) -> str:
    text = ast.unparse(node)
    return f"'{text}'" if len(text) <= 60 else f"'{text[:57]}…'"


def _parts(value: Any) -> list[str]:
    """The named parts of a result: fields of a dataclass or of a named tuple."""
    if is_dataclass(value) and not isinstance(value, type):
        return [field.name for field in fields(value)]
    return list(getattr(value, "_fields", ())) if isinstance(value, tuple) else []
