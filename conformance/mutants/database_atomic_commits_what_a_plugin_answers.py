"""An error that a plugin answers commits what was done before."""

from mutation import replace
from utilmeta.core.server import passage

VARIANTS = ("flask-sync", "starlette-sync")

replace(passage.answered, "            passage.failed(error)\n", "")
