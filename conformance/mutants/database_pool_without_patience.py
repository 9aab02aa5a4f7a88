"""A request that finds no connection free in the pool is refused at once."""

from utilmeta.core.orm import database

VARIANTS = ("flask-sync", "starlette-async")

database.POOL_DEFAULTS = {**database.POOL_DEFAULTS, "timeout": 0.001}
