"""An `async def` setup of a configuration is not awaited."""

from mutation import replace
from utilmeta import UtilMeta

VARIANTS = ["starlette-async", "flask-async", "tornado-async", "fastapi-async", "sanic-async", "django-async"]

replace(UtilMeta._prepare, "run_sync(config.setup(self))", "config.setup(self)")
