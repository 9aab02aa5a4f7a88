"""A service without a root API does not serve the applications that it mounts."""

from mutation import replace
from utilmeta.core.server import application

replace(
    application.compile_service,
    "for other in state.foreign:\n        adapter.mount",
    "for other in state.foreign if state.api else ():\n        adapter.mount",
)
