"""From names to symbols, by the habits of the field."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.formula.symbols import Symbol, symbol_from_latex, symbol_of


@pytest.mark.parametrize(("name", "rank", "latex"), [
    ("x", 0, "x"),
    ("x", 1, r"\mathbf{x}"),
    ("W", 2, r"\mathbf{W}"),
    ("w_x", 0, "w_x"),
    ("W_1", 2, r"\mathbf{W}_1"),
    ("z1", 0, "z_1"),
    ("W12", 2, r"\mathbf{W}_{12}"),
    ("S_12", 0, "S_{12}"),
    ("x_max", 0, r"x_{\text{max}}"),
    ("n_conv1", 0, r"n_{\text{conv1}}"),
    ("alpha", 0, r"\alpha"),
    ("alpha", 1, r"\boldsymbol{\alpha}"),
    ("Sigma", 2, r"\boldsymbol{\Sigma}"),
    ("w_alpha", 0, r"w_{\alpha}"),
    ("y_hat", 0, r"\hat{y}"),
    ("y_hat", 1, r"\hat{\mathbf{y}}"),
    ("x_bar_1", 0, r"\bar{x}_1"),
    ("m_hat_new", 0, r"\hat{m}^{\text{new}}"),
    ("h_prev", 0, "h_{t-1}"),
    ("h_prev", 1, r"\mathbf{h}_{t-1}"),
    ("w_new", 0, r"w^{\text{new}}"),
    ("w_1_new", 0, r"w_1^{\text{new}}"),
    ("y_star", 0, "y^{*}"),
    ("lr", 0, r"\mathrm{lr}"),
    ("loss", 1, r"\mathbf{loss}"),
    ("dL_dw", 0, r"\frac{\partial L}{\partial w}"),
    ("dL_dW_1", 2, r"\frac{\partial L}{\partial \mathbf{W}_1}"),
    ("dL_dy_hat", 0, r"\frac{\partial L}{\partial \hat{y}}"),
    ("d_x", 0, "d_x"),
    ("D_x", 0, "D_x"),
])  # fmt: skip
def test_a_name_becomes_the_symbol_of_the_field(name: str, rank: int, latex: str) -> None:
    assert str(symbol_of(name, rank)) == latex


@pytest.mark.parametrize(("name", "rank", "entry"), [
    ("x", 1, "x_3"),
    ("alpha", 1, r"\alpha_3"),
    ("h_prev", 1, "h_{t-1,3}"),
    ("w_new", 1, r"w_3^{\text{new}}"),
    ("y_hat", 1, r"\hat{y}_3"),
    ("W_1", 2, "W_{1,3}"),
    ("dL_dw", 1, r"\left[\frac{\partial L}{\partial \mathbf{w}}\right]_3"),
])  # fmt: skip
def test_an_entry_is_not_bold_and_has_an_index(name: str, rank: int, entry: str) -> None:
    assert str(symbol_of(name, rank).at("3")) == entry


def test_an_entry_of_a_matrix_has_two_indices() -> None:
    assert str(symbol_of("W", 2).at("1", "2")) == "W_{1,2}"


def test_a_row_of_a_matrix_is_a_small_bold_letter() -> None:
    assert str(symbol_of("W", 2).row("2")) == r"\mathbf{w}_2"
    assert str(symbol_of("W_1", 2).row("2")) == r"\mathbf{w}_{1,2}"


@pytest.mark.parametrize(("latex", "entry"), [
    (r"\mathbf{x}_t", "x_{t,1}"),
    (r"\hat{y}_{t-1}", r"\hat{y}_{t-1,1}"),
    (r"z^{(1)}", "z_1^{(1)}"),
    (r"W^{[1]}_{x}", "W^{[1]}_{x,1}"),
    (r"x_\alpha", r"x_{\alpha,1}"),
    (r"x_{a_{b}}", "x_{a_{b},1}"),
    (r"\frac{\partial L}{\partial w}", r"\left[\frac{\partial L}{\partial w}\right]_1"),
])  # fmt: skip
def test_an_authors_symbol_can_be_given_an_index(latex: str, entry: str) -> None:
    assert str(symbol_from_latex(latex).at("1")) == entry


def test_an_authors_symbol_is_printed_as_it_was_written() -> None:
    for latex in (r"\mathbf{x}_t", r"z^{(1)}", r"\hat{y}_{t-1}", r"\frac{a}{b}", "W^{[1]}_x", "a_{ij}"):
        assert str(symbol_from_latex(f" {latex} ")) == latex


def _has_two_subscripts(latex: str) -> bool:
    """Whether two subscripts follow each other, which LaTeX refuses: x_1_2, x_{1}_2, x_1^a_2."""
    group = r"(?:\{(?:[^{}]|\{[^{}]*\})*\}|\\\w+|.)"
    return re.search(rf"_{group}'*(?:\^{group})?_", latex) is not None


@pytest.mark.parametrize("symbol", [
    symbol_of("z1", 1), symbol_of("W12", 2), symbol_from_latex(r"h_{t}^{l}"),
    symbol_from_latex("a_1'"),
])  # fmt: skip
def test_no_entry_has_two_subscripts(symbol: Symbol) -> None:
    assert not _has_two_subscripts(str(symbol.at("1")))


def test_the_entry_of_a_word_is_a_word() -> None:
    assert str(symbol_of("loss", 1).at("1")) == r"\mathrm{loss}_1"


@given(st.from_regex(r"[a-zA-Z](_(x|new|hat|1|max|prev|alpha)){0,3}", fullmatch=True), st.integers(0, 2))
def test_every_name_has_a_symbol_with_balanced_braces(name: str, rank: int) -> None:
    for symbol in (symbol_of(name, rank), symbol_of(name, rank).at("1"), symbol_of(name, rank).at("i", "j")):
        text = str(symbol)
        assert text.count("{") == text.count("}")
        assert not _has_two_subscripts(text)
