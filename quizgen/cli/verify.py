"""`quizgen verify`: the bank tests itself."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from quizgen.bank import Bank
from quizgen.bank.library import load_bank
from quizgen.choose import select_topics
from quizgen.cli import options
from quizgen.cli.bank import open_bank
from quizgen.errors import counted
from quizgen.exam import SEEDS
from quizgen.verify import Verdict, verify

#: Of faults that one check finds in one question; the next ones are mostly the same with other numbers.
_MOST_TOLD = 5
_HEAD = (
    "question",
    "forms",
    "variants",
    "distinct",
    "kept",
    "relations",
    "decided",
    "caught",
    "graded",
    "µs",
    "faults",
)


@click.command("verify")
@options.topics
@options.ids
@click.option(
    "--variants", type=click.IntRange(1, 100_000), default=100, show_default=True, help="How many of each question."
)
@click.option(
    "--seed", type=click.IntRange(0, SEEDS - 1), default=0, show_default=True, help="Other variants: another seed."
)
@click.option("--jobs", type=click.IntRange(1), default=None, help="Processes at a time; default: one a processor.")
@click.option("--json", "as_json", is_flag=True, help="For programs: everything as JSON.")
@options.bank
def command(
    topics: tuple[str, ...],
    ids: tuple[str, ...],
    variants: int,
    seed: int,
    jobs: int | None,
    as_json: bool,
    folder: Path | None,
) -> int:
    """Draw many variants of every question and check them.

    Each variant is confirmed by the numeric core, drawn a second time, proof-read relation by relation, and written
    in every format; answers, right, wrong and malformed, are graded. Every fault is told with a command that shows
    it. The exit status is 1 if there is one.
    """
    bank = open_bank(folder)
    chosen = _chosen(bank, topics, ids)
    verdicts = list(_progress(_verdicts(folder, chosen, seed, variants, jobs), len(chosen)))
    file_faults = [str(fault) for fault in bank.faults]
    click.echo(_json(verdicts, file_faults) if as_json else _table(verdicts, file_faults))
    return 1 if file_faults or any(verdict.faults for verdict in verdicts) else 0


def _chosen(bank: Bank, topics: Sequence[str], ids: Sequence[str]) -> list[str]:
    named = [bank[name].id for name in ids]
    within = select_topics(topics, bank.topics) if topics or not ids else ()
    every = not topics and not ids
    return named + [q.id for q in bank.questions.values() if (every or q.topic in within) and q.id not in named]


def _verdicts(folder: Path | None, ids: Sequence[str], seed: int, variants: int, jobs: int | None) -> Iterator[Verdict]:
    """In the order of the ids; each process reads the bank once."""
    work = partial(_verify, folder, seed=seed, variants=variants)
    jobs = min(jobs or os.cpu_count() or 1, len(ids))
    if jobs <= 1:
        yield from map(work, ids)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(work, ids)


_BANKS: dict[Path | None, Bank] = {}


def _verify(folder: Path | None, question: str, *, seed: int, variants: int) -> Verdict:
    bank = _BANKS.get(folder)
    if bank is None:
        bank = _BANKS[folder] = load_bank(folder)
    return verify(bank[question], seed=seed, variants=variants)


def _progress(verdicts: Iterator[Verdict], count: int) -> Iterator[Verdict]:
    """A bar on standard error, if that is a terminal."""
    if not sys.stderr.isatty():
        yield from verdicts
        return
    with click.progressbar(verdicts, length=count, label="verifying", file=sys.stderr) as bar:
        yield from bar


def _table(verdicts: Sequence[Verdict], file_faults: Sequence[str]) -> str:
    rows = [_HEAD, *map(_row, verdicts)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows]
    return "\n".join([*lines, "", _total(verdicts), *_told(verdicts, file_faults)])


def _row(verdict: Verdict) -> tuple[str, ...]:
    v = verdict
    return (
        v.id, str(v.forms), str(v.variants), str(v.distinct), f"{v.kept:.0%}", str(v.relations),
        _share(v.decided, v.relations), _share(v.caught, v.changed), str(v.graded), f"{v.microseconds:.0f}",
        str(len(v.faults) or "-"),
    )  # fmt: skip


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def _total(verdicts: Sequence[Verdict]) -> str:
    relations, decided = sum(v.relations for v in verdicts), sum(v.decided for v in verdicts)
    changed, caught = sum(v.changed for v in verdicts), sum(v.caught for v in verdicts)
    return (
        f"{counted(len(verdicts), 'question')}, {sum(v.variants for v in verdicts):,} variants. "
        f"Of {relations:,} printed relations {_share(decided, relations)} are decided, "
        f"{sum(v.false for v in verdicts)} false. "
        f"Of {changed:,} solutions with one number changed, {_share(caught, changed)} are caught."
    )


def _told(verdicts: Sequence[Verdict], file_faults: Sequence[str]) -> Iterator[str]:
    count = len(file_faults) + sum(len(verdict.faults) for verdict in verdicts)
    yield "No fault." if not count else f"\n{counted(count, 'fault')}:"
    yield from (f"  {fault}" for fault in file_faults)
    for verdict in verdicts:
        told: Counter[str] = Counter()
        for fault in verdict.faults:
            told[fault.check] += 1
            if told[fault.check] <= _MOST_TOLD:
                times = f" ({fault.times} variants)" if fault.times > 1 else ""
                yield f"  {verdict.id}: {fault.check}: {fault.message}{times}\n    {verdict.reproduce(fault)}"
        for check, found in told.items():
            if found > _MOST_TOLD:
                yield f"  {verdict.id}: {check}: {found - _MOST_TOLD} more; --json tells all"


def _json(verdicts: Sequence[Verdict], file_faults: Sequence[str]) -> str:
    questions = []
    for verdict in verdicts:
        entry = asdict(verdict)
        for fault, data in zip(verdict.faults, entry["faults"], strict=True):
            data["reproduce"] = verdict.reproduce(fault)
        questions.append(entry)
    return json.dumps({"faults": file_faults, "questions": questions}, ensure_ascii=False, indent=1)
