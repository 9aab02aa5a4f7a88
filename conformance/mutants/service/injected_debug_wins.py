"""An injected application keeps its debug flag, whatever `production` says."""

from mutation import replace
from utilmeta.core.server import application

replace(
    application.compile_service,
    "if service._injected is None or service._production is not None:",
    "if service._injected is None:",
)
