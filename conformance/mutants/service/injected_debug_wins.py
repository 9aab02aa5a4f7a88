"""An injected application keeps its debug flag, whatever `production` says."""

from mutation import replace
from utilmeta.core.server import application

replace(
    application.compile_service,
    "if state.injected is None or state.given_production is not None:",
    "if state.injected is None:",
)
