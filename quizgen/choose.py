"""Which questions an exam has: balanced over topics and levels, decided by the seed and the questions' ids alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from hashlib import shake_128
from typing import TYPE_CHECKING

from quizgen.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from quizgen.bank import Bank, Question

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


def candidates(bank: Bank, topics: Sequence[str], levels: Sequence[int]) -> list[Question]:
    """The questions of some topics and levels; none named: all."""
    return [
        question
        for question in bank.questions.values()
        if (not topics or question.topic in topics) and (not levels or question.level in levels)
    ]


def choose(pool: Iterable[Question], count: int, lots: str) -> list[Question]:
    """Some questions of a pool, balanced over topics, then over levels; in the paper's order.

    The numbers of questions of any two topics differ by at most one, as long as the topics have questions left, and
    within a topic the levels that there are least of come first.

    Args:
        count: at most as many as the pool has.
        lots: decides between equals; the same word gives the same questions.
    """
    left: defaultdict[str, list[Question]] = defaultdict(list)
    for question in pool:
        left[question.topic].append(question)
    topic_lots = {topic: _lot(lots, topic) for topic in left}
    question_lots = {question.id: _lot(lots, question.id) for questions in left.values() for question in questions}
    of_topic: Counter[str] = Counter()
    of_level: Counter[int] = Counter()
    chosen = []
    for _ in range(count):
        topic = min((topic for topic in left if left[topic]), key=lambda topic: (of_topic[topic], topic_lots[topic]))
        question = min(left[topic], key=lambda question: (of_level[question.level], question_lots[question.id]))
        left[topic].remove(question)
        of_topic[topic] += 1
        of_level[question.level] += 1
        chosen.append(question)
    return in_order(chosen)


def in_order(questions: Iterable[Question]) -> list[Question]:
    """Topics in the order of `CURRICULUM`, and within a topic easy questions first."""
    return sorted(questions, key=lambda question: (_place(question.topic), question.level, question.id))


def _lot(lots: str, word: str) -> bytes:
    """Different for each word and each way of drawing lots, and the same everywhere."""
    return shake_128(f"quizgen exam {lots} {word}".encode()).digest(16)


def _place(topic: str) -> tuple[int, str]:
    root = topic.partition("/")[0]
    return (CURRICULUM.index(root) if root in CURRICULUM else len(CURRICULUM)), topic
