"""The service makes an application of its own, of the kind of the one that is injected."""

from mutation import replace
from utilmeta.core.server import application

replace(
    application.compile_service,
    "adapter.build() if service._injected is None else service._injected",
    "adapter.build()",
)
