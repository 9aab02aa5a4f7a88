"""The process of the service in the background goes on."""

from mutation import replace
from utilmeta.core.server.commands import background

replace(background.stop, "os.kill(running, signal.SIGTERM)", "pass")
replace(background.stop, "while is_service(running, project):", "while not project:")
