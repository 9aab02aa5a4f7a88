"""The debug flag of an application that UtilMeta builds is left as the framework has it."""

from mutation import replace
from utilmeta.core.server import application

replace(
    application.compile_service,
    "if service._injected is None or service._production is not None:",
    "if service._injected is not None and service._production is not None:",
)
