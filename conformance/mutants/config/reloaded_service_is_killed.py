"""The process that serves under `auto_reload` is killed, and runs no shutdown hook."""

from mutation import replace
from utilmeta.core.server import reload

replace(reload.end, "child.terminate()", "child.kill()")
