"""The process that the pidfile names is ended, whatever it is."""

from mutation import replace
from utilmeta.core.server.commands import background

replace(
    background.is_service,
    'command_line(number).endswith(" ".join(command_of(project)[1:]))',
    "bool(command_line(number))",
)
