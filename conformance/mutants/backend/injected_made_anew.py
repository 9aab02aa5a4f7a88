"""The service makes an application of its own, of the kind of the one that is injected."""

from mutation import replace
from utilmeta.core.server import application

replace(
    application.compile_service,
    "adapter.build() if state.injected is None else state.injected",
    "adapter.build()",
)
