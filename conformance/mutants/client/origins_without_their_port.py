"""Two URLs of one scheme and host are of one origin, whatever their ports."""

from mutation import replace
from utilmeta.core.cli.redirect import redirected

replace(
    redirected,
    "if there.origin != destination(request).origin:",
    "if there.origin[:2] != destination(request).origin[:2]:",
)
