"""A redirect that is followed by GET takes the body along."""

from mutation import replace
from utilmeta.core.cli.redirect import redirected

replace(redirected, 'method, body = "GET", b""', 'method = "GET"')
