"""At shutdown every connection is closed, and those that a pool keeps are forgotten."""

from mutation import replace
from utilmeta.core.orm.connection import close_everywhere

VARIANTS = ("flask-sync", "starlette-async")

replace(close_everywhere, "while pools := opened_pools()", "while pools := {}")
