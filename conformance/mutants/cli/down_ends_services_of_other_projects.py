"""The process that the pidfile names is ended where it is a service in the background, of whatever project."""

from mutation import replace
from utilmeta.core.server.commands import background

replace(
    background.is_service,
    'command_line(number).endswith(" ".join(command_of(project)[1:]))',
    '" ".join(command_of(project)[1:-1]) in command_line(number)',
)
