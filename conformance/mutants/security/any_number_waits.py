"""Any number of calls waits for a thread."""

from mutation import replace
from utilmeta.core.concurrency.threads import Threads

VARIANTS = ("starlette-async", "fastapi-sync", "sanic-async", "tornado-sync", "django-async")

replace(Threads.wait, "if len(self.waiting) >= max_waiting:", "if False:")
