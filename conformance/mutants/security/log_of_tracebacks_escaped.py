"""What the log has of an exception is on one line."""

from mutation import replace
from utilmeta.core.errors import raised

raised.one_line = raised.escaped.__globals__["one_line"]
raised.traceback = __import__("traceback")
replace(
    raised.log_raised,
    "log.error(message, *arguments, exc_info=shown)",
    'log.error(message + " %s", *arguments, one_line("".join(traceback.format_exception(shown))))',
)
