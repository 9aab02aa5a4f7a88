"""The thread in which a plain hook of an `async def` endpoint has raised is never used again."""

from mutation import replace
from utilmeta.core.concurrency.threads import Threads

VARIANTS = ("starlette-async", "tornado-async", "sanic-async", "fastapi-async", "django-async")

replace(Threads.done, "else:\n        self.idle.append(jobs)", "elif error is None:\n        self.idle.append(jobs)")
