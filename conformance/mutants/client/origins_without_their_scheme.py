"""Two URLs of one host and port are of one origin, whatever their schemes."""

from mutation import replace
from utilmeta.core.cli.redirect import redirected

replace(
    redirected,
    "if there.origin != destination(request).origin:",
    "if there.origin[1:] != destination(request).origin[1:]:",
)
