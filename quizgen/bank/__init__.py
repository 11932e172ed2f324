"""Question files become exercises: load, check, draw."""

from quizgen.bank.library import Bank, load_bank
from quizgen.bank.question import Question

__all__ = ["Bank", "Question", "load_bank"]
