"""The conditions under `accept`, written out for whoever tests an answer without the question's file."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Set

from quizgen.bank.source import QuestionSource


def condition_text(source: QuestionSource, asked: Collection[str]) -> str:
    """The lines of `work` that lead from the asked quantities to the conditions, and the conditions on a last line.

    Everything else that is named is a value of the exercise.

    Args:
        asked: the names under `ask` that the conditions decide; a member of a family as `h[1]`.
    """
    free = {name.partition("[")[0] for name in asked}
    follows = set(free)
    for statement in source.work:
        if not follows.isdisjoint(_used(statement)):
            follows |= _assigned(statement)
    needed = {name for condition in source.accept for name in _used(condition)}
    lines: list[str] = []
    for statement in reversed(source.work):
        assigned = _assigned(statement) & needed - free
        if assigned and (assigned & follows or _is_definition(statement)):
            needed |= _used(statement)
            lines.insert(0, _written(statement))
    return "\n".join([*lines, " and ".join(f"({ast.unparse(condition)})" for condition in source.accept)])


def _used(node: ast.AST) -> Set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _assigned(statement: ast.stmt) -> Set[str]:
    return set(_targets(statement))


def _targets(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.For):
        for inner in statement.body:
            yield from _targets(inner)
    elif isinstance(statement, ast.Assign):
        target = statement.targets[0]
        base = target.value if isinstance(target, ast.Subscript) else target
        if isinstance(base, ast.Name):
            yield base.id


def _is_definition(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Lambda)


def _written(statement: ast.stmt) -> str:
    """A definition as the formula language has it, `side(x, f) = …`; everything else as Python does."""
    if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Lambda):
        definition = statement.value
        return f"{ast.unparse(statement.targets[0])}({ast.unparse(definition.args)}) = {ast.unparse(definition.body)}"
    return ast.unparse(statement)
