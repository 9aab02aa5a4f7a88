"""Of several databases that ask for a transaction the first alone has one."""

from mutation import replace
from utilmeta.core.orm.atomic import AtomicRequests

VARIANTS = ("flask-sync", "starlette-async")

replace(AtomicRequests.of, "not in marks]", "not in marks][:1]")
