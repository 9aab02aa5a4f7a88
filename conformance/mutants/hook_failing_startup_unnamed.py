"""A startup hook that fails ends run() with status 1 and no word."""

from mutation import replace
from utilmeta.core.server.running import run

replace(run, 'log.error("%s", error, exc_info=error.__cause__)', "sys.exit(1)")
