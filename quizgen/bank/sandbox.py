"""The template engine cut down to what the text of a question needs, with bounds on what it may cost.

Jinja's own sandbox keeps a template from Python's internals. It does not keep it from running for ever, or from making
a text of gigabytes. So constructs are held to a list of what is allowed; and where something can be repeated or can
grow (a loop, a macro, a text joined to a text, a list) the tree is changed so that it asks this environment, which
keeps an account.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextvars import ContextVar
from itertools import islice
from types import BuiltinMethodType
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.visitor import NodeTransformer

from quizgen.bank.characters import refused_character

#: What the texts of a form may cost: characters written, and parts of the template run through.
MAX_COST = 200_000
_MAX_DEPTH = 60
_LARGE = 1_000_000

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Macro, nodes.Import, nodes.Assign,
    nodes.ExprStmt, nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword,
    nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Call, nodes.Concat, nodes.CondExpr, nodes.Compare, nodes.Operand,
    nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg, nodes.Pos, nodes.Not,
    nodes.And, nodes.Or, nodes.Test,
)  # fmt: skip
_TESTS = ("defined", "undefined", "none", "odd", "even")
_METHODS_OF_TEXTS = frozenset({"replace", "upper", "lower", "capitalize"})

_account: ContextVar[list[int]] = ContextVar("_account")


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for templates by strangers. Render them within `Sandbox.limited`.

    Args:
        functions: what a template may call, by name.
        shown: classes of objects whose public attributes a template may use; whose instances it may print or call.
    """

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, loader: BaseLoader, functions: dict[str, Callable[..., Any]], shown: tuple[type, ...]) -> None:
        super().__init__(
            block_start_string="<%", block_end_string="%>", variable_start_string="<<", variable_end_string=">>",
            comment_start_string="<#", comment_end_string="#>", trim_blocks=True, lstrip_blocks=True,
            undefined=StrictUndefined, finalize=self._written, autoescape=False, keep_trailing_newline=True,
            loader=loader,
        )  # fmt: skip
        self._shown = shown
        self.globals.clear()
        self.globals.update(functions, range=safe_range, zip=zip, len=len)
        self._callable: Collection[Any] = [*self.globals.values(), self.each, self.joined, self.small, self.enter]
        self.filters.clear()
        self.tests = {name: self.tests[name] for name in _TESTS}

    def limited(self, render: Callable[[], str]) -> str:
        """What `render` makes, within the bounds.

        Raises:
            TemplateError: where it would cost too much.
        """
        token = _account.set([MAX_COST])
        try:
            return render()
        except RecursionError:
            raise TemplateError("the text is nested too deeply, or a macro calls itself without end") from None
        finally:
            _account.reset(token)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            tree = super()._parse(source, name, filename)
        except RecursionError:
            raise TemplateSyntaxError("the text is nested too deeply", 1, name, filename) from None
        _check(tree, name, filename)
        limited: nodes.Template = _Limited().visit(tree)
        return limited

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "+":
            _spend(sum(len(side) for side in (left, right) if isinstance(side, (str, list, tuple))))
            return super().call_binop(context, operator, left, right)
        small = all(isinstance(side, int) and abs(side) < _LARGE for side in (left, right))
        if not small or (operator == "**" and abs(right) > 10):
            raise TemplateError(f"'{operator}' is for small whole numbers of the form; compute under 'work'")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, str):
            return attr in _METHODS_OF_TEXTS
        known = isinstance(obj, (*self._shown, LoopContext)) or type(obj).__name__ == "TemplateModule"
        return known and super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: Any) -> bool:
        if isinstance(obj, BuiltinMethodType) and isinstance(obj.__self__, str):
            return obj.__name__ in _METHODS_OF_TEXTS
        of_loop = isinstance(getattr(obj, "__self__", None), LoopContext)
        return of_loop or isinstance(obj, (*self._shown, Macro)) or obj in self._callable

    def unsafe_undefined(self, obj: Any, attribute: str) -> Any:  # noqa: ARG002 - Jinja's signature
        return self.undefined(f"'.{attribute}' is not known here", exc=SecurityError)

    def call(self, context: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:
        if not self.is_safe_callable(obj):
            raise SecurityError("something is called that is neither a macro nor a function of texts")
        if isinstance(obj, BuiltinMethodType) and isinstance(obj.__self__, str):
            _spend(_most_characters(obj, args))
        return super().call(context, obj, *args, **kwargs)

    # What the changed tree asks for, in place of what stands in the template.

    def each(self, values: Iterable[Any], cost: int) -> list[Any]:
        """What a loop runs over, the whole of it paid for at once."""
        found = list(islice(values, MAX_COST // cost + 1))
        _spend(len(found) * cost)
        return found

    def enter(self, cost: int) -> str:
        """Pays for a macro's body."""
        _spend(cost)
        return ""

    def joined(self, *values: Any) -> str:
        """`a ~ b`."""
        text = "".join(str(self._written(value)) for value in values)
        _spend(len(text))
        return text

    def small(self, value: Any) -> Any:
        """A list, tuple or dictionary, everything that is in it paid for."""
        _spend_all(value)
        return value

    def _written(self, value: Any) -> Any:
        """What may stand between `<<` and `>>`."""
        if not isinstance(value, (str, int, float, StrictUndefined, *self._shown)):
            raise TemplateError(f"a {type(value).__name__} cannot be printed; print its parts")
        if isinstance(value, str):
            _spend(len(value))
        return value


def _spend(cost: int) -> None:
    account = _account.get(None)
    if account is None:
        raise nodes.Impossible  # while a template is compiled, nothing is computed ahead
    account[0] -= cost
    if account[0] < 0:
        raise TemplateError("the text becomes too long, or loops too often; a question is read by people")


def _spend_all(value: Any) -> None:
    _spend(1)
    if isinstance(value, (list, tuple, dict)):
        for entry in value.values() if isinstance(value, dict) else value:
            _spend_all(entry)


def _most_characters(method: BuiltinMethodType, args: tuple[Any, ...]) -> int:
    """How long a text's method may make it."""
    size = len(str(method.__self__)) + 1
    return size * (1 + max((len(arg) for arg in args if isinstance(arg, str)), default=0))


def _check(tree: nodes.Template, name: str | None, filename: str | None) -> None:
    """Refuses what is not allowed, and what is nested so deeply that compiling it would exhaust the stack."""
    level: list[nodes.Node] = [tree]
    for _ in range(_MAX_DEPTH):
        for node in level:
            if type(node) not in _ALLOWED or (isinstance(node, nodes.For) and node.recursive):
                what = type(node).__name__.lower()
                raise TemplateSyntaxError(
                    f"'{what}' is not used in the text of a question", node.lineno, name, filename
                )
            if isinstance(node, nodes.Const) and isinstance(node.value, str):
                refused = refused_character(node.value)  # written as an escape, "\\u202e"
                if refused is not None:
                    raise TemplateSyntaxError(refused[1], node.lineno, name, filename)
        level = [child for node in level for child in node.iter_child_nodes()]
        if not level:
            return
    raise TemplateSyntaxError("the text is nested too deeply", level[0].lineno, name, filename)


class _Limited(NodeTransformer):
    """Puts the environment's own functions where something can be repeated or can grow."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja's name
        cost = _cost(node.body)
        self.generic_visit(node)
        node.iter = _asked("each", [node.iter, nodes.Const(cost, lineno=node.lineno)], node)
        return node

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:  # noqa: N802 - Jinja's name
        cost = nodes.Const(_cost(node.body), lineno=node.lineno)
        self.generic_visit(node)
        node.body.insert(0, nodes.Output([_asked("enter", [cost], node)], lineno=node.lineno))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        return _asked("joined", node.nodes, node)

    def visit_List(self, node: nodes.List) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        return _asked("small", [node], node)

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        return _asked("small", [node], node)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        return node if node.ctx == "store" else _asked("small", [node], node)


def _asked(function: str, arguments: list[Any], node: nodes.Node) -> nodes.Call:
    callee = nodes.EnvironmentAttribute(function, lineno=node.lineno)
    return nodes.Call(callee, arguments, [], None, None, lineno=node.lineno)


def _cost(body: list[nodes.Node]) -> int:
    """What it costs to run through a body once, its loops and macros apart."""
    cost = 1
    for part in body:
        cost += 1 + sum(1 for _ in part.find_all(nodes.Node))
        data = [part] if isinstance(part, nodes.TemplateData) else part.find_all(nodes.TemplateData)
        cost += sum(len(text.data) for text in data)
    return cost
