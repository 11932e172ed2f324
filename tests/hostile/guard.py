"""A program that lets readers loose on hostile texts, in processes with bounds, and reports what was not right.

`python guard.py READER [FIRST STEP]` attacks a reader with its part of the corpus and prints one line of JSON: how many
texts there were, how many were refused, and each fault. A fault is an error that is no `QuizgenError` or says nothing,
more than a second of the processor, more than 200 MB, and anything that a reader has no reason to do: run a program,
import a module, compile a file's text, write outside of the folder for temporary files, open a connection.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import corpus
from readers import READERS, first_answer, good_paper

from quizgen.errors import QuizgenError

SECONDS = 1.0
MEMORY = 200_000_000

Attack = tuple[str, str]


def attacks(reader: str) -> Iterator[Attack]:
    """The names and texts of the corpus for a reader."""
    yaml = corpus.YAML.items()
    match reader:
        case "questions":
            yield from corpus.in_questions()
            yield from ((name, f"---\n{text}\n---\n## Question\nx\n\n## Solution\nx\n") for name, text in yaml)
            yield from ((f"bare: {name}", text) for name, text in yaml)
        case "cards":
            yield from corpus.in_cards()
            yield from yaml
        case "outlines":
            yield from corpus.FRAGMENTS.items()
            yield from yaml
        case "blueprints":
            yield from corpus.in_blueprints()
            yield from yaml
        case "formulas":
            yield from corpus.in_formulas()
        case "codes":
            yield from corpus.in_codes()
        case "papers":
            yield from corpus.in_papers(good_paper())
        case "proofs":
            yield from corpus.in_proofs()
        case "answers":
            yield from corpus.in_answers(*first_answer())
            yield from yaml


def run(reader: str, chosen: Sequence[Attack]) -> dict[str, Any]:
    """Attacks a reader with all texts, each within the bounds, and counts."""
    read = READERS[reader]
    faults: list[str] = []
    refused = done = 0
    while done < len(chosen):
        lines, ended = _in_a_process(read, chosen[done:])
        refused += lines.count("refused")
        faults += [line for line in lines if line not in ("refused", "accepted")]
        done += len(lines)
        if ended:  # the text after those that were told is what ended it
            faults.append(f"{chosen[done][0]}: {ended}")
            done += 1
    return {"attacks": len(chosen), "refused": refused, "faults": faults}


def _in_a_process(read: Callable[[str], None], chosen: Sequence[Attack]) -> tuple[list[str], str]:
    """What became of the texts, a line each, up to the one that ended the process; and how it ended."""
    with tempfile.TemporaryFile("w+") as told:
        child = os.fork()
        if child == 0:
            status = 70
            try:
                _bounded()
                for attack in chosen:
                    told.write(_one(read, attack) + "\n")
                    told.flush()
                status = 0
            finally:
                os._exit(status)
        _, status = os.waitpid(child, 0)
        told.seek(0)
        lines = told.read().splitlines()
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        return lines, f"took more than {SECONDS} s" if name == "SIGPROF" else f"ended the process with {name}"
    complete = len(lines) == len(chosen)
    return lines, "" if complete else f"ended the process with status {os.WEXITSTATUS(status)}"


def _one(read: Callable[[str], None], attack: Attack) -> str:
    name, text = attack
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    _watched.clear()
    try:
        read(text)
        said = "accepted"
    except QuizgenError as error:
        said = (
            "refused"
            if _is_a_sentence(str(error))
            else f"{name}: says {str(error)[:90]!r} … in {len(str(error))} characters"
        )
    except BaseException as error:  # noqa: BLE001 - this is what is looked for
        said = f"{name}: {_shown(error)}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return f"{name}: caused {_watched[0]}" if _watched else said


def _is_a_sentence(message: str) -> bool:
    """Whether a message is words that a person can read: neither nothing nor a book, and nothing that deceives."""
    return 15 < len(message) < 5_000 and "Traceback" not in message and " " in message and "\x1b" not in message


def _shown(error: BaseException) -> str:
    place, tb = "", error.__traceback__
    while tb is not None:
        file = tb.tb_frame.f_code.co_filename
        place = f"{file}:{tb.tb_lineno}" if "quizgen" in file else place
        tb = tb.tb_next
    return f"{type(error).__name__}: {str(error)[:120]!r} at {place}".replace("\n", " ")


def _bounded() -> None:
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - there is no path to speak of
        size = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_watch)


_watched: list[str] = []
#: Code of our own making, under these names: what `formula/compile` writes, and Jinja's.
_OURS = {"<numbers>", "<facts>", "<fillings>", "<template>", "<unknown>", "<question>"}


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _is_suspicious(event, arguments):
        _watched.append(f"{event} {str(arguments)[:100]}")


def _is_suspicious(event: str, arguments: tuple[Any, ...]) -> bool:
    match event:
        case "compile":
            return str(arguments[1]) not in _OURS and not str(arguments[1]).startswith(_TEMPLATES)
        case "exec":
            name = arguments[0].co_filename
            return name not in _OURS and not name.startswith(_TEMPLATES)
        case "import":
            return arguments[0] not in sys.modules
        case "open":
            path, mode, _ = arguments
            writes = isinstance(mode, str) and set(mode) & set("wax+")
            return bool(writes) and not str(path).startswith(tempfile.gettempdir())
        case _:
            return event.startswith(("subprocess", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork",
                                     "socket", "ctypes", "shutil", "urllib", "pty", "webbrowser"))  # fmt: skip


_TEMPLATES = "nowhere, before the warming up"


def _warm_up(read: Callable[[str], None]) -> None:
    """Whatever is imported or compiled late is now."""
    global _TEMPLATES
    import jinja2.debug  # noqa: F401 - Jinja imports it when a template fails

    from quizgen import resources

    _TEMPLATES = str(resources.templates())
    for text in (corpus.question("title", "A test"), corpus.question("question", "$x$ **b** [a](https://a.b)\n\n- x")):
        READERS["questions"](text)
    for text in ("", *corpus.EXECUTING.values()):
        try:
            read(text)
        except QuizgenError:
            continue


def main() -> None:
    reader, first, step = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    _warm_up(READERS[reader])
    print(json.dumps(run(reader, list(attacks(reader))[first::step])))


if __name__ == "__main__":
    main()
