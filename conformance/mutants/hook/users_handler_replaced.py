"""Where the user runs the application, their own handler of SIGTERM is replaced."""

from mutation import replace
from utilmeta.core.server.backends import graceful_stop

VARIANTS = ("flask-sync",)

replace(graceful_stop.interrupted_by_termination, " and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL", "")
