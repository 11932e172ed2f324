"""Coverage-guided fuzzing of one of the readers of `tests/hostile/readers.py`, with atheris. See README.md.

python fuzz/fuzz_readers.py questions build/fuzz/questions -max_total_time=600
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "hostile")]

with atheris.instrument_imports(include=["quizgen", "jinja2", "yaml"]):
    from readers import READERS

    from quizgen import resources
    from quizgen.errors import QuizgenError

#: The files of the bank that each reader starts from, where there are some.
SEEDS = {"questions": "*/*.md", "cards": "*/cards.yaml", "outlines": "outline.yaml"}


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in READERS:
        raise SystemExit(f"expected a reader: {', '.join(READERS)}")
    name = sys.argv.pop(1)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else None
    if folder is not None and not folder.exists():
        _plant(name, folder)
    read = READERS[name]

    def attack(data: bytes) -> None:
        try:
            read(data.decode("utf-8", errors="replace"))
        except QuizgenError:
            return  # refused: what a hostile text is to be

    atheris.Setup(sys.argv, attack)
    atheris.Fuzz()


def _plant(name: str, folder: Path) -> None:
    """A corpus to start from: real files, and the fragments of the hostile corpus."""
    from corpus import FRAGMENTS

    folder.mkdir(parents=True)
    files = sorted(resources.bank().glob(SEEDS[name])) if name in SEEDS else []
    for number, file in enumerate(files):
        (folder / f"file-{number}").write_bytes(file.read_bytes())
    for number, text in enumerate(FRAGMENTS.values()):
        (folder / f"fragment-{number}").write_bytes(text.encode(errors="surrogatepass"))


if __name__ == "__main__":
    main()
