"""A stop waits for a request whose client has left, however long that takes."""

from mutation import replace
from utilmeta.core.server.in_flight import InFlight

VARIANTS = ("sanic-async", "django-async")

replace(InFlight.end, "timeout=seconds", "timeout=None")
