"""A GET is in no transaction."""

from mutation import replace
from utilmeta.core.orm.atomic import AtomicRequests

VARIANTS = ("flask-sync", "starlette-async")

METHOD = 'getattr(getattr(marked[0], "__operation__", None), "method", marked[0].__name__.upper())'
replace(AtomicRequests.of, "if not aliases:", f'if not aliases or {METHOD} == "GET":')
