"""What the server of run() logs has the path in it as it was sent."""

from mutation import replace
from utilmeta.core.server import running

VARIANTS = ("tornado-async",)

replace(running.run, "escape_arguments(*adapter.loggers)", "pass")
