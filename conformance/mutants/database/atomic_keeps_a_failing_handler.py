"""What a handler did before it raised is kept when another one answers."""

from mutation import replace
from utilmeta.core.pipeline.error_handlers import ErrorHandlers

VARIANTS = ("flask-sync", "starlette-async")

replace(ErrorHandlers.recover, "state.on_error(error)\n                    continue", "continue")
