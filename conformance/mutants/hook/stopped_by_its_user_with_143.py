"""An application that its user runs ends with status 143 at SIGTERM."""

from mutation import replace
from utilmeta.core.server.backends import graceful_stop

VARIANTS = ("flask-sync",)

replace(
    graceful_stop.interrupted_by_termination,
    "signal.signal(signal.SIGTERM, signal.default_int_handler)",
    "signal.signal(signal.SIGTERM, lambda *_: exit(143))",
)
