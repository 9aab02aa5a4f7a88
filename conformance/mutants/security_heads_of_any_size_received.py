"""Under `run()` a head is measured when all of it has been received."""

from mutation import replace
from utilmeta.core.server.backends.uvicorn_httptools import LimitedHttpTools

VARIANTS = ("starlette-async", "fastapi-async", "django-async")

replace(LimitedHttpTools.feed, "self.size > self.limits.size", "False")
