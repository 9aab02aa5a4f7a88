"""Parameters of uvicorn that the service has a value of its own for are taken by run(), and have no effect."""

from mutation import replace
from utilmeta.core.server.backends import asgi

VARIANTS = ("starlette-async", "fastapi-async", "starlette-sync", "fastapi-sync", "django-async")

replace(asgi.run, "        **options,\n", "")
replace(asgi.run, "    settings = {\n", "    settings = {\n        **options,\n")
