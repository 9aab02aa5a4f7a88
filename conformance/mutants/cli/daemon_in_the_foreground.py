"""With -d a service is run in the foreground."""

from mutation import replace
from utilmeta.core.server.commands import background

replace(background.run_service, "if arguments.daemon:", "if not arguments:")
background.time.sleep(0)
