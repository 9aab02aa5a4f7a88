"""A service without a root API does not serve the applications that it mounts."""

from mutation import replace
from utilmeta.core.server import application

replace(
    application.compile_service,
    "for route, other in state.foreign:",
    "for route, other in state.foreign if state.api else ():",
)
