"""`exam.json` read back: the paper that was handed out, and its exercises in the bank, to be run again.

The file may come from anybody. What it holds is checked here, so that whoever works with a paper need not.
"""

from quizgen.exam_file.again import replays
from quizgen.exam_file.read import MAX_BYTES, SCHEMA, read_paper, read_papers

__all__ = ["MAX_BYTES", "SCHEMA", "read_paper", "read_papers", "replays"]
