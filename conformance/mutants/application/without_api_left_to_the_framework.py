"""Without an api nothing is installed, so that the framework answers every path with its own page."""

from mutation import replace
from utilmeta.core.server import application

replace(
    application.compile_service,
    "adapter.install(application, serving.handle(state.adapter_class))",
    "if state.mounts:\n        adapter.install(application, serving.handle(state.adapter_class))",
)
