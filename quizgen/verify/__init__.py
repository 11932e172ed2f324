"""The bank tests itself: every question drawn many times, and everything that is claimed about a variant checked.

`verify(question, …)` gives a `Verdict`: what was measured, and each fault with the seed and variant that shows it.
"""

from quizgen.verify.question import verify
from quizgen.verify.verdict import Fault, Verdict

__all__ = ["Fault", "Verdict", "verify"]
