"""A call whose time passes while it waits for a thread is counted among the waiting ones for ever."""

from mutation import replace
from utilmeta.core.concurrency.threads import Threads

VARIANTS = ("starlette-sync", "fastapi-async", "sanic-sync", "tornado-async", "django-async")

Threads.late = 0
replace(Threads.wait, "if len(self.waiting) >= max_waiting:", "if len(self.waiting) + self.late >= max_waiting:")
replace(Threads.expire, "if not future.done():", "if not future.done():\n        self.late += 1")
