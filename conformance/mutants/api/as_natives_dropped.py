"""An API that is put into an application takes the place of its native routes."""

from mutation import replace
from utilmeta.core.server.backends.starlette import Claimed

VARIANTS = ("starlette-async",)

replace(
    Claimed.among,
    "[*(route for route in native if route not in last), self, *last] if last else native",
    "[self]",
)
