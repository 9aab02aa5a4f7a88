"""Under `run()` a client that sends the half of a request is waited for until it leaves."""

from mutation import replace
from utilmeta.core.server.backends import read_timeout

VARIANTS = ("starlette-async", "fastapi-async", "django-async", "tornado-async")

replace(read_timeout.watch, "<= now", "< 0")
