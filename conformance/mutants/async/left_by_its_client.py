"""A request is cancelled as soon as its client leaves."""

from mutation import replace
from utilmeta.core.concurrency.in_flight import InFlight

VARIANTS = ("sanic-async", "django-async")

replace(InFlight.keep, "await waiter", "await work")
