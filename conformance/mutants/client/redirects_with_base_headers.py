"""A redirect to another origin takes along all headers but those of authorization."""

from mutation import replace
from utilmeta.core.cli.redirect import redirected

replace(
    redirected, "if pair[0].lower() in HARMLESS", 'if pair[0].lower() not in ("authorization", "proxy-authorization")'
)
