"""Under `run()` a head is measured when all of it has been received."""

from mutation import replace
from utilmeta.core.server.backends.uvicorn_httptools import LimitedHttpTools

VARIANTS = ("starlette-async", "fastapi-async", "django-async")

replace(LimitedHttpTools.data_received, "self.size > most", "False")
