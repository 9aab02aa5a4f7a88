"""Django's non_atomic_requests marks nothing."""

from mutation import replace
from utilmeta.core.orm.atomic import AtomicRequests

VARIANTS = ("flask-sync", "starlette-async")

replace(AtomicRequests.of, " if alias not in marks", "")
