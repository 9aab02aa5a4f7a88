"""The process that the pidfile names is ended where it is this project's service, in the foreground too."""

from mutation import replace
from utilmeta.core.server.commands import background

HERE = 'os.readlink(f"/proc/{number}/cwd") == str(project.folder)'
replace(
    background.is_service,
    'command_line(number).endswith(" ".join(command_of(project)[1:]))',
    f'" ".join(command_of(project)[1:4]) in command_line(number) and {HERE}',
)
