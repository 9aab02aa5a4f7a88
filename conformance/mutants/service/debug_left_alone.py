"""The debug flag of an application that UtilMeta builds is left as the framework has it."""

from mutation import replace
from utilmeta.core.server import application

replace(
    application.compile_service,
    "if state.injected is None or state.given_production is not None:",
    "if state.injected is not None and state.given_production is not None:",
)
