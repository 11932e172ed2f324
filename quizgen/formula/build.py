"""From checked syntax to terms: names resolved, loops unrolled, definitions expanded, shapes known.

Everything here happens once per form. What a form fixes (sizes, a choice of activation) is a constant: conditions
on it are decided here, and its numbers keep their symbols.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from quizgen.errors import FormulaError, at_line, counted, did_you_mean
from quizgen.formula import terms
from quizgen.formula.budget import limited, spend
from quizgen.formula.elements import grid
from quizgen.formula.evaluate import integer_range
from quizgen.formula.functions import SCALAR_FUNCTIONS
from quizgen.formula.parse import operator_sign
from quizgen.formula.parts import part, relabelled
from quizgen.formula.scope import CONSTANT_FUNCTIONS, Letter, Scope, constant, is_constant
from quizgen.formula.symbols import Symbol
from quizgen.formula.terms import Term

_MAX_DEFINITIONS = 20
MAX_PADDING = 100


def build(node: ast.expr, scope: Scope) -> Term:
    """The term of an expression.

    Raises:
        FormulaError: with the line; for unknown names and functions, shapes that do not fit, misplaced texts.
    """
    try:
        with limited():
            return _Builder(scope).term(node)
    except RecursionError:
        raise FormulaError("is nested too deeply; split it into steps", line=node.lineno) from None


class _Builder:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._within: list[str] = []  # of which definitions

    def term(self, node: ast.expr) -> Term:
        handler = getattr(self, f"_{type(node).__name__.lower()}", None)
        if handler is None:
            raise FormulaError(f"'{ast.unparse(node)}' cannot be computed with", line=node.lineno)
        with at_line(node.lineno):
            spend()
            term: Term = handler(node)
        return term

    def _constant(self, node: ast.Constant) -> Term:
        if isinstance(node.value, str) or not isinstance(node.value, (int, float)):
            raise FormulaError(f"the text {node.value!r} cannot be computed with")
        return terms.number(int(node.value) if isinstance(node.value, bool) else node.value)

    def _name(self, node: ast.Name) -> Term:
        name, scope = node.id, self.scope
        if name in scope.quantities:
            return terms.leaf(scope.quantities[name])
        if name in scope.families:
            return self._whole_family(name)
        if name in scope.constants:
            return self._constant_name(name)
        if name in scope.outcomes:
            raise FormulaError(f"'{name}' is a text; it cannot be computed with")
        raise FormulaError(f"unknown name '{name}'{did_you_mean(name, scope.known())}")

    def _constant_name(self, name: str) -> Term:
        value = self.scope.constants[name]
        if isinstance(value, Letter):
            return terms.number(int(value), Symbol(value.text))
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise FormulaError(f"'{name}' is the text {value!r}; it cannot be computed with")
        named = name in self.scope.overrides or name in self.scope.form
        symbol = self.scope.symbol(name, 0) if named else None
        return terms.number(value, symbol)

    def _whole_family(self, name: str) -> Term:
        """A family as one array: its members in the order of their indices."""
        members = self.scope.families[name]
        indices = sorted(members)
        rank = len(indices[0])
        if rank == 1:
            return terms.stack([terms.leaf(members[index]) for index in indices])
        if rank != 2:
            raise FormulaError(f"'{name}' has {rank} indices; an array has at most two")
        rows = sorted({index[0] for index in indices})
        table = [[members[index] for index in indices if index[0] == row] for row in rows]
        columns = {tuple(index[1] for index in indices if index[0] == row) for row in rows}
        if len(columns) > 1 or any(member.shape for row in table for member in row):
            raise FormulaError(f"the members of '{name}' do not fill a table of single numbers")
        return terms.stack([terms.stack([terms.leaf(member) for member in row]) for row in table])

    def _binop(self, node: ast.BinOp) -> Term:
        left, right = self.term(node.left), self.term(node.right)
        match operator_sign(node.op):
            case "+":
                return terms.add(left, right)
            case "-":
                return terms.add(left, right, sign=-1)
            case "*":
                return terms.multiply(left, right)
            case "/":
                return terms.divide(left, right)
            case "@":
                return terms.matmul(left, right)
            case "**":
                return terms.raise_to(left, right)
            case other:
                raise FormulaError(f"'{other}' is for constants only; write floor(a / b)")

    def _unaryop(self, node: ast.UnaryOp) -> Term:
        term = self.term(node.operand)
        match operator_sign(node.op):
            case "-":
                return terms.negate(term)
            case "not":
                return terms.logic("not", term)
            case _:
                return term

    def _boolop(self, node: ast.BoolOp) -> Term:
        return terms.logic(operator_sign(node.op), *(self.term(part) for part in node.values))

    def _compare(self, node: ast.Compare) -> Term:
        if is_constant(node, self.scope):
            return terms.number(int(bool(constant(node, self.scope))))
        return terms.compare(operator_sign(node.ops[0]), self.term(node.left), self.term(node.comparators[0]))

    def _ifexp(self, node: ast.IfExp) -> Term:
        if is_constant(node.test, self.scope):
            return self.term(node.body if constant(node.test, self.scope) else node.orelse)
        return terms.conditional(self.term(node.test), self.term(node.body), self.term(node.orelse))

    def _list(self, node: ast.List) -> Term:
        return terms.stack([self.term(item) for item in node.elts])

    def _attribute(self, node: ast.Attribute) -> Term:
        return terms.transpose(self.term(node.value))

    def _listcomp(self, node: ast.ListComp) -> Term:
        return terms.stack([term for _, term in self._unrolled(node)])

    def _subscript(self, node: ast.Subscript) -> Term:
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if isinstance(node.value, ast.Name) and node.value.id in self.scope.families:
            return self._member(node.value.id, parts)
        array = self.term(node.value)
        if not array.shape:
            raise FormulaError(f"'{ast.unparse(node.value)}' is a single number and has no entries")
        ranges = [self._entries(part, size) for part, size in zip(parts, array.shape, strict=False)]
        if len(parts) > len(array.shape):
            raise FormulaError(f"too many indices for shape {terms.shape_text(array.shape)}")
        return part(array, ranges)

    def _member(self, name: str, parts: list[ast.expr]) -> Term:
        members = self.scope.families[name]
        rank = len(next(iter(members)))
        index = tuple(self._whole(part) for part in parts[:rank])
        plain = tuple(map(int, index))
        if plain not in members:
            known = ", ".join(f"{name}[{', '.join(map(str, i))}]" for i in sorted(members)[:6])
            raise FormulaError(f"'{name}{list(plain)}' is not computed before this line; known: {known}")
        member = terms.leaf(relabelled(members[plain], index))
        rest = [self._entries(part, size) for part, size in zip(parts[rank:], member.shape, strict=False)]
        return part(member, rest) if rest else member

    def _whole(self, part: ast.expr) -> int:
        value = constant(part, self.scope)
        if not isinstance(value, int) or isinstance(value, bool):
            raise FormulaError(f"an index is a whole number, found {value!r}")
        return value

    def _entries(self, part: ast.expr, size: int) -> int | range:
        if isinstance(part, ast.Slice):
            low = 0 if part.lower is None else self._whole(part.lower)
            high = size if part.upper is None else self._whole(part.upper)
            if not 0 <= low < high <= size:
                raise FormulaError(f"the slice {low}:{high} does not lie within 0:{size}")
            return range(low, high)
        k = self._whole(part)
        if not -size <= k < size:
            raise FormulaError(f"index {k} is outside of 0 … {size - 1}")
        return k if k >= 0 else k + size

    def _call(self, node: ast.Call) -> Term:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        chosen = self.scope.constants.get(name)
        if isinstance(chosen, str):
            name = chosen
        if node.keywords:
            raise FormulaError(f"{name} takes no named arguments")
        if name in self.scope.definitions:
            return self._defined(name, node.args)
        if name == "sum" and len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp):
            return self._series(node.args[0])
        args = [self.term(arg) for arg in node.args]
        if name in SCALAR_FUNCTIONS:
            return terms.apply(name, *args)
        if name in _ARRAY_FUNCTIONS:
            parameters, function = _ARRAY_FUNCTIONS[name]
            if parameters is not None and len(args) != parameters:
                raise FormulaError(f"{name} takes {counted(parameters, 'argument')}, found {len(args)}")
            return function(*args)
        if name == "pad":
            return self._padded(args, node.args)
        known = [*SCALAR_FUNCTIONS, *_ARRAY_FUNCTIONS, "pad", *self.scope.definitions]
        raise FormulaError(f"unknown function '{name}'{did_you_mean(name, known)}")

    def _padded(self, args: list[Term], nodes: list[ast.expr]) -> Term:
        """pad(X, p): p zeros around a vector or a matrix."""
        if len(nodes) != 2 or not args[0].shape:
            raise FormulaError("pad takes an array and how many zeros to put around it")
        p = self._whole(nodes[1])
        if p < 0:
            raise FormulaError(f"pad needs a number of zeros from 0 on, found {p}")
        if p > MAX_PADDING:
            raise FormulaError(f"pad puts at most {MAX_PADDING} zeros on a side, found {p}")
        if p == 0:
            return args[0]
        zero = terms.number(0)
        rows = grid(args[0])
        if len(args[0].shape) == 1:
            return terms.stack([zero] * p + [row[0] for row in rows] + [zero] * p)
        width = args[0].shape[1] + 2 * p
        blank = terms.stack([zero] * width)
        middle = [terms.stack([zero] * p + row + [zero] * p) for row in rows]
        return terms.stack([blank] * p + middle + [blank] * p)

    def _defined(self, name: str, nodes: list[ast.expr]) -> Term:
        function = self.scope.definitions[name]
        parameters = [argument.arg for argument in function.args.args]
        if len(nodes) != len(parameters):
            raise FormulaError(f"{name} takes {counted(len(parameters), 'argument')}, found {len(nodes)}")
        body = _Substitution(dict(zip(parameters, nodes, strict=True))).visit(deepcopy(function.body))
        for _ in ast.walk(body):  # arguments within arguments double
            spend()
        self._within.append(name)
        if len(self._within) > _MAX_DEFINITIONS:
            raise FormulaError(f"definitions within definitions go too deep; does '{name}' use itself?")
        term = self.term(body)
        self._within.pop()
        return term

    def _series(self, node: ast.GeneratorExp) -> Term:
        unrolled = list(self._unrolled(node))
        if not unrolled:
            raise FormulaError("the sum has no terms")
        first, last = unrolled[0][0], unrolled[-1][0]
        letter = node.generators[0].target.id if isinstance(node.generators[0].target, ast.Name) else "k"
        shift = 0 if self._means_its_index(node.elt, letter) else 1
        letters = [Letter(value, letter, first_entry=1 - shift) for value, _ in unrolled]
        summands = tuple(term for _, term in self._bound(node, letters))
        general = terms.General(summands, letter, first + shift, last + shift)
        return terms.series([term for _, term in unrolled], general)

    def _means_its_index(self, node: ast.expr, letter: str) -> bool:
        """Whether an index is printed as it is: as a number, or of a family. Of entries only, it counts from 1."""
        subscripts = [part for part in ast.walk(node) if isinstance(part, ast.Subscript)]
        if any(isinstance(part.value, ast.Name) and part.value.id in self.scope.families for part in subscripts):
            return True
        everywhere = _count_name(node, letter)
        return everywhere > sum(_count_name(part.slice, letter) for part in subscripts)

    def _unrolled(self, node: ast.GeneratorExp | ast.ListComp) -> Iterator[tuple[int, Term]]:
        run = integer_range(node.generators[0].iter, self.scope.constants, CONSTANT_FUNCTIONS)
        return self._bound(node, run)

    def _bound(self, node: ast.GeneratorExp | ast.ListComp, values: Any) -> Iterator[tuple[int, Term]]:
        target = node.generators[0].target
        letter = target.id if isinstance(target, ast.Name) else ""
        if letter in self.scope.known():
            raise FormulaError(f"the index '{letter}' is already the name of something else")
        for value in values:
            self.scope.constants[letter] = value
            try:
                term = self.term(node.elt)
            finally:
                del self.scope.constants[letter]
            yield value, term


class _Substitution(ast.NodeTransformer):
    """Puts arguments in for the parameters of a definition."""

    def __init__(self, arguments: Mapping[str, ast.expr]) -> None:
        self.arguments = arguments

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.arguments.get(node.id, node)


def _count_name(node: ast.AST, name: str) -> int:
    return sum(isinstance(part, ast.Name) and part.id == name for part in ast.walk(node))


def _mean(term: Term) -> Term:
    _check_array("mean", term)
    count = 1
    for size in term.shape:
        count *= size
    return terms.divide(terms.total(term), terms.number(count))


def _check_array(name: str, term: Term) -> None:
    if not term.shape:
        raise FormulaError(f"{name} needs a vector or a matrix, found a single number")


def _softmax(term: Term) -> Term:
    _check_array("softmax", term)
    powers = terms.apply("exp", term)
    return terms.divide(powers, terms.total(powers))


#: By name: the number of arguments (None: any) and the term they make.
_ARRAY_FUNCTIONS: Mapping[str, tuple[int | None, Callable[..., Term]]] = {
    "sum": (1, terms.total),
    "mean": (1, _mean),
    "max": (None, lambda *args: terms.extreme("max", *args)),
    "min": (None, lambda *args: terms.extreme("min", *args)),
    "parametric_relu": (2, lambda z, alpha: terms.extreme("max", terms.multiply(alpha, z), z)),
    "norm": (1, terms.norm),
    "argmax": (1, terms.argmax),
    "outer": (2, terms.outer),
    "softmax": (1, _softmax),
    "any": (1, lambda term: terms.logic("any", term)),
    "all": (1, lambda term: terms.logic("all", term)),
    "distinct": (1, terms.distinct),
}
