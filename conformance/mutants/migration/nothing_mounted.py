"""What is mounted is not there."""

from mutation import replace
from utilmeta.core.server.backends.starlette import StarletteAdapter

VARIANTS = ("starlette-sync", "starlette-async", "fastapi-sync", "fastapi-async")

replace(StarletteAdapter.mount, "application.mount(", "(lambda *_: None)(")
