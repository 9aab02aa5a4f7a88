"""Where the user runs the application, their own handler of SIGTERM is replaced."""

from mutation import replace
from utilmeta.core.server.backends import stop

VARIANTS = ("flask-sync",)

replace(stop.interrupted_by_termination, " and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL", "")
