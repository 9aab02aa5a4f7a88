"""A mounted application is below the root route."""

import dataclasses

from mutation import replace
from utilmeta.core.server import application

VARIANTS = ("starlette-sync", "starlette-async", "fastapi-sync", "fastapi-async")

application.dataclasses = dataclasses
replace(
    application.compile_service,
    "adapter.mount(application, other)",
    "adapter.mount(application, dataclasses.replace(other, route='/' + join(service.route, other.route)))",
)
