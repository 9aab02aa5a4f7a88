"""The command takes another service than the one it is told."""

from mutation import replace
from utilmeta.core.server.commands.settings import find_service

replace(
    find_service,
    "getattr(module, name, None)",
    "next(value for value in vars(module).values() if isinstance(value, UtilMeta))",
)
