"""Under uvicorn the time of a head is that of a connection's first alone; a later one may take for ever."""

from mutation import replace
from utilmeta.core.server.backends.uvicorn_httptools import LimitedHttpTools

VARIANTS = ("starlette-async", "fastapi-async", "django-async")

replace(
    LimitedHttpTools.data_received, "self.size, self.due = 1, self.loop.time() + self.patience.head", "self.size = 1"
)
