"""A plain part of a request that was answered 503 meanwhile does not give its thread back."""

from mutation import replace
from utilmeta.core.concurrency.threads import Threads

VARIANTS = ("starlette-async", "fastapi-async", "sanic-async", "tornado-async", "django-async", "flask-async")

replace(Threads.done, "job = self.next()", "if future.done():\n        return\n    job = self.next()")
