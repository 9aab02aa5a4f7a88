"""A stop waits for a request whose client has left, however long that takes."""

from mutation import replace
from utilmeta.core.concurrency.in_flight import InFlight

VARIANTS = ("sanic-async", "django-async")

replace(InFlight.end, "timeout=seconds", "timeout=None")
