"""What the server of run() logs has the path in it as it was sent."""

from mutation import replace
from utilmeta.core.server import run

VARIANTS = ("tornado-async",)

replace(run.run, "escape_arguments(*adapter.loggers)", "pass")
