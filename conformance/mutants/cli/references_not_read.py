"""What meta.ini says of the service, the application and the main is not read."""

from mutation import replace
from utilmeta.core.server.commands import project

replace(project.read, "if value.strip()}", 'if value.strip() and name == "pidfile"}')
