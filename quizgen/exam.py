"""From what was asked for to an exam: choose questions, draw them in versions, give the whole a code.

Which questions an exam has depends on the selection and on the bank's ids alone, by hashes: not on the order of
files, on a generator's state, or on the machine.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizgen.choose import candidates, choose, select_topics
from quizgen.code import LEVELS, MAX_VERSIONS, Selection, decode, encode
from quizgen.errors import UsageError
from quizgen.exercise import Exercise, Paper, Section

if TYPE_CHECKING:
    from quizgen.bank import Bank, Question

DEFAULT_COUNT = 10
DEFAULT_TITLE = "Neural networks"

#: The estimated minutes of an exercise may differ by this share between versions, if one of so many variants does.
_ALIKE, _TURNS = 0.1, 6
SEEDS = 2**32


@dataclass(frozen=True, slots=True)
class Exam:
    """The same questions in one or more versions, whose numbers differ.

    Attributes:
        code: regenerates the exam from the same bank, see `exam_from_code`; the title is not in it.
        papers: one per version, A, B, C, …; a single one has no letter.
    """

    title: str
    seed: int
    code: str
    papers: tuple[Paper, ...]

    @property
    def spread(self) -> float:
        """How much longer the longest version takes than the shortest, by their estimated minutes: 0.1 is 10 %."""
        minutes = [paper.minutes for paper in self.papers]
        return max(minutes) / min(minutes) - 1


def make_exam(
    bank: Bank,
    *,
    topics: Sequence[str] = (),
    ids: Sequence[str] = (),
    count: int | None = None,
    levels: Sequence[int] = (),
    seed: int | None = None,
    versions: int = 1,
    title: str | None = None,
) -> Exam:
    """Choose questions and draw them.

    The choice is balanced: the numbers of exercises of any two topics differ by at most one, as long as the topics
    have questions left, and within a topic the levels that the exam has least of come first. On the paper topics
    stand in the order of `CURRICULUM`, and within a topic easy questions come first.

    Args:
        bank: its `questions` are chosen from; files with a fault are not among them, see `bank.faults`.
        topics: topics, or prefixes of theirs; none: all.
        ids: these questions in this order, and no choice; `topics` and `levels` must then be left out.
        count: how many exercises; None: ten, or all that there are if they are fewer.
        levels: of 1, 2, 3; none: all.
        seed: 0 ≤ seed < 2**32; None: a fresh one.
        versions: how many versions, 1 to 26. They have the same forms, other numbers, and take about as long.
        title: stands at the top of each paper.

    Raises:
        UsageError: if a topic or question is unknown, or there are fewer questions than asked for.
        DrawError, BankError: if a question cannot be drawn.
    """
    seed, versions = usable_seed(seed), usable_versions(versions)
    _require(count is None or count >= 1, f"an exam has at least one exercise, not {count}")
    if ids:
        selection = _of_ids(bank, seed, versions, ids, count=count, others=[*topics, *levels])
    else:
        selection = _of_topics(bank, seed, versions, topics, levels, count)
    if selection.ids:
        questions = [bank[name] for name in selection.ids]
    else:
        questions = choose(candidates(bank, selection.topics, selection.levels), selection.count, str(seed))
    return draw(bank, selection, questions, title=title)


def exam_from_code(bank: Bank, code: str, *, title: str | None = None) -> Exam:
    """The exam with this code, the same to the last byte.

    Raises:
        UsageError: if the code is mistyped, or was made with another bank.
    """
    b = decode(code, bank)
    return make_exam(
        bank,
        topics=b.topics,
        ids=b.ids,
        count=b.count,
        levels=b.levels,
        seed=b.seed,
        versions=b.versions,
        title=title,
    )


def usable_seed(seed: int | None) -> int:
    """The seed, or a fresh one for None.

    Raises:
        UsageError: for a number that is no seed.
    """
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    _require(0 <= seed < SEEDS, f"a seed is a whole number from 0 to {SEEDS - 1}, not {seed}")
    return seed


def usable_versions(versions: int) -> int:
    """The number of versions.

    Raises:
        UsageError: for more than there are letters, or none.
    """
    _require(1 <= versions <= MAX_VERSIONS, f"an exam has 1 to {MAX_VERSIONS} versions, A to Z, not {versions}")
    return versions


def _of_ids(
    bank: Bank, seed: int, versions: int, ids: Sequence[str], *, count: int | None, others: Sequence[object]
) -> Selection:
    _require(not others, "questions are chosen by id, or by topic and level, not by both")
    named = "1 question was" if len(ids) == 1 else f"{len(ids)} questions were"
    _require(count in (None, len(ids)), f"{named} named, so the exam cannot have {count} exercises")
    known = tuple(bank[name].id for name in ids)  # raises for unknown ones
    for name, times in Counter(known).items():
        _require(times == 1, f"the question {name!r} was named {times} times; an exam asks a question once")
    return Selection(seed, versions, len(known), ids=known)


def _of_topics(
    bank: Bank, seed: int, versions: int, topics: Sequence[str], levels: Sequence[int], count: int | None
) -> Selection:
    for level in levels:
        _require(level in LEVELS, f"the levels are 1, 2 and 3, not {level}")
    topics = select_topics(topics, bank.topics)
    levels = tuple(level for level in LEVELS if level in levels)
    there = len(candidates(bank, topics, levels))
    count = min(DEFAULT_COUNT, there) if count is None else count
    if count > there or there == 0:
        where = f" on {', '.join(topics)}" if topics else ""
        of = f" of level {' or '.join(map(str, levels))}" if levels else ""
        have = f"has only {there} questions" if there > 1 else "has only one question" if there else "has no question"
        raise UsageError(f"the bank {have}{where}{of}; ask for fewer exercises (-n), or for more topics or levels")
    return Selection(seed, versions, count, topics, levels)


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise UsageError(message)


def draw(
    bank: Bank,
    selection: Selection,
    questions: Sequence[Question],
    *,
    title: str | None,
    instructions: str = "",
    sections: Sequence[Section] = (),
) -> Exam:
    """The questions of an exam drawn, in each version.

    Args:
        selection: what the code is to say; its seed and its number of versions are used.
        sections: of the paper; their numbers of exercises add up to that of the questions.

    Raises:
        DrawError, BankError: if a question cannot be drawn.
    """
    title = DEFAULT_TITLE if title is None else title
    code, seed = encode(selection, bank), selection.seed
    first: list[Exercise] = []
    points = [section.points for section in sections for _ in range(section.count)] or [None] * len(questions)
    papers = []
    for version in range(selection.versions):
        letter = chr(ord("A") + version) if selection.versions > 1 else ""
        drawn = [
            _alike(question, selection, version, first[k] if first else None) for k, question in enumerate(questions)
        ]
        first = first or drawn
        exercises = tuple(
            exercise if worth is None else replace(exercise, points=worth)
            for exercise, worth in zip(drawn, points, strict=True)
        )
        papers.append(Paper(title, code, seed, letter, exercises, instructions, tuple(sections)))
    return Exam(title=title, seed=seed, code=code, papers=tuple(papers))


def _alike(question: Question, selection: Selection, version: int, first: Exercise | None) -> Exercise:
    """The exercise of a version: the same form as in version A, other numbers, and about as much work.

    A question comes back to the same form after as many variants as it has forms. Where the numbers decide how long a
    solution gets, the next variants are looked at too; no two versions ever look at the same one.
    """
    nearest = question.draw(seed=selection.seed, variant=version * question.forms)
    if first is None:
        return nearest
    for turn in range(1, _TURNS):
        if abs(nearest.minutes - first.minutes) <= _ALIKE * first.minutes:
            break
        variant = (version + turn * selection.versions) * question.forms
        exercise = question.draw(seed=selection.seed, variant=variant)
        if abs(exercise.minutes - first.minutes) < abs(nearest.minutes - first.minutes):
            nearest = exercise
    return nearest
