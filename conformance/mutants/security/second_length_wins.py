"""Of two lengths of a body the second is believed."""

from mutation import replace
from utilmeta.core.server.backends import http_head

VARIANTS = ("flask-sync", "django-sync")

replace(
    http_head.check_head, "if name.lower() in found:", 'if name.lower() in found and name.lower() != b"content-length":'
)
