"""From what was asked for to an exam: choose questions, draw them in versions, give the whole a code.

Which questions an exam has depends on the blueprint and on the bank's ids alone, by hashes: not on the order of
files, on a generator's state, or on the machine.
"""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import shake_128
from typing import TYPE_CHECKING

from quizgen.code import LEVELS, MAX_VERSIONS, Blueprint, decode, encode
from quizgen.errors import UsageError, did_you_mean
from quizgen.exercise import Paper

if TYPE_CHECKING:
    from quizgen.bank import Bank, Question

DEFAULT_COUNT = 10
DEFAULT_TITLE = "Neural networks"
SEEDS = 2**32

#: The order in which topics are taught, and so stand on a paper; a topic that is not here comes after, by name.
CURRICULUM = (
    "perceptron",
    "dense",
    "activations",
    "losses",
    "training",
    "backpropagation",
    "initialisation",
    "difficulties",
    "cnn",
    "rnn",
    "lstm",
    "architecture",
)


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
        versions: how many versions, 1 to 26. Version k asks for the k-th other numbers of the same form.
        title: stands at the top of each paper.

    Raises:
        UsageError: if a topic or question is unknown, or there are fewer questions than asked for.
        DrawError, BankError: if a question cannot be drawn.
    """
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    _require(0 <= seed < SEEDS, f"a seed is a whole number from 0 to {SEEDS - 1}, not {seed}")
    _require(1 <= versions <= MAX_VERSIONS, f"an exam has 1 to {MAX_VERSIONS} versions, A to Z, not {versions}")
    _require(count is None or count >= 1, f"an exam has at least one exercise, not {count}")
    if ids:
        blueprint = _of_ids(bank, seed, versions, ids, count=count, others=[*topics, *levels])
    else:
        blueprint = _of_topics(bank, seed, versions, topics, levels, count)
    return _draw(bank, blueprint, title)


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


def select_topics(prefixes: Iterable[str], topics: Sequence[str]) -> tuple[str, ...]:
    """The topics that a prefix stands for: itself and what lies below it; in the order of `topics`.

    Raises:
        UsageError: if a prefix stands for nothing.
    """
    chosen = set()
    for prefix in prefixes:
        below = prefix.rstrip("/") + "/"
        found = {topic for topic in topics if f"{topic}/".startswith(below)}
        if not found:
            raise UsageError(
                f"unknown topic {prefix!r}{did_you_mean(prefix, topics)} (the topics are {', '.join(topics)})"
            )
        chosen |= found
    return tuple(topic for topic in topics if topic in chosen)


def _of_ids(
    bank: Bank, seed: int, versions: int, ids: Sequence[str], *, count: int | None, others: Sequence[object]
) -> Blueprint:
    _require(not others, "questions are chosen by id, or by topic and level, not by both")
    named = "1 question was" if len(ids) == 1 else f"{len(ids)} questions were"
    _require(count in (None, len(ids)), f"{named} named, so the exam cannot have {count} exercises")
    known = tuple(bank[name].id for name in ids)  # raises for unknown ones
    for name, times in Counter(known).items():
        _require(times == 1, f"the question {name!r} was named {times} times; an exam asks a question once")
    return Blueprint(seed, versions, len(known), ids=known)


def _of_topics(
    bank: Bank, seed: int, versions: int, topics: Sequence[str], levels: Sequence[int], count: int | None
) -> Blueprint:
    for level in levels:
        _require(level in LEVELS, f"the levels are 1, 2 and 3, not {level}")
    topics = select_topics(topics, bank.topics)
    levels = tuple(level for level in LEVELS if level in levels)
    blueprint = Blueprint(seed, versions, 0, topics, levels)
    there = len(_candidates(bank, blueprint))
    count = min(DEFAULT_COUNT, there) if count is None else count
    if count > there or there == 0:
        where = f" on {', '.join(topics)}" if topics else ""
        of = f" of level {' or '.join(map(str, levels))}" if levels else ""
        have = f"has only {there} questions" if there > 1 else "has only one question" if there else "has no question"
        raise UsageError(f"the bank {have}{where}{of}; ask for fewer exercises (-n), or for more topics or levels")
    return Blueprint(seed, versions, count, topics, levels)


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise UsageError(message)


def _candidates(bank: Bank, blueprint: Blueprint) -> list[Question]:
    return [
        question
        for question in bank.questions.values()
        if (not blueprint.topics or question.topic in blueprint.topics)
        and (not blueprint.levels or question.level in blueprint.levels)
    ]


def _choose(bank: Bank, blueprint: Blueprint) -> list[Question]:
    """As many questions as the blueprint asks for, balanced over topics, then over levels; in the paper's order."""
    left: defaultdict[str, list[Question]] = defaultdict(list)
    for question in _candidates(bank, blueprint):
        left[question.topic].append(question)
    topic_lots = {topic: _lot(blueprint.seed, topic) for topic in left}
    lots = {question.id: _lot(blueprint.seed, question.id) for pool in left.values() for question in pool}
    of_topic: Counter[str] = Counter()
    of_level: Counter[int] = Counter()
    chosen = []
    for _ in range(blueprint.count):
        topic = min((topic for topic in left if left[topic]), key=lambda topic: (of_topic[topic], topic_lots[topic]))
        question = min(left[topic], key=lambda question: (of_level[question.level], lots[question.id]))
        left[topic].remove(question)
        of_topic[topic] += 1
        of_level[question.level] += 1
        chosen.append(question)
    return sorted(chosen, key=lambda question: (_place(question.topic), question.level, question.id))


def _lot(seed: int, word: str) -> bytes:
    """What decides between equals: different for each seed, and the same everywhere."""
    return shake_128(f"quizgen exam {seed} {word}".encode()).digest(16)


def _place(topic: str) -> tuple[int, str]:
    root = topic.partition("/")[0]
    return (CURRICULUM.index(root) if root in CURRICULUM else len(CURRICULUM)), topic


def _draw(bank: Bank, blueprint: Blueprint, title: str | None) -> Exam:
    title = DEFAULT_TITLE if title is None else title
    questions = [bank[name] for name in blueprint.ids] or _choose(bank, blueprint)
    code = encode(blueprint, bank)
    seed = blueprint.seed
    papers = []
    for version in range(blueprint.versions):
        letter = chr(ord("A") + version) if blueprint.versions > 1 else ""
        # A question comes back to the same form after as many variants as it has forms.
        exercises = tuple(question.draw(seed=seed, variant=version * question.forms) for question in questions)
        papers.append(Paper(title=title, code=code, seed=seed, version=letter, exercises=exercises))
    return Exam(title=title, seed=seed, code=code, papers=tuple(papers))
