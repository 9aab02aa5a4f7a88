"""An error that a plugin answers commits what was done before."""

from mutation import replace
from utilmeta.core.pipeline import chain

VARIANTS = ("flask-sync", "starlette-sync")

replace(chain.answered, "            passage.failed(error)\n", "")
