"""A 303 is followed by the same method."""

from mutation import replace
from utilmeta.core.cli.redirect import redirected

replace(redirected, '(status == 303 and method != "HEAD") or ', "")
