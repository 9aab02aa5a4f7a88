"""A service that is restarted is ended."""

from mutation import replace
from utilmeta.core.server.commands import background

replace(background.restart_service, "    start(project)", "    stop(project) if process_of(project) else None")
