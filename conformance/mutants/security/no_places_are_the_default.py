"""`max_waiting=0` is taken for one that was not given, so that 256 calls wait."""

from mutation import replace
from utilmeta.core.concurrency import threads

VARIANTS = ("starlette-sync", "fastapi-async", "sanic-sync", "tornado-async", "django-async")

replace(threads.set_max_waiting, "max_waiting = number", "max_waiting = number or MAX_WAITING")
