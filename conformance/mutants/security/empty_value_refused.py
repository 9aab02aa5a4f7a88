"""A header field with an empty value is refused."""

import re

from utilmeta.core.server.backends import http_head

VARIANTS = ("flask-sync", "django-sync", "sanic-sync", "sanic-async")

http_head.HEAD = re.compile(http_head.HEAD.pattern.replace(b"]*)*", b"]*[!-~])*"))
