"""A request that finds no connection free in the pool is refused at once."""

from mutation import replace
from utilmeta.core.orm.database import Database

VARIANTS = ("flask-sync", "starlette-async")

replace(Database.pool_options.fget, "else {})}", 'else {}), "timeout": 0.001}')
