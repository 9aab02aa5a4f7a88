"""What the log has of an exception is on one line."""

from mutation import replace
from utilmeta.core.errors import exception_log

exception_log.one_line = exception_log.escaped.__globals__["one_line"]
exception_log.traceback = __import__("traceback")
replace(
    exception_log.log_raised,
    "log.error(message, *arguments, exc_info=shown)",
    'log.error(message + " %s", *arguments, one_line("".join(traceback.format_exception(shown))))',
)
