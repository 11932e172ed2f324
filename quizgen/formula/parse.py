"""Reads formulas: Python's own grammar, cut down to a whitelist. Nothing that is read here is ever run.

A block is a list of assignments, one a line, with `for … in range(…):` loops; a definition is written
`side(x, f) = floor(x / f)`. The result is a list of checked `ast` nodes with the line numbers of the file.
"""

from __future__ import annotations

import ast
import re
import warnings

from quizgen.errors import FormulaError

#: Bounds that no formula of a person reaches, and that keep hostile ones from costing time or memory.
MAX_LENGTH = 20_000
MAX_LINE = 2_000
MAX_DEPTH = 40
MAX_NODES = 5_000
MAX_NAME = 40
MAX_TEXT = 500
_LEAN = 0.2
#: Python makes at most so many nodes of a character: of `x` a name and that it is read, of `+` an operator and a sum.
_NODES_PER_CHARACTER = 3

_LAMBDA = re.compile(r"\blambda\b")
_DEFINITION = re.compile(r"^([A-Za-z]\w*)\(([\w\s,]+)\)(\s*)=(?!=)", re.MULTILINE)
_FIELD = re.compile(r"\.\s*[^\W\d]")
_DEEP = re.compile(r"(?:[-+~(\[{]\s*){60}|(?:\bnot\s+){60}|(?:\blambda\b[^:]*:\s*){3}")

_EXPRESSIONS: dict[type[ast.AST], str] = {
    ast.BinOp: "", ast.UnaryOp: "", ast.Compare: "", ast.BoolOp: "", ast.IfExp: "", ast.Call: "", ast.keyword: "",
    ast.Name: "", ast.Constant: "", ast.Subscript: "", ast.Slice: "", ast.Tuple: "", ast.List: "", ast.Attribute: "",
    ast.GeneratorExp: "", ast.ListComp: "", ast.comprehension: "",
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@", ast.Pow: "**", ast.FloorDiv: "//",
    ast.Mod: "%", ast.USub: "-", ast.UAdd: "+", ast.Not: "not", ast.And: "and", ast.Or: "or",
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Load: "", ast.Store: "",
}  # fmt: skip


def parse_block(text: str, first_line: int = 1, *, fields: bool = False) -> list[ast.stmt]:
    """The statements of a block: assignments, definitions (an assignment of a `lambda`) and loops.

    Args:
        first_line: the line of the file on which the block begins.
        fields: whether results may have named parts, `step.h`, as those of the numeric core do.

    Raises:
        FormulaError: with the line and column of the first thing that is not allowed.
    """
    written = _LAMBDA.search(text)
    if written:
        line = first_line + text.count("\n", 0, written.start())
        message = "'lambda' is a word of the formula language; for the letter write lam, for a definition f(x) = …"
        raise FormulaError(message, line=line)
    module = _parse(_as_lambdas(text), "exec", first_line)
    statements = module.body if isinstance(module, ast.Module) else []
    for statement in statements:
        _check_statement(statement, depth=0)
    if not fields:
        _check_no_fields(module, text)
    return statements


def parse_conditions(text: str, first_line: int = 1) -> list[ast.expr]:
    """The expressions of a block that holds one on each line, as `reject` does."""
    module = _parse(text, "exec", first_line)
    conditions = []
    for statement in module.body if isinstance(module, ast.Module) else []:
        if not isinstance(statement, ast.Expr):
            raise _error(statement, "expected a condition such as 'abs(z) > 4', found a statement")
        _check(statement.value, depth=0)
        conditions.append(statement.value)
    _check_no_fields(module, text)
    return conditions


def parse_expression(text: str, line: int = 1) -> ast.expr:
    """One expression."""
    tree = _parse(text.strip(), "eval", line)
    if not isinstance(tree, ast.Expression):
        raise FormulaError("expected one expression", line=line)
    _check(tree.body, depth=0)
    _check_no_fields(tree, text)
    return tree.body


def operator_sign(operator: ast.AST) -> str:
    """How an operator is written: `+`, `==`, `and`."""
    return _EXPRESSIONS[type(operator)]


def _parse(text: str, mode: str, first_line: int) -> ast.AST:
    _check_size(text, first_line)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)  # about escapes in texts, and meant for programmers
            tree = ast.parse("\n" * (first_line - 1) + text, mode=mode)
    except SyntaxError as error:
        line = max(error.lineno or 1, first_line)
        raise FormulaError(f"cannot be read: {error.msg}", line=line, column=error.offset) from None
    except (RecursionError, MemoryError, ValueError) as error:
        raise FormulaError(f"cannot be read: {error or 'nested too deeply'}", line=first_line) from None
    if _NODES_PER_CHARACTER * len(text) > MAX_NODES and sum(1 for _ in ast.walk(tree)) > MAX_NODES:
        raise FormulaError(f"is too large: more than {MAX_NODES} parts; split it into steps", line=first_line)
    return tree


def _check_size(text: str, first_line: int) -> None:
    if len(text) > MAX_LENGTH:
        raise FormulaError(f"is too long: {len(text)} characters, at most {MAX_LENGTH}", line=first_line)
    for offset, line in enumerate(text.split("\n")):
        if len(line) > MAX_LINE:
            raise FormulaError(f"has a line of {len(line)} characters, at most {MAX_LINE}", line=first_line + offset)
    deep = _DEEP.search(text)
    if deep:
        line_number = first_line + text.count("\n", 0, deep.start())
        raise FormulaError(f"is nested deeper than {MAX_DEPTH} levels", line=line_number)


def _as_lambdas(text: str) -> str:
    """`f(x) = …` is no assignment in Python's grammar: `f = lambda x: …` is, on the same line."""
    return _DEFINITION.sub(r"\1 = lambda \2:", text)


def _check_statement(statement: ast.stmt, depth: int) -> None:
    if isinstance(statement, ast.Assign):
        _check_target(statement)
        value = statement.value
        if isinstance(value, ast.Lambda):
            names = [argument.arg for argument in value.args.args]
            if len(set(names)) < len(names):
                raise _error(statement, "a definition names each of its arguments once")
        _check(value.body if isinstance(value, ast.Lambda) else value, depth)
    elif isinstance(statement, ast.For):
        _check_loop(statement, depth)
    else:
        raise _error(statement, "expected an assignment such as 'z = w * x + b' or a 'for' loop")


def _check_target(statement: ast.Assign) -> None:
    if len(statement.targets) != 1:
        raise _error(statement, "one name is assigned at a time: 'a = b = …' is not allowed")
    target = statement.targets[0]
    names = target.elts if isinstance(target, ast.Tuple) else [target]
    for name in names:
        base = name.value if isinstance(name, ast.Subscript) else name
        if not isinstance(base, ast.Name):
            raise _error(statement, "the left side must be a name or an indexed name, such as z or h[t]")
        _check(base, 0)
        if isinstance(name, ast.Subscript):
            _check(name.slice, 0)


def _check_loop(loop: ast.For, depth: int) -> None:
    if not isinstance(loop.target, ast.Name) or loop.orelse:
        raise _error(loop, "expected 'for name in range(…):'")
    if depth > 3:
        raise _error(loop, "loops are nested deeper than 4 levels")
    _check(loop.iter, depth)
    for statement in loop.body:
        _check_statement(statement, depth + 1)


def _check(node: ast.AST, depth: float, within: ast.AST | None = None) -> None:
    place = node if hasattr(node, "lineno") else within or node
    if isinstance(node, ast.BitXor):
        raise _error(place, "'^' is not allowed; a power is written x ** 2")
    if type(node) not in _EXPRESSIONS:
        raise _error(place, f"'{_source(place)}' is not allowed in a formula")
    if depth > MAX_DEPTH:
        raise _error(place, f"is nested deeper than {MAX_DEPTH} levels; split it into steps")
    if isinstance(node, ast.Constant) and type(node.value) not in (int, float, str, bool):
        raise _error(node, f"'{_source(node)}' is not a number or a text")
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not abs(node.value) < 1e15:
        raise _error(node, "numbers must be smaller than 10^15")
    if isinstance(node, ast.Name) and len(node.id) > MAX_NAME:
        raise _error(node, f"a name has at most {MAX_NAME} characters")
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) > MAX_TEXT:
        raise _error(node, f"a text in a formula has at most {MAX_TEXT} characters")
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and not node.value.isprintable():
        raise _error(node, f"the text {node.value!r} has characters that do not show; remove them")
    if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
        raise _error(node, f"'.{node.attr}' is not allowed")
    if isinstance(node, ast.Compare) and len(node.ops) > 1:
        raise _error(node, "comparisons are not chained: write 'a < b and b < c'")
    if isinstance(node, ast.Call):
        _check_call(node)
    if isinstance(node, (ast.GeneratorExp, ast.ListComp)):
        _check_comprehension(node)
    if isinstance(node, ast.Slice) and node.step is not None:
        raise _error(node.step, "a slice has no step: write x[a:b]")
    for child in ast.iter_child_nodes(node):
        # a + b + c + … leans to the left in the tree, but nobody would call it nested.
        leans = isinstance(node, ast.BinOp) and child is node.left
        _check(child, depth + (_LEAN if leans else 1), place)


def _check_no_fields(tree: ast.AST, text: str) -> None:
    if not _FIELD.search(text):  # spares a walk through nearly every tree
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr != "T":
            raise _error(node, f"'.{node.attr}' is not allowed; only '.T' is, for a transposed matrix")


def _check_call(node: ast.Call) -> None:
    if not isinstance(node.func, ast.Name):
        raise _error(node, "a function is called by its name, such as sigmoid(z)")
    if any(keyword.arg is None for keyword in node.keywords):
        raise _error(node, "'**' is not allowed in a call")


def _check_comprehension(node: ast.GeneratorExp | ast.ListComp) -> None:
    if len(node.generators) != 1:
        raise _error(node, "one 'for' at a time; write two sums for a double sum")
    part = node.generators[0]
    if part.ifs or part.is_async or not isinstance(part.target, ast.Name):
        raise _error(node, "expected '… for name in range(…)'")


def _source(node: ast.AST) -> str:
    try:
        text = ast.unparse(node)
    except (ValueError, AttributeError, RecursionError):
        text = type(node).__name__
    return text if len(text) <= 40 else text[:37] + "…"


def _error(node: ast.AST, message: str) -> FormulaError:
    column = getattr(node, "col_offset", None)
    return FormulaError(message, line=getattr(node, "lineno", None), column=None if column is None else column + 1)
