"""One question verified: drawn, then handed to every check."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from quizgen.bank.question import Question
from quizgen.errors import QuizgenError
from quizgen.verify import answers, choices, drawing, edges, formats, numbers, proofs, texts
from quizgen.verify.subject import Subject
from quizgen.verify.verdict import Fault, Verdict, told_once

Check = Callable[[Subject, Verdict], Iterator[Fault]]

#: What is looked at, in this order. A check notes what it measures in the verdict, and yields what is at fault.
CHECKS: tuple[Check, ...] = (
    drawing.same_again,
    drawing.distinct,
    drawing.kept,
    numbers.finite,
    numbers.accepted,
    numbers.mistakes_differ,
    numbers.varied,
    edges.edges,
    choices.different,
    choices.spread,
    answers.graded,
    texts.nothing_ugly,
    texts.hints_do_not_tell,
    proofs.relations,
    proofs.mutations,
    formats.formats,
)


def verify(question: Question, *, seed: int = 0, variants: int = 100) -> Verdict:
    """Draws variants of a question and checks whatever can be checked.

    Args:
        variants: how many; each form comes once in as many variants as there are forms.
    """
    verdict = Verdict(question.id, seed)
    verdict.faults += drawing.forms(question, verdict)
    if verdict.faults:
        return verdict
    exercises = drawing.draw_all(question, seed, variants, verdict)
    if verdict.faults:
        return verdict
    subject = Subject(question, seed, exercises)
    for check in CHECKS:
        try:
            verdict.faults += told_once(((fault.check, fault.message), fault) for fault in check(subject, verdict))
        except QuizgenError as error:
            verdict.faults.append(Fault(check.__name__, str(error)))
    return verdict
