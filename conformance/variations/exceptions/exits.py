"""Where `run()` cannot go on it ends with another status than 1, and says so in several lines."""

from mutation import replace
from utilmeta.core.server import run

LEVEL = "full"
replace(run.end, 'f"error: {error}\\n"', 'f"cannot serve:\\n  {error}\\nThe manual explains it.\\n"')
replace(run.end, "sys.exit(1)", "sys.exit(78)")
