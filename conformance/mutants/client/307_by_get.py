"""A 307 of a POST is followed by GET."""

from mutation import replace
from utilmeta.core.cli.redirect import redirected

replace(redirected, "status in (301, 302) and", "status in (301, 302, 307) and")
