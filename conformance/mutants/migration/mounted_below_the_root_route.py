"""A mounted application is below the root route."""

from mutation import replace
from utilmeta.core.server import application

VARIANTS = ("starlette-sync", "starlette-async", "fastapi-sync", "fastapi-async")

replace(
    application.compile_service,
    "adapter.mount(application, route, other)",
    "adapter.mount(application, join(service.route, route) and '/' + join(service.route, route), other)",
)
