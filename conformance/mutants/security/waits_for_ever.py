"""Under `run()` a client that sends the half of a request is waited for until it leaves."""

from mutation import replace
from utilmeta.core.server.backends import waiting

VARIANTS = ("starlette-async", "fastapi-async", "django-async", "tornado-async")

replace(waiting.watch, "<= now", "< 0")
