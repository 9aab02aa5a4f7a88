"""A test client runs no shutdown hooks."""

from mutation import replace
from utilmeta.core.server.inside.clients import Started

VARIANTS = (
    "flask-sync",
    "flask-async",
)

replace(Started.__exit__, "self.close().end()", "self.close()")
replace(Started.__aexit__, "await self.close().aend()", "self.close()")
