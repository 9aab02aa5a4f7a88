"""A space may stand before a header field's colon, and hides the field."""

import re

from utilmeta.core.server.backends import http_head

VARIANTS = ("flask-sync", "django-sync", "sanic-sync", "sanic-async")

http_head.HEAD = re.compile(http_head.HEAD.pattern.replace(b":[\\t", b"[ \\t]*:[\\t"))
