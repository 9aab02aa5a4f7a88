"""The command that runs a service imports its main alone."""

from mutation import replace
from utilmeta.core.server.commands import background

replace(background.run_service, 'run_path(str(file), run_name="__main__")', 'run_path(str(file), run_name="main")')
