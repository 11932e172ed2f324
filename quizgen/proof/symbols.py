"""The table of symbols: what each name's printed value is, and how firmly it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from quizgen.proof.errors import NotUnderstood, ProofError, UnknownName
from quizgen.proof.names import read_name
from quizgen.proof.nodes import Name, Node
from quizgen.proof.spelling import plainly
from quizgen.proof.tokens import tokenize
from quizgen.proof.values import Array, Value, element, from_python


class Standing(IntEnum):
    """Where a name's value comes from, the firmest last."""

    FORMULA = 1  #: evaluated from a formula of symbols; nothing printed, so whatever is printed later replaces it
    DERIVED = 2  #: the printed end of a chain; a later chain may derive it anew
    GIVEN = 3  #: stated outright, or known from outside: nothing may contradict it


@dataclass(frozen=True, slots=True)
class Function:
    """A function that the text defines: its parameters' keys and its body; or another name of a known function."""

    parameters: tuple[str, ...]
    body: Node


class Symbols:
    """Values of names and functions of the text.

    Args:
        known: names in LaTeX and their values (numbers, decimal texts, nested lists row by row).

    Raises:
        ProofError: if a name or a value of `known` cannot be read.
    """

    def __init__(self, known: Mapping[str, object] | None = None) -> None:
        self._values: dict[str, tuple[Value, Standing]] = {}
        #: In a student's text: plain spellings of known symbols, and the symbols' keys; None where they are not used.
        self.spellings: dict[str, str] | None = None
        #: The keys of an exercise's symbols that the text may still give a value: no other symbol is meant by them.
        self._own: frozenset[str] = frozenset()
        #: Printed lengths of vectors, by the vector's key: \lVert w \rVert \approx 4.4721 is put in as 4.4721.
        self.norms: dict[str, Value] = {}
        self.functions: dict[str, Function] = {}
        self.aliases: dict[str, str] = {r"\sigma": "sigmoid", r"\sigma'": "sigmoid'"}
        for latex, value in (known or {}).items():
            try:
                self.define(read_name(tokenize(latex)).key, from_python(value, latex), Standing.GIVEN)
            except NotUnderstood as error:
                raise ProofError(f"the known symbol {latex!r}: {error}") from None

    def define(self, key: str, value: Value, standing: Standing) -> None:
        self._values[self.canonical(key)] = (value, standing)
        self.norms.pop(self.canonical(key), None)

    def spell_loosely(self, names: Mapping[str, str]) -> None:
        """From now on symbols may be spelled plainly (w_x for a bold w with the index x), or by other names.

        Args:
            names: other names of symbols, and the symbols' canonical LaTeX.
        """
        plain = [(plainly(key), key) for key in (*self._values, *names.values())]
        count = Counter(spelling for spelling, _ in set(plain))
        self.spellings = {spelling: key for spelling, key in plain if count[spelling] == 1}
        self._own = frozenset(names.values())
        for name, key in names.items():
            self.spellings.setdefault(plainly(name), key)

    def canonical(self, key: str) -> str:
        """The key under which a symbol is kept that is spelled like this."""
        if self.spellings is None or key in self._values or key in self._own:
            return key
        return self.spellings.get(plainly(key), key)

    def slope_of(self, name: Name) -> Function | None:
        """The function of the text of which `name`, an `f'`, is the derivative, unless f' is defined itself."""
        if not name.base.endswith("'") or name.key in self.functions:
            return None
        found = self.functions.get(Name(name.base[:-1], name.indices, name.label).key)
        return found if found is not None and len(found.parameters) == 1 else None

    def __iter__(self) -> Iterator[tuple[str, Value]]:
        return ((key, value) for key, (value, _) in self._values.items())

    def of_key(self, key: str) -> Value | None:
        """The value under a canonical key, or None."""
        entry = self._values.get(self.canonical(key))
        return None if entry is None else entry[0]

    def standing(self, name: Name) -> Standing | None:
        """How firmly a name's value stands; None if it has none of its own, nor as an element of another."""
        entry = self._values.get(self.canonical(name.key))
        if entry is not None:
            return entry[1]
        return None if self._as_element(name) is None else Standing.DERIVED

    def value(self, name: Name) -> Value:
        """The value of a name: its own, or the element that its last indices point at in a known array.

        Raises:
            UnknownName: if there is neither.
        """
        entry = self._values.get(self.canonical(name.key))
        if entry is not None:
            return entry[0]
        found = self._as_element(name)
        if found is None:
            raise UnknownName(name.key)
        return found

    def container(self, name: Name) -> Array | None:
        """The known array that `x_{…}` would be an element of, by all of its indices."""
        return self._array(name, ()) if name.indices else None

    def elements(self, name: Name, value: Value) -> list[Value]:
        """The values that an array's elements have as names of their own: all of them, or none."""
        if not isinstance(value, Array):
            return []
        bold = name.base.startswith(r"\mathbf{")
        letter = name.base[8:-1] if bold else name.base
        for base in dict.fromkeys((name.base, letter, letter.lower())):
            found: list[Value] = []
            for i in range(value.rows):
                for j in range(value.columns):
                    own = ((str(max(i, j) + 1),),) if value.is_vector else ((str(i + 1),), (str(j + 1),))
                    key = Name(base, name.indices + own, name.label, name.before, name.after).key
                    found.extend(entry[0] for entry in (self._values.get(key),) if entry is not None)
            if len(found) == len(value.cells):
                return found
        return []

    def _as_element(self, name: Name) -> Value | None:
        for indices, rest in _trailing_numbers(name.indices):
            found = self._array(name, rest)
            if found is not None:
                try:
                    return element(found, indices)
                except NotUnderstood:
                    continue
        return None

    def _array(self, name: Name, rest: tuple[tuple[str, ...], ...]) -> Array | None:
        """The array of this name with fewer indices, printed plain or bold, small or capital."""
        for base in _bases(name.base):
            entry = self._values.get(Name(base, rest, name.label, name.before, name.after).key)
            if entry is not None and isinstance(entry[0], Array):
                return entry[0]
        return None


def _bases(base: str) -> list[str]:
    """How the array may be printed whose elements are printed with `base`."""
    found = [base, rf"\mathbf{{{base}}}"]
    if len(base) == 1 and base.islower():
        found += [rf"\mathbf{{{base.upper()}}}", base.upper()]
    if base.startswith(r"\hat{") and "mathbf" not in base:
        found.append(rf"\hat{{\mathbf{{{base[5:-1]}}}}}")
        found.append(rf"\mathbf{{{base}}}")
    return found


def _trailing_numbers(indices: tuple[tuple[str, ...], ...]) -> Iterator[tuple[list[int], tuple[tuple[str, ...], ...]]]:
    """The ways to read the last indices as those of an element: `2`; `1,2`; `12` as 1,2."""
    numbers: list[int] = []
    for index in reversed(indices):
        text = "".join(index)
        if not (text.isdigit() and len(text) < 7):
            break
        numbers.insert(0, int(text))
        if len(numbers) > 2:
            break
        yield list(numbers), indices[: len(indices) - len(numbers)]
    last = "".join(indices[-1]) if indices else ""
    if len(last) == 2 and last.isdigit() and "0" not in last:
        yield [int(last[0]), int(last[1])], indices[:-1]
