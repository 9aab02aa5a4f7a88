"""A GET is in no transaction."""

from mutation import replace
from utilmeta.core.orm.atomic import AtomicRequests

VARIANTS = ("flask-sync", "starlette-async")

replace(AtomicRequests.of, "if not aliases:", 'if not aliases or endpoint.operation.method == "GET":')
