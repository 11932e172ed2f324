"""A file from a stranger's folder as text: no more of it than a person writes."""

from __future__ import annotations

from pathlib import Path

from quizgen.errors import UsageError


def read_text(file: Path, most: int, what: str) -> str:
    """A file's text, its lines ended as in Python.

    Args:
        most: how many bytes it may have.
        what: it is, with its article, for the message.

    Raises:
        UsageError: if it is no ordinary file, cannot be read, is longer, or is no UTF-8. The message does not name it.
    """
    try:
        if not file.is_file():
            raise UsageError("cannot be read: it is not an ordinary file")
        with file.open("rb") as opened:
            content = opened.read(most + 1)
        if len(content) > most:
            raise UsageError(f"is too long for {what}: more than {most} bytes")
        return content.decode().replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"cannot be read: byte {error.start + 1}, in line {line}, is no UTF-8 text") from None
