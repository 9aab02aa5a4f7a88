"""The error handlers of an injected application are taken away."""

from mutation import replace
from utilmeta.core.server.backends.starlette import StarletteAdapter

VARIANTS = ("starlette-async",)

replace(StarletteAdapter.install, "router =", "application.exception_handlers.clear()\n    router =")
