"""Reading what is built of several expressions: matrices, cases, sums over an index, sets."""

from __future__ import annotations

from quizgen.proof.cursor import shown
from quizgen.proof.errors import NotUnderstood
from quizgen.proof.names import NameReader
from quizgen.proof.nodes import Big, Call, Cases, Matrix, Members, Name, Node, Num, Space, Span

MATRICES = frozenset(("pmatrix", "bmatrix", "matrix", "vmatrix", "Vmatrix", "smallmatrix", "array"))

#: How comparisons are printed, inside of cases and between the members of a chain.
COMPARISONS = frozenset(("=", "<", ">", r"\le", r"\ge", r"\ne", r"\approx"))

_WORDS_OF_CASES = frozenset(("if", "for", "when", "where", "otherwise", "else"))


class BlockReader(NameReader):
    """The layer that reads blocks; `expression` comes from the layer above."""

    def term(self) -> Node:
        """A product; the layer above defines it."""
        raise NotImplementedError

    def matrix(self) -> Node:
        r"""From `\begin{pmatrix}` to its end."""
        environment = self.take().text
        if environment == "array":
            self.group()
        rows: list[list[Node]] = [[]]
        while True:
            rows[-1].append(self.expression())
            token = self.take()
            if token.kind == "row" and self.next.kind != "end":
                rows.append([])
            elif token.kind == "row" and self.next.kind == "end":
                token = self.take()
            if token.kind == "end" and token.text == environment:
                break
            if token.kind != "row" and token.text != "&":
                raise NotUnderstood(f"{shown(token)} in a matrix, where & or \\\\ should stand")
        enclosed = {"vmatrix": "det", "Vmatrix": "norm"}.get(environment)
        return Call(enclosed, [Matrix(rows)]) if enclosed else Matrix(rows)

    def cases(self) -> Node:
        r"""From `\begin{cases}` to its end: a value, `&`, and its condition in each row."""
        self.take()
        rows: list[tuple[Node, list[tuple[Node, str, Node]]]] = []
        while self.next.kind != "end":
            value = self.expression()
            self.accept(",")
            self.accept("&")
            rows.append((value, self._conditions()))
            if self.next.kind == "row":
                self.take()
        if self.take().text != "cases":
            raise NotUnderstood("cases that are not closed by \\end{cases}")
        return Cases(rows)

    def big(self) -> Node:
        r"""`\sum` or `\prod` with its bounds, and the term that it sums or multiplies."""
        operator = self.take().text
        bounds: list[tuple[str, Node | None, Node | None]] = []
        last: Node | None = None
        while self.next.text in ("_", "^"):
            if self.take().text == "_":
                bounds = self._lower_bounds()
            else:
                last = self.argument()
        if last is not None:
            if len(bounds) != 1 or bounds[0][1] is None:
                raise NotUnderstood(f"{operator} with an upper bound, but without a first value of one index")
            bounds = [(bounds[0][0], bounds[0][1], last)]
        body = self.term()
        return Big(operator, bounds, body)

    def members(self) -> Node:
        r"""What stands after `\in`: an interval, a finite set, or `\mathbb{R}` with a shape."""
        opening = self.take()
        if opening.text == r"\mathbb":
            letters = self.group()
            shape = self._shape() if self.accept("^") else []
            return Space(letters[0].text if letters else "", shape)
        if opening.text == r"\{":
            return Members(self._listed(r"\}"))
        if opening.text not in ("[", "("):
            raise NotUnderstood(f"expected an interval or a set, found {shown(opening)}")
        low = self._bound()
        self.expect(",")
        high = self._bound()
        closing = self.take()
        if closing.text not in ("]", ")"):
            raise NotUnderstood(f"expected ] or ), found {shown(closing)}")
        return Span(low, high, opening.text == "(", closing.text == ")")

    def _conditions(self) -> list[tuple[Node, str, Node]]:
        r"""Comparisons such as `0 < z \le 1`; none for "otherwise"."""
        while self.next.kind in ("word", "space") and self.next.text.split(" ")[0].lower() in _WORDS_OF_CASES:
            self.take()
        found: list[tuple[Node, str, Node]] = []
        if self.next.kind in ("row", "end"):
            return found
        left = self.expression()
        while self.next.text in COMPARISONS:
            sign = self.take().text
            right = self.expression()
            found.append((left, sign, right))
            left = right
        if not found:
            raise NotUnderstood(f"{shown(self.next)} where a condition should stand")
        return found

    def _lower_bounds(self) -> list[tuple[str, Node | None, Node | None]]:
        """`_{i=1}`, `_i` or `_{i,j}`."""
        reader = type(self)(self.group())
        reader.depth = self.depth
        bounds: list[tuple[str, Node | None, Node | None]] = []
        while True:
            index = reader.take()
            if index.kind != "letter":
                raise NotUnderstood(f"{shown(index)} where the index of a sum or product should stand")
            bounds.append((index.text, reader.expression() if reader.accept("=") else None, None))
            if not reader.accept(","):
                break
        reader.expect_end()
        return bounds

    def _listed(self, closing: str) -> list[Node]:
        r"""Expressions up to the closing bracket; `1, 2, \ldots, 5` is written out for whole numbers."""
        items: list[Node] = []
        while True:
            if self.accept(r"\ldots"):
                self.expect(",")
                items.extend(_between(items, last := self.expression()))
                items.append(last)
            else:
                items.append(self.expression())
            if not self.accept(","):
                break
        self.expect(closing)
        return items

    def _bound(self) -> Node:
        negative = self.next.text == "-" and self.tokens[self.position + 1].text == r"\infty"
        if negative or self.next.text == r"\infty":
            self.position += 2 if negative else 1
            return Name(r"-\infty" if negative else r"\infty")
        return self.expression()

    def _shape(self) -> list[Node]:
        r"""`{3 \times 4}` or `n`."""
        reader = type(self)(self.group())
        shape = [reader._side()]
        while reader.accept(r"\times"):
            shape.append(reader._side())
        reader.expect_end()
        return shape

    def _side(self) -> Node:
        token = self.take()
        if token.kind == "number" and token.text.isdigit():
            return Num(int(token.text), 0)
        if token.kind == "letter":
            return Name(token.text)
        raise NotUnderstood(f"{shown(token)} where the side of a shape should stand")


def _between(items: list[Node], last: Node) -> list[Node]:
    """The whole numbers left out by an ellipsis."""
    first = items[-1] if items else None
    if not (isinstance(first, Num) and isinstance(last, Num) and not first.decimals and not last.decimals):
        raise NotUnderstood("an ellipsis between something else than whole numbers")
    if not 0 < last.value - first.value <= 10_000:
        raise NotUnderstood("an ellipsis between these numbers")
    return [Num(k, 0) for k in range(int(first.value) + 1, int(last.value))]
