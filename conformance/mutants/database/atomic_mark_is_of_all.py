"""An endpoint that is marked for one database is in no transaction of the others."""

from mutation import replace
from utilmeta.core.orm.atomic import AtomicRequests

VARIANTS = ("flask-sync", "starlette-async")

replace(AtomicRequests.of, "if not aliases:", "if not aliases or marks:")
