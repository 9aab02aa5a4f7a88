"""The root route is strict on Flask alone, whatever the preference says."""

from mutation import replace
from utilmeta.core.server.application import compile_service

VARIANTS = ["starlette-async"]

replace(
    compile_service,
    "strict=preference.strict_root_route",
    'strict=preference.strict_root_route and service.backend == "flask"',
)
