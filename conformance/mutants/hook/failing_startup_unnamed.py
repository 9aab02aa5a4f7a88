"""A startup hook that fails ends run() with status 1 and no word."""

from mutation import replace
from utilmeta.core.server.run import run

replace(run, 'log_raised(log, "%s", error, error=error.__cause__ or error)', "sys.exit(1)")
