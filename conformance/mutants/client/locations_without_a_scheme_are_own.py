"""A redirect to `//other:port/path` gets the secrets of the client, as if it were a path of its origin (CLIENT-6a)."""

from mutation import replace
from utilmeta.core.cli import redirect

replace(
    redirect.redirected,
    "if there.origin != destination(request).origin:",
    'if there.origin != destination(request).origin and not location.startswith("/"):',
)
