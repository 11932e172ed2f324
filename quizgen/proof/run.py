"""The members of a chain between which an equality stands: which names it defines, and whether each pair holds."""

from __future__ import annotations

from quizgen.proof.compare import TRUE, Comparison, Outcome, Side
from quizgen.proof.errors import UnknownName
from quizgen.proof.identities import try_identity
from quizgen.proof.nodes import Apply, Call, FunctionName, Name, is_literal, names_in
from quizgen.proof.spelling import shortly
from quizgen.proof.symbols import Function, Standing
from quizgen.proof.values import Array, Value, show

#: Names that count, and so may be stated anew: for t = 1, for t = 2.
_COUNTERS = frozenset(("i", "j", "k", "l", "m", "n", "t"))


class Run:
    """The members of a chain between which `=`, `≈` or an assignment stands."""

    def __init__(
        self, comparison: Comparison, sides: list[Side], operators: list[str], *, setting: bool, condition: bool
    ) -> None:
        self.comparison = comparison
        self.symbols = comparison.symbols
        self.sides = sides
        self.operators = operators
        self.setting = setting
        self.condition = condition
        self.heads = [self._is_head(side) for side in sides]
        self.end = self._end()

    def outcomes(self) -> list[Outcome]:
        """The verdict on each pair of neighbours."""
        if self._defines_function():
            first: list[Outcome] = [("defined", "it defines a function")]
            if len(self.operators) == 1:
                return first
        compared = self._compared()  # before any name changes its value
        self._remember_length()
        of_heads = {k: self._head(k) for k, is_head in enumerate(self.heads) if is_head}
        return [self._pair(k, compared, of_heads) for k in range(len(self.operators))]

    def _compared(self) -> dict[int, Outcome]:
        """For each recomputed member k + 1 after another one: the verdict on it and the nearest of those before it."""
        found: dict[int, Outcome] = {}
        anchor: int | None = None
        for k in range(len(self.operators)):
            if self._counts(k):
                anchor = k
            if anchor is not None and self._counts(k + 1):
                operator = r"\approx" if r"\approx" in self.operators[anchor : k + 1] else "="
                found[k] = self.comparison.judge(operator, self.sides[anchor], self.sides[k + 1])
        return found

    def _pair(self, k: int, compared: dict[int, Outcome], of_heads: dict[int, Outcome]) -> Outcome:
        left, right = self.sides[k], self.sides[k + 1]
        if k in compared:
            readable = self._counts(k) or k in of_heads
            return compared[k] if readable or compared[k][0] != "true" else self._without_value(k)
        if self._counts(k + 1):
            return of_heads[k] if k in of_heads else self._without_value(k)
        if k + 1 in of_heads and (self._counts(k) or k in of_heads):
            earlier = of_heads.get(k, TRUE)
            return earlier if earlier[0] == "false" else of_heads[k + 1]
        if k in of_heads and of_heads[k][0] != "general" and isinstance(right.trouble, UnknownName):
            return of_heads[k]
        if k in of_heads and of_heads[k][0] == "false":
            return of_heads[k]
        return self._without_value(k) if left.node is None or right.node is None else self._unknown(k)

    def _counts(self, k: int) -> bool:
        """Whether a member is recomputed: it has a value of its own and is no bare name."""
        return not self.heads[k] and self.sides[k].value is not None

    def _unknown(self, k: int) -> Outcome:
        left, right = self.sides[k], self.sides[k + 1]
        if self.end is None and left.node is not None and right.node is not None:
            troubles = [s.trouble for s in (left, right) if s.trouble is not None]
            if all(isinstance(trouble, UnknownName) for trouble in troubles):
                if self.heads[k]:
                    return "general", "it speaks of symbols without values"
                derived = any(self.heads[:k]) and self.operators[k] == "="
                return try_identity(self.symbols, left.node, right.node, derived=derived)
        return self._without_value(k)

    def _without_value(self, k: int) -> Outcome:
        """A pair of which one side has no value: of interest only if the chain claims something of numbers."""
        troubles = [side.trouble for side in self.sides[k : k + 2] if side.trouble is not None]
        for trouble in troubles:
            if not isinstance(trouble, UnknownName):
                return "undecided", str(trouble)
        reason = str(troubles[0]) if troubles else "a side has no value"
        return ("general" if len(self.sides) == 2 or self.end is None else "undecided"), reason

    def _is_head(self, side: Side) -> bool:
        """Whether a side is one name, which the chain can give a value."""
        node = side.node
        if isinstance(node, Name):
            return True
        if isinstance(node, Apply):
            if node.name.key in self.symbols.aliases or node.name.key in self.symbols.functions:
                return False
            return side.value is None or self.symbols.of_key(node.key) is not None
        return False

    def _end(self) -> int | None:
        """The member whose value is the chain's: the last one, or the more precise number that it was rounded from."""
        places = [k for k in range(len(self.sides)) if self._counts(k)]
        if not places:
            return None
        k = places[-1]
        while k - 1 in places and self.operators[k - 1] == r"\approx" and self._is_literal(k - 1):
            k -= 1
        return k

    def _is_literal(self, k: int) -> bool:
        node = self.sides[k].node
        return node is not None and is_literal(node)

    def _head(self, k: int) -> Outcome:
        """What becomes of a bare name: it gets its value, or its value is compared with the chain's."""
        node = self.sides[k].node
        if not isinstance(node, Name | Apply):
            return "undecided", "it is not a name"
        key = node.key
        standing = self.symbols.standing(node) if isinstance(node, Name) else self._standing_of(key)
        old = self.sides[k].value
        if self.end is None:
            return self._alias(k, key, old)
        end = self.sides[self.end]
        value = end.value
        if value is None:
            return "undecided", "the chain has no value"
        if standing is None and isinstance(node, Name) and (wrong := self._elements_differ(node, value)):
            return "false", wrong
        if old is None or standing is None or r"\leftarrow" in self.operators[k : k + 1]:
            return self._define(key, value)
        if self._agrees(old, end):
            if standing is Standing.FORMULA and self._is_literal(self.end):
                self._define(key, value)
            return TRUE
        derived = any(self._counts(j) and not self._is_literal(j) for j in range(len(self.sides)))
        may_change = derived and (standing is Standing.DERIVED or standing is Standing.FORMULA)
        may_change = may_change or self.comparison.settles(key, old, value)
        if may_change or self.setting or (key in _COUNTERS and isinstance(value, int)):
            return self._define(key, value)
        if self.condition:
            return "general", "a condition"
        return "false", f"{self.sides[k].source} is {show(old)} before this place, and {show(value)} here"

    def _elements_differ(self, name: Name, value: Value) -> str:
        """What is wrong with an array whose elements all have values of their own, and most of them agree; else ""."""
        elements = self.symbols.elements(name, value)
        cells = value.cells if isinstance(value, Array) else ()
        wrong = [k for k, own in enumerate(elements) if not self.comparison.agree(own, cells[k])]
        if not wrong or 2 * len(wrong) > len(cells):
            return ""
        own, printed = show(elements[wrong[0]]), show(cells[wrong[0]])
        return f"an element of {shortly(name.key)} is {own} before this place, and {printed} here"

    def _standing_of(self, key: str) -> Standing | None:
        return None if self.symbols.of_key(key) is None else Standing.DERIVED

    def _agrees(self, old: Value, end: Side) -> bool:
        comparison = self.comparison
        values = [self.sides[j].value for j in range(len(self.sides)) if self._counts(j)]
        if any(value is not None and comparison.agree(old, value) for value in values):
            return True
        restated = end.node is not None and names_in(end.node)  # b = e^a says again what b came from
        return bool(r"\approx" in self.operators or restated) and comparison.restates(old, end)

    def _define(self, key: str, value: Value) -> Outcome:
        if self.condition:
            return "general", "a condition"
        end = self.sides[self.end].node if self.end is not None else None
        if end is not None and names_in(end):
            standing = Standing.FORMULA
        elif sum(self._counts(j) for j in range(len(self.sides))) == 1 and r"\leftarrow" not in self.operators:
            unread = any(side.trouble for side, head in zip(self.sides, self.heads, strict=True) if not head)
            standing = Standing.DERIVED if unread else Standing.GIVEN
        else:
            standing = Standing.DERIVED
        self.symbols.define(key, value, standing)
        return "defined", f"it gives {shortly(key)} its value"

    def _remember_length(self) -> None:
        """The printed, rounded end of a chain that starts with the length of a vector is put in for it from then on."""
        match self.sides[0].node:
            case Call(function="norm", arguments=[Name() as name]):
                if self.end is not None and self._is_literal(self.end) and r"\approx" in self.operators:
                    value = self.sides[self.end].value
                    if value is not None:
                        self.symbols.norms[self.symbols.canonical(name.key)] = value

    def _alias(self, k: int, key: str, old: Value | None) -> Outcome:
        """A name in a chain of names: it takes the value that another of them has."""
        if old is not None:
            others = [s.value for j, s in enumerate(self.sides) if self.heads[j] and j != k and s.value is not None]
            if not others:
                return "general", "it speaks of symbols without values"
            if all(self.comparison.agree(old, other) for other in others):
                return TRUE
            return "false", f"{shortly(key)} is {show(old)}, and the other side is {show(others[0])}"
        for j, side in enumerate(self.sides):
            if self.heads[j] and side.value is not None and not self.condition:
                self.symbols.define(key, side.value, Standing.FORMULA)
                return "defined", f"it gives {shortly(key)} its value"
        return "general", "it speaks of symbols without values"

    def _defines_function(self) -> bool:
        r"""f(x) = x^2 makes f known; \sigma_h = \tanh another name of tanh."""
        left, right = self.sides[0].node, self.sides[1].node
        if self.condition or right is None:
            return False
        if isinstance(left, Name) and isinstance(right, FunctionName):
            self.symbols.aliases[left.key] = right.function
            slope = Name(left.base + "'", left.indices, left.label).key
            self.symbols.aliases[slope] = right.function + "'"
            return True
        if not (isinstance(left, Apply) and self.heads[0]):
            return False
        parameters = [argument.key for argument in left.arguments if isinstance(argument, Name)]
        if len(parameters) != len(left.arguments) or not set(parameters) <= set(names_in(right)):
            return False
        self.symbols.functions[left.name.key] = Function(tuple(parameters), right)
        return True
