"""The place of a call that waited is not given back when it runs."""

from mutation import replace
from utilmeta.core.concurrency.threads import Threads

VARIANTS = ("starlette-async", "fastapi-sync", "sanic-async", "tornado-sync", "django-async")

Threads.ever = 0
replace(
    Threads.wait,
    "if len(self.waiting) >= max_waiting:",
    "self.ever += 1\n    if self.ever > max_waiting:",
)
