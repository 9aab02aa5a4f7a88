"""An error that a plugin answers commits what was done before."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware

VARIANTS = ("flask-sync", "starlette-sync")

replace(hook_middleware.with_plugin_error, "                state.on_error(error)\n", "")
