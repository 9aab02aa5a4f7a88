"""An error that a plugin answers commits what was done before."""

from mutation import replace
from utilmeta.core.pipeline import middleware

VARIANTS = ("flask-sync", "starlette-sync")

replace(middleware.with_plugin_error, "            state.on_error(error)\n", "")
