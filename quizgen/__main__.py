"""`python -m quizgen` is the command `quizgen`."""

import sys

from quizgen.cli import main

sys.exit(main())
