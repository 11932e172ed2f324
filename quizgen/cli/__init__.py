"""The command line: one command per file.

`entry` holds what is common to them. Nothing but its `main` may stand here: importing the command `list` puts the name
`list` into this package, over Python's own.
"""

from quizgen.cli.entry import main

__all__ = ["main"]
