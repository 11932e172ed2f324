"""Mathematics as it is typed without LaTeX: z = 0.5*2 + (-1)*3 + 0.1 = -1.9, with σ, ·, ², √ and ᵀ where they come.

It becomes the tokens that LaTeX would have given, so that one grammar reads both. Words between formulas part them: a
word is a symbol only where an operator or a relation stands next to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from quizgen.proof.errors import NotUnderstood
from quizgen.proof.keyboard import COMPOUND, GREEK, SUBSCRIPTS, SUPERSCRIPTS
from quizgen.proof.pieces import Piece, pieces
from quizgen.proof.tokens import LONGEST_FORMULA, Token, tokenize

#: Pieces that are looked at to tell a matrix in brackets from a vector.
_LONGEST_BRACKET = 400


def tokenize_typed(text: str) -> list[Token]:
    """The tokens of a typed text; text with LaTeX commands in it is read as LaTeX.

    Raises:
        NotUnderstood: if it is longer than `LONGEST_FORMULA`.
    """
    if re.search(r"\\[A-Za-z]", text):
        return tokenize(text)
    if len(text) > LONGEST_FORMULA:
        raise NotUnderstood(f"the formula has {len(text)} characters; at most {LONGEST_FORMULA} are read")
    return _Writer(pieces(text)).tokens()


def scientific(tokens: list[Token]) -> list[Token]:
    """A student's LaTeX with 1.5e-3 read as the number that it is on a calculator: written without a gap."""
    found: list[Token] = []
    for token in tokens:
        found.append(token)
        shape = [part.text if part.kind != "number" else "number" for part in found[-4:]]
        if shape != ["number", "e", "-", "number"] or any(a.end != b.start for a, b in pairwise(found[-4:])):
            continue
        mantissa, e, minus, exponent = found[-4:]
        marks = [e._replace(kind="mark", text=text) for text in ("^", "{")]
        found[-4:] = [
            mantissa._replace(kind="mark", text="("),
            mantissa,
            e._replace(kind="command", text=r"\cdot"),
            e._replace(kind="number", text="10"),
            *marks,
            minus,
            exponent,
            *(exponent._replace(kind="mark", text=text) for text in ("}", ")")),
        ]
    return found


class _Writer:
    """Writes pieces as LaTeX tokens."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.place = 0
        self.out: list[Token] = []
        #: For each open bracket what closes it: a text, "row" of a matrix, or "matrix".
        self.open: list[str] = []

    def tokens(self) -> list[Token]:
        while self.place < len(self.pieces):
            self._piece()
        return self.out

    def _piece(self) -> None:
        piece = self.pieces[self.place]
        text = piece.text
        if self.open and self.open[-1] in ("matrix", "tuple") and self._parts(piece):
            self._emit(piece, "mark", "&" if self.open[-1] == "matrix" else ",")
        self.place += 1
        if piece.kind == "number":
            self._number(piece)
        elif piece.kind == "name":
            self._name(piece)
        elif piece.kind == "raised":
            self._group(piece, "^", [SUPERSCRIPTS[c] for c in text])
        elif piece.kind == "lowered":
            self._group(piece, "_", [SUBSCRIPTS[c] for c in text])
        elif piece.kind == "derivative":
            self._derivative(piece)
        elif text in ("^", "_"):
            self._script(piece)
        elif text == r"\sqrt":
            self._root(piece)
        elif text in ("(", "["):
            self._opening(piece)
        elif text in (")", "]"):
            self._closing(piece)
        elif self.open and self.open[-1] in ("matrix", "rows", "row") and text in (";", ","):
            is_row = text == ";" or self.open[-1] == "rows"
            self._emit(piece, "row" if is_row else "mark", "\\\\" if is_row else "&")
        else:
            self._emit(piece, {"space": "space", "stop": "space", "relation": "mark"}.get(piece.kind, "mark"), text)

    def _emit(self, piece: Piece, kind: str, *texts: str) -> None:
        self.out.extend(Token(kind, text, piece.start, piece.end) for text in texts)

    def _parts(self, piece: Piece) -> bool:
        """Whether a space before the piece parts two elements: [1 -2] has two, [1 - 2] one."""
        before = self.pieces[self.place - 1]
        if not piece.spaced or not before.ends_operand:
            return False
        if piece.text in ("-", "+"):
            following = self.pieces[self.place + 1] if self.place + 1 < len(self.pieces) else None
            return following is not None and not following.spaced
        return piece.starts_operand

    def _number(self, piece: Piece) -> None:
        mantissa, _, exponent = piece.text.lower().partition("e")
        if not exponent:
            self._emit(piece, "number", mantissa)
            return
        self._emit(piece, "mark", "(")
        self._emit(piece, "number", mantissa)
        self._emit(piece, "command", r"\cdot")
        self._emit(piece, "number", "10")
        self._emit(piece, "mark", "^", "{")
        if exponent.startswith("-"):
            self._emit(piece, "mark", "-")
        self._emit(piece, "number", exponent.lstrip("+-"))
        self._emit(piece, "mark", "}", ")")

    def _name(self, piece: Piece) -> None:
        text = piece.text
        following = self.pieces[self.place] if self.place < len(self.pieces) else None
        if text == "sqrt":
            self._root(piece)
            return
        compound = COMPOUND.fullmatch(text)
        base = compound["base"] if compound else text
        hat = bool(compound and compound["hat"])
        if hat:
            self._emit(piece, "command", r"\hat")
            self._emit(piece, "mark", "{")
        if base in GREEK:
            self._emit(piece, "command", GREEK[base])
        elif base in ("log", "lim"):
            self._emit(piece, "command", f"\\{base}")
        elif len(base) == 1:
            self._emit(piece, "letter", base)
        else:
            self._emit(piece, "word", base)
        if hat:
            self._emit(piece, "mark", "}")
        if compound and compound["digits"] and not (following and following.text == "_"):
            self._group(piece, "_", [compound["digits"]])

    def _group(self, piece: Piece, script: str, texts: Sequence[str]) -> None:
        self._emit(piece, "mark", script, "{")
        for text in texts:
            kind = "number" if text.isdigit() else "letter" if text.isalpha() else "mark"
            if kind == "number" and self.out[-1].kind == "number":
                self.out[-1] = self.out[-1]._replace(text=self.out[-1].text + text)
            else:
                self._emit(piece, kind, text)
        self._emit(piece, "mark", "}")

    def _derivative(self, piece: Piece) -> None:
        r"""dL/dw as \frac{\partial L}{\partial w}."""
        above, _, below = (
            re.sub(r"\s|\(|\)", "", piece.text).replace("∂", "d").partition("_" if "/" not in piece.text else "/")
        )
        self._emit(piece, "command", r"\frac")
        for part in (above, below):
            self._emit(piece, "mark", "{")
            self._emit(piece, "command", r"\partial")
            inner = tokenize_typed(part.removeprefix("d"))
            self.out.extend(token._replace(start=piece.start, end=piece.end) for token in inner)
            self._emit(piece, "mark", "}")

    def _script(self, piece: Piece) -> None:
        """An exponent or an index: braces around brackets, around a signed operand, or around one operand."""
        self._emit(piece, "mark", piece.text, "{")
        following = self.pieces[self.place] if self.place < len(self.pieces) else None
        if following is not None and following.text in ("(", "{"):
            self.place += 1
            if following.text == "(":
                self.open.append("}")
            return
        while following is not None and following.text in ("-", "+") and piece.text == "^":
            self._emit(following, "mark", following.text)
            self.place += 1
            following = self.pieces[self.place] if self.place < len(self.pieces) else None
        if following is not None and (following.kind in ("number", "name", "space") or following.text == "*"):
            self.place += 1
            if following.kind == "number":
                self._number(following)
            elif piece.text == "_" or following.kind == "space":
                self._index(following)
            else:
                self._name(following)
                self._subscript_of_exponent()
        self._emit(piece, "mark", "}")

    def _subscript_of_exponent(self) -> None:
        """e^-z_1 is e to the power of -z_1."""
        if self.place + 1 < len(self.pieces) and self.pieces[self.place].text == "_":
            script = self.pieces[self.place]
            self.place += 1
            self._script(script)

    def _index(self, piece: Piece) -> None:
        match = re.fullmatch(r"([A-Za-z]+)(\d*)", piece.text)
        letters, digits = (match[1], match[2]) if match else (piece.text, "")
        if len(letters) <= 2 and letters not in GREEK:
            for letter in letters:
                self._emit(piece, "letter", letter)
        elif letters in GREEK:
            self._emit(piece, "command", GREEK[letters])
        else:
            self._emit(piece, "word", letters)
        if digits:
            self._emit(piece, "number", digits)

    def _root(self, piece: Piece) -> None:
        self._emit(piece, "command", r"\sqrt")
        self._emit(piece, "mark", "{")
        following = self.pieces[self.place] if self.place < len(self.pieces) else None
        if following is not None and following.text == "(":
            self.place += 1
            self.open.append("}")
            return
        if following is not None and following.kind in ("number", "name"):
            self.place += 1
            (self._number if following.kind == "number" else self._name)(following)
        self._emit(piece, "mark", "}")

    def _opening(self, piece: Piece) -> None:
        layout = self._layout() if piece.text == "[" else ""
        if self.open and self.open[-1] == "rows" and piece.text == "[":
            self.open.append("row")
        elif layout in ("matrix", "rows"):
            self.open.append(layout)
            self._emit(piece, "begin", "pmatrix")
        elif layout == "tuple":
            self.open.append("tuple")
            self._emit(piece, "mark", "(")
        else:
            self.open.append(")" if piece.text == "(" else "]")
            self._emit(piece, "mark", piece.text)

    def _closing(self, piece: Piece) -> None:
        closes = self.open.pop() if self.open else piece.text
        if closes in ("matrix", "rows"):
            self._emit(piece, "end", "pmatrix")
        elif closes == "tuple":
            self._emit(piece, "mark", ")")
        elif closes != "row":
            self._emit(piece, "mark", closes)

    def _layout(self) -> str:
        """How the brackets that open before `place` are laid out: "matrix", "rows", "tuple", or "" for commas."""
        depth, last = 1, None
        spaced = False
        for place in range(self.place, min(len(self.pieces), self.place + _LONGEST_BRACKET)):
            piece = self.pieces[place]
            if place == self.place and piece.text == "[":
                return "rows"
            depth += (piece.text in ("(", "[")) - (piece.text in (")", "]"))
            if not depth:
                break
            if depth == 1:
                if piece.text == ";":
                    return "matrix"
                if piece.text == ",":
                    return ""
                if last is not None and last.ends_operand and piece.spaced:
                    spaced = spaced or piece.starts_operand or piece.text == "-"
            last = piece
        return "tuple" if spaced else ""
