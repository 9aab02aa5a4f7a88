"""The application that an option says is not in meta.ini."""

from mutation import replace
from utilmeta.core.server.commands import create

replace(create.initialize, "arguments.app", "None")
