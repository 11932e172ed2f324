"""What a bank holds, for people who choose from it: facts on questions, examples, what of a lecture is asked."""

from quizgen.catalogue.facts import Facts, facts_of
from quizgen.catalogue.sections import Coverage, coverage

__all__ = ["Coverage", "Facts", "coverage", "facts_of"]
