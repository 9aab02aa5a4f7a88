"""The class of an ASGI application is mounted as one."""

from mutation import replace
from utilmeta.core.server import foreign

VARIANTS = ("starlette-async", "fastapi-async", "starlette-sync", "fastapi-sync")

replace(
    foreign.kind_of,
    "        return None\n    if not callable",
    "        return Kind.ASGI if inspect.iscoroutinefunction(application.__call__) else None\n    if not callable",
)
