"""When the shutdown hooks have run the process ends by the signal, as uvicorn's does."""

from mutation import replace
from utilmeta.core.server.backends import asgi

VARIANTS = ("starlette-async", "fastapi-async")

replace(asgi.run, "{number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}", "{}")
