"""The connection of a thread is kept for the next request, whatever has become of it."""

from utilmeta.core.orm.scope import RequestScope
from utilmeta.core.server.scope import Scope

VARIANTS = ("starlette-sync",)

RequestScope.endpoint = Scope.endpoint
