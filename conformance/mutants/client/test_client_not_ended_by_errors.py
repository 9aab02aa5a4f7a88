"""The shutdown hooks of a test client do not run where its body raises."""

from mutation import replace
from utilmeta.core.server.inside.clients import Started

VARIANTS = (
    "flask-sync",
    "starlette-async",
    "tornado-sync",
)

replace(Started.__exit__, "self.close().end()", "exception[0] or self.close().end()")
replace(Started.__aexit__, "await self.close().aend()", "exception[0] or await self.close().aend()")
