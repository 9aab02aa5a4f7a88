"""run() drops the parameters of the framework whose value is false."""

from mutation import replace
from utilmeta.core.server import run

VARIANTS = (
    "flask-sync",
    "starlette-async",
    "starlette-sync",
    "fastapi-async",
    "fastapi-sync",
    "django-async",
    "django-sync",
)

replace(
    run.run,
    "Listener(host, port, tuple(sockets), ready), options)",
    "Listener(host, port, tuple(sockets), ready), {name: value for name, value in options.items() if value})",
)
