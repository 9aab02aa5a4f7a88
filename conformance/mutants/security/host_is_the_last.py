"""Of two Host fields the last one counts."""

from mutation import replace
from utilmeta.core.pipeline import host

# Tornado refuses them by itself.
VARIANTS = (
    "django-sync", "django-async", "flask-sync", "flask-async", "starlette-sync", "starlette-async", "fastapi-sync",
    "fastapi-async", "sanic-sync", "sanic-async",
)  # fmt: skip

replace(host.name_of, "HOST.fullmatch(host)", 'HOST.fullmatch(host.rpartition(",")[2].strip() or "a")')
